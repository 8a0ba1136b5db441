"""What the two forms that a year has once, processing and news, need in order to be read. Pure.

On the processing form an action leads to a page of its own, and only what that page says is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from cchc_gforms.errors import Problem
from cchc_gforms.spec.expand import Page, Place
from cchc_gforms.spec.lost import has_lost, is_unsure, may_have_role
from cchc_gforms.spec.model import (
    Action,
    Choice,
    ChoiceItem,
    Question,
    Role,
    is_question,
)


@dataclass(frozen=True, slots=True)
class Asks:
    """The roles that the page of an action needs, and those that it may have."""

    needs: tuple[Role, ...] = ()
    may: tuple[Role, ...] = ()


ASKED: Final[Mapping[str | None, Asks]] = {
    "approve": Asks(may=("reason",)),
    "return": Asks(("reason",)),
    "extend": Asks(("due_on", "reason"), ("scope",)),
    "receive_in_person": Asks(("received_on", "received_at"), ("reason",)),
    "exempt": Asks(("reason",)),
    "void": Asks(("reason",), ("target", "target_on", "target_at")),
    "accept": Asks(may=("to_unit", "reason")),
    "revoke": Asks(("reason",), ("scope",)),
}
TYPES: Final[Mapping[str, str]] = {
    "due_on": "date",
    "received_on": "date",
    "target_on": "date",
    "received_at": "time",
    "target_at": "time",
}
MEANINGS: Final[Mapping[str, frozenset[str]]] = {
    "scope": frozenset({"one_unit", "everyone"}),
    "target": frozenset({"latest", "named"}),
}
TOGETHER: Final[frozenset[str]] = frozenset({"target", "target_on", "target_at"})


def check_processing(made: Sequence[Page]) -> Iterator[Problem]:
    """Each action that is offered has its page, and each page what the action asks for."""
    for page in made:
        for one in page.items:
            if isinstance(one.item, ChoiceItem) and one.item.role == "action":
                for c, choice in enumerate(one.item.choices):
                    yield from _action(one.place.at("choices", c), choice, made)


def check_news(made: Sequence[Page]) -> Iterator[Problem]:
    """What it is called, and where it is (R33)."""
    roles = [question.role for page in made for question, _ in _questions(page)]
    for role in ("news_title", "news_link"):
        if roles.count(role) > 1 or (role not in roles and not may_have_role(made, role)):
            yield Problem(
                "SPEC-ROLE",
                made[0].place.file.where(("sections",)),
                f"cần đúng một câu hỏi có role: {role}, đang có {roles.count(role)}",
                f"ghi role: {role} ở câu hỏi đó",
            )


def _action(place: Place, choice: Choice, made: Sequence[Page]) -> Iterator[Problem]:
    if choice.means not in ASKED:
        yield Problem(
            "SPEC-ACTION",
            place.where,
            f"lựa chọn “{choice.value}” không nói việc gì được ghi sổ",
            "ghi means: một trong " + ", ".join(get_args(Action)),
        )
        return
    asks = ASKED[choice.means]
    if choice.go_to == "submit":
        yield from _needed(place, choice, asks, None)
    elif choice.go_to in (None, "next"):
        yield Problem(
            "SPEC-ACTION",
            place.where,
            f"lựa chọn “{choice.value}” không dẫn tới trang của riêng nó",
            "ghi go_to: khóa của trang đó, hoặc submit nếu không cần hỏi thêm",
        )
    for number, page in enumerate(made):
        if page.key == choice.go_to:
            yield from _needed(place, choice, asks, page)
            yield from _page(page, choice, asks)
            yield from _ends(page, made[number + 1 :])


def _needed(place: Place, choice: Choice, asks: Asks, page: Page | None) -> Iterator[Problem]:
    """Each role that the action needs is on its page; those that go together are all there."""
    roles = {question.role for question, _ in _questions(page)} if page else set()
    together = TOGETHER if TOGETHER & roles else frozenset()
    missing = {*asks.needs, *together} - roles
    if page:
        missing = {role for role in missing if not may_have_role([page], role)}
    for role in sorted(missing):
        yield Problem(
            "SPEC-PAGE",
            place.where,
            f"“{choice.value}” cần một câu hỏi có role: {role} ở trang mà nó dẫn tới",
            f"ghi role: {role} ở câu hỏi đó",
        )


def _page(page: Page, choice: Choice, asks: Asks) -> Iterator[Problem]:
    seen: set[Role] = set()
    for question, place in _questions(page):
        if question.role is None:
            continue
        if question.role in seen or question.role not in (*asks.needs, *asks.may):
            yield Problem(
                "SPEC-PAGE",
                place.at("role").where,
                f"role: {question.role} ở đây không được đọc khi chọn “{choice.value}”",
                "mỗi role chỉ dùng một lần trong trang, và chỉ ở trang của việc cần đến nó",
            )
        seen.add(question.role)
        yield from _kind(question, place)


def _kind(question: Question, place: Place) -> Iterator[Problem]:
    wanted = TYPES.get(question.role or "")
    if wanted and question.type != wanted:
        yield Problem(
            "SPEC-ROLE-TYPE",
            place.at("type").where,
            f"câu hỏi có role: {question.role} phải là type: {wanted}",
            f"đổi type thành {wanted}",
        )
    meanings = MEANINGS.get(question.role or "", frozenset())
    choices = question.choices if isinstance(question, ChoiceItem) else ()
    if is_unsure(place):
        return
    if meanings and (not choices or any(choice.means not in meanings for choice in choices)):
        yield Problem(
            "SPEC-MEANS",
            place.where,
            f"mỗi lựa chọn của câu hỏi có role: {question.role} phải nói ý nghĩa của nó",
            "ghi means: một trong " + ", ".join(sorted(meanings)),
        )


def _ends(page: Page, following: Sequence[Page]) -> Iterator[Problem]:
    """A page would go on to the next one, which is another action's."""
    if (
        following
        and not has_lost(page)
        and not any(_submits(question) for question, _ in _questions(page))
    ):
        yield Problem(
            "SPEC-FALLS-THROUGH",
            page.place.at("key").where,
            f"sau trang '{page.key}' người điền sẽ sang tiếp trang '{following[0].key}'",
            "thêm một câu chọn bắt buộc mà mọi lựa chọn đều có go_to: submit",
        )


def _submits(question: Question) -> bool:
    """Whether, once it is answered, the form is at its end."""
    return (
        isinstance(question, ChoiceItem)
        and question.required
        and question.type != "checkbox"
        and bool(question.choices)
        and all(choice.go_to == "submit" for choice in question.choices)
    )


def _questions(page: Page) -> Iterator[tuple[Question, Place]]:
    return ((one.item, one.place) for one in page.items if is_question(one.item))
