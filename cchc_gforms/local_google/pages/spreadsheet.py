"""The spreadsheet page: a tab drawn as a sheet, to be read by those who may open the file."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cchc_gforms.local_google.accounts import signed_in
from cchc_gforms.local_google.drive import files
from cchc_gforms.local_google.pages.refusal import (
    Elsewhere,
    Refused,
    for_people,
    not_found,
    sign_in_address,
)
from cchc_gforms.local_google.pages.rendering import page
from cchc_gforms.local_google.pages.spreadsheet_charts import chart_views
from cchc_gforms.local_google.pages.spreadsheet_css import StyleSheet
from cchc_gforms.local_google.pages.spreadsheet_grid import grid_view, place_charts
from cchc_gforms.local_google.sheets import store
from cchc_gforms.local_google.sheets.formulas.shown import calculated
from cchc_gforms.local_google.sheets.wire import color_of, theme_of
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook
from cchc_gforms.local_google.state import State


@dataclass(frozen=True)
class TabView:
    sheet_id: int
    title: str
    current: bool
    protected: bool
    classes: str


async def show(request: Request) -> Response:
    """`?gid=` names the tab; without it the first visible one."""
    state: State = request.app.state.google
    file_id = request.path_params["file_id"]
    with state.transaction() as tx:
        _admit(request, tx, file_id)
        workbook = calculated(store.load(tx, file_id), state.clock.now())
    sheet = _asked(workbook, request.query_params.get("gid", ""))
    styles = StyleSheet()
    grid = grid_view(workbook, sheet, styles)
    place_charts(grid, chart_views(workbook, sheet), styles)
    nonce = secrets.token_urlsafe(16)
    answer = page(
        request,
        "spreadsheet.html",
        title=workbook.properties["title"],
        tabs=_tabs(workbook, sheet, styles),
        grid=grid,
        styles=styles.text,
        nonce=nonce,
    )
    policy = answer.headers["Content-Security-Policy"]
    nonced = policy.replace("style-src 'self'", f"style-src 'self' 'nonce-{nonce}'")
    answer.headers["Content-Security-Policy"] = nonced
    return answer


def _admit(request: Request, tx: sqlite3.Connection, file_id: str) -> None:
    """Anyone, if the file is open to anyone; else only whoever it is shared with."""
    me = signed_in(request)
    if not store.exists(tx, file_id):
        raise not_found()
    if files.role_of(tx, file_id, me) is not None:
        return
    here = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
    if me is None:
        raise Elsewhere(sign_in_address(here))
    raise Refused(
        403,
        "Bạn không có quyền truy cập",
        f"Trang tính này không được chia sẻ với tài khoản {me}. Hãy chuyển sang tài khoản được "
        "cấp quyền, hoặc đề nghị chủ sở hữu chia sẻ.",
        sign_in_address(here),
        "Chuyển tài khoản",
    )


def _asked(workbook: Workbook, gid: str) -> Sheet:
    shown = (sheet for sheet in workbook.sheets if str(sheet.sheet_id) == gid)
    return next(shown, None) or workbook.first_visible()


def _tabs(workbook: Workbook, current: Sheet, styles: StyleSheet) -> list[TabView]:
    theme = theme_of(workbook.properties)
    made = []
    for sheet in workbook.sheets:
        if sheet.properties.get("hidden") and sheet is not current:
            continue
        color = color_of(sheet.properties, "tabColor", theme)
        classes = styles.name(f"box-shadow:inset 0 -3px {color}") if color else ""
        protected = bool(sheet.resource.get("protectedRanges"))
        made.append(TabView(sheet.sheet_id, sheet.title, sheet is current, protected, classes))
    return made


routes = [Route("/spreadsheets/d/{file_id}/edit", for_people(show), methods=["GET"])]
