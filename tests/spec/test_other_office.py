"""Another office's regime, in another country, said in the same language: nothing is of CCHC only.

Libraries of a French metropolis: monthly returns with an outline of three levels, five working days
to hand them in (the central library eight), half-yearly accounts that are approved.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from cchc_gforms.events import Answers
from cchc_gforms.regime.load import ReportingYear
from cchc_gforms.spec.compile import compile_form
from cchc_gforms.spec.contents import left_out
from cchc_gforms.spec.flags import flags
from cchc_gforms.spec.load import load_all
from cchc_gforms.spec.model import FormSpec
from cchc_gforms.spec.outline import coverage, load_outline
from tests.google.discovery import wrong_in
from tests.spec.one_form import ways

OFFICE = Path(__file__).parent / "other_office"


@cache
def office() -> tuple[ReportingYear, dict[str, FormSpec]]:
    year, specs = load_all(OFFICE, 2027)
    return year, {spec.name: spec for spec in specs}


def test_there_is_a_form_a_month_and_a_half_year() -> None:
    _, specs = office()
    months = [f"monthly/2027-m{month:02}" for month in range(1, 13)]
    assert list(specs) == [
        *months, "action/2027-first_half", "action/2027-whole_year", "processing/2027",
    ]  # fmt: skip
    assert specs["monthly/2027-m02"].title == "Relevé mensuel – février 2027"
    assert specs["monthly/2027-m02"].description == (
        "Du 01/02/2027 au 28/02/2027, à envoyer à la DLP avant le 05/03/2027 "
        "(Bibliothèque centrale: 10/03/2027) inclus."
    )


@pytest.mark.parametrize(
    ("period", "branch", "central"),
    [
        ("2027-m01", date(2027, 2, 5), date(2027, 2, 10)),
        ("2027-m04", date(2027, 5, 10), date(2027, 5, 13)),  # Ascension, 6 May
        ("2027-m10", date(2027, 11, 8), date(2027, 11, 12)),  # All Saints' and 11 November
        ("2027-m12", date(2028, 1, 7), date(2028, 1, 12)),
    ],
)
def test_working_days_are_those_of_the_country(period: str, branch: date, central: date) -> None:
    duty = office()[0].duty("monthly", period)
    dues = [duty.due_of(level) for level in ("branch", "central")]
    assert [due.counted for due in dues if due] == [branch, central]


def test_every_form_is_one_that_google_takes() -> None:
    for spec in office()[1].values():
        assert wrong_in("forms.v1", "Form", compile_form(spec).wire) == []


def test_an_outline_of_three_levels_is_served() -> None:
    served = coverage(office()[1].values(), load_outline(OFFICE).nodes)
    assert [one.node.id for one in served if not one.documents] == []
    monthly = office()[1]["monthly/2027-m01"]
    said: Answers = {"week": ("120",), "loans_game": ("3",)}
    assert left_out(monthly, said) == ("A.1.2", "A.2.1", "B.1", "B.1.1", "B.2")
    # Who had no incident was not asked about it.
    assert left_out(monthly, {**said, "had_incident": ("Non",)}) == ("A.1.2", "A.2.1", "B.2")


def test_incidents_are_told_one_after_the_other_or_not_at_all() -> None:
    monthly = office()[1]["monthly/2027-m01"]
    assert ways(monthly, "had_incident") == {"Oui": "next", "Non": "actions"}
    assert ways(monthly, "incident_another") == {"Oui": "incident_2", "Non": "actions"}


def test_goals_have_their_direction() -> None:
    action = office()[1]["action/2027-first_half"]
    said: Answers = {"goal_visits": ("18.000",), "goal_waiting": ("20",)}
    assert [flag.split(":")[0] for flag in flags(action, said)] == [
        "Entrées par an", "Attente moyenne (jours)",
    ]  # fmt: skip
    assert flags(action, {"goal_visits": ("20.000",), "goal_waiting": ("12",)}) == ()
