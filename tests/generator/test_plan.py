"""The plan, as laws: it leads to what was wanted, and then there is nothing left to do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cchc_gforms.generator.changes import (
    AddItem,
    ChangeItem,
    MoveItem,
    RemoveItem,
    ReplaceItem,
    replay,
)
from cchc_gforms.generator.image import Image, Item
from cchc_gforms.generator.plan import Allowed, AtStake, differences, plan
from cchc_gforms.spec.ids import question_id, section_id

EVERYTHING = Allowed(everything=True)


def item(name: str, title: str = "", *, section: bool = False, kind: str = "text") -> Item:
    kind = "section" if section else kind
    return Item(
        id=name,
        kind=kind,
        title=title,
        description="",
        body={"x": kind},
        is_section=section,
        questions={} if kind in ("section", "note") else {f"q{name}": title},
    )


def grid(*rows: str) -> Item:
    return Item(
        id="g",
        kind="grid",
        title="Lưới",
        description="",
        body={"rows": rows},
        questions={f"q{row}": f"Lưới [{row}]" for row in rows},
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
            item(
                name,
                draw(st.sampled_from(["x", "y"])),
                section=name in "ab" or (name == "c" and draw(st.booleans())),
                kind=draw(st.sampled_from(["text", "date", "note"])) if name in "cd" else "text",
            )
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
def test_with_leave_to_lose_answers_what_is_ours_goes_and_nothing_else_is_left(
    live: Image, wanted: Image
) -> None:
    ours = {id: "" for one in live.items for id in (one.id, *one.questions)}
    assert replay(live, plan(live, wanted, ours, EVERYTHING).changes) == wanted


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
    assert made.changes == (ChangeItem(0, item("a", "Mới"), ("title",), item("a", "Cũ")),)


def test_an_item_that_moved_and_changed_does_both() -> None:
    live, wanted = image(item("a"), item("b", "Cũ")), image(item("b", "Mới"), item("a"))
    assert plan(live, wanted).changes == (
        ChangeItem(1, item("b", "Mới"), ("title",), item("b", "Cũ")),
        MoveItem(1, 0, item("b", "Mới")),
    )


def test_another_kind_under_the_same_id_is_refused_unless_it_is_named() -> None:
    old, new = item("a", "Số liệu"), item("a", "Số liệu", kind="date")
    made = plan(image(old), image(new), {"qa": "figure"})
    assert made.at_stake == (AtStake("figure", "Số liệu", old, new),)
    for named in ("figure", "qa"):
        made = plan(image(old), image(new), {"qa": "figure"}, Allowed(replace=frozenset({named})))
        assert made.at_stake == ()
        assert made.changes == (ReplaceItem(0, new, old),)


def test_a_text_that_becomes_a_section_holds_no_answers_and_may() -> None:
    made = plan(image(item("a", kind="note")), image(item("a", section=True)))
    assert made.at_stake == ()
    assert [type(one) for one in made.changes] == [ReplaceItem]


def test_a_question_that_a_person_added_is_left_alone() -> None:
    stranger = item("z", "Thêm bằng tay")
    made = plan(image(item("a"), stranger), image(item("a")), {"qa": "a"})
    assert made.changes == ()
    assert made.at_stake == ()
    assert made.strangers == (stranger,)


def test_a_question_that_left_the_spec_is_refused_by_its_key_and_column() -> None:
    gone = item("b", "Số phản ánh")
    made = plan(image(item("a"), gone), image(item("a")), {"qa": "a", "qb": "feedback"})
    assert made.at_stake == (AtStake("feedback", "Số phản ánh", gone),)
    assert made.changes == ()
    assert made.strangers == ()


def test_named_it_goes() -> None:
    live, deployed = image(item("a"), item("b")), {"qa": "a", "qb": "feedback"}
    made = plan(live, image(item("a")), deployed, Allowed(remove=frozenset({"feedback"})))
    assert made.changes == (RemoveItem(1, item("b")),)


def test_a_key_is_known_by_its_id_where_the_list_of_keys_is_lost() -> None:
    gone = Item("i", "text", "Cũ", "", {}, questions={question_id("feedback"): "Cũ"})
    made = plan(image(gone), image(), {}, Allowed(remove=frozenset({"feedback"})))
    assert made.changes == (RemoveItem(0, gone),)


def test_a_section_that_left_the_spec_goes_by_itself_and_one_of_a_person_stays() -> None:
    ours, theirs = item("s", section=True), item("t", section=True)
    made = plan(image(ours, theirs), image(), {"s": ""})
    assert made.changes == (RemoveItem(0, ours),)
    assert made.strangers == (theirs,)


def test_a_grid_loses_no_row_unnamed() -> None:
    live, wanted, deployed = image(grid("r", "s")), image(grid("r")), {"qs": "g/s"}
    made = plan(live, wanted, deployed)
    assert [(one.name, one.column) for one in made.at_stake] == [("g/s", "Lưới [s]")]
    for named in ("g/s", "g"):
        allowed = Allowed(remove=frozenset({named}))
        assert plan(live, wanted, deployed, allowed).at_stake == ()


def test_the_key_of_a_page_allows_all_that_stood_on_it_but_for_a_strangers_question() -> None:
    page = Item(section_id("p"), "section", "Trang", "", {}, is_section=True)
    rest, stranger = item("z", section=True), item("x", "Thêm bằng tay")
    live = image(item("a"), page, item("b"), grid("r"), stranger, rest, item("c"))
    deployed = {page.id: "", "z": "", "qa": "a", "qb": "b", "qr": "g/r", "qc": "c"}
    allowed = Allowed(remove=frozenset({"p"}))
    made = plan(live, image(item("a"), rest, item("c")), deployed, allowed)
    assert [one.name for one in made.given] == ["b", "g/r"]
    assert (made.at_stake, made.strangers) == ((), (stranger,))
    (stake,) = plan(live, image(item("a"), rest), deployed, allowed).at_stake
    assert stake.name == "c"


@given(images(), images())
def test_what_somebody_did_is_told_to_the_last_item(before: Image, after: Image) -> None:
    assert replay(before, differences(before, after)) == after
