"""`show_if` and `repeat` as Google Forms can do them: options that say which section comes next.

Google decides at the end of a section, by an answer given in it, which section follows; after that
one comes simply the next (facts 2.9). So an answer can skip the sections right behind its own, and
no others: what cannot be said so is refused, with the reason. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from cchc_gforms.errors import Problem
from cchc_gforms.spec.expand import PAST, Page, Place
from cchc_gforms.spec.lost import has_lost, is_unsure, names_of
from cchc_gforms.spec.model import Choice, ChoiceItem
from cchc_gforms.yaml_file import near_miss


def navigate(pages: Sequence[Page]) -> tuple[list[Page], list[Problem]]:
    """The pages with the ways written into their choices, and what cannot be done: each place
    once, however often it is repeated."""
    settled = [_past_settled(page, pages) for page in pages]
    problems: list[Problem] = []
    asked = dict.fromkeys(page.show_if.question for page in settled if page.show_if)
    for key in asked:
        at = next((n for n, page in enumerate(settled) if _question(page, key)), None)
        found = list(_wrong(settled, key, at))
        problems += found
        if at is not None and not found:
            settled[at] = _with_ways(settled, at, key)
    return settled, list({problem.where: problem for problem in reversed(problems)}.values())


def _past_settled(page: Page, pages: Sequence[Page]) -> Page:
    """`past:` ways of the page's choices, as the section behind the last copy or the end."""
    items = []
    for one in page.items:
        item = one.item
        if isinstance(item, ChoiceItem) and any(_is_past(choice) for choice in item.choices):
            choices = tuple(_behind(choice, pages) for choice in item.choices)
            one = replace(one, item=item.model_copy(update={"choices": choices}))
        items.append(one)
    return replace(page, items=tuple(items))


def _is_past(choice: Choice) -> bool:
    return choice.go_to is not None and choice.go_to.startswith(PAST)


def _behind(choice: Choice, pages: Sequence[Page]) -> Choice:
    if not _is_past(choice):
        return choice
    repeated = str(choice.go_to).removeprefix(PAST)
    last = max(n for n, page in enumerate(pages) if page.copy_of == repeated)
    target = pages[last + 1].key if last + 1 < len(pages) else "submit"
    return choice.model_copy(update={"go_to": target})


def _question(page: Page, key: str) -> ChoiceItem | None:
    return next(
        (
            one.item
            for one in page.items
            if one.item.key == key and isinstance(one.item, ChoiceItem)
        ),
        None,
    )


def _wrong(pages: Sequence[Page], key: str, at: int | None) -> Iterator[Problem]:
    """Why Google Forms cannot show and hide by that question."""
    asking = [page for page in pages if page.show_if and page.show_if.question == key]
    place = asking[0].shown_by
    assert place is not None, "a condition was written somewhere"
    question = _question(pages[at], key) if at is not None else None
    if at is None or question is None:
        if _may_be_lost(pages, key):
            return
        known = sorted(one.item.key for page in pages for one in page.items if _decides(one.item))
        meant = near_miss(key, known)
        yield _refusal(
            place.at("question"),
            f"không có câu hỏi chọn một nào mang khóa '{key}'",
            f"có phải ý là '{meant}'?" if meant else "ghi khóa của một câu radio hoặc dropdown",
        )
        return
    if not _decides(question):
        yield _refusal(
            place.at("question"),
            f"câu hỏi '{key}' cho chọn nhiều hoặc có “Khác”, Google Form không rẽ nhánh theo được",
            "dùng câu radio hoặc dropdown, không có other",
        )
        return
    yield from _answers(asking, question)
    yield from _other_ways(pages[at], question, place)
    if not any(page in asking for page in pages[: at + 1]):
        yield from _out_of_reach([_as_meant(page, question) for page in pages], at, question)
    else:
        yield _refusal(
            place,
            f"câu hỏi '{key}' không đứng trước phần được ẩn hiện theo nó",
            "đưa câu hỏi lên mục ngay trước",
        )


def _may_be_lost(pages: Sequence[Page], key: str) -> bool:
    """Whether the question is one that is wrong itself, or is among what could not be read."""
    wrong = [one.item.key for page in pages for one in page.items if is_unsure(one.place)]
    return key in names_of(pages, wrong)


def _decides(item: object) -> bool:
    return isinstance(item, ChoiceItem) and item.type != "checkbox" and not item.other


