// Choosing cells with pointer or keyboard, and editing them as a person would.

import { send } from "./spreadsheet_send.js";

const form = document.getElementById("change");
const scroll = document.querySelector(".scroll");
const [name, value] = [form.elements.range, form.elements.value];
const note = form.querySelector(".note");
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

let table; // as it was last shown
let cells; // every place of the grid to its cell, the places under a merged cell too
let at = null; // the place of the cell that is chosen
let end = null; // the other corner of a chosen range
let editor = null;

const key = (row, column) => `${row},${column}`;
const editing = () => "editing" in table.dataset;
const rowOf = (cell) => Number(cell.parentElement.dataset.row);
const columnOf = (cell) => Number(cell.dataset.column);

function read() {
  table = document.querySelector(".grid-table");
  table.setAttribute("role", "grid");
  cells = new Map();
  for (const cell of table.querySelectorAll("td")) {
    cell.tabIndex = -1;
    for (let down = 0; down < cell.rowSpan; down += 1) {
      for (let over = 0; over < cell.colSpan; over += 1) {
        cells.set(key(rowOf(cell) + down, columnOf(cell) + over), cell);
      }
    }
  }
}

function letters(column) {
  let text = "";
  for (let rest = column + 1; rest; rest = Math.floor((rest - 1) / 26)) {
    text = String.fromCharCode(65 + ((rest - 1) % 26)) + text;
  }
  return text;
}

function place(text) {
  const match = /^([A-Z]{1,3})([1-9][0-9]*)$/i.exec(text.trim());
  if (!match) return null;
  const column = [...match[1].toUpperCase()].reduce((sum, one) => sum * 26 + one.charCodeAt(0) - 64, 0);
  return [Number(match[2]), column - 1];
}

const typed = (cell) =>
  cell.dataset.typed ?? cell.querySelector(".wrap, .clip, .over")?.textContent ?? "";

/** Chooses the cell at a place; `to` is the other corner of a range. */
function choose(row, column, to = null, focus = true, told = true) {
  const cell = cells.get(key(row, column));
  if (!cell) return;
  for (const one of table.querySelectorAll("[aria-selected]")) one.removeAttribute("aria-selected");
  at = [rowOf(cell), columnOf(cell)];
  end = to;
  const [[top, left], [bottom, right]] = corners();
  for (let down = top; down <= bottom; down += 1) {
    for (let over = left; over <= right; over += 1) {
      cells.get(key(down, over))?.setAttribute("aria-selected", "true");
    }
  }
  const first = `${letters(left)}${top}`;
  const last = `${letters(right)}${bottom}`;
  name.value = first === last ? first : `${first}:${last}`;
  if (told) describe(cell);
  if (focus) {
    cell.focus({ preventScroll: true });
    reveal(cells.get(key(...(end ?? at))) ?? cell);
  }
}

function corners() {
  const [row, column] = end ?? at;
  return [
    [Math.min(at[0], row), Math.min(at[1], column)],
    [Math.max(at[0], row), Math.max(at[1], column)],
  ];
}

function describe(cell) {
  form.hidden = false;
  value.value = typed(cell);
  note.textContent = cell.title;
  note.hidden = !cell.title;
}

/** Scrolls a cell out from under the frozen rows and columns. */
function reveal(cell) {
  const box = cell.getBoundingClientRect();
  const frame = scroll.getBoundingClientRect();
  const head = table.tHead.getBoundingClientRect().bottom;
  const stays = cell.closest("thead") || cell.classList.contains("stay");
  const side = Math.max(
    ...[...cell.parentElement.querySelectorAll("th, .stay")].map((one) => one.getBoundingClientRect().right),
  );
  if (!cell.closest("thead")) {
    if (box.top < head) scroll.scrollTop -= head - box.top;
    else if (box.bottom > frame.bottom - 16) scroll.scrollTop += box.bottom - frame.bottom + 16;
  }
  if (stays && cell.classList.contains("stay")) return;
  if (box.left < side) scroll.scrollLeft -= side - box.left;
  else if (box.right > frame.right - 16) {
    scroll.scrollLeft += Math.min(box.left - side, box.right - frame.right + 16);
  }
}

/** The next place that shows another cell in this direction; hidden rows are stepped over. */
function step([row, column], [down, over]) {
  const from = cells.get(key(row, column));
  const rows = Number(table.querySelector("tbody tr:last-child")?.dataset.row ?? row);
  const columns = table.querySelectorAll(".letters th").length + 200;
  for (let r = row + down, c = column + over; r > 0 && c >= 0 && r <= rows && c < columns; ) {
    const cell = cells.get(key(r, c));
    if (cell && cell !== from) return [r, c];
    r += down;
    c += over;
  }
  return [row, column];
}

function put(text) {
  if (text === typed(cells.get(key(...at)))) return;
  send({ action: "type", range: `${letters(at[1])}${at[0]}`, value: text }, shown);
}

function open(start) {
  const cell = cells.get(key(...at));
  const box = cell.getBoundingClientRect();
  const frame = scroll.getBoundingClientRect();
  editor = boxFor(cell, start);
  editor.className = "editor";
  editor.setAttribute("aria-label", `Sửa ô ${name.value}`);
  editor.style.left = `${box.left - frame.left + scroll.scrollLeft}px`;
  editor.style.top = `${box.top - frame.top + scroll.scrollTop}px`;
  editor.style.minWidth = `${box.width}px`;
  editor.style.minHeight = `${box.height}px`;
  editor.addEventListener("keydown", whileEditing);
  editor.addEventListener("blur", () => shut(true));
  scroll.append(editor);
  editor.focus();
  editor.setSelectionRange?.(editor.value.length, editor.value.length);
}

