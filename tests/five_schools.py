"""Five schools and their report of the first half of 2022, small enough to be counted by hand.

| unit   | what happened                                            | so it is                   |
|--------|----------------------------------------------------------|----------------------------|
| MN01   | sent 02/06 09:00, returned, sent again, returned again   | on time, 2 returns         |
| MN02   | sent 04/06 00:00:00, just after the due day 03/06        | late by 1 day              |
| TH01   | sent 01/06 10:00, approved 05/06                         | on time                    |
| TH02   | nothing                                                  | missing, 7 days on 10/06   |
| THCS01 | exempt: just merged                                      | in no count                |
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cchc_gforms.events import Decided, Event, Exempted, VersionSeen
from cchc_gforms.ledger.book import read
from cchc_gforms.ledger.row import Ledger
from cchc_gforms.ledger.select import Selection
from cchc_gforms.regime.load import load
from cchc_gforms.regime.openings import openings
from cchc_gforms.regime.year import ReportingYear

SHIPPED = Path(__file__).parents[1] / "forms_spec"
REVIEWER = "duyet1@phonggd.example"
AS_OF = datetime(2022, 6, 10, 2, tzinfo=UTC)  # 09:00 local

_UNITS = """\
code,name,level,emails,valid_from,valid_to,earlier_names,cluster
MN01,Trường Mầm non Mẫu 01,MN,mn01@truong.example,,,,
MN02,Trường Mầm non Mẫu 02,MN,mn02@truong.example,,,,
TH01,Trường Tiểu học Mẫu 01,TH,th01@truong.example,,,,
TH02,Trường Tiểu học Mẫu 02,TH,th02@truong.example,,,,
THCS01,Trường THCS Mẫu 01,THCS,thcs01@truong.example,,,,
"""


def spec_dir(folder: Path, *, scoring: bool = False) -> Path:
    """What ships, with the five schools alone; points for emulation on, if asked."""
    made = folder / "forms_spec"
    shutil.copytree(SHIPPED, made)
    regime = (SHIPPED / "regime.yaml").read_text("utf-8")
    if scoring:
        regime = regime.replace("enabled: false", "enabled: true").replace(
            "per_return: 0", "per_return: 0.25"
        )
    (made / "regime.yaml").write_text(regime, "utf-8")
    (made / "units.csv").write_text(_UNITS, "utf-8")
    return made


def events(year: ReportingYear, *, reason: str = "Thiếu số liệu.") -> list[Event]:
    """Those of the table above; `reason` is what both returns say."""
    return [
        *openings(year, datetime(2022, 2, 17, tzinfo=UTC)),
        sent("MN01", "1", 2, 2),
        _decided("MN01", "return", 3, 3, reason),
        sent("MN01", "2", 4, 2),
        _decided("MN01", "return", 5, 3, reason),
        sent("MN02", "1", 3, 17),
        sent("TH01", "1", 1, 3),
        _decided("TH01", "approve", 5, 2, ""),
        Exempted(
            form_id="P", response_id="E", reviewer=REVIEWER, reason="Mới sáp nhập.",
            **_subject("THCS01", 2, 2),
        ),
    ]  # fmt: skip


def ledger(
    year: ReportingYear, *, documents: tuple[str, ...] = ("periodic_report",), reason: str = ""
) -> Ledger:
    """Their rows of the half-year, on 10/06/2022 at 09:00."""
    book = read(events(year, reason=reason or "Thiếu số liệu."), year, AS_OF)
    wanted = Selection(documents=documents, periods=("2022-h1",))
    return Ledger(book.as_of, wanted.of(book.rows), ())


def loaded(folder: Path, *, scoring: bool = False) -> ReportingYear:
    return load(spec_dir(folder, scoring=scoring), 2022)


def sent(unit: str, number: str, day: int, hour: int, *, email: str = "") -> Event:
    """A report, from the unit's own address or another."""
    return VersionSeen(
        form_id="F", response_id=f"{unit}-{number}",
        email=email or f"{unit.lower()}@truong.example", **_subject(unit, day, hour),
    )  # fmt: skip


def _subject(unit: str, day: int, hour: int) -> dict[str, Any]:
    """In June 2022; hours in UTC, seven before the local ones."""
    return {
        "at": datetime(2022, 6, day, hour, tzinfo=UTC),
        "document": "periodic_report",
        "period": "2022-h1",
        "claimed_unit": unit,
        "unit_code": unit,
    }


def _decided(unit: str, action: str, day: int, hour: int, reason: str) -> Event:
    return Decided.model_validate(
        {
            "form_id": "P",
            "response_id": f"D-{unit}-{day}",
            "action": action,
            "reviewer": REVIEWER,
            "reason": reason,
            **_subject(unit, day, hour),
        }
    )
