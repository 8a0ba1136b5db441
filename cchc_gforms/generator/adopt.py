"""A form made by hand, as a spec. Pure.

Keys are made of titles; the ids that Google gave stay, by `moved: {id_…: key}` (spec/ids.py), so
answers that came in are read under the new keys. A grid's rows spell their ids in their own keys.
Google's own names stand here, as in requests.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_CHOICES = {"RADIO": "radio", "CHECKBOX": "checkbox", "DROP_DOWN": "dropdown"}
_COLLECTION = {"VERIFIED": "verified", "RESPONDER_INPUT": "responder_input"}
_ACTIONS = {"NEXT_SECTION": "next", "SUBMIT_FORM": "submit"}
_LONGEST = 40
_BRACES = re.compile(r"\{[^{}]*\}")  # a placeholder, in a spec
_WORDS = re.compile(r"[a-z0-9]+")
Written = dict[str, Any]


@dataclass(slots=True)
class Adopted:
    """The spec file's content, and what of the form it cannot say."""

    file: Written
    remarks: list[str] = field(default_factory=list)


def adopted(form: Mapping[str, Any]) -> Adopted:
    """The Form resource as a form file of forms_spec."""
    return _Writer(form).written()


def slug(title: str) -> str:
    """ "Số phản ánh đã tiếp nhận" → so_phan_anh_da_tiep_nhan; whole words, at most 40 letters."""
    bare = unicodedata.normalize("NFD", title.lower().replace("đ", "d"))
    words = _WORDS.findall("".join(c for c in bare if not unicodedata.combining(c)))
    made = ""
    for word in words:
        if len(made) + len(word) >= _LONGEST:
            break
        made = f"{made}_{word}" if made else word
    made = made or (words[0][:_LONGEST] if words else "cau")
    return made if made[0].isalpha() else f"cau_{made}"


