"""What no single line of regime.yaml, or of a year file, can get wrong: names that lead nowhere,
gaps, overlaps. What the files get wrong together is in `check_together`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from cchc_gforms.errors import Problem, Where
from cchc_gforms.regime.calendar import has_country
from cchc_gforms.regime.lost import is_whole
from cchc_gforms.regime.model import DocumentKind, Regime
from cchc_gforms.regime.periods import period_of, year_names
from cchc_gforms.regime.year_file import YearFile
from cchc_gforms.yaml_file import Known, Loc, YamlFile, near_miss

_YEARS: Final = {"previous": "năm trước", "same": "năm báo cáo", "next": "năm sau"}


def check_regime(regime: Regime, file: YamlFile) -> Iterator[Problem]:
    """Names that the regime file uses and does not define; agencies that overlap."""
    if not has_country(regime.calendar.country):
        where = file.where(("calendar", "country"))
        message = f"không có lịch nghỉ lễ của '{regime.calendar.country}'"
        yield Problem("REGIME-UNKNOWN-COUNTRY", where, message, "Việt Nam là VN")
    for id, document in regime.documents.items():
        yield from _document(id, document, file)
    yield from _titles(regime, file)
    yield from _windows(regime, file)
    yield from _level_codes(regime, file)
    yield from _contradicting_days(regime, file)
    yield from agencies_overlap(regime, file)


def _document(id: str, document: DocumentKind, file: YamlFile) -> Iterator[Problem]:
    loc: Loc = ("documents", id)
    periods, levels = file.known(("periods",)), file.known(("levels",))
    yield from _sort(document, file, loc)
    at: Loc = (*loc, "periods")
    yield from unknown("REGIME-UNKNOWN-PERIOD", file, at, document.periods, periods)
    yield from unknown("REGIME-UNKNOWN-LEVEL", file, (*loc, "levels"), document.levels, levels)
    named = [((*loc, "due_by_level"), document.due_by_level)]
    for period, rule in document.due_by_period.items():
        named.append(((*loc, "due_by_period", period, "by_level"), rule.by_level))
    for at, rules in named:
        for level in (one for one in rules if one not in levels):
            where = file.key_where((*at, level))
            yield no_such("REGIME-UNKNOWN-LEVEL", where, level, levels)
    mine = Known(document.periods, open=not is_whole(file, (*loc, "periods")))
    for period in document.due_by_period:
        if document.periods and period not in mine:
            where = file.key_where((*loc, "due_by_period", period))
            yield no_such("REGIME-UNKNOWN-PERIOD", where, period, mine)
    for number, period in enumerate(document.periods):
        if period in document.periods[:number]:
            where = file.where((*loc, "periods", number))
            message = f"kỳ '{period}' ghi hai lần"
            yield Problem("REGIME-DUPLICATE-PERIOD", where, message, "bỏ bớt một")


def _sort(document: DocumentKind, file: YamlFile, loc: Loc) -> Iterator[Problem]:
    """A document has periods and a due rule, or is asked for singly and has no rule (R16)."""
    rules = (document.due, document.due_by_period, document.due_by_level, document.has_data)
    if not all(is_whole(file, (*loc, key)) for key in ("periods", "due")):
        return
    if document.by_request and any(rules):
        message = (
            "văn bản không có periods là văn bản theo yêu cầu: hạn và số liệu ghi ở requests "
            "của tệp năm"
        )
        fix = "thêm periods, hoặc bỏ due, due_by_period, due_by_level, has_data ở đây"
        yield Problem("YAML-BAD-VALUE", file.where(loc), message, fix)
    if document.periods and document.due is None:
        fix = "thêm due, ví dụ due: {after: closing_date, days: 2}"
        yield Problem("YAML-BAD-VALUE", file.where(loc), "văn bản theo kỳ mà chưa có hạn", fix)


def agencies_overlap(regime: Regime, file: YamlFile) -> Iterator[Problem]:
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


def _titles(regime: Regime, file: YamlFile) -> Iterator[Problem]:
    """Of what is in braces, a period's title knows the years only."""
    known = list(year_names(2024))
    for kind, rules in regime.periods.items():
        for name in re.findall(r"{([^{}]*)}", rules.title):
            if name not in known:
                where = file.where(("periods", kind, "title"))
                meant = near_miss(name, known)
                allowed = "dùng được: " + ", ".join(f"{{{one}}}" for one in known)
                fix = f"có phải ý là '{{{meant}}}'? Ở đây {allowed}" if meant else allowed
                message = f"không có gì để điền vào '{{{name}}}'"
                yield Problem("REGIME-PLACEHOLDER", where, message, fix)


