"""Where the links of the dashboard lead: forms with the unit chosen, the processing form filled in.

A form's address is remembered with the log (by `cchc forms apply`, or the first time it is asked
for here), so that a publish does not ask Google for it again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cchc_gforms.dashboard.situation import Addresses
    from cchc_gforms.google.address import Address
    from cchc_gforms.google.client import Google
    from cchc_gforms.ledger.row import Row
    from cchc_gforms.regime.year import ReportingYear
    from cchc_gforms.spec.model import Action, FormSpec
    from cchc_gforms.spec.prefill import ProcessingLinks
    from cchc_gforms.store.log import EventLog

_FORM = "form:"


def remember_forms(log: EventLog, addresses: Mapping[str, str]) -> None:
    """Responder addresses by the form's name in the spec."""
    log.remember({f"{_FORM}{name}": address for name, address in addresses.items()})


def remembered_forms(log: EventLog, specs: Sequence[FormSpec]) -> dict[str, str]:
    """As `form_addresses`, without asking Google."""
    kept = log.recall()
    known = {spec.name: kept.get(f"{_FORM}{spec.name}") for spec in specs}
    return {name: address for name, address in known.items() if address}


def form_addresses(
    google: Google, log: EventLog, year: ReportingYear, specs: Sequence[FormSpec]
) -> dict[str, str]:
    """Of the forms that were made; those not remembered take one look-up, and one get each."""
    from cchc_gforms.google import forms
    from cchc_gforms.google.registry import Registry

    known = remembered_forms(log, specs)
    if missing := [spec.name for spec in specs if spec.name not in known]:
        deployed = Registry.look_up(google, year.regime.identity).of_year(year.year.year)
        asked = [name for name in missing if name in deployed]
        found = {name: forms.get(google, deployed[name].id)["responderUri"] for name in asked}
        remember_forms(log, found)
        known |= found
    return known


def addresses(
    where: Address, year: ReportingYear, specs: Sequence[FormSpec], forms: Mapping[str, str]
) -> Addresses:
    from cchc_gforms.dashboard.situation import Addresses
    from cchc_gforms.spec.prefill import ProcessingLinks

    by_subject = {(spec.document, spec.period): spec for spec in specs if spec.name in forms}
    processing = by_subject.get(("processing", None))
    links = ProcessingLinks(processing, forms[processing.name]) if processing else None
    entry = partial(_entry, links, year)
    return Addresses(
        form=partial(_form, by_subject, forms, year),
        response=partial(_response, where),
        approve=partial(entry, action="approve"),
        give_back=partial(entry, action="return"),
        accept=partial(entry, action="accept"),
    )


def _form(
    specs: Mapping[tuple[str, str | None], FormSpec],
    forms: Mapping[str, str],
    year: ReportingYear,
    row: Row,
) -> str | None:
    """The unit's form with the unit chosen; None where there is none, or it no longer offers it."""
    from cchc_gforms.spec.prefill import prefilled

    spec = specs.get((row.document, row.period))
    asked = spec.item("unit") if spec else None
    chosen = _choice(year, row.unit.code)
    if spec is None or asked is None or chosen is None:
        return None
    return prefilled(spec, forms[spec.name], [(asked, chosen)])


def _entry(
    links: ProcessingLinks | None, year: ReportingYear, row: Row, *, action: Action
) -> str | None:
    """The processing form with unit, document and action chosen."""
    unit = _choice(year, row.unit.code)
    if links is None or unit is None:
        return None
    try:
        return links.to(unit=unit, document=year.label(row.document, row.period), action=action)
    except ValueError:  # the form does not offer it
        return None


def _response(where: Address, row: Row) -> str | None:
    """The latest version's response in the form's editor, as those who own the form see it."""
    from cchc_gforms.events import VersionSeen

    seen = [step.event for step in row.steps if isinstance(step.event, VersionSeen)]
    if not seen or seen[-1].response_id.startswith("row:"):
        return None
    return where.form_response(seen[-1].form_id, seen[-1].response_id)


def _choice(year: ReportingYear, code: str) -> str | None:
    try:
        return year.roster.choice(year.roster.unit(code))
    except KeyError:  # the unit is no longer on the roster
        return None
