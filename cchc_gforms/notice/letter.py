"""An administrative document as plain values, whatever file it becomes. Widths are millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

BLANK: Final = "……"
"""What stands where a person will write."""

TEXT_WIDTH: Final = 165
"""Of A4 between margins of 30 and 15."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading is bold, a basis (căn cứ) in italics."""

    text: str
    kind: Literal["text", "heading", "basis"] = "text"


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    width: float
    align: Literal["left", "centre"] = "centre"


@dataclass(frozen=True, slots=True)
class Table:
    """A row of one text is a heading across all columns; `total` makes the last row bold."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: bool = False


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Annex:
    """`number` is "" for the only one, else Roman."""

    number: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything that Decree 30/2020/NĐ-CP, annex I, asks of a named document. What is not known
    is `BLANK`."""

    parent: str
    issuer: str
    number: str  # "……/TB-GDĐT"
    place: str
    dated: str  # "ngày 05 tháng 6 năm 2022"
    name: str  # of the sort of document: "Thông báo"
    subject: str
    body: tuple[Block, ...]
    recipients: tuple[str, ...]
    signed_as: str
    signer: str
    annexes: tuple[Annex, ...]

    @property
    def reference(self) -> str:
        """How an annex names the document that it belongs to."""
        return f"{self.name} số {self.number} {self.dated} của {self.issuer}"
