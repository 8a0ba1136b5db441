/**
 * Does in one click what no API can do to the forms (bound to the spreadsheet for the answers):
 * links each to this spreadsheet, lets answers be edited, sets progress bar and confirmation.
 *
 * Reads the tab whose first cell is “Mã biểu mẫu”, which `cchc forms apply` writes, and writes into
 * its last column what was done, which `cchc forms status` reads. May be run any number of times.
 */

const HEADER = ['Mã biểu mẫu', 'Tên biểu mẫu', 'Liên kết vào bảng tính này', 'Cho sửa sau khi gửi',
  'Thanh tiến trình', 'Lời xác nhận', 'Kết quả cài đặt'];
const YES = 'có';
const RESULT = HEADER.length; // its column, counted from 1

function onOpen() {
  SpreadsheetApp.getUi()
    .createMenu('CCHC')
    .addItem('Liên kết và cài đặt mọi biểu mẫu', 'setUpForms')
    .addToUi();
}

function setUpForms() {
  const spreadsheet = SpreadsheetApp.getActiveSpreadsheet();
  const tab = spreadsheet.getSheets().find(isList_);
  if (!tab) {
    SpreadsheetApp.getUi().alert(
      'Chưa có danh sách biểu mẫu. Chạy lệnh `cchc forms apply` trước, rồi bấm lại.');
    return;
  }
  const count = tab.getLastRow() - 1;
  const lines = count > 0 ? tab.getRange(2, 1, count, HEADER.length).getValues() : [];
  let failed = 0;
  lines.forEach((line, index) => {
    if (!line[0]) return;
    let result;
    try {
      setUp_(spreadsheet, line);
      const now = Utilities.formatDate(
        new Date(), spreadsheet.getSpreadsheetTimeZone(), 'dd/MM/yyyy HH:mm');
      result = 'xong ' + now;
    } catch (error) {
      failed += 1;
      result = ''; // an empty cell is a step still open
      console.error(line[1] + ': ' + error);
      tab.getRange(index + 2, RESULT).setNote(String(error));
    }
    tab.getRange(index + 2, RESULT).setValue(result);
    if (result) tab.getRange(index + 2, RESULT).clearNote();
    SpreadsheetApp.flush(); // what is done stays told when the six minutes are over
  });
  const done = 'Đã cài đặt ' + (lines.length - failed) + ' biểu mẫu.';
  const rest = failed ? ' Lỗi ' + failed + ' biểu mẫu: xem ghi chú ở cột “' + HEADER[RESULT - 1]
    + '” rồi bấm lại.' : '';
  SpreadsheetApp.getUi().alert(done + rest);
}

/** Whether a tab is the list: by its header, for people rename tabs. */
function isList_(sheet) {
  if (sheet.getLastRow() < 1 || sheet.getLastColumn() < HEADER.length) return false;
  const first = sheet.getRange(1, 1, 1, HEADER.length).getValues()[0];
  return HEADER.every((title, index) => first[index] === title);
}

/** One form. A form that is linked to another spreadsheet is left so: that is for a person. */
function setUp_(spreadsheet, line) {
  const form = FormApp.openById(line[0]);
  if (line[2] === YES) {
    const linked = destinationOf_(form);
    if (linked && linked !== spreadsheet.getId()) {
      throw new Error('đang liên kết với bảng tính khác (' + linked + '); hủy liên kết đó trong '
        + 'biểu mẫu rồi bấm lại');
    }
    if (!linked) {
      form.setDestination(FormApp.DestinationType.SPREADSHEET, spreadsheet.getId());
    }
  }
  form.setAllowResponseEdits(line[3] === YES);
  form.setProgressBar(line[4] === YES);
  form.setConfirmationMessage(line[5]);
}

/** Apps Script throws where there is none. */
function destinationOf_(form) {
  try {
    return form.getDestinationId();
  } catch (error) {
    return null;
  }
}
