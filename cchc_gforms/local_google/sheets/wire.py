"""What Google adds to what it is given, and leaves out of what it answers (facts B)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_RANGES = {
    "range",
    "ranges",
    "unprotectedRanges",
    "sources",
    "start",
    "anchorCell",
    "dimensionRange",
    "dataRange",
}
_COLORS = {
    "backgroundColor",
    "foregroundColor",
    "tabColor",
    "color",
    "headerColor",
    "firstBandColor",
    "secondBandColor",
    "footerColor",
}
# Answered also where they are 0 or false: optional fields and members of a oneof.
_KEPT = {
    "startRowIndex",
    "endRowIndex",
    "startColumnIndex",
    "endColumnIndex",
    "startIndex",
    "endIndex",
    "numberValue",
    "boolValue",
    "bold",
    "italic",
    "strikethrough",
    "underline",
    "index",
}


def incoming(value: Any, key: str = "") -> Any:
    """A part of a request as it is stored: no nulls, ranges name their sheet, colours twinned."""
    if isinstance(value, list):
        return [incoming(item, key) for item in value]
    if not isinstance(value, dict):
        return value
    made = {name: incoming(item, name) for name, item in value.items() if item is not None}
    if key in _RANGES:
        made.setdefault("sheetId", 0)
    return made if key == "rowsProperties" else _twinned(made)


def outgoing(value: Any, key: str = "") -> Any:
    """A stored part as answers show it: no defaults, sheet 0 only named in its properties."""
    if isinstance(value, list):
        return [outgoing(item, key) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: outgoing(item, name)
        for name, item in value.items()
        if not _is_default(name, item, value)
    }


def color_of(holder: Mapping[str, Any], name: str, theme: Mapping[str, Any]) -> str | None:
    """The colour `name` of a format as `#rrggbb`, theme colours looked up; None when unset."""
    style = holder.get(f"{name}Style") or {}
    if "themeColor" in style:
        return hex_color(theme.get(style["themeColor"], {}))
    color = style.get("rgbColor", holder.get(name))
    return None if color is None else hex_color(color)


def theme_of(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Theme colour names to wire colours."""
    pairs = properties.get("spreadsheetTheme", {}).get("themeColors", [])
    return {pair["colorType"]: pair["color"].get("rgbColor", {}) for pair in pairs}


def hex_color(color: Mapping[str, Any]) -> str:
    channels = (color.get(name, 0) for name in ("red", "green", "blue"))
    return "#" + "".join(f"{round(255 * min(1, max(0, channel))):02x}" for channel in channels)


def _twinned(made: dict[str, Any]) -> dict[str, Any]:
    """Each colour has its style beside it, and the other way round; the style decides."""
    for name in _COLORS:
        style = made.get(f"{name}Style")
        if isinstance(style, dict) and "rgbColor" in style:
            made[name] = style["rgbColor"]
        elif isinstance(made.get(name), dict) and style is None:
            made[f"{name}Style"] = {"rgbColor": made[name]}
    return made


def _is_default(name: str, item: Any, holder: Mapping[str, Any]) -> bool:
    if name == "sheetId":
        return item == 0 and not {"title", "locationType"} & holder.keys()
    if item is None or item == "" or item == []:
        return True
    return name not in _KEPT and (item is False or (item == 0 and not isinstance(item, bool)))
