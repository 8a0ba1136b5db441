"""What the reference says of the regime and the roster beside the tables of their models."""

from __future__ import annotations

from typing import Final

REGIME: Final = """
## Chế độ báo cáo: `regime.yaml`

Kỳ (`periods`) và văn bản (`documents`) đặt tên tùy ý: báo cáo tháng thì mười hai kỳ. Mỗi văn bản
theo kỳ có `due`; văn bản theo yêu cầu thì không có `periods`, mỗi lần một mục ở `requests` của
tệp năm. Năm học viết ở `title` là `năm học {year}–{next_year}`.

| hạn | viết |
|---|---|
| trong 5 ngày làm việc sau ngày chốt | `{after: closing_date, days: 5, counting: working_days}` |
| chậm nhất ngày 20 tháng 3 | `{on: {day: 20, month: 3}}` |
| trước ngày 25 hằng tháng | `{on: {day: 25, month: closing}, limit: before}` |
| ngày 5 tháng sau, có dời | `{on: {day: 5, month: after_closing}, roll: next_working_day}` |
| ngày làm việc cuối tháng | `{on: {day: last, month: closing}, roll: previous_working_day}` |
| thứ Hai đầu tiên của tháng sau | `{on: {day: 1, month: after_closing, weekday: mon}}` |
"""

ROSTER: Final = """
## Danh sách đơn vị: `units.csv`

CSV UTF-8, dòng đầu là tên cột:

| cột | để làm gì |
|---|---|
| `code` | mã đơn vị, không đổi |
| `name` | tên |
| `level` | chữ ghi ở `levels: {…: {code: …}}` |
| `emails` | các địa chỉ được nộp thay đơn vị, cách nhau bằng dấu chấm phẩy |
| `valid_from`, `valid_to` | có hiệu lực từ ngày, đến ngày (bỏ trống: luôn luôn) |
| `earlier_names` | tên cũ, cách nhau bằng dấu chấm phẩy |
| `cluster` | cụm, để xếp nhóm |
"""
