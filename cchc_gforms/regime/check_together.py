"""What the files of a year get wrong together: names of one that another lacks, days without an
agency, dates that are most likely a slip. Of each file there may be a part only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cchc_gforms.errors import Problem, Where
from cchc_gforms.regime.calendar import has_country
from cchc_gforms.regime.check import agencies_overlap, far, is_far, unknown
from cchc_gforms.regime.duties import Duty
from cchc_gforms.regime.lost import is_whole, levels_written
from cchc_gforms.regime.model import DocumentKind
from cchc_gforms.regime.roster import Unit, normal
from cchc_gforms.regime.year import ReportingYear
from cchc_gforms.regime.year_file import Request
from cchc_gforms.yaml_file import Known, Loc, YamlFile

_NAMES = ("key", "document")
_TOLD = 3
"""Of how many periods it is told that a rule gives them too early a date."""


def check_together(year: ReportingYear, regime_file: YamlFile, file: YamlFile) -> Iterator[Problem]:
    """Every problem of this sort, what is not known yet as a warning."""
    yield from _not_assessed(year, regime_file, file)
    for number, request in enumerate(year.year.requests):
        yield from _request(year, request, regime_file, file, ("requests", number))
    yield from _schools_that_review(year, regime_file)
    sound = _sound_part(year, regime_file, file)
    if is_whole(regime_file, ("agencies",)) and not any(agencies_overlap(year.regime, regime_file)):
        yield from _days_without_agency(sound, regime_file)
    yield from _same_labels(sound, regime_file, file)
    yield from _due_before_closing(sound, regime_file, file)
    yield from _dates_of_requests(sound, file)
    yield from _units_that_owe_nothing(sound, file)
    if sound.undated and not year.year.plan and is_whole(file, ("plan",)):
        waiting = ", ".join(sound.label(*duty.key) for duty in sound.undated)
        agency = sound.regime.agency_on(date(year.year.year, 1, 1))
        bureau = agency.bureau.short_name if agency else "cấp trên"
        message = f"chưa có ngày ban hành Kế hoạch của {bureau}, nên chưa có hạn: {waiting}"
        fix = "khi đã ban hành, ghi 'plan' (issued_on, number) vào tệp này"
        yield Problem("YEAR-NO-PLAN", Where(file.name), message, fix, "warning")


def _sound_part(year: ReportingYear, regime_file: YamlFile, file: YamlFile) -> ReportingYear:
    """What dates can be computed of: without what is lost, or another check finds wrong."""
    regime, asked = year.regime, year.year.year
    periods = {
        id: kind for id, kind in regime.periods.items() if is_whole(regime_file, ("periods", id))
    }
    documents = {}
    for id, rules in regime.documents.items():
        known = tuple(dict.fromkeys(period for period in rules.periods if period in periods))
        of_one_sort = rules.by_request or (known and rules.due)
        if of_one_sort and is_whole(regime_file, ("documents", id)):
            documents[id] = rules.model_copy(update={"periods": known})
    calendar = regime.calendar
    if not has_country(calendar.country):
        calendar = calendar.model_copy(update={"country": "VN"})
    requests = {
        request.key: request
        for number, request in reversed(list(enumerate(year.year.requests)))
        if is_whole(file, ("requests", number)) and not is_far(request.due_on, asked)
    }
    in_order = tuple(one for one in year.year.requests if requests.get(one.key) is one)
    plan = year.year.plan
    if plan and (is_far(plan.issued_on, asked) or not is_whole(file, ("plan",))):
        plan = None
    changed = {"documents": documents, "periods": periods, "calendar": calendar}
    return ReportingYear(
        regime.model_copy(update=changed),
        year.year.model_copy(update={"requests": in_order, "plan": plan}),
        year.roster,
    )


def _not_assessed(year: ReportingYear, regime_file: YamlFile, file: YamlFile) -> Iterator[Problem]:
    documents = regime_file.known(("documents",))
    for number, entry in enumerate(year.year.not_assessed):
        at: Loc = ("not_assessed", number)
        if not is_whole(file, (*at, "document")):
            continue
        code = "YEAR-UNKNOWN-DOCUMENT"
        yield from unknown(code, file, (*at, "document"), (entry.document,), documents)
        if (rules := year.regime.documents.get(entry.document)) and is_whole(
            file, (*at, "periods")
        ):
            known = _periods_known(year, entry.document, rules, regime_file, file)
            yield from unknown("YEAR-UNKNOWN-PERIOD", file, (*at, "periods"), entry.periods, known)


def _periods_known(
    year: ReportingYear, document: str, rules: DocumentKind, regime_file: YamlFile, file: YamlFile
) -> Known:
    """The periods of a document, or the keys of its requests."""
    if not is_whole(regime_file, ("documents", document, "periods")):
        return Known(open=True)
    if rules.periods:
        periods = regime_file.known(("periods",))
        return Known(rules.periods, open=any(one not in periods for one in rules.periods))
    asked = [one.key for one in year.year.requests if one.document == document]
    named = [("requests", n, key) for n in range(len(year.year.requests)) for key in _NAMES]
    whole = ("requests",) not in file.lost and all(is_whole(file, loc) for loc in named)
    return Known(asked, open=not whole)


def _request(
    year: ReportingYear, request: Request, regime_file: YamlFile, file: YamlFile, at: Loc
) -> Iterator[Problem]:
    ruled = [id for id, rules in year.regime.documents.items() if not rules.by_request]
    documents = regime_file.known(("documents",))
    asked_singly = Known((id for id in documents if id not in ruled), open=documents.open)
    named = (request.document,) if is_whole(file, (*at, "document")) else ()
    yield from unknown("YEAR-UNKNOWN-DOCUMENT", file, (*at, "document"), named, asked_singly)
    if asked := request.audience:
        to: Loc = (*at, "audience")
        written = levels_written(regime_file, year.regime.levels)
        codes = [level.code for level in (written or {}).values()]
        levels = Known((*(written or {}), *codes), open=written is None)
        units = Known((unit.code for unit in year.roster.units), open=not year.roster.units)
        yield from unknown("YEAR-UNKNOWN-LEVEL", file, (*to, "levels"), asked.levels, levels)
        yield from unknown("YEAR-UNKNOWN-UNIT", file, (*to, "units"), asked.units, units)
    if is_far(request.due_on, year.year.year):
        yield far(file.where((*at, "due_on")), request.due_on, year.year.year)


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
            at: Loc = ("documents", duty.document)
            where = _where_asked(duty, file) if duty.request else regime_file.key_where(at)
            yield Problem("REGIME-SAME-LABEL", where, message, fix)
        seen.add(normal(label))


def _due_before_closing(
    year: ReportingYear, regime_file: YamlFile, file: YamlFile
) -> Iterator[Problem]:
    """Not forbidden, but most likely a slip: what is due before its data are closed. Once a rule,
    at its place."""
    early: dict[tuple[Where, str], list[str]] = {}
    for duty in year.duties:
        owing = duty.rules.levels or tuple(year.regime.levels)
        own = [(level, due) for level, due in duty.due_by_level.items() if level in owing]
        general = [("", duty.due)] if len(own) < len(owing) else []
        for level, due in (*general, *own):
            if due and duty.window and due.counted < duty.window[1]:
                where = (
                    _where_asked(duty, file)
                    if duty.request
                    else _where_ruled(duty, level, regime_file)
                )
                whose = f", {year.level_label(level)}" if level else ""
                said = f"{duty.period.label}: hạn {due.counted:%d/%m/%Y}, "
                said += f"chốt {duty.window[1]:%d/%m/%Y}"
                subject = f"{year.document_label(duty.document)}{whose}"
                early.setdefault((where, subject), []).append(said)
    for (where, subject), several in early.items():
        more = f"; và {len(several) - _TOLD} kỳ nữa" if len(several) > _TOLD else ""
        message = f"{subject}: hạn trước ngày chốt số liệu ({'; '.join(several[:_TOLD])}{more})"
        fix = "nếu không cố ý, xem lại hạn và ngày chốt"
        yield Problem("DUE-BEFORE-CLOSING", where, message, fix, "warning")


def _dates_of_requests(year: ReportingYear, file: YamlFile) -> Iterator[Problem]:
    """Due outside of the year and of all that it reports on: most likely another year's."""
    asked = year.year.year
    ruled = [duty for duty in year.duties if duty.request is None]
    begins = min([date(asked, 1, 1), *(one.window[0] for one in ruled if one.window)])
    ends = max([date(asked, 12, 31), *(one.last_due for one in ruled)])
    for duty in year.duties:
        if duty.request is None:
            continue
        due, window = duty.request.due_on, duty.window
        if due < begins or (due > ends and (window is None or window[0] > ends)):
            message = (
                f"hạn {due:%d/%m/%Y} ở ngoài năm {asked} (từ {begins:%d/%m/%Y} đến {ends:%d/%m/%Y})"
            )
            where = file.where((*_asked_at(duty, file), "due_on"))
            fix = "nếu không cố ý, sửa năm của ngày này"
            yield Problem("YEAR-DATE-OUTSIDE", where, message, fix, "warning")


