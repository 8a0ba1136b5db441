"""What people call the parts of an item's body. Google's own names stand here, as in requests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cchc_gforms.generator.image import Item

Features = dict[str, tuple[str, ...]]

_ITEMS = {
    "pageBreakItem": "mục (trang mới)",
    "textItem": "đoạn chữ",
    "imageItem": "ảnh",
    "videoItem": "video",
}
_CHOICES = {"RADIO": "trắc nghiệm", "CHECKBOX": "hộp kiểm", "DROP_DOWN": "menu thả xuống"}
_QUESTIONS = {
    "textQuestion": "trả lời ngắn",
    "dateQuestion": "ngày",
    "timeQuestion": "giờ",
    "scaleQuestion": "thang đo",
    "ratingQuestion": "xếp hạng",
    "fileUploadQuestion": "tải tệp lên",
}
_DETAILS = {
    "includeYear": "hỏi năm",
    "includeTime": "hỏi giờ",
    "low": "mức thấp nhất",
    "high": "mức cao nhất",
    "lowLabel": "nhãn của mức thấp nhất",
    "highLabel": "nhãn của mức cao nhất",
    "ratingScaleLevel": "số mức",
    "iconType": "biểu tượng",
    "shuffle": "xáo trộn lựa chọn",
    "shuffleQuestions": "xáo trộn hàng",
    "sourceUri": "địa chỉ ảnh",
    "altText": "lời thay cho ảnh",
    "alignment": "căn lề",
    "width": "bề rộng",
    "youtubeUri": "địa chỉ YouTube",
    "caption": "chú thích",
    "folderId": "thư mục nhận tệp",
    "types": "loại tệp",
    "maxFiles": "số tệp nhiều nhất",
    "maxFileSize": "cỡ tệp lớn nhất",
    "pointValue": "điểm",
}
_VALUES = {
    "True": "có",
    "False": "không",
    "STAR": "ngôi sao",
    "HEART": "trái tim",
    "THUMB_UP": "ngón tay cái",
    "LEFT": "trái",
    "CENTER": "giữa",
    "RIGHT": "phải",
}
_NAMED = {"options", "required", "title", "paragraph", "duration", "type", "questionId"}
_GO = {
    "NEXT_SECTION": "mục kế tiếp",
    "SUBMIT_FORM": "gửi biểu mẫu",
    "RESTART_FORM": "trở lại đầu biểu mẫu",
}


def kind_of(item: Item) -> str:
    """As the editor calls it in Vietnamese."""
    body = item.body
    if "questionGroupItem" in body:
        columns = body["questionGroupItem"].get("grid", {}).get("columns", {})
        return f"lưới {_CHOICES.get(columns.get('type', ''), '')}".strip()
    question = body.get("questionItem", {}).get("question")
    if question is None:
        return next((_ITEMS[name] for name in body if name in _ITEMS), "mục không rõ loại")
    if "choiceQuestion" in question:
        return _CHOICES.get(question["choiceQuestion"].get("type", ""), "lựa chọn")
    if question.get("textQuestion", {}).get("paragraph"):
        return "đoạn văn"
    if question.get("timeQuestion", {}).get("duration"):
        return "thời lượng"
    return next((_QUESTIONS[name] for name in question if name in _QUESTIONS), "câu hỏi")


def features_of(item: Item, pages: Mapping[str, str]) -> Features:
    """The parts of the body by name; one without a name in `_DETAILS` by Google's. `pages` are what
    the form's pages are called, by id."""
    made: Features = {"loại": (kind_of(item),)}
    question = item.body.get("questionItem", {}).get("question", {})
    group = item.body.get("questionGroupItem", {})
    rows = group.get("questions", ())
    if question or rows:
        required = [one.get("required", False) for one in (question, *rows) if one]
        made["bắt buộc"] = ("có" if any(required) else "không",)
    if rows:
        made["hàng"] = tuple(row.get("rowQuestion", {}).get("title", "") for row in rows)
        made["cột"] = _options(group.get("grid", {}).get("columns", {}), pages)
    if "choiceQuestion" in question:
        made["lựa chọn"] = _options(question["choiceQuestion"], pages)
    for part, value in _details(item.body):
        name = _DETAILS.get(part, f"phần “{part}”")
        made[name] = (*made.get(name, ()), value)
    return made


def _options(choice: Mapping[str, Any], pages: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(_option(option, pages) for option in choice.get("options", ()))


def _option(option: Mapping[str, Any], pages: Mapping[str, str]) -> str:
    text: str = "Khác" if option.get("isOther") else option.get("value", "")
    text += " (có ảnh)" if "image" in option else ""
    if "goToSectionId" in option:
        return f"{text} (sang mục {pages.get(option['goToSectionId'], 'không còn nữa')})"
    if "goToAction" in option:
        return f"{text} (sang {_GO.get(option['goToAction'], option['goToAction'])})"
    return text


def _details(value: Any, part: str = "") -> Iterator[tuple[str, str]]:
    """What has no name of its own, with Google's."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in _NAMED:
                yield from _details(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _details(inner, part)
    else:
        yield part, _VALUES.get(str(value), str(value))
