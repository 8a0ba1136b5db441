"""One form that cannot be read does not hold up the others."""

from __future__ import annotations

from pathlib import Path

import requests

from cchc_gforms.google.address import Address
from cchc_gforms.google.client import Google
from cchc_gforms.google.credentials import Identity
from cchc_gforms.harvester.harvest import harvest
from cchc_gforms.spec.load import load_all
from cchc_gforms.store.log import EventLog
from tests.office import H1, SPECS, Bureau, local_google

MN01 = "MN01 – Trường Mầm non Mẫu 01"
HOME = "mn01@truong.example"
Q1 = "periodic_report/2022-q1"


def test_a_form_that_is_refused_is_named_and_the_rest_is_stored(tmp_path: Path) -> None:
    with local_google(tmp_path, seed=3) as server, Bureau.at_work(server) as bureau:
        bureau.at("2022-06-02 10:00")
        bureau.submit(Q1, MN01, HOME)
        bureau.submit(H1, MN01, HOME)
        bureau.at("2022-06-02 11:00")
        form = f"/v1/forms/{bureau.form_id(H1)}/"
        faults = [{"path_prefix": form, "status": 403, "nth": 0}]
        requests.post(f"{server.url}/_control/faults", json=faults, timeout=5).raise_for_status()
        year, specs = load_all(SPECS, 2022)
        google = Google(Identity(Path("none"), Path("none")), Address.parse(server.url))
        with EventLog.open(f"sqlite:///{tmp_path / 'log.sqlite'}") as log:
            done = harvest(google, log, year, specs, print)
            (failure,) = done.failed
            assert (failure.name, failure.title) == (H1, "Báo cáo CCHC 06 tháng đầu năm 2022")
            assert "Google trả lời 403" in failure.message
            assert done.kinds == {"version_seen": 1}
            assert [one.failed for one in log.harvests()] == [1]
            requests.post(f"{server.url}/_control/faults", json=[], timeout=5)
            again = harvest(google, log, year, specs, print)
            assert (again.kinds, again.failed) == ({"version_seen": 1}, ())
        google.close()
