"""The script of the spreadsheet: its syntax, and what it does to stand-ins of Google's services.

It has never run on Google: no account. The stand-ins know what the reference says of each method.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from cchc_gforms.generator import control

SCRIPT = Path(__file__).parents[2] / "scripts" / "apps_script"
NODE = shutil.which("node") or ""

needs_node = pytest.mark.skipif(not NODE, reason="no node here to run the script with")

STAND_INS = """
const cells = LINES, notes = {}, alerts = [], calls = [];
const range = (row, column, rows = 1, columns = 1) => ({
  getValues: () => cells.slice(row - 1, row - 1 + rows)
    .map(line => line.slice(column - 1, column - 1 + columns)),
  setValue: value => { cells[row - 1][column - 1] = value; },
  setNote: text => { notes[row] = text; },
  clearNote: () => { delete notes[row]; },
});
const sheet = lines => ({
  getLastRow: () => lines.length, getLastColumn: () => (lines[0] || []).length, getRange: range,
});
const answers = { getLastRow: () => 1, getLastColumn: () => 9, getRange: () => ({
  getValues: () => [['Dấu thời gian', 'Đơn vị', '', '', '', '', '']] }) };
const SpreadsheetApp = {
  getActiveSpreadsheet: () => ({
    getSheets: () => [answers, ...(cells.length ? [sheet(cells)] : [])],
    getId: () => 'BOOK', getSpreadsheetTimeZone: () => 'Asia/Ho_Chi_Minh' }),
  getUi: () => ({ alert: text => alerts.push(text) }),
  flush: () => {},
};
const Utilities = { formatDate: (_, zone, pattern) => zone + ' ' + pattern };
const linked = { B: 'BOOK', C: 'OTHER' };
const FormApp = {
  DestinationType: { SPREADSHEET: 'SPREADSHEET' },
  openById: id => {
    if (id === 'GONE') throw new Error('no such form');
    const note = name => value => calls.push([id, name, value]);
    return {
      getDestinationId: () => {
        if (!linked[id]) throw new Error('no destination');
        return linked[id];
      },
      setDestination: (type, to) => { calls.push([id, 'setDestination', type + ' ' + to]); },
      setAllowResponseEdits: note('setAllowResponseEdits'),
      setProgressBar: note('setProgressBar'),
      setConfirmationMessage: note('setConfirmationMessage'),
    };
  },
};
console.error = () => {};
"""


def run(lines: list[list[str]], work: Path) -> dict[str, Any]:
    """What the menu does to a list of these lines."""
    program = work / "run.js"
    code = (SCRIPT / "Code.gs").read_text("utf-8")
    stand_ins = STAND_INS.replace("LINES", json.dumps(lines))
    print_all = "console.log(JSON.stringify({cells, notes, alerts, calls}));"
    program.write_text(f"{stand_ins}\n{code}\nsetUpForms();\n{print_all}", "utf-8")
    done = subprocess.run([NODE, str(program)], capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@needs_node
def test_its_syntax_is_right(tmp_path: Path) -> None:
    copy = tmp_path / "Code.js"
    copy.write_bytes((SCRIPT / "Code.gs").read_bytes())
    subprocess.run([NODE, "--check", str(copy)], check=True)


@needs_node
def test_every_form_is_linked_once_and_set(tmp_path: Path) -> None:
    told = run(
        [
            list(control.HEADER),
            ["A", "Báo cáo", "có", "có", "có", "Đã nhận.", ""],
            ["B", "Phiếu xử lý", "có", "không", "không", "Đã ghi.", ""],
        ],
        tmp_path,
    )
    assert told["calls"] == [
        ["A", "setDestination", "SPREADSHEET BOOK"],
        ["A", "setAllowResponseEdits", True],
        ["A", "setProgressBar", True],
        ["A", "setConfirmationMessage", "Đã nhận."],
        ["B", "setAllowResponseEdits", False],  # linked here already
        ["B", "setProgressBar", False],
        ["B", "setConfirmationMessage", "Đã ghi."],
    ]
    assert [line[6] for line in told["cells"][1:]] == ["xong Asia/Ho_Chi_Minh dd/MM/yyyy HH:mm"] * 2
    assert told["alerts"] == ["Đã cài đặt 2 biểu mẫu."]


@needs_node
def test_what_fails_is_told_at_its_line_and_does_not_stop_the_rest(tmp_path: Path) -> None:
    settings = ["có", "có", "có", "x"]
    told = run(
        [
            list(control.HEADER),
            ["GONE", "Đã xóa", *settings, "xong trước đây"],
            ["C", "Liên kết nơi khác", *settings, ""],
            ["A", "Báo cáo", *settings, ""],
        ],
        tmp_path,
    )
    assert [bool(line[6]) for line in told["cells"][1:]] == [False, False, True]
    assert "no such form" in told["notes"]["2"]
    assert "OTHER" in told["notes"]["3"]
    assert {call[0] for call in told["calls"]} == {"A"}
    assert told["alerts"][0].startswith("Đã cài đặt 1 biểu mẫu. Lỗi 2 biểu mẫu")


@needs_node
def test_without_a_list_it_says_what_to_run(tmp_path: Path) -> None:
    told = run([], tmp_path)
    assert told["calls"] == []
    assert "cchc forms apply" in told["alerts"][0]


def test_the_header_is_the_one_that_apply_writes() -> None:
    code = (SCRIPT / "Code.gs").read_text("utf-8")
    text = code[code.index("const HEADER = ") : code.index("];")]
    assert tuple(text.split("'")[1::2]) == control.HEADER


def test_it_asks_for_forms_and_this_kind_of_file_only() -> None:
    manifest = json.loads((SCRIPT / "appsscript.json").read_text("utf-8"))
    assert [scope.rpartition("/")[2] for scope in manifest["oauthScopes"]] == [
        "forms",
        "spreadsheets",
    ]
