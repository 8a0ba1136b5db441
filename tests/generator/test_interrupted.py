"""Apply cut off at any of its calls, each in turn: the next one ends where an undisturbed one does.

Two forms (the annual plan; the processing form, which named people answer) and the spreadsheet for
their answers. First they are made; then questions are added, reworded, moved, made anew, removed,
and the plan is open to two named schools instead of anyone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
import requests

from cchc_gforms.errors import CchcError, GoogleError
from cchc_gforms.generator.apply import apply_year
from cchc_gforms.generator.plan import Allowed
from cchc_gforms.generator.plan_file import read, write
from cchc_gforms.generator.rest_of_plan import refuse_another
from cchc_gforms.generator.year_plan import YearPlan, plan_year
from cchc_gforms.google.address import Address
from cchc_gforms.google.client import Google
from cchc_gforms.google.credentials import Identity
from cchc_gforms.google.registry import Registry, admit
from cchc_gforms.local_google.serve import Running, open_state, running
from cchc_gforms.regime.load import ReportingYear
from cchc_gforms.regime.roster import Roster
from cchc_gforms.spec.load import load_all
from cchc_gforms.spec.model import FormSpec
from cchc_gforms.store.log import EventLog
from tests.generator.live import clear_log, edit, forms_in_drive, live_forms, log
from tests.office import SPECS

ATTEMPTS = 8  # of a call that is refused for quota, before the product gives up
KINDS = ("dropped before it is done", "dropped after it is done", "429", "429 for good")
ALLOWED = Allowed(frozenset({"bo_di"}), frozenset({"doi_loai"}))


@dataclass(frozen=True)
class Wanted:
    year: ReportingYear
    specs: Sequence[FormSpec]


@dataclass
class Bench:
    server: Running
    google: Google
    book: EventLog
    before: Wanted
    after: Wanted
    starts: dict[str, bytes] = field(default_factory=dict)

    def plan(self, wanted: Wanted) -> YearPlan:
        return plan_year(self.google, self.book, wanted.year, wanted.specs, ALLOWED, _nothing)

    def apply(self, wanted: Wanted, file: Path | None = None) -> None:
        """What is wanted, planned anew; held to a plan in a file if there is one."""
        made = self.plan(wanted)
        if file:
            refuse_another(read(file), made)
        apply_year(self.google, self.book, wanted.year, made, _nothing)

    def start(self, stage: str) -> None:
        """A Google as the stage finds it: empty, or with the forms of before."""
        self.calm()
        if stage in self.starts:
            self.server.state.become(self.starts[stage])
        else:
            self.server.state.reset()
            if stage == "changed":
                self.apply(self.before)
            self.starts[stage] = self.server.state.copied()
        Registry.look_up(self.google)  # our token may be of no use now: a new one is asked for
        clear_log(self.server)

    def disturb(self, call: int, kind: str) -> None:
        """From now on: the `call`-th call, whichever it is."""
        faults: list[dict[str, Any]] = [{"nth": call, "drop": True, "after": "after" in kind}]
        if "429" in kind:
            count = ATTEMPTS if "good" in kind else 1
            faults = [{"nth": call + again, "status": 429} for again in range(count)]
        self._set(faults)

    def disturb_after(self, method: str) -> None:
        """The answer of the first such call is lost."""
        self._set([{"method_id": method, "drop": True, "after": True}])

    def calm(self) -> None:
        self._set([])

    def _set(self, faults: list[dict[str, Any]]) -> None:
        address = f"{self.server.url}/_control/faults"
        requests.post(address, json=faults, timeout=5).raise_for_status()


def _nothing(_: str) -> None:
    return None


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    state = open_state(None, seed=12)
    year, specs = load_all(SPECS, 2022)
    path = tmp_path_factory.mktemp("log") / "log.sqlite"
    year = replace(year, roster=Roster(year.roster.units[:2]))
    named = replace(year, regime=year.regime.model_copy(update={"respondents": "roster"}))
    before = Wanted(year, [_changed(specs[0], _earlier), specs[-1]])
    after = Wanted(named, [_changed(specs[0], _later), specs[-1]])
    with running(state) as server, EventLog.open(f"sqlite:///{path.as_posix()}") as book:
        address = Address.parse(server.url)
        google = Google(Identity(Path("none"), Path("none")), address, sleep=lambda _: None)
        yield Bench(server, google, book, before, after)
        google.close()
    state.close()


def _changed(spec: FormSpec, change: Any) -> FormSpec:
    written = spec.model_dump(exclude_unset=True)
    change(written)
    return FormSpec.model_validate(written)


def _earlier(written: dict[str, Any]) -> None:
    _add(
        written,
        {"key": "bo_di", "type": "text", "title": "Sẽ bỏ"},
        {"key": "doi_loai", "type": "text", "title": "Sẽ đổi loại"},
        {"key": "doi_ten", "type": "text", "title": "Tên cũ"},
    )


def _later(written: dict[str, Any]) -> None:
    _add(
        written,
        {"key": "them_vao", "type": "paragraph", "title": "Mới thêm"},
        {"key": "doi_ten", "type": "text", "title": "Tên mới"},
        {"key": "doi_loai", "type": "date", "title": "Đã đổi loại"},
    )
    written["description"] = "Lời dẫn mới."
    written["collect_email"] = "responder_input"


def _add(written: dict[str, Any], *items: dict[str, str]) -> None:
    page = written["sections"][0]
    page["items"] = (*page["items"], *items)


def wanted_in(bench: Bench, stage: str) -> Wanted:
    return {"made": bench.before, "changed": bench.after}[stage]


@pytest.mark.parametrize("stage", ["made", "changed"])
@pytest.mark.parametrize(
    ("kind", "held"),
    [*((kind, False) for kind in KINDS), *((kind, True) for kind in KINDS if "dropped" in kind)],
    ids=[*KINDS, *(f"{kind}, held to a plan in a file" for kind in KINDS if "dropped" in kind)],
)
def test_cut_off_at_any_call_the_next_apply_finishes_the_same_forms(
    bench: Bench, tmp_path: Path, stage: str, kind: str, held: bool
) -> None:
    wanted = wanted_in(bench, stage)
    file = tmp_path / "plan.json" if held else None
    bench.start(stage)
    bench.apply(wanted)
    calls, undisturbed = len(log(bench.server)), live_forms(bench.server)
    assert calls == {"made": 15, "changed": 10}[stage]
    failed = 0
    for call in range(1, calls + 1):
        bench.start(stage)
        if file:
            write(file, bench.plan(wanted), ALLOWED)
            clear_log(bench.server)
        kept = {one["id"] for one in forms_in_drive(bench.server)}
        bench.disturb(call, kind)
        try:
            bench.apply(wanted, file)
        except GoogleError:
            failed += 1
        bench.calm()
        bench.apply(wanted, file)
        assert live_forms(bench.server) == undisturbed, f"call {call}"
        assert kept <= {one["id"] for one in forms_in_drive(bench.server)}
    assert failed > 0 or kind == "429"


CUTS = {
    "the form was changed": ("changed", "forms.forms.batchUpdate"),
    "the form is empty": ("made", "forms.forms.create"),
    "the form was filled in": ("made", "forms.forms.batchUpdate"),
}


@pytest.mark.parametrize(("stage", "method"), CUTS.values(), ids=CUTS)
def test_after_a_cut_other_hands_are_told_from_our_own(
    bench: Bench, tmp_path: Path, stage: str, method: str
) -> None:
    """The plan in the file is refused for what they did, and for nothing else."""
    wanted = wanted_in(bench, stage)
    file = tmp_path / "plan.json"
    bench.start(stage)
    write(file, bench.plan(wanted), ALLOWED)
    bench.disturb_after(method)
    with pytest.raises(GoogleError):
        bench.apply(wanted, file)
    bench.calm()
    (id,) = [one["id"] for one in forms_in_drive(bench.server) if one["name"].startswith("Kế")]
    item = {"title": "Của người khác", "questionItem": {"question": {"textQuestion": {}}}}
    edit(bench.server, id, {"createItem": {"item": item, "location": {"index": 0}}})
    with pytest.raises(CchcError) as refused:
        bench.apply(wanted, file)
    assert refused.value.message.splitlines()[1:] == [
        "  “Kế hoạch CCHC năm 2022” đã bị sửa sau khi lập kế hoạch:",
        "    thêm trả lời ngắn “Của người khác” ở vị trí 1",
    ]
    edit(bench.server, id, {"deleteItem": {"location": {"index": 0}}})
    bench.apply(wanted, file)
    assert not bench.plan(wanted).has_work


def test_a_plan_that_is_done_can_be_applied_again(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    bench.start("changed")
    write(file, bench.plan(bench.after), ALLOWED)
    bench.apply(bench.after, file)
    done = live_forms(bench.server)
    bench.apply(bench.after, file)
    assert live_forms(bench.server) == done


def test_a_plan_whose_people_changed_is_another_one(bench: Bench, tmp_path: Path) -> None:
    """Somebody was let in since, or shut out; or the spec wants others than the plan."""
    file = tmp_path / "plan.json"
    bench.start("changed")
    write(file, bench.plan(bench.after), ALLOWED)
    other = replace(bench.after, year=bench.before.year)
    with pytest.raises(CchcError, match="“Kế hoạch CCHC năm 2022”: đặc tả nay muốn khác"):
        bench.apply(other, file)
    bench.apply(bench.after, file)
    (form,) = [one for one in Registry.look_up(bench.google).forms if one.name.startswith("Kế")]
    admit(bench.google, form.id, tags={}, revoke=list(form.responders.values())[:1])
    bench.apply(bench.after, file)  # the plan lets them in
    write(file, bench.plan(bench.after), ALLOWED)
    admit(bench.google, form.id, tags={}, revoke=list(form.responders.values())[1:])
    with pytest.raises(CchcError, match="2022”: nay còn phải cho người khác trả lời"):
        bench.apply(bench.after, file)
