"""Formulas whose references follow: lines that move, tabs renamed or deleted, copies.

A formula that cannot be read has no references and stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable

from cchc_gforms.local_google.sheets.formulas.references import Moving, Reference, reference_of
from cchc_gforms.local_google.sheets.formulas.tokens import Token, Unreadable, tokens
from cchc_gforms.local_google.sheets.locales import Locale

LOST = "#REF!"


def copied(formula: str, rows: int, columns: int) -> str:
    """As pasted so many rows down and columns to the right: relative references go along."""
    return _rewritten(formula, lambda reference: reference.offset(rows, columns))


def followed(formula: str, home: str, title: str, move: Moving) -> str:
    """After lines of the tab `title` moved; `home` is the tab that the formula is on."""

    def change(reference: Reference) -> Reference | None:
        return reference.moved(move) if _is(reference.title or home, title) else reference

    return _rewritten(formula, change)


def renamed(formula: str, old: str, new: str) -> str:
    """After a tab got another title."""

    def change(reference: Reference) -> Reference:
        named = reference.title is not None and _is(reference.title, old)
        return reference.on(new) if named else reference

    return _rewritten(formula, change)


def orphaned(formula: str, title: str) -> str:
    """After a tab was deleted."""

    def change(reference: Reference) -> Reference | None:
        gone = reference.title is not None and _is(reference.title, title)
        return None if gone else reference

    return _rewritten(formula, change)


def relocalised(formula: str, old: Locale, new: Locale) -> str:
    """After the spreadsheet's locale changed: its decimal mark and separators."""
    if old.decimal == new.decimal or not formula.startswith("="):
        return formula
    try:
        found = tokens(formula[1:], old.decimal)
    except Unreadable:
        return formula
    made = "="
    open_brackets: list[str] = []
    for token in found:
        if token.kind == "bracket":
            _nest(open_brackets, token.text)
        made += _relocalised(token, open_brackets[-1:] == ["{"], old, new)
    return made


def _relocalised(token: Token, in_array: bool, old: Locale, new: Locale) -> str:
    if token.kind == "number":
        return token.text.replace(old.decimal, new.decimal)
    if token.kind != "separator":
        return token.text
    if in_array:
        return {",": "\\", "\\": ","}.get(token.text, token.text)
    return ";" if new.decimal == "," else ","


def _nest(open_brackets: list[str], bracket: str) -> None:
    if bracket in "({":
        open_brackets.append(bracket)
    elif open_brackets:
        open_brackets.pop()


def _rewritten(formula: str, change: Callable[[Reference], Reference | None]) -> str:
    if not formula.startswith("="):
        return formula
    # Where numbers and separators end is of no matter to references, so neither is the locale.
    try:
        found = tokens(formula[1:])
    except Unreadable:
        return formula
    return "=" + "".join(_token(token, change) for token in found)


def _token(token: Token, change: Callable[[Reference], Reference | None]) -> str:
    if token.kind != "reference":
        return token.text
    reference = reference_of(token.text)
    made = change(reference)
    if made is None:
        return LOST
    return token.text if made == reference else made.text


def _is(title: str, other: str) -> bool:
    """Titles differ by more than case."""
    return title.casefold() == other.casefold()
