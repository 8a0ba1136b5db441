"""What no single line of the regime can get wrong: names that lead nowhere, gaps, overlaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from cchc_gforms.errors import Problem
from cchc_gforms.regime.calendar import has_country
from cchc_gforms.regime.model import Regime, YearFile
from cchc_gforms.regime.roster import Roster
from cchc_gforms.regime.year import ReportingYear
from cchc_gforms.yaml_file import Loc, YamlFile, near_miss


def check_regime(regime: Regime, file: YamlFile) -> Iterator[Problem]:
    """Names that the regime file uses and does not define; agencies that overlap."""
    if not has_country(regime.calendar.country):
        where = file.where(("calendar", "country"))
        message = f"không có lịch nghỉ lễ của '{regime.calendar.country}'"
        yield Problem("REGIME-UNKNOWN-COUNTRY", where, message, "Việt Nam là VN")
    for id, document in regime.documents.items():
        loc: Loc = ("documents", id, "periods")
        yield from _unknown("REGIME-UNKNOWN-PERIOD", file, loc, document.periods, regime.periods)
    for number, agency in enumerate(regime.agencies):
        begins = agency.valid_from or date.min
        ends = agency.valid_to or date.max
        earlier = regime.agencies[:number]
        if begins > ends or any(
            begins <= (other.valid_to or date.max) and (other.valid_from or date.min) <= ends
            for other in earlier
        ):
            message = "thời gian của cơ quan này ngược, hoặc chồng lên cơ quan khác"
            fix = "sửa valid_from, valid_to để mỗi ngày chỉ có một cơ quan"
            yield Problem("REGIME-AGENCY-OVERLAP", file.where(("agencies", number)), message, fix)


def check_year(year: YearFile, asked: int, file: YamlFile) -> Iterator[Problem]:
    """A year file that is about another year than its name says."""
    if year.year != asked:
        message = f"tệp ghi năm {year.year}, không phải {asked}"
        fix = f"sửa thành 'year: {asked}', hoặc đổi tên tệp"
        yield Problem("YEAR-MISMATCH", file.where(("year",)), message, fix)


def check_together(
    regime: Regime, regime_file: YamlFile, year: YearFile, file: YamlFile
) -> Iterator[Problem]:
    """Names of the year file that the regime does not have; days without an agency."""
    for number, entry in enumerate(year.not_assessed):
        at: Loc = ("not_assessed", number)
        named = (entry.document,)
        code = "YEAR-UNKNOWN-DOCUMENT"
        yield from _unknown(code, file, (*at, "document"), named, regime.documents)
        if entry.document in regime.documents:
            known = regime.documents[entry.document].periods
            code = "YEAR-UNKNOWN-PERIOD"
            yield from _unknown(code, file, (*at, "periods"), entry.periods, known)
    for day in _days_of_office(ReportingYear(regime, year, Roster(()))):
        if regime.agency_on(day) is None:
            where = regime_file.where(("agencies",))
            message = f"không có cơ quan nào cho ngày {day:%d/%m/%Y}"
            fix = "thêm một cơ quan, hoặc sửa valid_from, valid_to"
            yield Problem("REGIME-NO-AGENCY", where, message, fix)


def _days_of_office(year: ReportingYear) -> list[date]:
    due = {year.due(*obligation).counted for obligation in year.obligated()}
    return sorted({date(year.year.year, 1, 1), *due})


def _unknown(
    code: str, file: YamlFile, loc: Loc, names: Iterable[str], known: Iterable[str]
) -> Iterator[Problem]:
    for number, name in enumerate(names):
        if name not in known:
            meant = near_miss(name, known)
            allowed = "dùng một trong: " + ", ".join(known)
            fix = f"có phải ý là '{meant}'? Nếu không, {allowed}" if meant else allowed
            yield Problem(code, file.where((*loc, number)), f"không có '{name}'", fix)
