"""What the groups and fields of the files are for, where their models do not say it themselves.

In Vietnamese, for the people who write the files: `schema` shows it while they type, `reference`
prints it. Named "Model", or "Model.field".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pydantic import BaseModel

from cchc_gforms.regime.model import Regime
from cchc_gforms.regime.year_file import YearFile
from cchc_gforms.spec.files import FormFile, ListsFile, PartsFile
from cchc_gforms.spec.outline import Outline

FILES: Final[dict[str, type[BaseModel]]] = {
    "form": FormFile,
    "lists": ListsFile,
    "parts": PartsFile,
    "outline": Outline,
    "regime": Regime,
    "year": YearFile,
}
"""The kinds of files in forms_spec, and what each holds."""

DESCRIPTIONS: Final[dict[str, str]] = {
    # biểu mẫu
    "FormFile": "Biểu mẫu của một loại văn bản: mỗi kỳ của năm một biểu mẫu.",
    "WrittenSection": "Một trang của biểu mẫu.",
    "Section": "Một trang của biểu mẫu.",
    "Include": "Chép một phần dùng chung của parts.yaml vào chỗ này.",
    "Repeat": "Cho khai một trang nhiều lần.",
    "ShowIf": "Điều kiện để hiện.",
    "PrefillFrom": "Điền sẵn câu trả lời từ một văn bản khác đã được duyệt của đơn vị.",
    "Note": "Chữ, không phải câu hỏi.",
    "ImageItem": "Ảnh.",
    "VideoItem": "Video YouTube.",
    "PlainItem": "Câu ngắn (text), đoạn văn (paragraph), giờ (time), thời lượng (duration).",
    "DateItem": "Ngày.",
    "ChoiceItem": "Chọn một (radio, dropdown) hoặc nhiều (checkbox).",
    "ScaleItem": "Thang điểm.",
    "RatingItem": "Xếp hạng bằng hình.",
    "GridItem": "Bảng: mỗi hàng chọn một cột (radio_grid) hoặc nhiều cột (checkbox_grid).",
    "FileUploadItem": "Tải tệp lên. Google không cho phần mềm tạo câu hỏi này: nó có sẵn trên mẫu "
    "mà biểu mẫu được chép từ đó (template), và title phải đúng tên câu hỏi trên mẫu. Loại tệp, số "
    "tệp, dung lượng đặt trên mẫu; help, required bỏ trống thì giữ như trên mẫu.",
    "GridRow": "Một hàng của bảng.",
    "Choice": "Một lựa chọn; chỉ có chữ thì viết thẳng chữ đó.",
    "Choice.value": "chữ của lựa chọn, một dòng",
    "Choice.go_to": "chọn xong thì sang trang nào: khóa của một trang đứng sau, next hoặc submit",
    "Choice.means": "ý nghĩa đối với sổ theo dõi (phiếu xử lý), hoặc confirmed: người đứng "
    "đầu đơn vị đã xác nhận minh chứng",
    "Note.type": "note",
    "ImageItem.type": "image",
    "VideoItem.type": "video",
    "PlainItem.type": "loại câu hỏi",
    "DateItem.type": "date",
    "ChoiceItem.type": "loại câu hỏi",
    "ScaleItem.type": "scale",
    "RatingItem.type": "rating",
    "GridItem.type": "loại bảng",
    "FileUploadItem.type": "file_upload",
    "Checks": "Những điều cần kiểm tra ở câu trả lời khi thu thập.",
    "NumberRule": "Câu trả lời phải là con số.",
    "WordsRule": "Độ dài của câu trả lời.",
    "PageChecks": "Những điều cần kiểm tra ở một trang khi thu thập.",
    "Needs": "Câu trả lời này chỉ đủ khi có các câu trả lời khác.",
    "Unless": "Câu trả lời mà khi có thì không cần gì thêm.",
    "Floor": "Chỉ tiêu của cấp trên.",
    "ListsFile": "Danh sách dùng chung của mọi biểu mẫu.",
    "Entry": "Một dòng của danh sách.",
    "PartsFile": "Các phần dùng chung của nhiều biểu mẫu.",
    "Outline": "Đề cương của báo cáo.",
    "Node": "Một mục của đề cương.",
    # chế độ báo cáo
    "Regime": "Chế độ báo cáo: ai nộp gì, cho ai, trước ngày nào.",
    "Regime.id": "tên riêng của chế độ, ghi vào mọi tệp ở Google; bỏ trống thì là số của văn bản. "
    "Hai chế độ dùng chung một tài khoản Google phải có tên khác nhau; đổi tên là bỏ các biểu mẫu "
    "đã có",
    "Regime.about": "báo cáo về việc gì, vài chữ (CCHC, kiểm soát nhiễm khuẩn …), đứng ở đầu bảng "
    "theo dõi, lịch, tên các trang tính; bỏ trống thì là số của văn bản",
    "Regime.dispatch": "văn bản quy định chế độ báo cáo",
    "Regime.timezone": "múi giờ để tính hạn, ví dụ Asia/Ho_Chi_Minh",
    "Regime.agencies": "cơ quan nhận báo cáo theo thời gian, mỗi ngày đúng một cơ quan",
    "Regime.levels": "các loại đơn vị (ví dụ cấp học), theo tên cố định",
    "Regime.reviewers": "địa chỉ của người được duyệt, chuyển trả trên phiếu xử lý, ít nhất một",
    "Regime.calendar": "ngày làm việc, ngày nghỉ",
    "Regime.periods": "các kỳ, theo tên cố định (q1, thang_01 …)",
    "Regime.documents": "các loại văn bản, theo tên cố định",
    "Regime.opens_days_before": "mở kỳ chừng này ngày trước ngày chốt số liệu; bỏ trống: mở "
    "hết khi tạo biểu mẫu",
    "Regime.respondents": "ai gửi được biểu mẫu: anyone (ai đăng nhập cũng được) hoặc roster (chỉ "
    "địa chỉ của đơn vị)",
    "Regime.source": "thu thập từ đâu: both (trang tính liên kết và biểu mẫu, có đối chiếu), sheet "
    "(chỉ trang tính: bản đã sửa mất thời điểm nộp lần đầu), forms (chỉ biểu mẫu: không biết hàng "
    "gõ tay, ô bị sửa, hàng bị xóa)",
    "Regime.scoring": "điểm thi đua; mặc định tắt",
    "Reviewer": "Một người duyệt; chỉ có địa chỉ thì viết thẳng địa chỉ.",
    "Reviewer.email": "địa chỉ",
    "Reviewer.valid_from": "duyệt từ ngày, kể cả ngày đó; bỏ trống: từ đầu",
    "Reviewer.valid_to": "duyệt đến ngày, kể cả ngày đó; bỏ trống: về sau",
    "Dispatch": "Văn bản quy định.",
    "Dispatch.number": "số hiệu; thành {dispatch.number}",
    "Dispatch.issued_on": "ngày ban hành",
    "Dispatch.subject": "trích yếu",
    "Agency": "Cơ quan nhận báo cáo và cơ quan cấp trên, trong một thời gian.",
    "Agency.valid_from": "từ ngày nào, kể cả ngày đó; bỏ trống: từ đầu",
    "Agency.valid_to": "đến ngày nào, kể cả ngày đó; bỏ trống: về sau",
    "Agency.bureau": "nơi nhận, duyệt báo cáo; thành {bureau.name}, {bureau.short_name}",
    "Agency.parent": "cấp trên của nơi đó; thành {parent.name}, {parent.short_name}",
    "Agency.place": "địa danh ghi trước ngày tháng của thông báo; bỏ trống: để chấm",
    "Agency.initials": "chữ viết tắt trong số, ký hiệu của thông báo (GDĐT); bỏ trống: để chấm",
    "Agency.signed_as": "chức vụ người ký thông báo; bỏ trống: để chấm",
    "Office": "Tên một cơ quan.",
    "Office.name": "tên đầy đủ",
    "Office.short_name": "tên ngắn",
    "Level": "Một loại đơn vị.",
    "Level.code": "chữ ở cột level của units.csv",
    "Level.label": "tên gọi",
    "CalendarRules": "Ngày làm việc.",
    "CalendarRules.country": "mã nước hai chữ cái, để lấy ngày lễ (VN, LA, FR …)",
    "CalendarRules.weekend": "các ngày nghỉ trong tuần",
    "CalendarRules.extra_holidays": "ngày nghỉ thêm",
    "CalendarRules.extra_workdays": "ngày làm bù, hoặc ngày ghi là lễ mà vẫn làm việc",
    "CalendarRules.source_note": "căn cứ",
    "YearDay": "Một ngày của năm báo cáo, năm trước hoặc năm sau.",
    "YearDay.day": "ngày, hoặc last: ngày cuối tháng",
    "YearDay.month": "tháng",
    "YearDay.year": "previous: năm trước; same: năm báo cáo; next: năm sau",
    "DueDay": "Một ngày của lịch, hoặc của tháng chốt số liệu (một quy tắc cho mọi kỳ).",
    "DueDay.day": "ngày, hoặc last: ngày cuối tháng; với closing, after_closing, tháng không có "
    "ngày đó thì là ngày cuối tháng",
    "DueDay.month": "tháng; closing: tháng có ngày chốt số liệu của kỳ; after_closing: tháng sau "
    "tháng đó",
    "DueDay.year": "previous: năm trước; same: năm báo cáo; next: năm sau; chỉ khi month là số",
    "DueDay.weekday": "thứ trong tuần: lần đầu tiên kể từ day (1: lần thứ nhất trong tháng, 8: lần "
    "thứ hai …), với day: last là lần cuối cùng của tháng",
    "PeriodKind": "Một kỳ và thời gian số liệu.",
    "PeriodKind.label": "tên ngắn; thành {period.label}",
    "PeriodKind.title": "tên đủ, {year} là năm, {previous_year} năm trước, {next_year} năm sau; "
    "thành {period.title}",
    "PeriodKind.window_from": "số liệu từ ngày",
    "PeriodKind.closes_on": "ngày chốt số liệu",
    "PeriodKind.cumulative": "số liệu cộng dồn từ ngày bắt đầu",
    "DueRule": "Cách tính hạn: after (đếm từ một mốc) hoặc on (một ngày đã định).",
    "DueRule.after": "closing_date: từ ngày chốt số liệu; plan_issued: từ ngày ban hành kế hoạch "
    "của cấp trên",
    "DueRule.days": "thêm bao nhiêu ngày, không tính chính ngày mốc; số âm là đếm lùi",
    "DueRule.on": "ngày nào của tháng nào",
    "DueRule.limit": "not_later_than: chậm nhất ngày đó; before: trước ngày đó",
    "DueRule.counting": "calendar_days: ngày thường; working_days: ngày làm việc",
    "DueRule.roll": "rơi vào ngày nghỉ thì: next_working_day dời đến ngày làm việc sau đó; "
    "previous_working_day lùi về ngày làm việc trước đó; none giữ nguyên",
    "PeriodDueRule": "Hạn riêng của một kỳ; viết như DueRule, thêm được by_level.",
    "PeriodDueRule.by_level": "trong kỳ này, hạn riêng của một loại đơn vị; thắng due_by_level",
    "DocumentKind": "Một loại văn bản phải nộp.",
    "DocumentKind.label": "tên gọi; thành {document.label}",
    "DocumentKind.spec": "tên tệp biểu mẫu, không có .yaml",
    "DocumentKind.periods": "nộp theo những kỳ nào; bỏ trống: theo yêu cầu ghi ở tệp năm",
    "DocumentKind.levels": "loại đơn vị nào phải nộp; bỏ trống: mọi đơn vị",
    "DocumentKind.has_data": "có số liệu theo thời gian của kỳ",
    "DocumentKind.due": "hạn chung",
    "DocumentKind.due_by_period": "hạn riêng của một kỳ; loại đơn vị có due_by_level thì vẫn theo "
    "hạn của loại",
    "DocumentKind.due_by_level": "hạn riêng của một loại đơn vị, ở mọi kỳ",
    "DocumentKind.deciding": "đúng hạn theo first_submission (lần nộp đầu) hay approval (duyệt)",
    "DocumentKind.advisory": "chỉ nhắc, không tính điểm",
    "Scoring": "Điểm thi đua.",
    "Scoring.enabled": "bật",
    "Scoring.timeliness": "điểm đúng hạn",
    "Scoring.quality": "điểm chất lượng",
    "TimelinessPoints": "Điểm đúng hạn của một văn bản.",
    "TimelinessPoints.on_time": "đúng hạn",
    "TimelinessPoints.late_per_day": "trừ mỗi ngày trễ",
    "TimelinessPoints.late_floor": "trừ đến mức này thì thôi",
    "TimelinessPoints.missing": "không nộp",
    "QualityPoints": "Điểm chất lượng của một văn bản.",
    "QualityPoints.base": "điểm ban đầu",
    "QualityPoints.per_return": "trừ mỗi lần chuyển trả",
    "QualityPoints.floor": "trừ đến mức này thì thôi",
    # tệp năm
    "YearFile": "Những điều riêng của một năm.",
    "YearFile.year": "năm báo cáo",
    "YearFile.plan": "kế hoạch của cấp trên; chưa ban hành thì bỏ trống",
    "YearFile.not_assessed": "kỳ không xét đúng hạn, trễ hạn",
    "YearFile.requests": "văn bản theo yêu cầu",
    "YearFile.wording": "{cụm từ trong biểu mẫu: cách gọi của năm nay}, trọn từ, đúng chữ hoa; "
    "không đổi tên đơn vị, tên loại đơn vị",
    "BureauPlan": "Kế hoạch của cơ quan nhận báo cáo.",
    "BureauPlan.issued_on": "ngày ban hành",
    "BureauPlan.number": "số hiệu",
    "NotAssessed": "Kỳ không xét.",
    "NotAssessed.document": "loại văn bản",
    "NotAssessed.periods": "các kỳ",
    "NotAssessed.reason": "lý do",
    "Request": "Một văn bản được yêu cầu một lần.",
    "Request.key": "tên cố định",
    "Request.document": "loại văn bản (loại không có periods)",
    "Request.title": "phần tên sau {document.label}",
    "Request.source_document": "văn bản yêu cầu; thành {request.source}",
    "Request.due_on": "hạn nộp",
    "Request.roll": "rơi vào ngày nghỉ thì: next_working_day dời đến ngày làm việc sau đó; "
    "previous_working_day lùi về ngày làm việc trước đó; none giữ nguyên",
    "Request.channel": "online (biểu mẫu), in_person (trực tiếp) hoặc either",
    "Request.audience": "đơn vị phải nộp; bỏ trống: mọi đơn vị",
    "Request.window_from": "số liệu từ ngày",
    "Request.closes_on": "ngày chốt số liệu",
    "Audience": "Những đơn vị phải nộp: các đơn vị của levels, thêm các đơn vị ở units.",
    "Audience.levels": "các loại đơn vị",
    "Audience.units": "mã các đơn vị",
}


def summary(model: type[BaseModel]) -> str:
    """What a group is for; empty when nobody said."""
    return DESCRIPTIONS.get(model.__name__, "")


def described(model: type[BaseModel], field: str) -> str:
    """What a field is for; empty when nobody said."""
    own = model.model_fields[field].description
    if own:
        return own
    owners = (base for base in model.__mro__ if issubclass(base, BaseModel))
    names = (f"{owner.__name__}.{field}" for owner in owners)
    return next((DESCRIPTIONS[name] for name in names if name in DESCRIPTIONS), "")


def models_of(model: type[BaseModel]) -> list[type[BaseModel]]:
    """A file's model and all that it is made of, each once, as they are met."""
    found: dict[type[BaseModel], None] = {}
    _collect(model, found)
    return list(found)


def _collect(kind: object, found: dict[type[BaseModel], None]) -> None:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        if kind not in found:
            found[kind] = None
            for field in kind.model_fields.values():
                _collect(field.annotation, found)
        return
    for part in _parts(kind):
        _collect(part, found)


def _parts(kind: object) -> Iterator[object]:
    yield from getattr(kind, "__args__", ())
