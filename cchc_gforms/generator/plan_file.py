"""A plan as JSON: for programs to read, and as a file that apply can be held to.

The digest covers all that apply would send, and the revision of every form that it was planned on.
The periods to open are told, not digested: harvest opens them too when their day has come.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cchc_gforms.errors import CchcError
from cchc_gforms.generator.apply import changed_by_others
from cchc_gforms.generator.changes import AddItem, Change, ChangeItem, ReplaceItem
from cchc_gforms.generator.form_plan import FormPlan
from cchc_gforms.generator.image import Image, Item
from cchc_gforms.generator.plan import Allowed
from cchc_gforms.generator.wording import at_stake, said
from cchc_gforms.generator.year_plan import YearPlan

Json = dict[str, Any]

_VERSION = 1


def as_json(plan: YearPlan, allowed: Allowed) -> Json:
    """What `cchc forms plan --json` prints."""
    content: Json = {
        "version": _VERSION,
        "allowed": {"remove": sorted(allowed.remove), "replace": sorted(allowed.replace)},
        "forms": [_form(one) for one in plan.forms],
        "responses": {
            "id": plan.control.id if plan.control else None,
            "done": "create" if plan.control is None else "write" if plan.writes_control else "",
        },
    }
    return {"digest": _digest(content), **content, **_aside(plan)}


def write(path: Path, plan: YearPlan, allowed: Allowed) -> Json:
    """The same with each form as it was planned on, so that a later apply can say what differs."""
    made = as_json(plan, allowed)
    live = {one.subject.name: asdict(one.live) for one in plan.forms if one.form_id}
    text = json.dumps({**made, "live": live}, ensure_ascii=False, indent=1)
    try:
        path.write_text(text + "\n", "utf-8")
    except OSError as error:
        raise CchcError(
            f"không ghi được {path} ({error.strerror or error})", "chọn nơi khác"
        ) from error
    return made


def read(path: Path) -> Json:
    """CchcError for a file that is no plan, or not as it was written."""
    try:
        found: Json = json.loads(path.read_text("utf-8"))
        content = {name: found[name] for name in ("version", "allowed", "forms", "responses")}
        told, _ = found["digest"], found["live"]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CchcError(
            f"không đọc được kế hoạch {path}", "ghi lại bằng `cchc forms plan --out FILE`"
        ) from error
    if told != _digest(content):
        raise CchcError(
            f"kế hoạch {path} đã bị sửa sau khi ghi: nội dung không khớp mã kiểm",
            "ghi lại bằng `cchc forms plan --out FILE`",
        )
    return found


def allowed_in(file: Json) -> Allowed:
    """What the plan was allowed to lose, and so apply is."""
    names = file["allowed"]
    return Allowed(frozenset(names["remove"]), frozenset(names["replace"]))


def refuse_another(file: Json, plan: YearPlan) -> None:
    """CchcError, saying what differs, unless the plan is still exactly the one in the file."""
    now = as_json(plan, allowed_in(file))
    if now["digest"] == file["digest"]:
        return
    lines = "".join(f"\n  {line}" for line in _differences(file, now, plan))
    raise CchcError(
        f"kế hoạch trong tệp không còn đúng, nên chưa làm gì:{lines}",
        "xem lại bằng `cchc forms plan --out FILE`",
    )


def _differences(file: Json, now: Json, plan: YearPlan) -> Iterator[str]:
    then = {one["name"]: one for one in file["forms"]}
    for form, one in zip(plan.forms, now["forms"], strict=True):
        before = then.pop(one["name"], None)
        title = f"“{one['title']}”"
        if before is None:
            yield f"{title}: chưa có trong kế hoạch"
        elif before["revision"] != one["revision"]:
            known = file["live"].get(one["name"])
            done = changed_by_others(_image(known), form.live) if known and form.form_id else ""
            yield f"{title} đã bị sửa sau khi lập kế hoạch:{done or ' nay là biểu mẫu khác'}"
        elif before != one:
            parts = [name for name in one if before.get(name) != one[name]]
            yield f"{title}: đặc tả nay muốn khác ({', '.join(parts)})"
    for gone in then.values():
        yield f"“{gone['title']}”: đặc tả không còn biểu mẫu này"
    if file["responses"] != now["responses"]:
        yield "bảng tính nhận câu trả lời nay khác"


def _aside(plan: YearPlan) -> Json:
    """What is told beside the plan itself."""
    return {"periods_to_open": list(plan.periods), "left_over": list(plan.left_over)}


def _form(one: FormPlan) -> Json:
    return {
        "name": one.subject.name,
        "title": one.subject.title,
        "form_id": one.form_id,
        "template": one.template.id if one.template else None,
        "revision": one.revision,
        "done": "create" if one.form_id is None else "change" if one.has_work else "",
        "changes": [_change(change, one) for change in one.plan.changes],
        "publish": one.publish,
        "responders": {"grant": list(one.grant), "revoke": sorted(one.revoke)},
        "tags": dict(one.tags),
        "closed": one.closed,
        "by_hand": list(one.by_hand),
        "strangers": [item.title for item in one.plan.strangers],
        "other_responders": list(one.others),
        "refused": [
            {"name": stake.name, "column": stake.column, "why": at_stake(stake)}
            for stake in one.plan.at_stake
        ],
    }


def _change(change: Change, form: FormPlan) -> Json:
    """Its words, its place, and of an item what is sent."""
    told, keys = said(change, form.after), form.subject.questions
    made: Json = {
        "what": type(change).__name__,
        "text": told.line,
        "fields": {one.name: {"before": one.before, "after": one.after} for one in told.fields},
    }
    item = getattr(change, "item", None)
    if isinstance(item, Item):
        made["keys"] = [keys.get(id, id) for id in item.questions]
        made["item_id"] = item.id
    for name in ("index", "start", "to"):
        if hasattr(change, name):
            made[name] = getattr(change, name)
    if isinstance(change, (AddItem, ChangeItem, ReplaceItem)):
        head = {"title": change.item.title, "description": change.item.description}
        made["item"] = {**head, **change.item.sent}
    return made


def _image(known: Json) -> Image:
    return Image(**{**known, "items": tuple(Item(**item) for item in known["items"])})


def _digest(content: Json) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
