"""Prose and worked examples of the language reference. A test loads every example as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Example:
    """Files by name. A form named `report.yaml` takes the place of that of `ANOTHER_OFFICE`."""

    title: str
    prose: str
    files: Mapping[str, str]


INTRODUCTION: Final = """
# Ngôn ngữ biểu mẫu

Mọi điều về một chế độ báo cáo nằm trong một thư mục, mặc định là `forms_spec/`:

| tệp | nói gì |
|---|---|
| `regime.yaml` | ai nộp gì, cho ai, kỳ nào, hạn nào |
| `years/NĂM.yaml` | điều riêng của một năm |
| `units.csv` | danh sách đơn vị |
| `outline.yaml` | đề cương của báo cáo (không bắt buộc) |
| `lists.yaml` | danh sách dùng chung |
| `parts.yaml` | phần biểu mẫu dùng chung (không bắt buộc) |
| `processing.yaml` | phiếu xử lý của người duyệt |
| các tệp `.yaml` khác | mỗi tệp một biểu mẫu, `regime.yaml` gọi tên ở `spec` |

Sửa xong chạy `cchc spec check --year 2022`: mọi lỗi được báo một lần, mỗi lỗi có tệp:dòng:cột, mã
lỗi và cách sửa. `cchc spec coverage` cho biết mục nào của đề cương chưa có câu hỏi. `cchc spec
preview TÊN` mở biểu mẫu trên máy này để xem thử, không cần tài khoản. Dòng `#
yaml-language-server: $schema=…` ở đầu tệp giúp trình soạn thảo (ví dụ VS Code với tiện ích YAML)
gợi ý và báo lỗi khi đang gõ; các tệp lược đồ làm lại bằng `cchc spec schema --write`.
"""

FORMS: Final = """
## Biểu mẫu

Một tệp biểu mẫu thành một Google Form cho mỗi kỳ. Khóa (`key`) là tên cố định: mã câu hỏi của
Google được tính từ khóa, nên sửa chữ, thêm câu, đổi chỗ không làm mất câu trả lời; đổi khóa thì
ghi ở `moved`.
"""

AFTER_FORMS: Final = """
### Chỗ điền: `{…}`

Trong mọi chữ của biểu mẫu dùng được:

| chỗ điền | thành |
|---|---|
| `{year}`, `{previous_year}`, `{next_year}` | 2022 · 2021 · 2023 |
| `{period.label}`, `{period.title}` | quý I · quý I năm 2022 |
| `{document.label}` | Báo cáo CCHC |
| `{due_on}` | hạn nộp, có cả hạn khác của một loại: 03/03/2022 (Mầm non: 05/03/2022) |
| `{period.window_from}`, `{period.closes_on}` | thời gian số liệu (chỉ văn bản có số liệu) |
| `{bureau.name}`, `{bureau.short_name}` | nơi nhận báo cáo, theo ngày hạn |
| `{parent.name}`, `{parent.short_name}` | cấp trên của nơi đó |
| `{dispatch.number}` | số hiệu văn bản quy định |
| `{request.source}` | văn bản yêu cầu (chỉ văn bản theo yêu cầu) |
| `{each.key}`, `{each.title}`, `{each.note}` | dòng đang lặp (trong `for_each`) |
| `{copy}` | bản thứ mấy (trong `repeat`) |

Phiếu xử lý không có kỳ, nên chỉ có `{year}` (và năm trước, năm sau), `{bureau.…}`,
`{parent.…}`, `{dispatch.number}`.

### Những điều nên biết

- Trang (`sections`) là ngắt trang của Google Form; trang đầu không có ngắt trang. Tiêu đề và lựa
  chọn chỉ có một dòng. Hai câu hỏi không được trùng tên, vì trang tính chỉ phân biệt các cột bằng
  tên.
- Mỗi biểu mẫu có đúng một câu hỏi `role: unit`; đưa `{document.label}` và `{period.title}` vào
  tên câu đó.
- `repeat`: bản thứ nhất giữ nguyên khóa, bản n có thêm `_n` ở khóa và “ (n)” ở tên (trừ khi tên
  có `{copy}`), nên thêm `repeat`, tăng `max` không làm mất câu trả lời đã có. Cuối mỗi bản là câu
  hỏi có khóa `<khóa trang>_another`; bỏ trống câu đó thì Google sang bản kế tiếp.
