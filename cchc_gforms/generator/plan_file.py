"""A plan as JSON: for programs to read, and as a file that apply can be held to.

The digest covers all that apply would send, the revision of every form that it was planned on, and
the forms as they are and as they will be. The periods to open are told, not digested: harvest opens
them too when their day has come.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cchc_gforms.errors import CchcError, why
from cchc_gforms.generator.changes import AddItem, Change, ChangeItem, ReplaceItem
from cchc_gforms.generator.form_plan import FormPlan, Subject
from cchc_gforms.generator.image import Image, Item
from cchc_gforms.generator.plan import Allowed
from cchc_gforms.generator.wording import at_stake, said
from cchc_gforms.generator.year_plan import YearPlan

Json = dict[str, Any]

_VERSION = 3
_DIGESTED = ("version", "allowed", "forms", "responses", "unclaimed", "images")


@dataclass(frozen=True, slots=True)
class Known:
    """A form as it was planned on, and as it is when all is done."""

    live: Image
    after: Image


def as_json(plan: YearPlan, allowed: Allowed) -> Json:
    """What `cchc forms plan --json` prints."""
    written = _written(plan, allowed)
    del written["images"]
    return written


def write(path: Path, plan: YearPlan, allowed: Allowed) -> None:
    """The same with the forms as they are and will be, so that a later apply can say what differs
    and what is done already."""
    text = json.dumps(_written(plan, allowed), ensure_ascii=False, indent=1)
    try:
        path.write_text(text + "\n", "utf-8")
    except OSError as error:
        raise CchcError(f"không ghi được {path} ({why(error)})", "chọn nơi khác") from error


def _written(plan: YearPlan, allowed: Allowed) -> Json:
    content: Json = {
        "version": _VERSION,
        "allowed": {"remove": sorted(allowed.remove), "replace": sorted(allowed.replace)},
        "forms": [_form(one) for one in plan.forms],
        "responses": responses_of(plan),
        "unclaimed": list(plan.unclaimed),
        "images": {one.subject.name: _images(one) for one in plan.forms},
    }
    aside = {"periods_to_open": list(plan.periods), "left_over": list(plan.left_over)}
    aside["other_regimes"] = list(plan.foreign)
    return {"digest": _digest(content), **content, **aside}


def read(path: Path) -> Json:
    """CchcError for a file that is no plan of this version, or not as it was written."""
    again = "ghi lại bằng `cchc forms plan --out FILE`"
    try:
        found: Json = json.loads(path.read_text("utf-8"))
        content = {name: found[name] for name in _DIGESTED}
        told, known = found["digest"], found["version"] == _VERSION
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CchcError(f"không đọc được kế hoạch {path}", again) from error
    if not known:
        raise CchcError(f"kế hoạch {path} do một phiên bản khác của chương trình ghi", again)
    if told != _digest(content):
        raise CchcError(
            f"kế hoạch {path} đã bị sửa sau khi ghi: nội dung không khớp mã kiểm", again
        )
    return found


def allowed_in(file: Json) -> Allowed:
    """What the plan was allowed to lose, and so apply is."""
    names = file["allowed"]
    return Allowed(frozenset(names["remove"]), frozenset(names["replace"]))


def images_of(file: Json, subject: Subject) -> Known:
    """A form that was still to be made is nothing but its title."""
    kept = {name: _image(image) for name, image in file["images"][subject.name].items()}
    live = kept.get("live", subject.unmade)
    return Known(live, kept.get("after", live))


def responses_of(plan: YearPlan) -> Json:
    """The spreadsheet for the answers, and what is to be done to it."""
    if plan.control is None:
        return {"id": None, "done": "create"}
    return {"id": plan.control.id, "done": "write" if plan.writes_control else ""}


def _images(one: FormPlan) -> Json:
    """`live` where there is something to read, `after` where it differs."""
    kept = {"live": one.live} if one.form_id or one.template else {}
    kept |= {"after": one.after} if one.after != one.live else {}
    return {name: _compared(image) for name, image in kept.items()}


def _compared(image: Image) -> Json:
    """What two images are compared by; a picture's address, say, is another one each time."""
    written = asdict(image)
    for item in written["items"]:
        del item["sent"]
    return written


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
        "forgotten": list(one.forgotten),
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
