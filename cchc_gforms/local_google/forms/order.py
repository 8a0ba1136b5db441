"""The order in which Google prints the fields of an item (facts 9)."""

from __future__ import annotations

from typing import Any

# One row for all messages: no two of them want the same names in another order.
_ROW = (
    "itemId", "questionId", "title", "description", "required", "question", "questions", "grading",
    "pointValue", "correctAnswers", "whenRight", "whenWrong", "generalFeedback", "text", "type",
    "options", "value", "contentUri", "altText", "youtubeUri", "video", "caption", "low", "high",
    "lowLabel", "highLabel", "alignment", "width",
)  # fmt: skip
_RANK = {name: rank for rank, name in enumerate(_ROW)}


def in_order(value: Any) -> Any:
    """What is not in the row comes after it, as it came."""
    if isinstance(value, list):
        return [in_order(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    names = sorted(value, key=lambda name: _RANK.get(name, len(_ROW)))
    return {name: in_order(value[name]) for name in names}