- `show_if` trên câu hỏi: câu đó (và các câu liền sau cùng điều kiện) thành một trang riêng.
  Google Form chỉ nhảy được tới một trang phía sau, rồi đi tiếp lần lượt. Vì vậy những trang được
  ẩn hiện phải đứng ngay sau trang có câu hỏi, và không ẩn được trang đứng sau một trang vẫn hiện;
  trường hợp không làm được bị từ chối kèm lý do (`SPEC-SHOW-IF`). Người điền bỏ trống câu hỏi thì
  các trang vẫn hiện.
- Khóa viết bằng chữ thường không dấu, số và `_`, bắt đầu bằng chữ; trong `for_each` khóa phải có
  `{each.key}`. Ghi khóa đầy đủ ở `moved`, kể cả phần `{each.key}` đã thay và `_n` của bản n.
- `role`: `unit` đơn vị nộp; `evidence_number`, `evidence_date`, `evidence_link`,
  `evidence_confirmation` minh chứng; `document`, `action`, `reason` và các vai khác chỉ dùng ở
  phiếu xử lý.
- `prefill_from`: `cchc forms links` điền sẵn vào đường liên kết riêng của đơn vị những dòng lấy
  từ văn bản đã được duyệt của chính đơn vị, bản gần nhất trong năm (bản bị chuyển trả thì không
  lấy). Ví dụ, nhiệm vụ trong kế hoạch thành các dòng để ghi tiếp kết quả:
  `prefill_from: {document: plan, questions: [task, target, due]}`. Địa chỉ dài không quá 8.000 ký
  tự: quá thì bỏ các dòng cuối và ghi “…” thay vào đó.
- Điều khiển rẽ nhánh bằng tay: `go_to` ở lựa chọn.
- `checks` được xét khi thu thập và ghi vào sổ theo dõi cho người duyệt; không bao giờ chặn việc
  nộp. Con số viết được là `1.250`, `97,5`, `97.5`, `97,5 %`. Biểu mẫu có `role: evidence_…` thì
  minh chứng cũng được xét: số hiệu, ngày ký, liên kết, xác nhận.
- Tải tệp lên (`file_upload`): minh chứng mặc định là liên kết, vì Google không cho phần mềm tạo câu
  hỏi tải tệp. Cần tải tệp thì: chạy `cchc forms template TÊN`, mở biểu mẫu vừa tạo, thêm các câu
  hỏi *Tải tệp lên* bằng tay; ghi `template: TÊN` ở đầu tệp đặc tả, và mỗi câu một mục `type:
  file_upload` có `title` đúng tên câu trên mẫu. `cchc forms apply` chép mẫu rồi thêm các câu còn
  lại quanh nó. Sau đó một người phải mở từng biểu mẫu đã chép và bấm khôi phục thư mục tải lên;
  `cchc forms status` nhắc biểu mẫu nào còn thiếu. Phần mềm không sửa tên, không dời câu hỏi tải
  tệp; khi đặc tả đòi khác thì lệnh dừng lại và nói việc phải làm bằng tay. Người điền phải đăng
  nhập Google. Với `role: evidence_link`, tệp tải lên được ghi vào sổ theo dõi thành liên kết Drive.
- `choices_from: periods` là tên các kỳ trong `regime.yaml`; `roster` là các đơn vị (câu hỏi có
  `role: unit` chỉ gồm những đơn vị mà văn bản dành cho); `documents` là các văn bản của năm.
"""

EXAMPLES: Final = (
    Example(
        "Ví dụ: các loại câu hỏi",
        "Mỗi loại một câu. `checks` chỉ dùng cho `text` và `paragraph`.",
        {
            "report.yaml": """
