"""The roster as a table (units.csv, or rows of a Sheet), every mistake at its line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from cchc_gforms.errors import Problem, Where
from cchc_gforms.regime.csv_file import Cell, Record, load, normal_text, records
from cchc_gforms.regime.email import email
from cchc_gforms.regime.model import Level
from cchc_gforms.regime.roster import Roster, Unit, loose, normal
from cchc_gforms.yaml_file import near_miss

_REQUIRED = ("code", "name", "level", "emails")
_OPTIONAL = ("valid_from", "valid_to", "earlier_names", "cluster")


def load_roster(
    path: Path, name: str, levels: Mapping[str, Level] | None
) -> tuple[Roster, list[Problem]]:
    """The roster of a file; not to be used when there are errors among the problems.

    `levels` are the regime's; None leaves the level column unchecked.
    """
    return _roster(*load(path, name, _REQUIRED, _OPTIONAL), name, levels)


def read_roster(
    rows: Sequence[Sequence[str]], name: str, levels: Mapping[str, Level]
) -> tuple[Roster, list[Problem]]:
    """The roster of a table called `name`, its header first; see `load_roster`. Lines and columns
    of problems are those of the table."""
    cells = [
        [Cell(normal_text(text), Where(name, line, column)) for column, text in enumerate(row, 1)]
        for line, row in enumerate(rows, 1)
        if any(text.strip() for text in row)
    ]
    return _roster(*records(cells, name, _REQUIRED, _OPTIONAL), name, levels)


def written(roster: Roster, levels: Mapping[str, Level]) -> list[list[str]]:
    """The table of a roster, its header first: what `read_roster` reads."""
    return [
        [*_REQUIRED, *_OPTIONAL],
        *(
            [
                unit.code,
                unit.name,
                levels[unit.level].code if unit.level in levels else unit.level,
                "; ".join(unit.emails),
                unit.valid_from.isoformat() if unit.valid_from else "",
                unit.valid_to.isoformat() if unit.valid_to else "",
                "; ".join(unit.earlier_names),
                unit.cluster,
            ]
            for unit in roster.units
        ),
    ]


def _roster(
    records: list[Record],
    problems: list[Problem],
    name: str,
    levels: Mapping[str, Level] | None,
) -> tuple[Roster, list[Problem]]:
    reader = _Reader(levels)
    units = [reader.unit(record) for record in records]
    problems += reader.problems
    if not units and not problems:
        fix = "thêm các đơn vị, mỗi dòng một đơn vị"
        problems.append(Problem("ROSTER-EMPTY", Where(name), "danh sách chưa có đơn vị nào", fix))
    for look in (_clashes, _look_alikes, _doubts):
        problems += look(units, records)
    return Roster(tuple(units)), problems


class _Reader:
    """Turns records into units, gathering what is wrong with them."""

    def __init__(self, levels: Mapping[str, Level] | None) -> None:
        self.problems: list[Problem] = []
        self._levels = levels
        self._ids = {level.code: id for id, level in (levels or {}).items()}

    def unit(self, record: Record) -> Unit:
        unit = Unit(
            code=self._code(record["code"]),
            name=self._required(record["name"], "tên đơn vị"),
            level=self._level(record["level"]),
            emails=self._emails(record["emails"]),
            valid_from=self._date(record["valid_from"]),
            valid_to=self._date(record["valid_to"]),
            earlier_names=_split(record["earlier_names"].text, ";"),
            cluster=record["cluster"].text,
        )
        if unit.valid_from and unit.valid_to and unit.valid_from > unit.valid_to:
            message = "ngày hết hiệu lực trước ngày có hiệu lực"
            self._report(
                "ROSTER-BAD-DATE", record["valid_to"], message, "sửa lại một trong hai ngày"
            )
        return unit

    def _code(self, cell: Cell) -> str:
        """A code is one word: on a form it stands before the name, and is read up to a space."""
        code = self._required(cell, "mã đơn vị")
        if any(letter.isspace() for letter in code):
            message, fix = f"mã '{code}' có dấu cách", f"viết liền: {''.join(code.split())}"
            self._report("ROSTER-BAD-CODE", cell, message, fix)
        return code

    def _required(self, cell: Cell, what: str) -> str:
        """On one line, however the cell is broken: forms offer it so (facts 2.7)."""
        if not cell.text:
            self._report("ROSTER-MISSING-VALUE", cell, f"thiếu {what}", f"ghi {what} vào ô này")
        return " ".join(cell.text.split())

    def _level(self, cell: Cell) -> str:
        if self._levels is None or cell.text in self._levels:
            return cell.text
        if cell.text not in self._ids:
            allowed = "dùng một trong: " + ", ".join(self._ids)
            meant = near_miss(cell.text, self._ids)
            fix = f"có phải ý là '{meant}'? Nếu không, {allowed}" if meant else allowed
            self._report("ROSTER-UNKNOWN-LEVEL", cell, f"không có loại đơn vị '{cell.text}'", fix)
        return self._ids.get(cell.text, cell.text)

    def _emails(self, cell: Cell) -> tuple[str, ...]:
        addresses = []
        for text in _split(cell.text, r"[;,\s]"):
            try:
                addresses.append(email(text))
            except ValueError as error:
                fix = "viết dạng ten@truong.example; nhiều địa chỉ thì cách nhau bằng dấu ;"
                self._report("ROSTER-BAD-EMAIL", cell, str(error), fix)
        return tuple(dict.fromkeys(addresses))

    def _date(self, cell: Cell) -> date | None:
        if not cell.text:
            return None
        try:
            return date.fromisoformat(cell.text)
        except ValueError:
            message = f"'{cell.text}' không phải ngày có thật, viết dạng năm-tháng-ngày"
            fix = "ví dụ 2022-09-05; Excel hay tự đổi, nên để cột này ở dạng Văn bản (Text)"
            self._report("ROSTER-BAD-DATE", cell, message, fix)
            return None

    def _report(self, code: str, cell: Cell, message: str, fix: str) -> None:
        self.problems.append(Problem(code, cell.where, message, fix))


def _clashes(units: list[Unit], records: list[Record]) -> Iterator[Problem]:
    """Units that cannot be told apart. Units never valid on one day may share all but the code."""
    codes: dict[str, int] = {}
    names: dict[str, list[tuple[Unit, int]]] = {}
    addresses: dict[str, list[tuple[Unit, int]]] = {}
    for unit, record in zip(units, records, strict=True):
        line = record["code"].where.line
        if unit.code and normal(unit.code) in codes:
            message = f"mã '{unit.code}' đã dùng ở dòng {codes[normal(unit.code)]}"
            fix = "mỗi đơn vị một mã riêng"
            yield Problem("ROSTER-DUPLICATE-CODE", record["code"].where, message, fix)
        codes.setdefault(normal(unit.code), line)
        other = _taken(names.setdefault(normal(unit.name), []), unit, line)
        if unit.name and other:
            message = f"tên '{unit.name}' trùng với dòng {other}"
            fix = "ghi tên đầy đủ để phân biệt được hai đơn vị"
            yield Problem("ROSTER-SAME-NAME", record["name"].where, message, fix)
        for address in unit.emails:
            if other := _taken(addresses.setdefault(address, []), unit, line):
                message = f"địa chỉ '{address}' đã dùng ở dòng {other}"
                fix = "mỗi đơn vị dùng địa chỉ riêng"
                yield Problem("ROSTER-SHARED-EMAIL", record["emails"].where, message, fix)


def _doubts(units: list[Unit], records: list[Record]) -> Iterator[Problem]:
    """What will most likely go wrong for a unit, and is no mistake by itself."""
    now = {normal(unit.name): unit.code for unit in units if unit.name}
    for unit, record in zip(units, records, strict=True):
        if unit.code and not unit.emails:
            message = f"{unit.code} chưa có địa chỉ e-mail: mọi bản nộp sẽ phải chờ xác nhận"
            where, fix = record["emails"].where, "ghi địa chỉ mà đơn vị dùng để nộp"
            yield Problem("ROSTER-NO-EMAIL", where, message, fix, "warning")
        for name in unit.earlier_names:
            holder = now.get(normal(name), unit.code)
            if holder != unit.code:
                message = f"tên cũ '{name}' của {unit.code} là tên hiện nay của {holder}"
                fix = "bỏ tên cũ này; câu trả lời chỉ ghi tên đó sẽ không biết là của ai"
                where = record["earlier_names"].where
                yield Problem("ROSTER-NAME-OF-TWO", where, message, fix, "warning")


def _look_alikes(units: list[Unit], records: list[Record]) -> Iterator[Problem]:
    """Units of one time whose codes or names a person would take for the same."""
    for column, what in (("code", "mã"), ("name", "tên")):
        holders: dict[str, list[tuple[Unit, int]]] = {}
        for unit, record in zip(units, records, strict=True):
            cell = record[column]
            alike = holders.setdefault(loose(cell.text), [])
            other = next((at for one, at in alike if _differs(one, unit, column)), None)
            alike.append((unit, cell.where.line))
            if cell.text and other:
                message = f"{what} '{cell.text}' gần giống dòng {other}"
                fix = "nếu là một đơn vị, bỏ bớt một dòng; nếu là hai, đặt tên khác nhau rõ hơn"
                yield Problem("ROSTER-LOOK-ALIKE", cell.where, message, fix, "warning")


def _differs(one: Unit, other: Unit, column: str) -> bool:
    """Not the same to the letter, which is an error of its own, and valid on a day in common."""
    return normal(getattr(one, column)) != normal(getattr(other, column)) and _overlap(one, other)


def _taken(holders: list[tuple[Unit, int]], unit: Unit, line: int) -> int | None:
    """Line of a holder valid on some day that `unit` is valid on too; notes `unit` as a holder."""
    other = next((at for holder, at in holders if _overlap(holder, unit)), None)
    holders.append((unit, line))
    return other


def _overlap(one: Unit, other: Unit) -> bool:
    begins = max(one.valid_from or date.min, other.valid_from or date.min)
    return begins <= min(one.valid_to or date.max, other.valid_to or date.max)


def _split(text: str, separator: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(separator, text) if part.strip())
