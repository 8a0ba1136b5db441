"""What a year's wording (E17) does to its forms: all of it is said there, and what is to differ
still does. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cchc_gforms.errors import Problem
from cchc_gforms.spec.check_keys import column_of
from cchc_gforms.spec.model import ChoiceItem, FormSpec, GridItem, Question
from cchc_gforms.spec.wording import says, texts
from cchc_gforms.yaml_file import YamlFile


@dataclass(frozen=True, slots=True)
class _Two:
    """Two texts that are to differ, and what they have become; `what` they are, with {} for each,
    and `why` they may not be one."""

    one: str
    other: str
    now: str
    what: str
    why: str

    def message(self) -> str:
        what = self.what.format(f"“{self.one}”", f"“{self.other}”")
        return f"{what} cùng thành “{self.now}”{self.why}"


_COLUMNS = ", nên không phân biệt được hai cột của trang tính"
_TABS = ", nên không phân biệt được trang tính của hai biểu mẫu"
_REFUSED = "; Google Form không nhận"


def check_unsaid(
    file: YamlFile, wording: Mapping[str, str], specs: Sequence[FormSpec], elsewhere: str
) -> Iterator[Problem]:
    """Phrases that no form says, nor the text `elsewhere` which could not all be read: most likely
    misspelt."""
    said = [text for spec in specs for text in texts(spec)]
    for phrase in wording:
        if not any(says(text, phrase) for text in (*said, elsewhere)):
            yield Problem(
                "YEAR-UNUSED-WORDING",
                file.key_where(("wording", phrase)),
                f"không biểu mẫu nào có cụm từ '{phrase}'",
                "viết trọn từ, đúng như trong đặc tả (cả chữ hoa), hoặc bỏ dòng này",
            )


def check_clashes(
    file: YamlFile, wording: Mapping[str, str], forms: Sequence[tuple[FormSpec, FormSpec]]
) -> Iterator[Problem]:
    """What is to differ and no longer does in the forms, each before and after: at the phrase that
    makes it so, and once for all forms in which it does."""
    told: set[tuple[str, str, str]] = set()
    for two in (*_in_forms(forms), *_between_forms(forms)):
        phrase = next(one for one in wording if says(two.one, one) or says(two.other, one))
        if (case := (phrase, two.one, two.other)) not in told:
            told.add(case)
            yield Problem(
                "YEAR-WORDING-CLASH",
                file.key_where(("wording", phrase)),
                two.message(),
                "chọn cách gọi khác, để hai bên vẫn khác nhau",
            )


def _in_forms(forms: Sequence[tuple[FormSpec, FormSpec]]) -> Iterator[_Two]:
    for before, after in forms:
        asked, now = before.questions(), after.questions()
        inside = f"trong “{before.title}”"
        yield from _pairs(
            [one.title for one in asked],
            [one.title for one in now],
            f"{inside}: câu hỏi {{}} và câu hỏi {{}}",
            _COLUMNS,
            column_of,
        )
        for old, new in zip(asked, now, strict=True):
            for name, differing, worded in zip(
                ("lựa chọn", "hàng", "cột"), _differing(old), _differing(new), strict=True
            ):
                what = f"{inside}, câu hỏi “{old.title}”: {name} {{}} và {{}}"
                yield from _pairs(differing, worded, what, _REFUSED)


def _between_forms(forms: Sequence[tuple[FormSpec, FormSpec]]) -> Iterator[_Two]:
    units = [(old.item("unit"), new.item("unit")) for old, new in forms]
    both = [(old.title, new.title) for old, new in units if old and new]
    yield from _pairs(
        [old for old, _ in both],
        [new for _, new in both],
        "câu hỏi về đơn vị {} và {} của hai biểu mẫu",
        _TABS,
    )


def _differing(question: Question) -> tuple[list[str], list[str], list[str]]:
    """Choices, rows and columns."""
    choices = question.choices if isinstance(question, ChoiceItem) else ()
    grid = question if isinstance(question, GridItem) else None
    rows = grid.rows if grid else ()
    columns = grid.columns if grid else ()
    return [one.value for one in choices], [one.title for one in rows], list(columns)


def _pairs(
    before: Sequence[str],
    after: Sequence[str],
    what: str,
    why: str,
    seen_as: Callable[[str], str] = str,
) -> Iterator[_Two]:
    """Each text that has become, as it is seen, what an earlier one has."""
    first: dict[str, str] = {}
    for old, new in zip(before, after, strict=True):
        other = first.setdefault(seen_as(new), old)
        if seen_as(other) != seen_as(old):
            yield _Two(other, old, new, what, why)
