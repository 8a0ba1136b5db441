"""Cell formats as style rules. The page's policy allows no style attribute, so each is a class."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cchc_gforms.local_google.sheets.wire import color_of

_LINES = {
    "DOTTED": "1px dotted",
    "DASHED": "1px dashed",
    "SOLID": "1px solid",
    "SOLID_MEDIUM": "2px solid",
    "SOLID_THICK": "3px solid",
    "DOUBLE": "3px double",
}
_PLACES = {"TOP": "top", "MIDDLE": "middle", "BOTTOM": "bottom"}
_SIDES = ("top", "right", "bottom", "left")
_FONT = re.compile(r"[\w .-]{1,40}")


class StyleSheet:
    """Declarations to class names; the same declarations get the same class."""

    def __init__(self) -> None:
        self._classes: dict[str, str] = {}

    def name(self, declarations: str) -> str:
        if not declarations:
            return ""
        return self._classes.setdefault(declarations, f"s{len(self._classes)}")

    @property
    def text(self) -> str:
        return "\n".join(f".sheet .{name} {{{rule}}}" for rule, name in self._classes.items())


def declarations(
    look: Mapping[str, Any], borders: Mapping[str, Any], theme: Mapping[str, Any]
) -> str:
    """The style rules of a cell; `look` is its format without what is the default anyway."""
    text: Mapping[str, Any] = look.get("textFormat", {})
    made = [
        *_color("background-color", color_of(look, "backgroundColor", theme)),
        *_color("color", color_of(text, "foregroundColor", theme)),
        *_fonts(text),
    ]
    if look.get("verticalAlignment") in _PLACES:
        made.append(f"vertical-align:{_PLACES[look['verticalAlignment']]}")
    made += [f"border-{side}:{_line(borders[side], theme)}" for side in _SIDES if side in borders]
    return ";".join(made)


def _fonts(text: Mapping[str, Any]) -> list[str]:
    made = []
    if "bold" in text:
        made.append(f"font-weight:{'700' if text['bold'] else '400'}")
    if "italic" in text:
        made.append(f"font-style:{'italic' if text['italic'] else 'normal'}")
    lines = [
        css for css, key in (("underline", "underline"), ("line-through", "strikethrough"))
        if text.get(key)
    ]  # fmt: skip
    if lines:
        made.append(f"text-decoration:{' '.join(lines)}")
    if "fontSize" in text:
        made.append(f"font-size:{int(text['fontSize'])}pt")
    family = str(text.get("fontFamily", "")).split(",")[0]
    if _FONT.fullmatch(family):
        made.append(f'font-family:"{family}",sans-serif')
    return made


def _color(name: str, color: str | None) -> list[str]:
    return [f"{name}:{color}"] if color else []


def _line(border: Mapping[str, Any], theme: Mapping[str, Any]) -> str:
    line = _LINES.get(border.get("style", ""), "1px solid")
    return f"{line} {color_of(border, 'color', theme) or '#000000'}"
