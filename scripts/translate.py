"""Compiles what click says in Vietnamese: `python scripts/translate.py`, after editing cchc.po."""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

import environment

_ALWAYS = datetime(2026, 1, 1, tzinfo=UTC)  # else every compilation would differ
PO = environment.ROOT / "cchc_gforms/cli/locale/vi/LC_MESSAGES/cchc.po"


def compiled(source: Path) -> bytes:
    """The .mo of a .po."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalogue = read_po(file, locale="vi")
    catalogue.creation_date = catalogue.revision_date = _ALWAYS
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> int:
    PO.with_suffix(".mo").write_bytes(compiled(PO))
    return 0


if __name__ == "__main__":
    if environment.ensure(["dev"]).parent != Path(sys.executable).parent:
        sys.exit(environment.go_on_in(environment.ensure(["dev"]), "translate.py", sys.argv[1:]))
    sys.exit(main())
