"""Brings the units' spreadsheets up to date: each found by its tag, or made; few calls for many.

One look-up tells what is as it should be: a file whose digest is that of its content, and which
nobody changed since it was left. Every other takes a read and, where it differs, a write. What is
made, marked as done and shared goes through HTTP batches of some units at a time, so that a run
that is cut off has finished those before, and the next one finds the rest by their tags.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from cchc_gforms.dashboard.publish import batches, send
from cchc_gforms.dashboard.sheets.changes import changes
from cchc_gforms.dashboard.sheets.ids import sheet_id_of
from cchc_gforms.dashboard.sheets.reading import read_all
from cchc_gforms.dashboard.sheets.standing import BRAND_NEW, Spreadsheet
from cchc_gforms.dashboard.tabs import own
from cchc_gforms.dashboard.unit_views import UnitView
from cchc_gforms.dashboard.workbook import Workbook
from cchc_gforms.errors import GoogleError
from cchc_gforms.google import unit_files
from cchc_gforms.google.client import Google
from cchc_gforms.google.registry import DeployedFile, unit_tags
from cchc_gforms.google.unit_files import Admission, Left

Deed = Literal["made", "written", "same"]

_TAB: Final = sheet_id_of(own.KEY)
_SOME: Final = 20  # units that are made, and left, together
_HOPELESS: Final = (None, 401)
"""No line to Google, nobody signed in, or no more time: the next one would fail as well."""


@dataclass
class UnitBook:
    """A unit's spreadsheet, what was done to it, and how its readers differ from units.csv: of a
    run that shares, before it did so. With an `error` it is not finished; the next run does."""

    view: UnitView
    file: DeployedFile | None
    readers: Admission
    id: str = ""
    deed: Deed = "same"
    modified: str = ""
    error: GoogleError | None = None

    @classmethod
    def of(cls, view: UnitView, file: DeployedFile | None) -> UnitBook:
        readers = unit_files.admission(file, view.readers)
        id, modified = (file.id, file.modified) if file else ("", "")
        return cls(view, file, readers, id, modified=modified)

    def has(self, tag: str, value: str | None) -> bool:
        return (self.file.tags.get(tag) if self.file else None) == value


@dataclass(frozen=True)
class UnitBooks:
    """How a run goes about them. `share`: lets in and shuts out as units.csv says; `notify`: with
    a mail by Google. `seen`: when each file was changed last as far as we know, by its id."""

    google: Google
    year: int
    regime: str
    seen: Mapping[str, str]
    share: bool = False
    notify: bool = False

    def bring_up_to_date(
        self,
        views: Sequence[UnitView],
        files: Mapping[str, DeployedFile],
        step: Callable[[str], object],
    ) -> list[UnitBook]:
        """`files` are those that are there, by code. `step` is called before each unit."""
        books = [UnitBook.of(view, files.get(view.code)) for view in views]
        due: list[UnitBook] = []
        for one in books:
            if self._is_known(one) and not self._left(one):
                step(one.view.name)
            else:
                due.append(one)
        for start in range(0, len(due), _SOME):
            some = due[start : start + _SOME]
            self._make([one for one in some if one.file is None])
            for one in some:
                step(one.view.name)
                self._write(one)
            self._leave(some)
            hopeless = next((one.error for one in some if _is_hopeless(one.error)), None)
            if hopeless:
                for one in due[start + _SOME :]:
                    one.error = hopeless
                break
        return books

    def _make(self, lacking: Sequence[UnitBook]) -> None:
        if not lacking:
            return
        tags = [unit_tags(one.view.code, self.year, self.regime) for one in lacking]
        named = [(one.view.workbook.title, tag) for one, tag in zip(lacking, tags, strict=True)]
        for one, made in zip(lacking, unit_files.create(self.google, named), strict=True):
            if isinstance(made, GoogleError):
                one.error = made
            else:
                one.id, one.deed = made, "made"

    def _is_known(self, one: UnitBook) -> bool:
        """Whether it holds what it should, as far as the look-up tells."""
        digest = one.has(unit_files.DIGEST, one.view.digest)
        return digest and self.seen.get(one.id) == one.modified

    def _write(self, one: UnitBook) -> None:
        if one.error or self._is_known(one):
            return
        try:
            now = BRAND_NEW if one.deed == "made" else self._read(one)
            for batch in batches(changes(self._wanted(one, now), now)):
                send(self.google, one.id, batch)
                one.deed = "written" if one.deed == "same" else one.deed
        except GoogleError as error:
            one.error = error

    def _read(self, one: UnitBook) -> Spreadsheet:
        """What stands there. A file that was made, and never written, is as good as new."""
        found = read_all(self.google, one.id)
        unwritten = one.has(unit_files.DIGEST, None) and found.tabs.keys() == BRAND_NEW.tabs.keys()
        return replace(found, is_new=unwritten)

    def _wanted(self, one: UnitBook, now: Spreadsheet) -> Workbook:
        """Where nothing of the unit changed, as of the moment that is told there."""
        book, there = one.view.workbook, now.tabs.get(_TAB)
        if there is None or not one.has(unit_files.DIGEST, one.view.digest):
            return book
        return replace(book, tabs=tuple(own.as_dated(tab, there.rows) for tab in book.tabs))

    def _leave(self, some: Sequence[UnitBook]) -> None:
        left = [(one, what) for one in some if one.error is None and (what := self._left(one))]
        answers = unit_files.leave(self.google, [what for _, what in left], notify=self.notify)
        for (one, _), answer in zip(left, answers, strict=True):
            if isinstance(answer, GoogleError):
                one.error = answer
            else:
                one.modified = answer or one.modified

    def _left(self, one: UnitBook) -> Left | None:
        """What is still to be done to it when it is written; None for nothing."""
        tags: dict[str, str | None] = {unit_files.DIGEST: one.view.digest}
        grant, revoke = one.readers.grant, tuple(one.readers.revoke.values())
        if self.share:
            tags[unit_files.SHARED] = one.readers.marks or None
        else:
            grant, revoke = (), ()
        is_marked = one.deed == "same" and all(one.has(*tag) for tag in tags.items())
        if is_marked and not grant and not revoke:
            return None
        title = one.view.workbook.title
        return Left(one.id, title, {} if is_marked else tags, grant, revoke)


def _is_hopeless(error: GoogleError | None) -> bool:
    return error is not None and error.status in _HOPELESS
