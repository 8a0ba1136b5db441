"""Answers that want to be more than text, and what a reader of any file must find of them."""

from __future__ import annotations

from typing import Final

HOSTILE: Final[dict[str, tuple[str, str]]] = {
    "importxml": ('=IMPORTXML("http://x.example","//a")', '=IMPORTXML("http://x.example","//a")'),
    "dde": ("+cmd|' /C calc'!A0", "+cmd|' /C calc'!A0"),
    "at": ("@SUM(1+1)*cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0"),
    "minus": ("-2+3+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0"),
    "behind-a-blank": (" =1+1", " =1+1"),
    "behind-a-tab": ("\t=1+1", "\t=1+1"),
    "full-width": ("＝1+1", "＝1+1"),
    "behind-a-semicolon": ("vâng;=1+1", "vâng;=1+1"),
    "behind-a-line": ("vâng\n=1+1", "vâng\n=1+1"),
    "link": ("https://x.example/?q=1", "https://x.example/?q=1"),
    "control": ("a\x00\x01\x0b\x1fb", "ab"),
    "not-a-character": ("a\ufffeb\uffffc", "abc"),
    "half-of-a-pair": ("a\ud800b", "ab"),
    "escape-of-excel": ("_x0041_", "_x0041_"),
    "bidi": ("abc\u202egnp.exe\u2066x\u200f", "abcgnp.exex"),
    "html": ("<script>alert(1)</script>&amp;", "<script>alert(1)</script>&amp;"),
    "xml": ("]]><w:p/><!--", "]]><w:p/><!--"),
    "quotes": ('"; \'=1"", ', '"; \'=1"", '),
    "letters": ("Trường Mầm non Họa Mi 🌸", "Trường Mầm non Họa Mi 🌸"),
}
"""By what they try: the answer, and the answer as it may be seen."""

LONG: Final = "Trường " * 7_143
"""A little over 50,000 characters, the most that Google Forms takes."""
