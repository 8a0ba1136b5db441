"""What a reviewer should look at in a form's answers: sentences, in the order of the form. Pure.

A flag never blocks or moves anything (A16, L21); each says which question, what, and why. An answer
that was not given is flagged where its page, or another answer, asks for it; of the outline's nodes
`left_out` tells which have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from cchc_gforms.events import Answers
from cchc_gforms.spec.answer_rules import Checks, Floor, NumberRule, WordsRule
from cchc_gforms.spec.completeness import empty_pages, incomplete, untouched
from cchc_gforms.spec.contents import is_confirmed, link_said, said, said_under_any_key
from cchc_gforms.spec.folded import folded
from cchc_gforms.spec.model import FormSpec, Role

_GROUPED = re.compile(r"[-+]?\d{1,3}(\.\d{3})+(,\d+)?")
_PLAIN = re.compile(r"[-+]?\d+([.,]\d+)?")
_LINK = re.compile(r"https?://[^\s/]+\.[^\s]+")
_DATE = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b|\b\d{4}-\d{2}-\d{2}\b")
_DIGIT = re.compile(r"\d")


def flags(
    spec: FormSpec,
    answers: Answers,
    earlier: Answers | None = None,
    begun: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> tuple[str, ...]:
    """`earlier` are the unit's answers for the period before, where figures run on from it (A11);
    None where there is none to compare with. `begun` are, by question, the lines that the unit's
    own link filled in (R6)."""
    found = [*_evidence(spec, answers), *empty_pages(spec, answers)]
    for question in spec.questions():
        text = said(question, answers)
        found += untouched(question, spec, answers, begun.get(question.key, ()))
        if question.checks and text:
            before = said_under_any_key(question, spec, earlier or {})
            found += [
                f"{question.title}: {fault}" for fault in _faults(question.checks, text, before)
            ]
            found += incomplete(question, spec, answers)
    return tuple(found)


def number_in(text: str) -> float | None:
    """A figure as people write it in Vietnamese: 1.234,5 or 1234.5, with or without %."""
    text = text.strip().removesuffix("%").strip()
    if _GROUPED.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    return float(text.replace(",", ".")) if _PLAIN.fullmatch(text) else None


def _faults(checks: Checks, text: str, before: str) -> Iterator[str]:
    figure = number_in(text)
    if checks.number:
        yield from _number(checks.number, text, figure)
    if checks.words:
        yield from _words(checks.words, len(text.split()))
    if isinstance(checks.floor, Floor):
        yield from _floor(checks.floor, text, figure, is_asked_for=checks.number is not None)
    if checks.not_below_earlier:
        yield from _not_below(text, figure, before)
    if checks.quantified and not _DIGIT.search(text):
        yield "chưa định lượng, không thấy con số nào"
    if checks.evidence:
        yield from _named_evidence(text)
    if checks.avoid:
        plain = folded(text)
        for phrase in checks.avoid:
            if folded(phrase) in plain:
                yield f"ghi chung chung “{phrase}”, cần nêu cụ thể"
    if checks.about:
        plain = folded(text)
        if not any(folded(word) in plain for word in checks.about):
            yield f"chưa thấy nói về {checks.about[0]}, xem lại có đúng nội dung được hỏi không"


def _number(rule: NumberRule, text: str, figure: float | None) -> Iterator[str]:
    if figure is None:
        yield f"“{_short(text)}” không phải là một con số"
        return
    if rule.whole and figure != int(figure):
        yield f"{_short(text)} phải là số nguyên"
    if rule.min is not None and figure < rule.min:
        yield f"{_short(text)} nhỏ hơn {_written(rule.min)}"
    if rule.max is not None and figure > rule.max:
        yield f"{_short(text)} lớn hơn {_written(rule.max)}"


def _words(rule: WordsRule, count: int) -> Iterator[str]:
    if rule.min is not None and count < rule.min:
        yield f"chỉ có {count} chữ, quá ngắn (ít nhất {rule.min} chữ)"
    if rule.max is not None and count > rule.max:
        yield f"dài {count} chữ, cần ngắn gọn (nhiều nhất {rule.max} chữ)"


def _floor(floor: Floor, text: str, figure: float | None, *, is_asked_for: bool) -> Iterator[str]:
    wanted = _written(floor.value)
    if figure is None:
        if not is_asked_for:  # else it has been said already
            yield f"“{_short(text)}” không phải là một con số, không so được với chỉ tiêu {wanted}"
    elif floor.higher_is_better and figure < floor.value:
        yield f"{_short(text)} thấp hơn chỉ tiêu của cấp trên ({wanted} trở lên)"
    elif not floor.higher_is_better and figure > floor.value:
        yield f"{_short(text)} kém hơn chỉ tiêu của cấp trên ({wanted} trở xuống)"


def _not_below(text: str, figure: float | None, before: str) -> Iterator[str]:
    earlier = number_in(before)
    if figure is not None and earlier is not None and figure < earlier:
        yield f"{_short(text)} nhỏ hơn số lũy kế đã báo ở kỳ trước ({_short(before)})"


def _named_evidence(text: str) -> Iterator[str]:
    """A number, a date and a link, in any order and any number of lines (R17)."""
    rest = _LINK.sub(" ", text)
    undated = _DATE.sub(" ", rest)
    parts = {
        "số hiệu": _DIGIT.search(undated),
        "ngày": undated != rest,
        "liên kết": rest != text,
    }
    if missing := [name for name, found in parts.items() if not found]:
        yield f"thiếu {', '.join(missing)} của tài liệu minh chứng"


def _evidence(spec: FormSpec, answers: Answers) -> Iterator[str]:
    """R17: a number, a date, a link, and the confirmation that the form asks for, in its words."""
    texts = {role: link_said(spec.item(role), answers) for role in _EVIDENCE}
    missing = [name for role, name in _EVIDENCE.items() if spec.item(role) and not texts[role]]
    confirmation = spec.item("evidence_confirmation")
    if confirmation and not is_confirmed(confirmation, answers):
        missing.append(f"“{confirmation.title}”")
    if missing:
        yield f"Minh chứng chưa đủ: thiếu {', '.join(missing)}"
    number, link = texts["evidence_number"], texts["evidence_link"]
    if number and not any(letter.isdigit() for letter in number):
        yield f"Minh chứng: “{_short(number)}” không giống một số hiệu văn bản"
    if link and not _LINK.match(link):
        yield f"Minh chứng: “{_short(link)}” không phải là một liên kết"


_EVIDENCE: dict[Role, str] = {
    "evidence_number": "số hiệu",
    "evidence_date": "ngày ký",
    "evidence_link": "liên kết",
}


def _short(text: str) -> str:
    text = " ".join(text.split())
    return f"{text[:57]}…" if len(text) > 60 else text


def _written(figure: float) -> str:
    """As Vietnamese writes it: 97,5."""
    return f"{figure:g}".replace(".", ",")
