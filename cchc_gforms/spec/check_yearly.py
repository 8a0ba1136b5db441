"""What the two forms that a year has once, processing and news, need in order to be read. Pure.

On the processing form an action leads to a page of its own, and only what that page says is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, get_args

from cchc_gforms.errors import Problem
from cchc_gforms.spec.model import (
    Action,
    Choice,
    ChoiceItem,
    FormFile,
    Note,
    Question,
    Role,
    Section,
)
from cchc_gforms.yaml_file import Loc, YamlFile


@dataclass(frozen=True, slots=True)
class _Page:
    """The roles that the page of an action needs, and those that it may have."""

    needs: tuple[Role, ...] = ()
    may: tuple[Role, ...] = ()


_PAGES: Final[Mapping[str | None, _Page]] = {
    "approve": _Page(may=("reason",)),
    "return": _Page(("reason",)),
    "extend": _Page(("due_on", "reason"), ("scope",)),
    "receive_in_person": _Page(("received_on", "received_at"), ("reason",)),
    "exempt": _Page(("reason",)),
    "void": _Page(("reason",), ("target", "target_on", "target_at")),
    "accept": _Page(may=("to_unit", "reason")),
    "revoke": _Page(("reason",), ("scope",)),
}
_TYPES: Final[Mapping[str, str]] = {
    "due_on": "date",
    "received_on": "date",
    "target_on": "date",
    "received_at": "time",
    "target_at": "time",
}
_MEANINGS: Final[Mapping[str, frozenset[str]]] = {
    "scope": frozenset({"one_unit", "everyone"}),
    "target": frozenset({"latest", "named"}),
}
_TOGETHER: Final[frozenset[str]] = frozenset({"target", "target_on", "target_at"})


def check_processing(file: YamlFile, form: FormFile) -> Iterator[Problem]:
    """Each action that is offered has its page, and each page what the action asks for."""
    for s, section in enumerate(form.sections):
        for i, item in enumerate(section.items):
            if isinstance(item, ChoiceItem) and item.role == "action":
                for c, choice in enumerate(item.choices):
                    yield from _action(
                        file, ("sections", s, "items", i, "choices", c), choice, form
                    )


def check_news(file: YamlFile, form: FormFile) -> Iterator[Problem]:
    """What it is called, and where it is (R33)."""
    roles = [question.role for section in form.sections for question in _questions(section)]
    for role in ("news_title", "news_link"):
        if roles.count(role) != 1:
            yield Problem(
                "SPEC-ROLE",
                file.where(("sections",)),
                f"cần đúng một câu hỏi có role: {role}, đang có {roles.count(role)}",
                f"ghi role: {role} ở câu hỏi đó",
            )


def _action(file: YamlFile, loc: Loc, choice: Choice, form: FormFile) -> Iterator[Problem]:
    if choice.means not in _PAGES:
        yield Problem(
            "SPEC-ACTION",
            file.where(loc),
            f"lựa chọn “{choice.value}” không nói việc gì được ghi sổ",
            "ghi means: một trong " + ", ".join(get_args(Action)),
        )
        return
    page = _PAGES[choice.means]
    if choice.go_to == "submit":
        yield from _needed(file, loc, choice, page, None)
        return
    keys = [section.key for section in form.sections]
    if choice.go_to not in keys:
        if choice.go_to in (None, "next"):
            yield Problem(
                "SPEC-ACTION",
                file.where(loc),
                f"lựa chọn “{choice.value}” không dẫn tới trang của riêng nó",
                "ghi go_to: khoá của trang đó, hoặc submit nếu không cần hỏi thêm",
            )
        return
    s = keys.index(choice.go_to)
    yield from _needed(file, loc, choice, page, form.sections[s])
    yield from _page(file, ("sections", s), choice, page, form)


def _needed(
    file: YamlFile, loc: Loc, choice: Choice, page: _Page, section: Section | None
) -> Iterator[Problem]:
    """Each role that the action needs once on its page, the others at most once."""
    roles = [question.role for question in _questions(section)] if section else []
    wanted = [*page.needs, *(_TOGETHER - set(roles) if _TOGETHER & set(roles) else ())]
    for role in sorted(wanted):
        if role not in roles:
            yield Problem(
                "SPEC-PAGE",
                file.where(loc),
                f"“{choice.value}” cần một câu hỏi có role: {role} ở trang mà nó dẫn tới",
                f"ghi role: {role} ở câu hỏi đó",
            )


def _page(
    file: YamlFile, loc: Loc, choice: Choice, page: _Page, form: FormFile
) -> Iterator[Problem]:
    s = int(loc[1])
    section = form.sections[s]
    seen: set[Role] = set()
    for i, item in enumerate(section.items):
        if isinstance(item, Note) or item.role is None:
            continue
        where = file.where((*loc, "items", i, "role"))
        if item.role in seen or item.role not in (*page.needs, *page.may):
            yield Problem(
                "SPEC-PAGE",
                where,
                f"role: {item.role} ở đây không được đọc khi chọn “{choice.value}”",
                "mỗi role chỉ dùng một lần trong trang, và chỉ ở trang của việc cần đến nó",
            )
        seen.add(item.role)
        yield from _kind(file, (*loc, "items", i), item)
    if s + 1 < len(form.sections) and not any(_submits(one) for one in section.items):
        yield Problem(
            "SPEC-FALLS-THROUGH",
            file.where((*loc, "key")),
            f"sau trang '{section.key}' người điền sẽ sang tiếp trang '{form.sections[s + 1].key}'",
            "thêm một câu chọn bắt buộc mà mọi lựa chọn đều có go_to: submit",
        )


def _kind(file: YamlFile, loc: Loc, item: Question) -> Iterator[Problem]:
    wanted = _TYPES.get(item.role or "")
    if wanted and item.type != wanted:
        yield Problem(
            "SPEC-ROLE-TYPE",
            file.where((*loc, "type")),
            f"câu hỏi có role: {item.role} phải là type: {wanted}",
            f"đổi type thành {wanted}",
        )
    meanings = _MEANINGS.get(item.role or "", frozenset())
    choices = item.choices if isinstance(item, ChoiceItem) else ()
    if meanings and (not choices or any(choice.means not in meanings for choice in choices)):
        yield Problem(
            "SPEC-MEANS",
            file.where(loc),
            f"mỗi lựa chọn của câu hỏi có role: {item.role} phải nói ý nghĩa của nó",
            "ghi means: một trong " + ", ".join(sorted(meanings)),
        )


def _submits(item: object) -> bool:
    """Whether, once it is answered, the form is at its end."""
    return (
        isinstance(item, ChoiceItem)
        and item.required
        and item.type != "checkbox"
        and bool(item.choices)
        and all(choice.go_to == "submit" for choice in item.choices)
    )


def _questions(section: Section) -> Iterator[Question]:
    return (item for item in section.items if not isinstance(item, Note))
