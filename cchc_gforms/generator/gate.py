"""Closing forms and opening them again: whether they accept responses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cchc_gforms.errors import CchcError
from cchc_gforms.generator import requests
from cchc_gforms.google import forms
from cchc_gforms.google.client import Google
from cchc_gforms.google.registry import DeployedFile, Registry
from cchc_gforms.spec.model import FormSpec


@dataclass(frozen=True, slots=True)
class Moved:
    """A form, and whether it was the other way before."""

    name: str
    title: str
    form_id: str
    changed: bool


def set_gate(
    google: Google, regime: str, specs: Sequence[FormSpec], *, opened: bool
) -> list[Moved]:
    """A get a form, and a setPublishSettings where it is not so already, read back. CchcError,
    before anything is sent, for a form that is not there or not published."""
    registry = Registry.look_up(google, regime)
    found = [(spec, _deployed(registry, spec)) for spec in specs]
    read = [(spec, _form(google, spec, file)) for spec, file in found]
    return [_set(google, spec, form, opened=opened) for spec, form in read]


def _deployed(registry: Registry, spec: FormSpec) -> DeployedFile:
    file = registry.form(spec.name, spec.title)
    if file is None:
        raise CchcError(f"chưa có biểu mẫu “{spec.title}”", "chạy `cchc forms apply`")
    return file


def _form(google: Google, spec: FormSpec, file: DeployedFile) -> Any:
    form = forms.get(google, file.id)
    if requests.is_accepting(form) is None:
        raise CchcError(
            f"biểu mẫu “{spec.title}” thuộc kiểu cũ, Google không cho chương trình đóng mở",
            "mở biểu mẫu, mục Câu trả lời, tắt hoặc bật “Chấp nhận câu trả lời”",
        )
    if not requests.is_published(form):
        raise CchcError(
            f"biểu mẫu “{spec.title}” chưa phát hành", "chạy `cchc forms apply` để phát hành"
        )
    return form


def _set(google: Google, spec: FormSpec, form: Any, *, opened: bool) -> Moved:
    if requests.is_accepting(form) is opened:
        return Moved(spec.name, spec.title, requests.id_of(form), changed=False)
    body = requests.publish(accepting=opened)
    answer = forms.set_publish_settings(google, requests.id_of(form), body)
    if requests.is_accepting(answer) is not opened:
        raise CchcError(
            f"Google không {'mở' if opened else 'đóng'} biểu mẫu “{spec.title}”",
            "chạy lại lệnh này; nếu vẫn lỗi, đóng mở bằng tay trong biểu mẫu",
        )
    return Moved(spec.name, spec.title, requests.id_of(form), changed=True)