def _answers(asking: Sequence[Page], question: ChoiceItem) -> Iterator[Problem]:
    known = [choice.value for choice in question.choices]
    for page in asking if known else ():
        assert page.show_if is not None
        assert page.shown_by is not None
        for n, answer in enumerate(page.show_if.answer):
            if answer not in known:
                meant = near_miss(answer, known)
                yield _refusal(
                    page.shown_by.at("answer", n),
                    f"câu hỏi '{question.key}' không có lựa chọn “{answer}”",
                    f"có phải ý là “{meant}”?" if meant else "có: " + ", ".join(known),
                )


def _as_meant(page: Page, question: ChoiceItem) -> Page:
    """The page with the answers that were probably meant, where it waits for others."""
    if page.show_if is None or page.show_if.question != question.key:
        return page
    known = [choice.value for choice in question.choices]
    meant = tuple(near_miss(answer, known) or answer for answer in page.show_if.answer)
    return replace(page, show_if=page.show_if.model_copy(update={"answer": meant}))


def _other_ways(page: Page, question: ChoiceItem, place: Place) -> Iterator[Problem]:
    """Google follows one question of a section only."""
    for one in page.items:
        if isinstance(one.item, ChoiceItem) and any(choice.go_to for choice in one.item.choices):
            own = one.item.key == question.key
            yield _refusal(
                place,
                f"câu hỏi '{question.key}' đã có go_to"
                if own
                else f"mục '{page.key}' còn rẽ nhánh theo câu hỏi '{one.item.key}'",
                "bỏ go_to, hoặc bỏ show_if"
                if own
                else "mỗi mục chỉ rẽ nhánh theo một câu hỏi: tách thành hai mục",
            )


def _out_of_reach(pages: Sequence[Page], at: int, question: ChoiceItem) -> Iterator[Problem]:
    """A page to be hidden behind one that is shown. What waits for an answer that there is not may
    be either."""
    known = [choice.value for choice in question.choices]
    unsure = {n for n, page in enumerate(pages) if _waits_in_vain(page, question.key, known)}
    for choice in question.choices:
        hidden = _hidden(pages, at, question.key, choice.value)
        last = max(hidden - unsure, default=at)
        shown = [n for n in range(at + 1, last) if n not in hidden | unsure]
        if not shown or any(has_lost(page) for page in pages[at:last]):
            continue
        wrong, between = pages[last], shown[0]
        assert wrong.shown_by is not None or wrong.show_if is None
        place = wrong.shown_by or wrong.place
        yield _refusal(
            place,
            f"khi trả lời “{choice.value}”, mục '{wrong.key}' phải ẩn nhưng mục "
            f"'{pages[between].key}' đứng trước nó vẫn hiện; hết mục đó Google Form luôn sang mục "
            "kế tiếp, không bỏ qua được",
            "đưa các mục được ẩn hiện về ngay sau mục có câu hỏi, mỗi câu hỏi một nhóm; hoặc dùng "
            "hai câu hỏi",
        )
        return


def _waits_in_vain(page: Page, key: str, known: Collection[str]) -> bool:
    condition = page.show_if
    return (
        condition is not None
        and condition.question == key
        and any(answer not in known for answer in condition.answer)
    )


def _hidden(pages: Sequence[Page], at: int, key: str, answer: str) -> set[int]:
    """The pages not to be shown after that answer: those that want another one, and those that
    hang on a question of a hidden page."""
    hidden: set[int] = set()
    unasked: set[str] = set()
    for n in range(at + 1, len(pages)):
        condition = pages[n].show_if
        if condition is None:
            continue
        refused = condition.question == key and answer not in condition.answer
        if refused or condition.question in unasked:
            hidden.add(n)
            unasked.update(one.item.key for one in pages[n].items)
    return hidden


def _with_ways(pages: Sequence[Page], at: int, key: str) -> Page:
    """The page with each choice of the question leading to the first page it does not hide."""
    question = _question(pages[at], key)
    assert question is not None
    choices = []
    for choice in question.choices:
        behind = at + 1 + len(_hidden(pages, at, key, choice.value))
        way = pages[behind].key if behind < len(pages) else "submit"
        way = "next" if behind == at + 1 else way
        choices.append(choice.model_copy(update={"go_to": way}))
    decided = question.model_copy(update={"choices": tuple(choices)})
    items = tuple(
        replace(one, item=decided) if one.item.key == key else one for one in pages[at].items
    )
    return replace(pages[at], items=items)


def _refusal(place: Place, message: str, fix: str) -> Problem:
    return Problem("SPEC-SHOW-IF", place.where, message, fix)