def _windows(regime: Regime, file: YamlFile) -> Iterator[Problem]:
    for kind, rules in regime.periods.items():
        period = period_of(kind, rules, 2024)
        assert period.window_from is not None
        assert period.closes_on is not None
        if period.window_from > period.closes_on:
            where = file.where(("periods", kind))
            message = (
                f"thời gian số liệu ngược: từ {period.window_from:%d/%m} "
                f"{_YEARS[rules.window_from.year]} đến {period.closes_on:%d/%m} "
                f"{_YEARS[rules.closes_on.year]}"
            )
            fix = "xem lại window_from, closes_on: year là previous (năm trước), same hay next"
            yield Problem("REGIME-WINDOW", where, message, fix)


def _level_codes(regime: Regime, file: YamlFile) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for id, level in regime.levels.items():
        if level.code in seen:
            message = f"mã '{level.code}' đã dùng cho loại đơn vị '{seen[level.code]}'"
            where = file.where(("levels", id, "code"))
            yield Problem("REGIME-LEVEL-CODE", where, message, "mỗi loại đơn vị một mã riêng")
        seen.setdefault(level.code, id)


def _contradicting_days(regime: Regime, file: YamlFile) -> Iterator[Problem]:
    for number, day in enumerate(regime.calendar.extra_workdays):
        if day in regime.calendar.extra_holidays:
            where = file.where(("calendar", "extra_workdays", number))
            message = f"ngày {day:%d/%m/%Y} vừa là ngày nghỉ thêm, vừa là ngày làm việc"
            yield Problem("REGIME-DAY-TWICE", where, message, "bỏ ngày này ở một trong hai chỗ")


def check_year(year: YearFile, asked: int, file: YamlFile) -> Iterator[Problem]:
    """A year file that is about another year than its name says; requests of one key."""
    if year.year != asked:
        message = f"tệp ghi năm {year.year}, không phải {asked}"
        fix = f"sửa thành 'year: {asked}', hoặc đổi tên tệp"
        yield Problem("YEAR-MISMATCH", file.where(("year",)), message, fix)
    if year.plan and is_far(year.plan.issued_on, asked):
        yield far(file.where(("plan", "issued_on")), year.plan.issued_on, asked)
    keys = [request.key for request in year.requests]
    for number, key in enumerate(keys):
        if key in keys[:number]:
            where = file.where(("requests", number, "key"))
            message = f"đã có một yêu cầu mang tên '{key}'"
            yield Problem(
                "YEAR-DUPLICATE-REQUEST", where, message, "đặt 'key' khác cho yêu cầu này"
            )


def is_far(day: date, year: int) -> bool:
    """A date of another age, most likely a slip of the finger."""
    return abs(day.year - year) > 1


def far(where: Where, day: date, year: int) -> Problem:
    """What is said of such a date."""
    message = f"ngày {day:%d/%m/%Y} cách năm {year} hơn một năm"
    return Problem("YEAR-DATE-FAR", where, message, "sửa năm của ngày này")


def unknown(
    code: str, file: YamlFile, loc: Loc, names: Iterable[str], known: Iterable[str]
) -> Iterator[Problem]:
    """Those of a list of names that are not known."""
    for number, name in enumerate(names):
        if name not in known:
            yield no_such(code, file.where((*loc, number)), name, known)


def no_such(code: str, where: Where, name: str, known: Iterable[str]) -> Problem:
    """A name that leads nowhere, with the one that was probably meant."""
    meant = near_miss(name, known)
    some = list(known)
    allowed = "dùng một trong: " + (", ".join(some[:12]) + (", …" if len(some) > 12 else ""))
    if not some:
        allowed = "chưa khai báo tên nào dùng được ở đây"
    fix = f"có phải ý là '{meant}'? Nếu không, {allowed}" if meant else allowed
    return Problem(code, where, f"không có '{name}'", fix)
