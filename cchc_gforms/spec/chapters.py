"""Chapters of the reference that models do not tell: the processing form and the year's file.

What the pages of the processing form need is printed from the tables that check them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, get_args

from cchc_gforms.spec.check_yearly import ASKED, MEANINGS, TOGETHER, TYPES
from cchc_gforms.spec.model import Action, Role

ACTIONS: Final[Mapping[Action, str]] = {
    "approve": "duyệt bản gần nhất",
    "return": "chuyển trả bản gần nhất",
    "extend": "gia hạn",
    "receive_in_person": "ghi nhận văn bản nộp trực tiếp",
    "exempt": "miễn nộp",
    "void": "hủy một bản",
    "accept": "tính một bản gửi từ địa chỉ lạ",
    "revoke": "rút lại việc đã ghi gần nhất",
}
ROLES: Final[Mapping[Role, str]] = {
    "reason": "lý do, ghi chú",
    "due_on": "hạn mới",
    "scope": "cho riêng đơn vị đã chọn, hay cho mọi đơn vị",
    "received_on": "ngày nhận",
    "received_at": "giờ nhận",
    "target": "hủy bản gần nhất, hay bản nộp vào ngày giờ nêu ở hai câu sau",
    "target_on": "ngày nộp của bản bị hủy",
    "target_at": "giờ nộp của bản bị hủy",
    "to_unit": "đơn vị được tính bản này, nếu không phải đơn vị đã chọn",
}

_PROCESSING: Final = """
## Phiếu xử lý: `processing.yaml`

Mọi việc người duyệt ghi vào sổ đều qua phiếu này. Phiếu có đúng một câu cho mỗi vai `role: unit`
(`choices_from: roster`), `role: document` (`choices_from: documents`) và `role: action`. Mỗi lựa
chọn của câu `role: action` ghi ở `means` việc được ghi sổ, ở `go_to` trang riêng của việc đó; việc
không cần hỏi thêm gì thì ghi `go_to: submit`. Chỉ phải đưa vào những việc cơ quan dùng đến.

Trang của mỗi việc phải có các câu hỏi mang những vai (`role`) sau, mỗi vai một câu; vai nào không
có trong hàng của việc thì không được đọc, nên bị từ chối:
"""
_WAYS: Final = """
Hết một trang, Google Form sang trang kế tiếp, là trang của việc khác. Vì vậy mỗi trang, trừ trang
cuối của phiếu, phải có một câu `radio` hoặc `dropdown` với `required: true` mà mọi lựa chọn đều có
`go_to: submit`: câu `scope` hay `target` của trang, hoặc một câu xác nhận riêng, ví dụ
`choices: [{value: Đã nhận văn bản, go_to: submit}]`.

Các vai ấy:
"""

YEAR_EXAMPLE: Final = """
year: 2022
plan: {number: 152/KH-GDĐT, issued_on: 2022-02-17}
requests:
  - key: tiep_cong_dan
    document: ad_hoc_report
    title: về công tác tiếp công dân năm 2022
    source_document: Công văn 01/MẪU-UBND ngày 05/05/2022
    due_on: 2022-05-20
    audience: {levels: [primary], units: [MN01]}
wording:
  mức độ 3: một phần
  mức độ 4: toàn trình
"""
YEAR: Final = f"""
## Tệp năm: `years/NĂM.yaml`

Mỗi năm một tệp; chỉ dòng `year` là bắt buộc. Ví dụ:

```yaml
{YEAR_EXAMPLE.strip()}
```

- `requests`: mỗi lần yêu cầu một mục, `document` là loại văn bản không có `periods` trong
  `regime.yaml`. Kỳ của văn bản là `NĂM-khóa` (`2022-tiep_cong_dan`), tên là tên loại văn bản nối
  với `title`. Với `channel: in_person` thì không có biểu mẫu: việc nộp được ghi ở phiếu xử lý.
- `audience`: `levels` và `units` cộng lại, không thu hẹp nhau. Ở ví dụ trên: mọi trường tiểu học và
  thêm MN01. Loại văn bản có `levels` thì trong đó chỉ những đơn vị của các loại ấy phải nộp.
- `wording` thay cụm từ trong mọi biểu mẫu của năm, không phải chép lại đặc tả. Cụm từ là trọn từ,
  đúng như trong biểu mẫu kể cả chữ hoa (“mức độ” không phải “Mức độ”); cụm dài được thay trước, chữ
  đã thay không bị thay lần nữa. Không đổi: khóa, mã và câu trả lời; tên đơn vị và các lựa chọn khác
  của câu hỏi có `role`; cụm từ của `avoid`, `about`; tên loại đơn vị, tên kỳ và văn bản ở sổ, bảng
  theo dõi. Cách gọi mới làm hai câu hỏi, hai lựa chọn hay hai biểu mẫu thành giống nhau thì bị từ
  chối (`YEAR-WORDING-CLASH`).
"""


def processing_chapter() -> str:
    """What the pages of the processing form need (`check_yearly`)."""
    together = ", ".join(f"`{role}`" for role in ROLES if role in TOGETHER)
    return "\n\n".join(
        (
            _PROCESSING.strip("\n"),
            _actions(),
            f"{together}: có một câu thì phải có đủ cả ba.",
            _WAYS.strip("\n"),
            _roles(),
        )
    )


def _actions() -> str:
    rows = ["| `means` | việc | trang phải có | có thể có |", "|---|---|---|---|"]
    for action in get_args(Action):
        asks = ASKED[action]
        needs = _listed(asks.needs) or "không có; không hỏi gì thì `go_to: submit`"
        rows.append(f"| `{action}` | {ACTIONS[action]} | {needs} | {_listed(asks.may)} |")
    return "\n".join(rows)


def _roles() -> str:
    rows = ["| `role` | nói gì | câu hỏi |", "|---|---|---|"]
    for role, said in ROLES.items():
        kind = f"`type: {TYPES[role]}`" if role in TYPES else ""
        if meanings := MEANINGS.get(role):
            kind = f"mỗi lựa chọn có `means`: {_listed(sorted(meanings))}"
        rows.append(f"| `{role}` | {said} | {kind} |")
    return "\n".join(rows)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)
