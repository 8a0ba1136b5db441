"""What has to be done to the forms of a year. Nothing here changes anything at Google."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cchc_gforms.errors import CchcError
from cchc_gforms.generator import control
from cchc_gforms.generator.control import ByScript, Control, Listed
from cchc_gforms.generator.form_plan import FormPlan, form_plan, subject_of
from cchc_gforms.generator.plan import Allowed, AtStake
from cchc_gforms.generator.wording import at_stake, leave_of
from cchc_gforms.google.client import Google
from cchc_gforms.google.registry import REGIME, Registry
from cchc_gforms.regime.load import ReportingYear
from cchc_gforms.regime.openings import due_to_open
from cchc_gforms.spec.model import FormSpec
from cchc_gforms.store.log import EventLog

Progress = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class YearPlan:
    """The plans of all forms, the spreadsheet for their answers as it is now (None: to be made),
    the periods whose day has come ("periodic_report 2022-h1"), which apply opens (L1), and the
    titles of forms that an earlier spec made for the year, which stay as they are.

    `unclaimed` are the ids of other files of ours that do not say yet which regime they are of,
    `foreign` the regimes that have a form where ours is still to be made: it is theirs."""

    forms: tuple[FormPlan, ...]
    settings: tuple[ByScript, ...]
    control: Control | None
    periods: tuple[str, ...]
    left_over: tuple[str, ...] = ()
    unclaimed: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()

    @property
    def has_work(self) -> bool:
        rest = (self.writes_control, self.periods, self.unclaimed)
        return any(map(bool, rest)) or any(form.has_work for form in self.forms)

    @property
    def writes_control(self) -> bool:
        """Whether the spreadsheet, or its list of the forms, is to be written."""
        if self.control is None or any(form.form_id is None for form in self.forms):
            return True
        return bool(self.control.requests(self.listed([form.form_id for form in self.forms])))

    def listed(self, form_ids: Sequence[str | None]) -> list[Listed]:
        """The lines of the tab, given the ids that the forms have by now."""
        triples = zip(form_ids, self.forms, self.settings, strict=True)
        return [Listed(id or "", form.subject.title, by) for id, form, by in triples]

    @property
    def is_refused(self) -> bool:
        """Whether `refuse_losses` would."""
        return bool(self.at_stake) or any(form.by_hand for form in self.forms)

    @property
    def at_stake(self) -> list[tuple[FormPlan, AtStake]]:
        return [(form, one) for form in self.forms for one in form.plan.at_stake]

    def needless(self, names: Sequence[str], *, replace: bool) -> list[str]:
        """The names of which nothing needs leave, nor ever did."""
        done = {key for form in self.forms for key in form.removed} if not replace else set()
        stakes = self._stakes(replace=replace)
        return [
            name
            for name in names
            if name not in done and not any(one.is_named(name) for one in stakes)
        ]

    def needing_leave(self, *, replace: bool) -> list[str]:
        """The names that leave can be given to, whether it was or not."""
        stakes = self._stakes(replace=replace)
        return sorted({name for one in stakes for name in (one.name, one.whole)})

    def _stakes(self, *, replace: bool) -> list[AtStake]:
        plans = (form.plan for form in self.forms)
        stakes = [one for plan in plans for one in (*plan.at_stake, *plan.given)]
        return [one for one in stakes if one.is_replaced is replace]

    def refuse_losses(self, command: str) -> None:
        """CchcError with what only a person can do, or with every column of answers that would be
        lost without leave, and the `command` with that leave."""
        by_hand = [(form.subject.title, one) for form in self.forms for one in form.by_hand]
        if by_hand:
            lines = "\n".join(f"  “{title}”: {one}" for title, one in by_hand)
            raise CchcError(
                f"{len(by_hand)} việc chỉ người làm được, trong trang sửa biểu mẫu, nên chưa làm "
                f"gì:\n{lines}",
                "làm xong thì chạy lại lệnh này",
            )
        lost = self.at_stake
        if lost:
            leave = dict.fromkeys(leave_of(one) for _, one in lost)
            raise CchcError(
                f"{len(lost)} cột câu trả lời sẽ bị bỏ, nên chưa làm gì:\n{_lost(lost)}",
                "sửa đặc tả; nếu đúng là bỏ thì chạy `cchc harvest` trước, rồi\n  "
                + " ".join([command, *leave]),
            )


def _lost(lost: Sequence[tuple[FormPlan, AtStake]]) -> str:
    """Each question once, with the forms that it is on."""
    forms: dict[str, list[str]] = {}
    for form, one in lost:
        forms.setdefault(at_stake(one), []).append(f"“{form.subject.title}”")
    return "\n".join(f"  {said}\n    ở {', '.join(titles)}" for said, titles in forms.items())


def plan_year(
    google: Google,
    log: EventLog,
    year: ReportingYear,
    specs: Sequence[FormSpec],
    allowed: Allowed,
    progress: Progress,
) -> YearPlan:
    """One look-up, one get a form that is there or is to be copied, two of the spreadsheet."""
    registry = Registry.look_up(google, year.regime.identity)
    forms = []
    for spec in specs:
        progress(spec.title)
        subject = subject_of(year, spec, google.now)
        deployed = registry.form(spec.name, subject.document_title)
        template = registry.template(subject.template) if subject.template else None
        forms.append(form_plan(google, deployed, subject, allowed, template))
    due = due_to_open(year, google.now, log.periods_opened())
    names = {spec.name for spec in specs}
    of_year = registry.of_year(year.year.year)
    planned = {form.form_id for form in forms}
    unmade = {form.subject.name for form in forms if form.form_id is None}
    return YearPlan(
        forms=tuple(forms),
        settings=tuple(control.settings_of(year, spec) for spec in specs),
        control=control.read(google, registry, year),
        periods=tuple(" ".join(duty.key) for duty in due),
        left_over=tuple(file.name for name, file in of_year.items() if name not in names),
        unclaimed=tuple(one.id for one in registry.unclaimed if one.id not in planned),
        foreign=tuple(
            sorted({f.tags[REGIME] for f in registry.foreign if f.tags.get("cchc_form") in unmade})
        ),
    )
