"""Whether what is to be done now is a plan in a file, or what is left of it after a cut. Pure.

A form is then as the plan found it, or as the plan leaves it, or (made, but not filled in yet)
without items; and nothing is to be done to it that the plan did not say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cchc_gforms.errors import CchcError
from cchc_gforms.generator.apply import changed_by_others
from cchc_gforms.generator.form_plan import FormPlan
from cchc_gforms.generator.image import Image
from cchc_gforms.generator.plan import differences
from cchc_gforms.generator.plan_file import Json, Known, images_of, responses_of
from cchc_gforms.generator.year_plan import YearPlan


def refuse_another(file: Json, plan: YearPlan) -> None:
    """CchcError, saying what differs, unless all that is to be done stands in the file."""
    lines = "".join(f"\n  {line}" for line in _differences(file, plan))
    if lines:
        raise CchcError(
            f"kế hoạch trong tệp không còn đúng, nên chưa làm gì:{lines}",
            "xem lại bằng `cchc forms plan --out FILE`",
        )


def _differences(file: Json, plan: YearPlan) -> Iterator[str]:
    then = {one["name"]: one for one in file["forms"]}
    for form in plan.forms:
        title, before = f"“{form.subject.title}”", then.pop(form.subject.name, None)
        if before is None:
            yield f"{title}: chưa có trong kế hoạch"
        else:
            known = images_of(file, form.subject)
            yield from (f"{title}{one}" for one in _of_form(before, known, form))
    for gone in then.values():
        yield f"“{gone['title']}”: đặc tả không còn biểu mẫu này"
    before, now = file["responses"], responses_of(plan)
    if before["id"] not in (None, now["id"]) or (now["done"] and not before["done"]):
        yield "bảng tính nhận câu trả lời nay khác"
    if not set(plan.unclaimed) <= set(file["unclaimed"]):
        yield "nay có thêm tệp chưa ghi là của chế độ nào"


def _of_form(before: Json, known: Known, form: FormPlan) -> Iterator[str]:
    if before["form_id"] not in (None, form.form_id):
        yield ": nay là biểu mẫu khác"
    elif not _is_ours(before, known, form):
        yield f" đã bị sửa sau khi lập kế hoạch:{_done_by_others(known, form.live)}"
    elif form.after != known.after or not _are_for_the_same(before, form):
        yield ": đặc tả nay muốn khác"
    elif more := ", ".join(_unplanned(before, form)):
        yield f": nay còn phải {more}"


def _is_ours(before: Json, known: Known, form: FormPlan) -> bool:
    """Whether nobody else was at the form since. A revision that differs tells of other hands even
    where they put everything back, unless there is nothing left to change."""
    if form.live == known.after:
        return True
    if form.form_id == before["form_id"]:  # or is still to be made, perhaps from its template
        return bool(form.revision == before["revision"])
    # Made since: empty, or a copy. Google chooses the way of collecting addresses.
    return replace(form.live, email_collection=known.live.email_collection) == known.live


def _done_by_others(known: Known, now: Image) -> str:
    """From the one of both that it is nearer to: they came before our own changes, or after."""
    nearer = min((known.live, known.after), key=lambda image: len(differences(image, now)))
    return changed_by_others(nearer, now).replace("\n", "\n  ")


def _are_for_the_same(before: Json, form: FormPlan) -> bool:
    """Whether the spec still wants whom the plan lets in, and not whom it shuts out."""
    grant, revoke = before["responders"]["grant"], before["responders"]["revoke"]
    wanted = form.subject.responders
    return set(grant) <= set(wanted) and not set(revoke) & set(wanted)


def _unplanned(before: Json, form: FormPlan) -> Iterator[str]:
    people = before["responders"]
    if form.publish and not before["publish"]:
        yield "phát hành"
    if not set(form.grant) <= set(people["grant"]):
        yield "cho người khác trả lời"
    if not set(form.revoke) <= set(people["revoke"]):
        yield "thôi cho người khác trả lời"
    if not form.tags.items() <= before["tags"].items():
        yield "cập nhật nhãn của tệp trong Drive"