title: "{document.label} {period.title}"
description: "Gửi về {bureau.short_name} trước hết ngày {due_on}."
sections:
  - key: identity
    title: Thông tin chung
    items:
      - {key: intro, type: note, title: Xin đọc trước khi điền, help: Chỉ đơn vị là bắt buộc.}
      - {key: logo, type: image, title: Biểu trưng, picture: "https://example.org/logo.png"}
      - {key: guide, type: video, title: Hướng dẫn, youtube: "https://youtu.be/abc123"}
      - key: unit
        type: dropdown
        title: "Đơn vị nộp {document.label} {period.title}"
        required: true
        role: unit
        choices_from: roster
  - key: content
    title: Nội dung
    items:
      - key: dossiers
        type: text
        title: Số hồ sơ đã giải quyết
        help: Chỉ ghi số.
        source: "1.1"
        checks:
          number: {min: 0, whole: true}
          not_below_earlier: true
      - key: summary
        type: paragraph
        title: Nhận xét
        source: "1.2"
        checks:
          words: {max: 300}
          avoid: [tiếp tục thực hiện theo kế hoạch]
      - {key: met_on, type: date, title: Ngày họp}
      - {key: birthday, type: date, title: Ngày truyền thống, with_year: false}
      - {key: visit, type: date, title: Đoàn kiểm tra đến lúc, with_time: true}
      - {key: opens, type: time, title: Giờ mở cửa}
      - {key: took, type: duration, title: Thời gian giải quyết}
      - {key: channel, type: radio, title: Nộp ở đâu, choices: [Tại chỗ, Qua mạng], other: true}
      - {key: tools, type: checkbox, title: Phần mềm đã dùng, choices: [Một cửa, Văn phòng số]}
      - {key: month, type: dropdown, title: So với kỳ nào, choices_from: periods}
      - {key: ease, type: scale, title: Mức độ dễ, low: 1, high: 5, low_label: Khó, high_label: Dễ}
      - {key: stars, type: rating, title: Chấm điểm, levels: 5, icon: star}
      - {key: state, type: radio_grid, title: Kết quả, rows_from: areas, columns: [Đạt, Chưa đạt]}
      - key: needs
        type: checkbox_grid
        title: Cần hỗ trợ
        rows: [{key: staff, title: Nhân sự}, {key: money, title: Kinh phí}]
        columns: [Tháng này, Tháng sau]
""",
        },
    ),
    Example(
        "Ví dụ: lặp theo danh sách, khai nhiều lần, ẩn hiện",
        "Mỗi dòng của danh sách `areas` một trang; trong trang khai tối đa ba việc; có vướng mắc "
        "thì mới hỏi vướng mắc gì. Trang nào không có việc, việc nào không có hạn, thu thập sẽ "
        "nhắc. Câu `delay` trước đây có khóa `reason`.",
        {
            "report.yaml": """
title: "{document.label} {period.title}"
moved: {reason: delay}
sections:
  - include: cover
  - key: "area_{each.key}"
    for_each: areas
    repeat: {max: 3, question: "Còn việc khác không? – {section.title}", yes: Còn, no: Hết}
    title: "{each.title}"
    help: "{each.note}"
    checks: {answered: ["{each.key}_task"]}
    items:
      - {key: "{each.key}_goal", type: paragraph, title: "Mục tiêu – {each.title}", once: true}
      - key: "{each.key}_task"
        type: text
        title: "Việc {copy} – {each.title}"
        checks:
          needs:
            questions: ["{each.key}_due"]
            unless: [{question: "{each.key}_task", answer: Không có}]
      - {key: "{each.key}_due", type: date, title: "Hạn của việc {copy} – {each.title}"}
  - key: problems
    title: Vướng mắc
    items:
      - {key: has_problem, type: radio, title: Có vướng mắc không?, choices: [Có, Không]}
      - key: delay
        type: paragraph
        title: Vướng mắc gì?
        show_if: {question: has_problem, answer: Có}
  - key: end
    title: Chỉ tiêu
    items:
      - key: "own_{each.key}"
        for_each: areas
        type: text
        title: "Chỉ tiêu của đơn vị – {each.title}"
        checks: {number: {min: 0}, floor: each}
""",
            "parts.yaml": """
sections:
  cover:
    - key: cover
      title: Thông tin chung
      items:
        - key: unit
          type: dropdown
          title: "Đơn vị nộp {document.label} {period.title}"
          required: true
          role: unit
          choices_from: roster
        - include: evidence
items:
  evidence:
    - {key: number, type: text, title: Số hiệu, role: evidence_number}
    - {key: signed, type: date, title: Ngày ký, role: evidence_date}
    - {key: scan, type: text, title: Liên kết đến bản scan, role: evidence_link}
    - key: confirmed
      type: radio
      title: Thủ trưởng đã xác nhận
      role: evidence_confirmation
      choices: [{value: Đã xác nhận, means: confirmed}, Chưa]
""",
        },
    ),
    Example(
        "Ví dụ: minh chứng là tệp tải lên",
        "Mẫu `minh_chung` (lập bằng `cchc forms template minh_chung`) có một câu *Tải tệp lên* tên "
        "“Bản scan có chữ ký và dấu”, do người thêm bằng tay.",
        {
            "report.yaml": """
