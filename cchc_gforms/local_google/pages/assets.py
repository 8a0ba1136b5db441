"""The style sheets and scripts of the pages."""

from __future__ import annotations

from pathlib import Path

from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

routes = [
    Mount("/static", StaticFiles(directory=Path(__file__).parent / "static", check_dir=False))
]
