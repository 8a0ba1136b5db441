"""Whether a request that changes something came from a page of this server."""

from __future__ import annotations

from starlette.requests import Request

SAFE_SITES = {"same-origin", "none"}


def same_origin(request: Request) -> bool:
    """False when a browser says that another site sent it. Scripts say neither, and may."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    here = f"{request.url.scheme}://{request.headers.get('host', '')}"
    return (site is None or site in SAFE_SITES) and (origin is None or origin == here)


def local_path(target: str) -> str:
    """A path of this server to go on to, or `/`: never another site (no open redirect)."""
    plain = target.isprintable() and "\\" not in target
    local = target.startswith("/") and not target.startswith("//")
    return target if plain and local else "/"