class _Writer:
    def __init__(self, form: Mapping[str, Any]) -> None:
        self._form = form
        self._items: Sequence[Mapping[str, Any]] = form.get("items", ())
        self._taken: set[str] = set()
        self._moved: dict[str, str] = {}
        self._remarks: list[str] = []
        self._sections: dict[str, str] = {}

    def written(self) -> Adopted:
        info = self._form.get("info", {})
        title = _line(info.get("title") or info.get("documentTitle") or "Biểu mẫu")
        file: Written = {"title": title}
        if text := info.get("description"):
            file["description"] = text
        mode = self._form.get("settings", {}).get("emailCollectionType", "")
        file["collect_email"] = _COLLECTION.get(mode, "none")
        heads = [one for one in self._items if "pageBreakItem" in one]
        first, rest = self._first(title)
        for one in heads:  # named before any option leads to them
            self._sections[one["itemId"]] = self._key(one, f"id_{one['itemId']}")
        sections = [first]
        for item in rest:
            if "pageBreakItem" in item:
                sections.append(self._section(item))
            elif (made := self._item(item)) is not None:
                sections[-1]["items"].append(made)
        if any(_BRACES.search(text) for text in _texts([file, sections])):
            self._remarks.append("chữ trong dấu { } của biểu mẫu là chỗ điền của đặc tả: sửa lại")
        return Adopted(
            {**file, "moved": self._moved, "sections": sections}, list(dict.fromkeys(self._remarks))
        )

    def _first(self, title: str) -> tuple[Written, Sequence[Mapping[str, Any]]]:
        """The first page's heading is a text item in our forms; one that is there is taken."""
        if self._items and "textItem" in self._items[0]:
            head = self._items[0]
            self._sections[head["itemId"]] = self._key(head, f"id_{head['itemId']}")
            return self._section(head), self._items[1:]
        self._remarks.append("biểu mẫu chưa có đoạn chữ đầu trang thứ nhất; apply sẽ thêm một đoạn")
        self._taken.add("mo_dau")
        return {"key": "mo_dau", "title": title, "items": []}, self._items

    def _section(self, item: Mapping[str, Any]) -> Written:
        made = {"key": self._sections[item["itemId"]], "title": self._title(item)}
        return {**made, **_help(item), "items": []}

    def _item(self, item: Mapping[str, Any]) -> Written | None:
        """None for what a spec cannot make; it stays on the form as it is."""
        if "questionItem" in item:
            return self._question(item)
        if "questionGroupItem" in item:
            return self._grid(item)
        head = {"key": self._key(item, f"id_{item['itemId']}")}
        text = {"title": self._title(item), **_help(item)}
        if "imageItem" in item:
            self._remarks.append("ảnh: Google không cho biết địa chỉ gốc, ghi lại ở picture")
            image = item["imageItem"].get("image", {})
            alt = {"alt": image["altText"]} if image.get("altText") else {}
            picture = {"picture": image.get("contentUri", "https://")}
            return {**head, "type": "image", **text, **picture, **alt}
        if "videoItem" in item:
            video = item["videoItem"]
            caption = {"caption": video["caption"]} if video.get("caption") else {}
            address = {"youtube": video.get("video", {}).get("youtubeUri", "")}
            return {**head, "type": "video", **text, **address, **caption}
        return {**head, "type": "note", **text}

    def _question(self, item: Mapping[str, Any]) -> Written | None:
        question = item["questionItem"]["question"]
        kind = _kind(question)
        if kind is None:
            self._remarks.append(
                f"“{item.get('title', '')}”: câu hỏi tải tệp lên không tạo được bằng chương trình; "
                "giữ nguyên trên biểu mẫu, ngoài đặc tả"
            )
            return None
        key = self._key(item, f"id_{item['itemId']}_{question['questionId']}")
        if "image" in item["questionItem"] or "grading" in question:
            self._tell(item, "ảnh hoặc điểm của câu hỏi")
        required = {"required": True} if question.get("required") else {}
        head = {"key": key, "type": kind["type"], "title": self._title(item), **_help(item)}
        choices = self._choices(item, question.get("choiceQuestion"))
        return {**head, **required, **kind, **choices}

    def _choices(self, item: Mapping[str, Any], choice: Mapping[str, Any] | None) -> Written:
        if choice is None:
            return {}
        if choice.get("shuffle"):
            self._tell(item, "xáo trộn lựa chọn")
        options = choice.get("options", ())
        made = [self._choice(item, one) for one in options if not one.get("isOther")]
        other = {"other": True} if any(one.get("isOther") for one in options) else {}
        return {"choices": made, **other}

    def _choice(self, item: Mapping[str, Any], option: Mapping[str, Any]) -> Written | str:
        if "image" in option:
            self._tell(item, "ảnh của lựa chọn")
        action = option.get("goToAction")
        way = _ACTIONS.get(action or "") or self._sections.get(option.get("goToSectionId", ""))
        if (action or "goToSectionId" in option) and way is None:
            self._tell(item, "lựa chọn trở lại đầu biểu mẫu")
        return {"value": option["value"], "go_to": way} if way else str(option["value"])

    def _grid(self, item: Mapping[str, Any]) -> Written:
        group = item["questionGroupItem"]
        columns, rows = group["grid"]["columns"], group["questions"]
        if group["grid"].get("shuffleQuestions"):
            self._tell(item, "xáo trộn hàng")
        made: Written = {
            "key": self._key(item, f"id_{item['itemId']}"),
            "type": f"{_CHOICES[columns['type']]}_grid",
            "title": self._title(item),
            **_help(item),
        }
        if all(row.get("required") for row in rows):
            made["required"] = True
        elif any(row.get("required") for row in rows):
            self._tell(item, "chỉ một số hàng bắt buộc")
        made["rows"] = [
            {"key": f"id_{row['questionId']}", "title": row["rowQuestion"]["title"]} for row in rows
        ]
        return {**made, "columns": [one["value"] for one in columns["options"]]}

    def _tell(self, item: Mapping[str, Any], what: str) -> None:
        self._remarks.append(f"“{item.get('title', '')}”: đặc tả không giữ được {what}")

    def _title(self, item: Mapping[str, Any]) -> str:
        """A spec's titles are not empty, nor blanks alone."""
        title = _line(item.get("title", ""))
        if title.strip():
            return title
        self._remarks.append("mục không có tên được đặt tên “(không tên)”")
        return "(không tên)"

    def _key(self, item: Mapping[str, Any], ids: str) -> str:
        base = key = slug(item.get("title", ""))
        number = 2
        while key in self._taken:
            key, number = f"{base}_{number}", number + 1
        self._taken.add(key)
        self._moved[ids] = key
        return key


def _kind(question: Mapping[str, Any]) -> Written | None:
    if "textQuestion" in question:
        return {"type": "paragraph" if question["textQuestion"].get("paragraph") else "text"}
    if "choiceQuestion" in question:
        return {"type": _CHOICES[question["choiceQuestion"]["type"]]}
    if "dateQuestion" in question:
        date = question["dateQuestion"]
        without = {} if date.get("includeYear") else {"with_year": False}
        return {
            "type": "date",
            **without,
            **({"with_time": True} if date.get("includeTime") else {}),
        }
    if "timeQuestion" in question:
        return {"type": "duration" if question["timeQuestion"].get("duration") else "time"}
    if "scaleQuestion" in question:
        scale = question["scaleQuestion"]
        labels = {"low_label": scale.get("lowLabel"), "high_label": scale.get("highLabel")}
        named = {name: text for name, text in labels.items() if text}
        return {"type": "scale", "low": scale.get("low", 0), "high": scale["high"], **named}
    if "ratingQuestion" in question:
        rating = question["ratingQuestion"]
        levels, icon = rating.get("ratingScaleLevel", 5), rating.get("iconType", "STAR")
        return {"type": "rating", "levels": levels, "icon": icon.lower()}
    return None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for inner in value.values() for text in _texts(inner))
    elif isinstance(value, list):
        yield from (text for inner in value for text in _texts(inner))


def _help(item: Mapping[str, Any]) -> dict[str, str]:
    return {"help": item["description"]} if item.get("description") else {}


def _line(text: str) -> str:
    """As it is, on one line: a document's title may have more."""
    return " ".join(text.splitlines())
