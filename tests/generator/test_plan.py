"""The plan, as laws: it leads to what was wanted, and then there is nothing left to do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cchc_gforms.generator.plan import (
    AddItem,
    ChangeItem,
    Image,
    Item,
    MoveItem,
    plan,
    replay,
)


def item(name: str, title: str = "", *, section: bool = False, kind: str = "text") -> Item:
    return Item(
        id=name, kind=kind, title=title, description="", body={"x": kind}, is_section=section
    )


def image(*items: Item, title: str = "T") -> Image:
    return Image(title, "", "VERIFIED", items)


ids = st.lists(st.sampled_from("abcdefgh"), unique=True)


@st.composite
def images(draw: st.DrawFn) -> Image:
    return Image(
        title=draw(st.sampled_from(["Báo cáo", "Kế hoạch"])),
        description=draw(st.sampled_from(["", "Mô tả"])),
        email_collection=draw(st.sampled_from(["VERIFIED", "DO_NOT_COLLECT"])),
        items=tuple(
            item(name, draw(st.sampled_from(["x", "y"])), section=name in "abc")
            for name in draw(ids)
        ),
    )


@given(images(), images())
def test_the_changes_lead_to_what_was_wanted_and_strangers_stay(live: Image, wanted: Image) -> None:
    made = plan(live, wanted)
    after = replay(live, made.changes)
    strangers = {stranger.id for stranger in made.strangers}
    ours = tuple(one for one in after.items if one.id not in strangers)
    assert (after.title, after.description, after.email_collection, ours) == (
        wanted.title,
        wanted.description,
        wanted.email_collection,
        wanted.items,
    )
    assert [one for one in after.items if one.id in strangers] == list(made.strangers)


@given(images(), images())
def test_a_second_plan_is_empty(live: Image, wanted: Image) -> None:
    after = replay(live, plan(live, wanted).changes)
    assert plan(after, wanted).changes == ()


@given(images(), images())
def test_items_only_ever_move_towards_the_front(live: Image, wanted: Image) -> None:
    moves = [one for one in plan(live, wanted).changes if isinstance(one, MoveItem)]
    assert all(move.to < move.start for move in moves)


@given(images())
def test_sections_are_made_before_what_may_lead_to_them(wanted: Image) -> None:
    added = [
        one.item.is_section for one in plan(image(), wanted).changes if isinstance(one, AddItem)
    ]
    assert added == sorted(added, reverse=True)


def test_a_new_wording_changes_the_title_alone() -> None:
    made = plan(image(item("a", "Cũ"), item("b")), image(item("a", "Mới"), item("b")))
    assert made.changes == (ChangeItem(0, item("a", "Mới"), ("title",)),)


def test_an_item_that_moved_and_changed_does_both() -> None:
    live, wanted = image(item("a"), item("b", "Cũ")), image(item("b", "Mới"), item("a"))
    assert plan(live, wanted).changes == (
        ChangeItem(1, item("b", "Mới"), ("title",)),
        MoveItem(1, 0, item("b", "Mới")),
    )


def test_another_kind_under_the_same_id_is_a_clash() -> None:
    old, new = item("a", "Số liệu"), item("a", "Số liệu", kind="date")
    assert plan(image(old), image(new)).clashes == ((old, new),)


def test_a_question_that_a_person_added_is_left_alone() -> None:
    stranger = item("z", "Thêm bằng tay")
    made = plan(image(item("a"), stranger), image(item("a")))
    assert made.changes == ()
    assert made.strangers == (stranger,)
