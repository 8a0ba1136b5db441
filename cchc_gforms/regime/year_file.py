"""The year file as read. Dates are calendar dates in the regime's zone."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from cchc_gforms.regime.model import Name, Part, Roll, Text
from cchc_gforms.yaml_file import Day, Shape, Whole, wrong_value

Wording = Annotated[
    str,
    Shape(
        r"^[^\n{}]*[^\s{}][^\n{}]*$",
        "chữ trên một dòng, không để trống, không có dấu ngoặc { }: chỗ điền chỉ có trong biểu mẫu",
    ),
]


class BureauPlan(Part):
    """The bureau's own plan: its issue starts the clock of the schools' plans (R14)."""

    issued_on: Day
    number: Text


class NotAssessed(Part):
    """Periods of a document that nobody is held to, and why (A20). A period is named by its kind,
    or by the key of a request."""

    document: Name
    periods: Annotated[tuple[Name, ...], Field(min_length=1)]
    reason: Text


class Audience(Part):
    """Whom a request is put to: the units of these levels (by id or code), and these units."""

    levels: tuple[Text, ...] = ()
    units: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _is_somebody(self) -> Audience:
        if not (self.levels or self.units):
            fix = "ghi levels hoặc units; nếu là mọi đơn vị thì bỏ cả audience"
            raise wrong_value("audience chưa nêu loại đơn vị hay đơn vị nào", fix)
        return self

    def has(self, level: str, code: str) -> bool:
        """Whether a unit is among them."""
        return level in self.levels or code in self.units


class Request(Part):
    """An ad hoc or thematic report, or a stage plan, asked for once (R16, A13).

    `key` names it in the ledger ("2022-tiep_dan"), `title` completes the document's label:
    "Báo cáo CCHC đột xuất" + "về công tác tiếp công dân". Nothing about its due date is computed
    but the rolling, and that only where asked for.
    """

    key: Name
    document: Name
    title: Text
    source_document: Text
    due_on: Day
    roll: Roll = "none"
    channel: Literal["online", "in_person", "either"] = "online"
    audience: Audience | None = None  # None: everyone
    window_from: Day | None = None
    closes_on: Day | None = None

    @model_validator(mode="after")
    def _has_a_whole_window(self) -> Request:
        if (self.window_from is None) != (self.closes_on is None):
            fix = "ghi thêm ngày còn thiếu; không có số liệu thì bỏ cả hai"
            raise wrong_value("thời gian số liệu cần đủ window_from và closes_on", fix)
        if self.window_from and self.closes_on and self.window_from > self.closes_on:
            fix = "đổi chỗ, hoặc sửa một trong hai ngày"
            raise wrong_value("window_from sau closes_on", fix, "YEAR-WINDOW")
        return self


class YearFile(Part):
    """What is known of one reporting year only.

    `plan` is None while the bureau has not issued its plan. `wording` replaces phrases in the
    texts of the year's forms, whole words only, so that a spec need not be copied when a term
    changes (E17).
    """

    year: Annotated[Whole, Field(ge=2000, le=2100)]
    plan: BureauPlan | None = None
    not_assessed: tuple[NotAssessed, ...] = ()
    requests: tuple[Request, ...] = ()
    wording: dict[Text, Wording] = Field(default_factory=dict)
