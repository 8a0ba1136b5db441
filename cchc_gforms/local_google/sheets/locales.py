"""How a spreadsheet's locale writes numbers and dates."""

from __future__ import annotations

from dataclasses import dataclass

from cchc_gforms.local_google.errors import unimplemented

_ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_VIETNAMESE_DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


@dataclass(frozen=True)
class Locale:
    """Separators, default patterns, and names; days begin on Monday."""

    decimal: str
    group: str
    date: str
    time: str
    currency: str
    day_first: bool
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    days: tuple[str, ...]
    short_days: tuple[str, ...]

    @property
    def currency_symbol(self) -> str:
        return self.currency.split('"')[1]

    @property
    def date_time(self) -> str:
        clock = "H:mm:ss" if self.time.startswith("h:") else self.time
        return f"{self.date} {clock}"


_ENGLISH = (
    _ENGLISH_MONTHS,
    tuple(name[:3] for name in _ENGLISH_MONTHS),
    _ENGLISH_DAYS,
    tuple(name[:3] for name in _ENGLISH_DAYS),
)
_LOCALES = {
    "en_US": Locale(".", ",", "M/d/yyyy", "h:mm:ss am/pm", '"$"#,##0.00', False, *_ENGLISH),
    "en_GB": Locale(".", ",", "dd/MM/yyyy", "HH:mm:ss", '"£"#,##0.00', True, *_ENGLISH),
    "vi_VN": Locale(
        ",",
        ".",
        "dd/MM/yyyy",
        "HH:mm:ss",
        '#,##0.00\\ "₫"',
        True,
        tuple(f"tháng {month}" for month in range(1, 13)),
        tuple(f"thg {month}" for month in range(1, 13)),
        _VIETNAMESE_DAYS,
        ("T2", "T3", "T4", "T5", "T6", "T7", "CN"),
    ),
}
_LOCALES["vi"] = _LOCALES["vi_VN"]
_LOCALES["en"] = _LOCALES["en_US"]


def locale_of(name: str) -> Locale:
    """Raises 501 for a locale that is not in the table."""
    if name not in _LOCALES:
        raise unimplemented(f"the locale {name}")
    return _LOCALES[name]
