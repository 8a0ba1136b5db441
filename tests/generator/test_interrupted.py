"""Apply cut off at any of its calls, each in turn: the next one ends where an undisturbed one does.

Two forms (the annual plan; the processing form, which named people answer) and the spreadsheet for
their answers. First they are made; then questions are added, reworded, moved, made anew, removed,
and the plan is open to two named schools instead of anyone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import requests

from cchc_gforms.errors import GoogleError
from cchc_gforms.generator.apply import apply_year
from cchc_gforms.generator.plan import Allowed
from cchc_gforms.generator.year_plan import plan_year
from cchc_gforms.google.address import Address
from cchc_gforms.google.client import Google
from cchc_gforms.google.credentials import Identity
from cchc_gforms.google.registry import Registry
from cchc_gforms.local_google.serve import Running, open_state, running
from cchc_gforms.regime.load import ReportingYear
from cchc_gforms.regime.roster import Roster
from cchc_gforms.spec.load import load_all
from cchc_gforms.spec.model import FormSpec
from cchc_gforms.store.log import EventLog
from tests.generator.live import clear_log, forms_in_drive, live_forms, log
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

    def apply(self, wanted: Wanted) -> None:
        made = plan_year(self.google, self.book, wanted.year, wanted.specs, ALLOWED, _nothing)
        apply_year(self.google, self.book, wanted.year, made, _nothing)

    def start(self, there: Wanted | None) -> None:
        """An empty Google, on which these forms are."""
        self.server.state.reset()
        self.calm()
        Registry.look_up(self.google)  # our token is of no use after that: a new one is asked for
        if there:
            self.apply(there)
        clear_log(self.server)

    def disturb(self, call: int, kind: str) -> None:
        """From now on: the `call`-th call, whichever it is."""
        faults: list[dict[str, Any]] = [{"nth": call, "drop": True, "after": "after" in kind}]
        if "429" in kind:
            count = ATTEMPTS if "good" in kind else 1
            faults = [{"nth": call + again, "status": 429} for again in range(count)]
        self._set(faults)

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


def stages(bench: Bench) -> dict[str, tuple[Wanted | None, Wanted]]:
    return {"made": (None, bench.before), "changed": (bench.before, bench.after)}


@pytest.mark.parametrize("stage", ["made", "changed"])
@pytest.mark.parametrize("kind", KINDS)
def test_cut_off_at_any_call_the_next_apply_finishes_the_same_forms(
    bench: Bench, stage: str, kind: str
) -> None:
    there, wanted = stages(bench)[stage]
    bench.start(there)
    bench.apply(wanted)
    calls, undisturbed = len(log(bench.server)), live_forms(bench.server)
    assert calls == {"made": 15, "changed": 10}[stage]
    failed = 0
    for call in range(1, calls + 1):
        bench.start(there)
        kept = {file["id"] for file in forms_in_drive(bench.server)}
        bench.disturb(call, kind)
        try:
            bench.apply(wanted)
        except GoogleError:
            failed += 1
        bench.calm()
        bench.apply(wanted)
        assert live_forms(bench.server) == undisturbed, f"call {call}"
        assert kept <= {file["id"] for file in forms_in_drive(bench.server)}
    assert failed > 0 or kind == "429"