def _units_that_owe_nothing(year: ReportingYear, file: YamlFile) -> Iterator[Problem]:
    """Units named in the audience of a request that for another reason do not owe it."""
    units = {unit.code: unit for unit in year.roster.units}
    for duty in year.duties:
        asked = duty.request.audience if duty.request else None
        for number, code in enumerate(asked.units if asked else ()):
            unit = units.get(code)
            if unit and (why := _why_not(unit, duty)):
                where = file.where((*_asked_at(duty, file), "audience", "units", number))
                message = f"{code} {why}, nên không phải nộp"
                fix = "bỏ đơn vị này, hoặc sửa lại units.csv, văn bản hay hạn"
                yield Problem("YEAR-UNIT-OWES-NOTHING", where, message, fix, "warning")


def _why_not(unit: Unit, duty: Duty) -> str | None:
    day = duty.counted_on(unit.level)
    if day and not unit.valid_on(day):
        return f"không có hiệu lực vào ngày {day:%d/%m/%Y}"
    if duty.rules.levels and unit.level not in duty.rules.levels:
        return "không thuộc loại đơn vị phải nộp văn bản này"
    return None


def _schools_that_review(year: ReportingYear, file: YamlFile) -> Iterator[Problem]:
    owners = {address: unit.code for unit in year.roster.units for address in unit.emails}
    for number, reviewer in enumerate(year.regime.reviewers):
        if reviewer.email in owners:
            message = f"địa chỉ người duyệt '{reviewer.email}' cũng là của {owners[reviewer.email]}"
            fix = "dùng địa chỉ riêng cho người duyệt, để đơn vị không tự duyệt được"
            where = file.where(("reviewers", number))
            yield Problem("REGIME-REVIEWER-IS-UNIT", where, message, fix, "warning")


def _where_ruled(duty: Duty, level: str, file: YamlFile) -> Where:
    """The place of the rule by which a level owes it; "" for the rule of all others."""
    loc: Loc = ("documents", duty.document)
    kind = duty.period.kind
    own = duty.rules.due_by_period.get(kind)
    if own and (not level or level in own.by_level):
        at = (*loc, "due_by_period", kind)
        return file.key_where((*at, "by_level", level) if level else at)
    return file.key_where((*loc, "due_by_level", level) if level else (*loc, "due"))


def _asked_at(duty: Duty, file: YamlFile) -> Loc:
    """Where a request is in the year file: the first one of that key."""
    written = file.value(("requests",))
    assert isinstance(written, list), "there is a request"
    return ("requests", [one["key"] for one in written].index(duty.period.kind))


def _where_asked(duty: Duty, file: YamlFile) -> Where:
    return file.where(_asked_at(duty, file))