/** A list where the cell offers values and nothing was typed yet; else a box to type into. */
function boxFor(cell, start) {
  const offered = document.getElementById(cell.dataset.choices ?? "")?.options;
  const made = document.createElement(offered ? (start === undefined ? "select" : "input") : "textarea");
  const text = start ?? typed(cell);
  if (made.localName === "select") {
    for (const one of new Set([text, "", ...[...offered].map((option) => option.value)])) made.add(new Option(one));
    made.addEventListener("change", () => {
      shut(true);
      choose(...at);
    });
  } else if (offered) {
    made.setAttribute("list", cell.dataset.choices);
  }
  made.value = text;
  return made;
}

function shut(keep) {
  if (!editor) return;
  const text = editor.value;
  const gone = editor;
  editor = null;
  gone.remove();
  if (keep) put(text);
}

function whileEditing(event) {
  event.stopPropagation();
  if (event.isComposing) return;
  if (event.key === "Enter" && (event.altKey || event.ctrlKey)) {
    editor.setRangeText("\n", editor.selectionStart, editor.selectionEnd, "end");
    event.preventDefault();
    return;
  }
  const back = event.shiftKey ? -1 : 1;
  const moves = { Enter: [back, 0], Tab: [0, back] };
  if (!(event.key in moves) && event.key !== "Escape") return;
  event.preventDefault();
  shut(event.key !== "Escape");
  choose(...(event.key === "Escape" ? at : step(at, moves[event.key])));
}

function toggle(cell) {
  const offered = [...document.getElementById(cell.dataset.choices).options].map((one) => one.value);
  const checked = cell.querySelector(".box").textContent === "☑";
  send({ action: "type", range: `${letters(at[1])}${at[0]}`, value: offered[checked ? 1 : 0] }, shown);
}

function shown() {
  read();
  if (!at) return;
  const elsewhere = editor || form.contains(document.activeElement) || document.querySelector("dialog[open]");
  choose(...at, end, !elsewhere, document.activeElement !== value);
}

scroll.addEventListener("keydown", (event) => {
  const cell = at && cells.get(key(...at));
  if (!cell || event.target.closest(".slicer, a, button") || event.isComposing) return;
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.key in STEPS && plain) {
    const to = step(event.shiftKey ? (end ?? at) : at, STEPS[event.key]);
    if (event.shiftKey) choose(...at, to);
    else choose(...to);
  } else if (event.key === "Tab" && plain && editing()) {
    choose(...step(at, [0, event.shiftKey ? -1 : 1]));
  } else if (!editing() || !plain) {
    return;
  } else if (event.key === "Enter" || event.key === "F2") {
    open();
  } else if (event.key === "Delete" || event.key === "Backspace") {
    send({ action: "clear" }, shown);
  } else if (event.key === " " && "checkbox" in cell.dataset) {
    toggle(cell);
  } else if (event.key.length === 1 || event.key === "Process") {
    open("");
    return; // the key itself goes into the editor
  } else {
    return;
  }
  event.preventDefault();
});

scroll.addEventListener("click", (event) => {
  const cell = event.target.closest("td");
  if (event.target.closest(".slicer, .chart, a, .editor")) return;
  const header = event.target.closest("th[scope]");
  if (header) {
    chooseLine(header);
    return;
  }
  if (!cell) return;
  if (event.shiftKey && at) choose(...at, [rowOf(cell), columnOf(cell)]);
  else choose(rowOf(cell), columnOf(cell));
  if (editing() && event.target.closest(".box")) toggle(cell);
});

function chooseLine(header) {
  const shownCells = [...cells.keys()].map((one) => one.split(",").map(Number));
  if (header.scope === "row") {
    const row = Number(header.parentElement.dataset.row);
    choose(row, Math.min(...shownCells.filter(([r]) => r === row).map(([, c]) => c)));
    name.value = `${row}:${row}`;
    return;
  }
  const column = letters(0) && header.textContent;
  const index = place(`${column}1`)[1];
  choose(Math.min(...shownCells.filter(([, c]) => c === index).map(([r]) => r)), index);
  name.value = `${column}:${column}`;
}

scroll.addEventListener("dblclick", (event) => {
  const cell = event.target.closest("td");
  if (cell && editing() && !event.target.closest(".slicer, .chart, .box, .editor")) open();
});

// The name box goes to a cell; the bar beside it edits the one that is chosen.
name.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  go();
});
name.addEventListener("change", go);

function go() {
  const [first, last] = name.value.split(":").map(place);
  if (first) choose(...first, last ?? null);
}

value.addEventListener("keydown", (event) => {
  if (event.isComposing || !editing()) return;
  if (event.key === "Enter" && !event.altKey && !event.shiftKey) {
    event.preventDefault();
    put(value.value);
    choose(...step(at, [1, 0]));
  } else if (event.key === "Escape") {
    choose(...at);
  }
});

form.addEventListener("shown", shown);
read();
if (editing()) choose(...first(), null, false);
scroll.addEventListener("focus", () => at || choose(...first()));

/** The first cell of the sheet that is shown. */
function first() {
  const cell = table.querySelector("td");
  return [rowOf(cell), columnOf(cell)];
}
