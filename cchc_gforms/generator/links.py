"""A form's link for each unit, the unit already chosen (facts 7.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from cchc_gforms.errors import CchcError
from cchc_gforms.generator.control import is_for_reviewers
from cchc_gforms.google import forms
from cchc_gforms.google.client import Google
from cchc_gforms.google.registry import Registry
from cchc_gforms.regime.load import ReportingYear
from cchc_gforms.regime.roster import Unit
from cchc_gforms.spec.carry_over import Lines
from cchc_gforms.spec.model import FormSpec
from cchc_gforms.spec.prefill import as_texts, fitting, prefilled


@dataclass(frozen=True, slots=True)
class UnitLink:
    """`due` is None for a form without a due date; `bureau` None for the processing form, which
    reviewers answer. `filled` tells whether it begins with what the unit's own approved documents
    say, and `cut` whether some of that found no room."""

    unit: Unit
    title: str
    due: date | None
    link: str
    bureau: str | None
    filled: bool = False
    cut: bool = False

    @property
    def text(self) -> str:
        """One paragraph, ready to be pasted into Zalo or a mail."""
        if self.bureau is None:
            return f"{self.title} – {self.unit.name}: {self.link}"
        latest = f", chậm nhất hết ngày {self.due:%d/%m/%Y}," if self.due else ""
        return (
            f"Kính gửi {self.unit.name}: {self.bureau} đề nghị đơn vị gửi {self.title}{latest} tại "
            f"đường liên kết sau (tên đơn vị đã chọn sẵn): {self.link}"
        )


def links(
    google: Google,
    year: ReportingYear,
    spec: FormSpec,
    lines: Mapping[str, Lines] = MappingProxyType({}),
) -> list[UnitLink]:
    """One look-up, one get. `lines`, by a unit's code, are what its paragraphs begin with.
    CchcError for a form that is not there yet."""
    file = Registry.look_up(google).form(spec.name, spec.title)
    if file is None:
        raise CchcError(f"chưa có biểu mẫu “{spec.title}”", "chạy `cchc forms apply`")
    return list(_links(year, spec, forms.get(google, file.id)["responderUri"], lines))


def _links(
    year: ReportingYear, spec: FormSpec, responder_uri: str, lines: Mapping[str, Lines]
) -> Iterator[UnitLink]:
    asked = spec.item("unit")
    assert asked is not None, "the checks see to it that there is one"
    bureau = None if is_for_reviewers(spec) else year.agency.bureau.name
    for unit, due in _units(year, spec):
        chosen = [(asked, year.roster.choice(unit))]
        own = lines.get(unit.code, [])
        kept = fitting(spec, responder_uri, chosen, own)
        link = prefilled(spec, responder_uri, [*chosen, *kept])
        cut = kept != as_texts(own)
        yield UnitLink(unit, spec.title, due, link, bureau, filled=bool(own), cut=cut)


def _units(year: ReportingYear, spec: FormSpec) -> Iterator[tuple[Unit, date | None]]:
    """Those who owe it, with their own due dates."""
    if spec.period is None:
        yield from ((unit, None) for unit in year.roster.units)
        return
    duty = year.duty(spec.document, spec.period)
    for unit in duty.expected(year.roster):
        due = duty.due_of(unit.level)
        yield unit, due.counted if due else None
