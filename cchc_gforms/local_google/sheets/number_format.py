"""A number as a pattern shows it, and as a cell without a format does."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from cchc_gforms.local_google.sheets.locales import Locale
from cchc_gforms.local_google.sheets.patterns import Token

_PLAIN_LIMIT = Decimal(10) ** 15
_SMALLEST_PLAIN = Decimal(10) ** -9


def render_general(number: float, locale: Locale) -> str:
    """Ten digits at most beside whole ones; very large and very small with an exponent."""
    exact = Decimal(repr(number))
    size = abs(exact)
    if size >= _PLAIN_LIMIT or 0 < size < _SMALLEST_PLAIN:
        return _scientific(exact, "0.00000", "E+00", locale, trim=True)
    whole_digits = len(str(int(size)))
    places = max(0, 10 - (whole_digits if size >= 1 else 0))
    shown = _rounded(exact, places)
    text = f"{shown:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return ("0" if text == "-0" else text).replace(".", locale.decimal)


def render_number(number: float, section: Sequence[Token], locale: Locale) -> str:
    """`section` holds the digits pattern, percent signs, an exponent, literals."""
    digits = "".join(token.text for token in section if token.kind == "digits")
    percents = sum(token.kind == "percent" for token in section)
    exponent = next((token.text for token in section if token.kind == "exponent"), None)
    scaled = Decimal(repr(number)).scaleb(2 * percents)
    if exponent is not None:
        shown = _scientific(scaled, digits, exponent, locale)
    else:
        shown = _decimal(scaled, digits, locale)
    sign = "-" if shown.startswith("-") else ""  # it stands before a currency too
    return sign + _laid_out(section, shown.removeprefix("-"), number, locale)


def _laid_out(section: Sequence[Token], shown: str, number: float, locale: Locale) -> str:
    """The number takes the place of the first digits token."""
    parts: list[str] = []
    placed = False
    for token in section:
        if token.kind == "digits" and not placed:
            parts.append(shown)
            placed = True
        elif token.kind in {"general", "text"}:
            parts.append(render_general(number, locale))
        elif token.kind in {"literal", "percent"}:
            parts.append(token.text)
    return "".join(parts)


def _decimal(number: Decimal, digits: str, locale: Locale) -> str:
    whole, _, fraction = digits.partition(".")
    fraction = fraction.replace(",", "")
    trailing = len(whole) - len(whole.rstrip(","))
    shown = _rounded(number.scaleb(-3 * trailing), len(fraction))
    sign = "-" if shown < 0 else ""
    left, _, right = f"{shown.copy_abs():f}".partition(".")
    left = left.lstrip("0").rjust(sum(c == "0" for c in whole), "0")
    if "," in whole.rstrip(","):
        left = _grouped(left, locale.group)
    needed = len(fraction.rstrip("#?"))
    right = right[:needed] + right[needed:].rstrip("0")
    point = locale.decimal if right or ("." in digits and not fraction) else ""
    return f"{sign}{left}{point}{right}"


def _scientific(
    number: Decimal, digits: str, exponent: str, locale: Locale, *, trim: bool = False
) -> str:
    power = number.adjusted() if number else 0
    places = len(digits.partition(".")[2])
    mantissa = _rounded(number.scaleb(-power), places)
    if abs(mantissa) >= 10:
        mantissa, power = _rounded(mantissa / 10, places), power + 1
    text = f"{mantissa:f}"
    if trim and "." in text:
        text = text.rstrip("0").rstrip(".")
    sign = "-" if power < 0 else ("+" if exponent[1] == "+" else "")
    width = len(exponent) - 2
    return f"{text.replace('.', locale.decimal)}E{sign}{abs(power):0{width}}"


def _grouped(whole: str, separator: str) -> str:
    head = len(whole) % 3
    groups = ([whole[:head]] if head else []) + [
        whole[i : i + 3] for i in range(head, len(whole), 3)
    ]
    return separator.join(groups)


def _rounded(number: Decimal, places: int) -> Decimal:
    """Exact for a number of any size: the usual context ends at 28 digits."""
    context = Context(prec=max(28, number.adjusted() + places + 2), rounding=ROUND_HALF_UP)
    return number.quantize(Decimal(1).scaleb(-places), context=context)
