"""The spreadsheet page: a tab drawn as a sheet, to be read by those who may open the file.

Those who may write it can switch to editing (`edit=1`); what they do is posted to `change`.
"""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cchc_gforms.local_google.accounts import signed_in
from cchc_gforms.local_google.drive import files
from cchc_gforms.local_google.pages import spreadsheet_change
from cchc_gforms.local_google.pages.refusal import (
    Elsewhere,
    Refused,
    for_people,
    not_found,
    sign_in_address,
)
from cchc_gforms.local_google.pages.rendering import page
from cchc_gforms.local_google.pages.spreadsheet_address import Asked, read_address
from cchc_gforms.local_google.pages.spreadsheet_charts import chart_views
from cchc_gforms.local_google.pages.spreadsheet_css import StyleSheet
from cchc_gforms.local_google.pages.spreadsheet_filters import Filtering, filtering
from cchc_gforms.local_google.pages.spreadsheet_grid import (
    grid_view,
    place_charts,
    place_slicers,
)
from cchc_gforms.local_google.pages.spreadsheet_slicers import slicer_views
from cchc_gforms.local_google.pages.spreadsheet_typing import text_to_edit
from cchc_gforms.local_google.sheets import a1, store
from cchc_gforms.local_google.sheets.areas import area_of
from cchc_gforms.local_google.sheets.cell_values import Shown
from cchc_gforms.local_google.sheets.formulas.shown import calculated
from cchc_gforms.local_google.sheets.identity import Person
from cchc_gforms.local_google.sheets.locales import locale_of
from cchc_gforms.local_google.sheets.protection import may_edit
from cchc_gforms.local_google.sheets.rendering import formatted
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
    query: str


@dataclass(frozen=True)
class ProtectionView:
    """A protected range; `removable` by who looks at it."""

    number: int
    name: str
    place: str
    warning: bool
    removable: bool


async def show(request: Request) -> Response:
    """`?gid=` names the tab; without it the first visible one."""
    state: State = request.app.state.google
    file_id = request.path_params["file_id"]
    with state.transaction() as tx:
        role = _admit(request, tx, file_id)
        workbook = calculated(store.load(tx, file_id), state.clock.now())
    me = signed_in(request)
    can_edit = me is not None and role in ("owner", "writer")
    asked = read_address(request.url.query)
    sheet = _asked(workbook, asked.gid)
    asked = replace(asked, gid=str(sheet.sheet_id), editing=asked.editing and can_edit)
    nonce = secrets.token_urlsafe(16)
    answer = page(
        request,
        "spreadsheet.html",
        title=workbook.properties["title"],
        nonce=nonce,
        can_edit=can_edit,
        editing=asked.editing,
        switch=replace(asked, editing=not asked.editing).query(),
        address=f"/spreadsheets/d/{file_id}",
        query=asked.query(),
        gid=sheet.sheet_id,
        sheet_title=sheet.title,
        first_text=_first_text(workbook, sheet),
        hidden_tabs=[one for one in workbook.sheets if one.properties.get("hidden")],
        protections=_protections(sheet, Person(me or "", role == "owner")),
        **_drawn(workbook, sheet, asked),
    )
    policy = answer.headers["Content-Security-Policy"]
    nonced = policy.replace("style-src 'self'", f"style-src 'self' 'nonce-{nonce}'")
    answer.headers["Content-Security-Policy"] = nonced
    return answer


def _drawn(workbook: Workbook, sheet: Sheet, asked: Asked) -> dict[str, Any]:
    """The tab with all that lies over it, and the tabs beside it."""
    seen, styles = Shown(workbook, sheet), StyleSheet()
    filtered = filtering(seen, asked)
    grid = grid_view(workbook, sheet, styles, filtered)
    place_charts(grid, chart_views(workbook, sheet, filtered.hidden), styles)
    place_slicers(grid, slicer_views(seen, asked), styles)
    tabs = _tabs(workbook, sheet, styles, asked)
    return {
        "grid": grid,
        "tabs": tabs,
        "views": sheet.resource.get("filterViews", []),
        "view_id": filtered.view.get("filterViewId") if filtered.view else None,
        "others": replace(asked, filter_view="").pairs(),
        "filter_note": _filter_note(filtered),
        "styles": styles.text,
    }


def _first_text(workbook: Workbook, sheet: Sheet) -> str:
    """What the cell bar holds before a cell is chosen: that of A1."""
    locale = locale_of(workbook.locale)
    cell = sheet.cell(0, 0)
    return text_to_edit(cell, locale, formatted(cell, locale))


def _filter_note(filtered: Filtering) -> str:
    """How many rows are filtered away, where any are."""
    return f"Bộ lọc đang ẩn {len(filtered.hidden)} dòng" if filtered.hidden else ""


def _protections(sheet: Sheet, person: Person) -> list[ProtectionView]:
    return [
        ProtectionView(
            one["protectedRangeId"],
            str(one.get("description", "")),
            a1.range_name(sheet, area_of(sheet, one.get("range", {}))).rpartition("!")[2],
            bool(one.get("warningOnly")),
            may_edit(one, person),
        )
        for one in sheet.resource.get("protectedRanges", [])
    ]


def _admit(request: Request, tx: sqlite3.Connection, file_id: str) -> str:
    """The visitor's role. Anyone, if the file is open to anyone; else whom it is shared with."""
    me = signed_in(request)
    if not store.exists(tx, file_id):
        raise not_found()
    role = files.role_of(tx, file_id, me)
    if role is not None:
        return role
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


def _tabs(workbook: Workbook, current: Sheet, styles: StyleSheet, asked: Asked) -> list[TabView]:
    theme = theme_of(workbook.properties)
    made = []
    for sheet in workbook.sheets:
        if sheet.properties.get("hidden") and sheet is not current:
            continue
        color = color_of(sheet.properties, "tabColor", theme)
        classes = styles.name(f"box-shadow:inset 0 -3px {color}") if color else ""
        protected = bool(sheet.resource.get("protectedRanges"))
        query = Asked(str(sheet.sheet_id), asked.editing, "", {}).query()
        made.append(
            TabView(sheet.sheet_id, sheet.title, sheet is current, protected, classes, query)
        )
    return made


routes = [
    Route("/spreadsheets/d/{file_id}/edit", for_people(show), methods=["GET"]),
    *spreadsheet_change.routes,
]
