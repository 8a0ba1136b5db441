"""The spreadsheet that the forms are linked to, and its tab that lists them for the script.

What no API can do to a form (link it to a Sheet, let answers be edited, a confirmation message, a
progress bar: facts 3) a script does that is bound to this spreadsheet (scripts/apps_script). It
reads what to do from the tab “Biểu mẫu”, and writes there what it did. Values go in as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cchc_gforms.generator import tab_requests
from cchc_gforms.google.client import Google
from cchc_gforms.google.registry import Registry, create_spreadsheet, responses_tags, settle
from cchc_gforms.regime.load import ReportingYear
from cchc_gforms.spec.model import FormSpec

TITLE = "Biểu mẫu"
HEADER = (
    "Mã biểu mẫu",
    "Tên biểu mẫu",
    "Liên kết vào bảng tính này",
    "Cho sửa sau khi gửi",
    "Thanh tiến trình",
    "Lời xác nhận",
    "Kết quả cài đặt",
)
_YES, _NO = "có", "không"


@dataclass(frozen=True, slots=True)
class ByScript:
    """What the script is to set on a form."""

    allow_edits: bool
    progress_bar: bool
    confirmation: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A form's line in the tab."""

    form_id: str
    title: str
    settings: ByScript

    @property
    def cells(self) -> tuple[str, ...]:
        wanted = (True, self.settings.allow_edits, self.settings.progress_bar)
        answers = (_YES if one else _NO for one in wanted)
        return (self.form_id, self.title, *answers, self.settings.confirmation)


@dataclass(frozen=True, slots=True)
class Control:
    """The spreadsheet as it is. `lines` is the tab, header first, None when it is not there;
    `unsettled` are the requests that give it our language and time zone."""

    id: str
    unsettled: tuple[dict[str, Any], ...] = ()
    titles: frozenset[str] = frozenset()
    lines: tuple[tuple[str, ...], ...] | None = None
    results: Mapping[str, str] = field(default_factory=dict)

    def result(self, listed: Listed) -> str:
        """What the script wrote about the form; nothing if the settings changed since."""
        known = listed.cells in (line[: len(listed.cells)] for line in self.lines or ())
        return self.results.get(listed.form_id, "") if known else ""

    def requests(self, forms: Sequence[Listed]) -> list[dict[str, Any]]:
        """What brings the spreadsheet up to date; nothing when it is."""
        lines = [HEADER, *((*one.cells, self.result(one)) for one in forms)]
        requests = list(self.unsettled)
        if self.lines is None:
            free = TITLE if TITLE not in self.titles else f"{TITLE} (cchc)"
            requests.append(tab_requests.add_tab(free))
        if self.lines != tuple(lines):
            most = max(len(lines), len(self.lines or ()))
            requests.append(tab_requests.write_lines(lines, most))
        return requests


def settings_of(year: ReportingYear, spec: FormSpec) -> ByScript:
    """Units may correct what they sent; a decision stands, the next one is another answer."""
    bureau = year.agency.bureau.short_name
    for_units = not is_for_reviewers(spec)
    if for_units:
        text = f"{bureau} đã nhận. Cần bổ sung thì bấm chỉnh sửa câu trả lời; lần nộp đầu vẫn tính."
    else:
        text = "Đã ghi quyết định. Muốn đổi thì gửi một phiếu mới."
    return ByScript(for_units, len(spec.sections) > 1, text)


def is_for_reviewers(spec: FormSpec) -> bool:
    """The processing form; units answer all others."""
    return spec.document == "processing"


def read(google: Google, registry: Registry, year: ReportingYear) -> Control | None:
    """One get of the spreadsheet, one of the tab; None when there is none yet."""
    found = registry.responses(year.year.year)
    return read_one(google, found.id, year.regime.timezone) if found else None


def read_one(google: Google, id: str, zone: str) -> Control:
    http = google.sheets.http_client
    now = http.fetch_sheet_metadata(id, params={"fields": tab_requests.FIELDS})
    titles, ours = tab_requests.titles_of(now)
    lines, results = None, {}
    if ours is not None:
        name = ours.replace("'", "''")
        grid = http.values_get(id, f"'{name}'!A1:G").get("values", [])
        lines = tuple(tuple([*map(str, line), *[""] * 7][:7]) for line in grid)
        results = {line[0]: line[6] for line in lines}
    return Control(id, tuple(settle(now, zone)), titles, lines, results)


def bring_up_to_date(
    google: Google, control: Control | None, year: ReportingYear, forms: Sequence[Listed]
) -> str:
    """Makes the spreadsheet if need be; one batch, or none. Returns its id."""
    if control is None:
        name = f"{year.regime.name} {year.year.year} – Câu trả lời"
        id = create_spreadsheet(
            google, name=name, tags=responses_tags(year.year.year, year.regime.identity)
        )
        control = read_one(google, id, year.regime.timezone)
    if requests := control.requests(forms):
        google.sheets.http_client.batch_update(control.id, {"requests": requests})
    return control.id