title: "{document.label} {period.title}"
template: minh_chung
sections:
  - key: cover
    title: Thông tin chung
    items:
      - key: unit
        type: dropdown
        title: "Đơn vị nộp {document.label} {period.title}"
        required: true
        role: unit
        choices_from: roster
      - {key: number, type: text, title: Số hiệu, role: evidence_number}
      - key: scan
        type: file_upload
        title: Bản scan có chữ ký và dấu
        role: evidence_link
""",
        },
    ),
)

ANOTHER_OFFICE: Final = Example(
    "Ví dụ trọn vẹn: một chế độ báo cáo khác",
    "Báo cáo tháng về chuyển đổi số của các xã, gửi trong ba ngày làm việc sau ngày cuối tháng, "
    "riêng phường năm ngày; đề cương hai cấp. Mười tháng còn lại viết như `t01`, `t02`.",
    {
        "regime.yaml": """
dispatch: {number: 15/QĐ-SKHCN, issued_on: 2025-12-20, subject: Chế độ báo cáo chuyển đổi số}
timezone: Asia/Ho_Chi_Minh
agencies:
  - bureau: {name: Sở Khoa học và Công nghệ tỉnh Mẫu, short_name: Sở KHCN}
    parent: {name: Ủy ban nhân dân tỉnh Mẫu, short_name: UBND tỉnh}
levels:
  commune: {code: X, label: Xã}
  ward: {code: P, label: Phường}
reviewers: [duyet@skhcn.example]
calendar: {country: VN, weekend: [sat, sun]}
periods:
  t01:
    label: tháng 01
    title: tháng 01 năm {year}
    window_from: {day: 1, month: 1}
    closes_on: {day: last, month: 1}
    cumulative: false
  t02:
    label: tháng 02
    title: tháng 02 năm {year}
    window_from: {day: 1, month: 2}
    closes_on: {day: last, month: 2}
    cumulative: false
documents:
  monthly:
    label: Báo cáo chuyển đổi số
    spec: report
    periods: [t01, t02]
    has_data: true
    due: {after: closing_date, days: 3, counting: working_days}
    due_by_level:
      ward: {after: closing_date, days: 5, counting: working_days}
    deciding: first_submission
""",
        "years/2026.yaml": "year: 2026\n",
        "units.csv": """
code,name,level,emails,valid_from,valid_to,earlier_names,cluster
X01,Xã Mẫu Một,X,x01@xa.example,,,,
P01,Phường Mẫu Hai,P,p01@phuong.example,,,,
""",
        "outline.yaml": """
nodes:
  - {id: "1", text: Kết quả}
  - {id: "1.1", text: Số liệu}
  - {id: "1.2", text: Đánh giá}
""",
        "lists.yaml": """
lists:
  areas:
    - {key: portal, title: Dịch vụ công (%), note: "Cấp trên giao: từ 80 trở lên.", floor: 80}
    - {key: data, title: Số hóa hồ sơ (%)}
""",
        "report.yaml": """
title: "{document.label} {period.title}"
description: "Số liệu từ {period.window_from} đến {period.closes_on}, gửi trước hết ngày {due_on}."
sections:
  - key: all
    title: Báo cáo
    items:
      - key: unit
        type: dropdown
        title: "Đơn vị nộp {document.label} {period.title}"
        required: true
        role: unit
        choices_from: roster
      - key: dossiers
        type: text
        title: Số hồ sơ trực tuyến
        source: "1.1"
        checks: {number: {min: 0, whole: true}}
      - {key: review, type: paragraph, title: Đánh giá, source: "1.2"}
""",
        "processing.yaml": """
title: "Phiếu xử lý năm {year}"
sections:
  - key: decision
    title: Quyết định
    items:
      - {key: unit, type: dropdown, title: Đơn vị, required: true, role: unit, choices_from: roster}
      - key: document
        type: dropdown
        title: Văn bản
        required: true
        role: document
        choices_from: documents
      - key: action
        type: radio
        title: Quyết định
        required: true
        role: action
        choices:
          - {value: Duyệt, means: approve, go_to: submit}
          - {value: Chuyển trả, means: return, go_to: returning}
  - key: returning
    title: Chuyển trả
    items:
      - {key: reason, type: paragraph, title: Lý do, required: true, role: reason}
""",
    },
)
