"""What no single line of the regime can get wrong: names that lead nowhere, gaps, overlaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from cchc_gforms.errors import Problem, Where
from cchc_gforms.regime.calendar import has_country
from cchc_gforms.regime.duties import Duty
from cchc_gforms.regime.lost import is_whole, levels_written
from cchc_gforms.regime.model import Regime
from cchc_gforms.regime.periods import period_of, year_names
from cchc_gforms.regime.roster import normal
from cchc_gforms.regime.year import ReportingYear
from cchc_gforms.regime.year_file import Request, YearFile
from cchc_gforms.yaml_file import Known, Loc, YamlFile, near_miss


def check_regime(regime: Regime, file: YamlFile) -> Iterator[Problem]:
    """Names that the regime file uses and does not define; agencies that overlap."""
    if not has_country(regime.calendar.country):
        where = file.where(("calendar", "country"))
        message = f"không có lịch nghỉ lễ của '{regime.calendar.country}'"
        yield Problem("REGIME-UNKNOWN-COUNTRY", where, message, "Việt Nam là VN")
    periods, levels = file.known(("periods",)), file.known(("levels",))
    for id, document in regime.documents.items():
        loc: Loc = ("documents", id)
        at: Loc = (*loc, "periods")
        yield from _unknown("REGIME-UNKNOWN-PERIOD", file, at, document.periods, periods)
        at = (*loc, "levels")
        yield from _unknown("REGIME-UNKNOWN-LEVEL", file, at, document.levels, levels)
        named = [((*loc, "due_by_level"), document.due_by_level)]
        for period, rule in document.due_by_period.items():
            named.append(((*loc, "due_by_period", period, "by_level"), rule.by_level))
        for at, rules in named:
            for level in (one for one in rules if one not in levels):
                where = file.key_where((*at, level))
                yield _no_such("REGIME-UNKNOWN-LEVEL", where, level, levels)
        for period in document.due_by_period:
            if period not in document.periods:
                where = file.key_where((*loc, "due_by_period", period))
                yield _no_such("REGIME-UNKNOWN-PERIOD", where, period, document.periods)
        for number, period in enumerate(document.periods):
            if period in document.periods[:number]:
                where = file.where((*loc, "periods", number))
                message = f"kỳ '{period}' ghi hai lần"
                yield Problem("REGIME-DUPLICATE-PERIOD", where, message, "bỏ bớt một")
    yield from _titles(regime, file)
    yield from _windows(regime, file)
    yield from _level_codes(regime, file)
    yield from _contradicting_days(regime, file)
    yield from _agencies(regime, file)


def _agencies(regime: Regime, file: YamlFile) -> Iterator[Problem]:
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
                f"thời gian số liệu ngược: từ {period.window_from:%d/%m} (năm "
                f"{rules.window_from.year}) đến {period.closes_on:%d/%m} (năm "
                f"{rules.closes_on.year})"
            )
            fix = "xem lại window_from, closes_on; year: previous, same hay next"
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
    if year.plan and _is_far(year.plan.issued_on, asked):
        yield _far(file.where(("plan", "issued_on")), year.plan.issued_on, asked)
    keys = [request.key for request in year.requests]
    for number, key in enumerate(keys):
        if key in keys[:number]:
            where = file.where(("requests", number, "key"))
            message = f"đã có một yêu cầu mang tên '{key}'"
            yield Problem(
                "YEAR-DUPLICATE-REQUEST", where, message, "đặt 'key' khác cho yêu cầu này"
            )


def check_together(year: ReportingYear, regime_file: YamlFile, file: YamlFile) -> Iterator[Problem]:
    """Names of the year file that the others do not have; days without an agency; what cannot be
    told apart; what is not known yet (a warning). Of each file there may be a part only."""
    yield from _not_assessed(year, regime_file, file)
    for number, request in enumerate(year.year.requests):
        yield from _request(year, request, regime_file, file, ("requests", number))
    yield from _schools_that_review(year, regime_file)
    sound = sound_part(year)
    if is_whole(regime_file, "agencies") and not any(_agencies(year.regime, regime_file)):
        yield from _days_without_agency(sound, regime_file)
    yield from _same_labels(sound, regime_file, file)
    yield from _due_before_closing(sound, regime_file, file)
    if sound.undated and not year.year.plan and is_whole(file, "plan"):
        waiting = ", ".join(sound.label(*duty.key) for duty in sound.undated)
        agency = sound.regime.agency_on(date(year.year.year, 1, 1))
        bureau = agency.bureau.short_name if agency else "cấp trên"
        message = f"chưa có ngày ban hành Kế hoạch của {bureau}, nên chưa có hạn: {waiting}"
        fix = "khi đã ban hành, ghi 'plan' (issued_on, number) vào tệp này"
        yield Problem("YEAR-NO-PLAN", Where(file.name), message, fix, "warning")


def sound_part(year: ReportingYear) -> ReportingYear:
    """What dates can be computed of: without what another check finds wrong, or says twice."""
    regime, periods = year.regime, year.regime.periods
    documents = {}
    for id, rules in regime.documents.items():
        known = tuple(dict.fromkeys(period for period in rules.periods if period in periods))
        if known or rules.by_request:
            documents[id] = rules.model_copy(update={"periods": known})
    calendar = regime.calendar
    if not has_country(calendar.country):
        calendar = calendar.model_copy(update={"country": "VN"})
    first = {request.key: request for request in reversed(year.year.requests)}
    requests = tuple(one for one in first.values() if not _is_far(one.due_on, year.year.year))
    plan = year.year.plan
    if plan and _is_far(plan.issued_on, year.year.year):
        plan = None
    return ReportingYear(
        regime.model_copy(update={"documents": documents, "calendar": calendar}),
        year.year.model_copy(update={"requests": requests, "plan": plan}),
        year.roster,
    )


def _not_assessed(year: ReportingYear, regime_file: YamlFile, file: YamlFile) -> Iterator[Problem]:
    documents = regime_file.known(("documents",))
    for number, entry in enumerate(year.year.not_assessed):
        at: Loc = ("not_assessed", number)
        code = "YEAR-UNKNOWN-DOCUMENT"
        yield from _unknown(code, file, (*at, "document"), (entry.document,), documents)
        if rules := year.regime.documents.get(entry.document):
            asked = [one.key for one in year.year.requests if one.document == entry.document]
            wrong = set(rules.periods) - set(year.regime.periods)
            unsure = bool(wrong) or not is_whole(file, "requests")
            known = Known((*rules.periods, *asked), open=unsure)
            yield from _unknown("YEAR-UNKNOWN-PERIOD", file, (*at, "periods"), entry.periods, known)


def _request(
    year: ReportingYear, request: Request, regime_file: YamlFile, file: YamlFile, at: Loc
) -> Iterator[Problem]:
    ruled = [id for id, rules in year.regime.documents.items() if not rules.by_request]
    documents = regime_file.known(("documents",))
    asked_singly = Known((id for id in documents if id not in ruled), open=documents.open)
    named = (request.document,)
    yield from _unknown("YEAR-UNKNOWN-DOCUMENT", file, (*at, "document"), named, asked_singly)
    if asked := request.audience:
        to: Loc = (*at, "audience")
        written = levels_written(regime_file, year.regime.levels)
        codes = [level.code for level in (written or {}).values()]
        levels = Known((*(written or {}), *codes), open=written is None)
        units = Known((unit.code for unit in year.roster.units), open=not year.roster.units)
        yield from _unknown("YEAR-UNKNOWN-LEVEL", file, (*to, "levels"), asked.levels, levels)
        yield from _unknown("YEAR-UNKNOWN-UNIT", file, (*to, "units"), asked.units, units)
    if _is_far(request.due_on, year.year.year):
        yield _far(file.where((*at, "due_on")), request.due_on, year.year.year)


def _days_without_agency(year: ReportingYear, file: YamlFile) -> Iterator[Problem]:
    due = {one.due.counted for one in year.duties if one.due}
    for day in sorted({date(year.year.year, 1, 1), *due}):
        if year.regime.agency_on(day) is None:
            where = file.where(("agencies",))
            message = f"không có cơ quan nào cho ngày {day:%d/%m/%Y}"
            fix = "thêm một cơ quan, hoặc sửa valid_from, valid_to"
            yield Problem("REGIME-NO-AGENCY", where, message, fix)


def _same_labels(year: ReportingYear, regime_file: YamlFile, file: YamlFile) -> Iterator[Problem]:
    """On the processing form a document is chosen by its label."""
    seen: set[str] = set()
    for duty in year.duties:
        label = year.label(*duty.key)
        if normal(label) in seen:
            message = f"hai văn bản cùng gọi là '{label}'"
            fix = "đặt 'label', 'title' khác nhau để người duyệt phân biệt được"
            where = _where(year, duty, regime_file, file)
            yield Problem("REGIME-SAME-LABEL", where, message, fix)
        seen.add(normal(label))


def _due_before_closing(
    year: ReportingYear, regime_file: YamlFile, file: YamlFile
) -> Iterator[Problem]:
    """Not forbidden, but most likely a slip: what is due before its data are closed."""
    for duty in year.duties:
        dues = [due for due in (duty.due, *duty.due_by_level.values()) if due]
        early = [due.counted for due in dues if duty.window and due.counted < duty.window[1]]
        if early and duty.window:
            message = (
                f"{year.label(*duty.key)}: hạn {min(early):%d/%m/%Y} trước ngày chốt số liệu "
                f"{duty.window[1]:%d/%m/%Y}"
            )
            fix = "nếu không cố ý, xem lại hạn và ngày chốt"
            where = _where(year, duty, regime_file, file)
            yield Problem("DUE-BEFORE-CLOSING", where, message, fix, "warning")


def _schools_that_review(year: ReportingYear, file: YamlFile) -> Iterator[Problem]:
    owners = {address: unit.code for unit in year.roster.units for address in unit.emails}
    for number, reviewer in enumerate(year.regime.reviewers):
        if reviewer.email in owners:
            message = f"địa chỉ người duyệt '{reviewer.email}' cũng là của {owners[reviewer.email]}"
            fix = "dùng địa chỉ riêng cho người duyệt, để đơn vị không tự duyệt được"
            where = file.where(("reviewers", number))
            yield Problem("REGIME-REVIEWER-IS-UNIT", where, message, fix, "warning")


def _where(year: ReportingYear, duty: Duty, regime_file: YamlFile, file: YamlFile) -> Where:
    """The place that a duty comes from: a request of the year file, or a document kind."""
    if duty.request is None:
        return regime_file.key_where(("documents", duty.document))
    keys = [request.key for request in year.year.requests]
    return file.where(("requests", keys.index(duty.request.key)))


def _is_far(day: date, year: int) -> bool:
    return abs(day.year - year) > 1


def _far(where: Where, day: date, year: int) -> Problem:
    message = f"ngày {day:%d/%m/%Y} cách năm {year} hơn một năm"
    return Problem("YEAR-DATE-FAR", where, message, "sửa năm của ngày này")


def _unknown(
    code: str, file: YamlFile, loc: Loc, names: Iterable[str], known: Iterable[str]
) -> Iterator[Problem]:
    for number, name in enumerate(names):
        if name not in known:
            yield _no_such(code, file.where((*loc, number)), name, known)


def _no_such(code: str, where: Where, name: str, known: Iterable[str]) -> Problem:
    meant = near_miss(name, known)
    some = list(known)
    allowed = "dùng một trong: " + (", ".join(some[:12]) + (", …" if len(some) > 12 else ""))
    if not some:
        allowed = "chưa khai báo tên nào dùng được ở đây"
    fix = f"có phải ý là '{meant}'? Nếu không, {allowed}" if meant else allowed
    return Problem(code, where, f"không có '{name}'", fix)
