"""A form's link for each unit, the unit already chosen (facts 7.3)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from cchc_gforms.errors import CchcError
from cchc_gforms.generator import requests
from cchc_gforms.generator.control import is_for_reviewers
from cchc_gforms.google import forms
from cchc_gforms.google.client import Google
from cchc_gforms.google.registry import Registry
from cchc_gforms.regime.load import ReportingYear
from cchc_gforms.regime.roster import Unit
from cchc_gforms.spec.carry_over import Lines
from cchc_gforms.spec.model import FormSpec
from cchc_gforms.spec.prefill import as_texts, fitting, prefilled

Dues = tuple[date | None, date | None]
"""The due date in force, and the original one."""


@dataclass(frozen=True, slots=True)
class UnitLink:
    """`due` is the day in force, which is later than `due_original` after an extension (L10); both
    are None for a form without a due date. `bureau` is None for the processing form, which
    reviewers answer. `filled` tells whether it begins with what the unit's own approved documents
    say, and `cut` whether some of that found no room. `approved` is who need not send it again."""

    unit: Unit
    title: str
    due: date | None
    due_original: date | None
    link: str
    bureau: str | None
    filled: bool = False
    cut: bool = False
    approved: bool = False

    @property
    def emails(self) -> tuple[str, ...]:
        """Whom to send it to: no school gets the processing form's."""
        return self.unit.emails if self.bureau else ()

    @property
    def extended(self) -> bool:
        return self.due != self.due_original

    @property
    def text(self) -> str:
        """One paragraph, ready to be pasted into Zalo or a mail; nothing for who is done."""
        if self.approved:
            return ""
        if self.bureau is None:
            return f"Dành cho người duyệt: {self.title}, đã chọn {self.unit.name}: {self.link}"
        latest = f", chậm nhất hết ngày {self.due:%d/%m/%Y}" if self.due else ""
        latest += f" (gia hạn, hạn ban đầu {self.due_original:%d/%m/%Y})" if self.extended else ""
        latest += "," if latest else ""
        return (
            f"Kính gửi {self.unit.name}: {self.bureau} đề nghị đơn vị gửi {self.title}{latest} tại "
            f"đường liên kết sau (tên đơn vị đã chọn sẵn): {self.link}"
        )


@dataclass(frozen=True, slots=True)
class FormLinks:
    """The links, and why nobody can answer by them now; "" where one can."""

    units: tuple[UnitLink, ...]
    shut: str = ""


def links(
    google: Google,
    year: ReportingYear,
    spec: FormSpec,
    lines: Mapping[str, Lines] = MappingProxyType({}),
    dues: Mapping[str, Dues] = MappingProxyType({}),
    approved: Collection[str] = (),
) -> FormLinks:
    """One look-up, one get. `lines`, by a unit's code, are what its paragraphs begin with; `dues`
    what is on record of its due date, else the files say it; `approved` the codes of those whose
    document is approved. CchcError for a form that is not
    there yet."""
    file = Registry.look_up(google, year.regime.identity).form(spec.name, spec.title)
    if file is None:
        raise CchcError(f"chưa có biểu mẫu “{spec.title}”", "chạy `cchc forms apply`")
    form = forms.get(google, file.id)
    made = (
        _link(year, spec, form["responderUri"], unit, dues.get(unit.code, due), lines)
        for unit, due in _units(year, spec)
    )
    units = tuple(replace(one, approved=one.unit.code in approved) for one in made)
    return FormLinks(units, _shut(spec, form))


def _shut(spec: FormSpec, form: Any) -> str:
    if not requests.is_published(form):
        return "chưa phát hành: chạy `cchc forms apply`"
    if requests.is_accepting(form) is False:
        return f"đang đóng: mở lại bằng `cchc forms open {spec.name}`"
    return ""


def _link(
    year: ReportingYear,
    spec: FormSpec,
    responder_uri: str,
    unit: Unit,
    dues: Dues,
    lines: Mapping[str, Lines],
) -> UnitLink:
    own = lines.get(unit.code, [])
    asked = spec.item("unit")
    assert asked is not None, "the checks see to it that there is one"
    chosen = [(asked, year.roster.choice(unit))]
    kept = fitting(spec, responder_uri, chosen, own)
    return UnitLink(
        unit,
        spec.title,
        *dues,
        prefilled(spec, responder_uri, [*chosen, *kept]),
        bureau=None if is_for_reviewers(spec) else year.agency.bureau.name,
        filled=bool(own),
        cut=kept != as_texts(own),
    )


def _units(year: ReportingYear, spec: FormSpec) -> Iterator[tuple[Unit, Dues]]:
    """Those who owe it, with their own due dates as the files say them."""
    if spec.period is None:
        yield from ((unit, (None, None)) for unit in year.roster.units)
        return
    duty = year.duty(spec.document, spec.period)
    for unit in duty.expected(year.roster):
        due = duty.due_of(unit.level)
        yield unit, (due.counted, due.counted) if due else (None, None)
