"""What pydantic asks for, and what ruamel stumbles over, in Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping

_TYPES = {
    "string_type": "chữ (số hay ngày dùng làm chữ thì đặt trong dấu nháy)",
    "int_type": "số nguyên",
    "int_parsing": "số nguyên",
    "int_from_float": "số nguyên",
    "float_type": "số",
    "float_parsing": "số",
    "bool_type": "true hoặc false",
    "bool_parsing": "true hoặc false",
    "date_type": "ngày dạng năm-tháng-ngày, ví dụ 2022-03-16",
    "date_parsing": "ngày có thật, dạng năm-tháng-ngày, ví dụ 2022-03-16",
    "date_from_datetime_parsing": "ngày có thật, dạng năm-tháng-ngày, ví dụ 2022-03-16",
    "date_from_datetime_inexact": "ngày không kèm giờ, ví dụ 2022-03-16",
    "datetime_type": "ngày giờ, ví dụ 2022-03-16T08:00:00+07:00",
    "datetime_from_date_parsing": "ngày giờ, ví dụ 2022-03-16T08:00:00+07:00",
    "datetime_parsing": "ngày giờ, ví dụ 2022-03-16T08:00:00+07:00",
    "timezone_aware": "ngày giờ có múi giờ, ví dụ 2022-03-16T08:00:00+07:00",
    "model_type": "một nhóm các dòng 'khóa: giá trị'",
    "model_attributes_type": "một nhóm các dòng 'khóa: giá trị'",
    "dict_type": "một nhóm các dòng 'khóa: giá trị'",
    "list_type": "danh sách, mỗi mục một dòng bắt đầu bằng '- '",
    "tuple_type": "danh sách, mỗi mục một dòng bắt đầu bằng '- '",
    "set_type": "danh sách, mỗi mục một dòng bắt đầu bằng '- '",
    "frozen_set_type": "danh sách, mỗi mục một dòng bắt đầu bằng '- '",
    "none_required": "để trống",
}

_VALUES = {
    "string_too_short": "chữ, không để trống",
    "not_shaped": "{need}",
    "finite_number": "con số, không phải vô cực",
    "too_short": "ít nhất {min_length} mục",
    "too_long": "nhiều nhất {max_length} mục",
    "greater_than": "số lớn hơn {gt}",
    "greater_than_equal": "số từ {ge} trở lên",
    "less_than": "số nhỏ hơn {lt}",
    "less_than_equal": "số không quá {le}",
}


def wording(kind: str, context: Mapping[str, object]) -> tuple[str, str]:
    """Code and the thing needed, for a pydantic error type and its context."""
    if kind in _TYPES:
        return "YAML-WRONG-TYPE", _TYPES[kind]
    if kind in _VALUES:
        return "YAML-BAD-VALUE", _VALUES[kind].format_map(context)
    return "YAML-BAD-VALUE", "một giá trị khác; xem docs/form-language.md"


_SYNTAX = (
    ("mapping values are not allowed", "dấu hai chấm thừa, hoặc thụt lề sai",
     "chữ có dấu hai chấm thì đặt trong dấu nháy; khóa cùng nhóm thì thụt lề bằng nhau"),
    ("could not find expected ':'", "khóa thiếu dấu hai chấm",
     "viết 'khóa: giá trị', có dấu cách sau dấu hai chấm; chữ nhiều dòng thì thụt vào"),
    ("expected <block end>", "thụt lề không khớp với các dòng cùng nhóm",
     "các khóa của một nhóm, các dấu '-' của một danh sách phải thẳng cột"),
    ("expected ',' or '", "thiếu dấu phẩy, hoặc ngoặc mở ở trên chưa đóng",
     "ngăn các mục trong ngoặc bằng dấu phẩy, đóng đủ ngoặc"),
    ("unexpected end of stream", "dấu nháy mở ở trên mà không đóng", "thêm dấu nháy đóng"),
    ("sequence entries are not allowed", "dấu '-' không dùng được ở đây",
     "đưa danh sách xuống dòng dưới khóa, mỗi mục một dòng"),
    ("cannot start any token", "chữ không thể bắt đầu bằng ký tự này", "đặt chữ trong dấu nháy"),
    ("unknown escape character", "dấu gạch chéo ngược dùng sai trong dấu nháy kép",
     "dùng dấu nháy đơn, hoặc viết dấu này hai lần"),
    ("undefined alias", "bí danh (*) không trỏ tới đâu",
     "đặt chữ bắt đầu bằng dấu * trong dấu nháy"),
    ("another document", "tệp có hai tài liệu YAML", "bỏ dòng '---' ở giữa tệp"),
    ("incompatible YAML", "tệp ghi phiên bản YAML khác", "bỏ dòng %YAML"),
)  # fmt: skip
_OTHER_SYNTAX = (
    "sai cú pháp YAML",
    "xem lại thụt lề, dấu hai chấm, dấu ngoặc, dấu nháy ở dòng này và dòng ngay trước",
)


def syntax(problem: str) -> tuple[str, str]:
    """What is wrong and what to do, for what ruamel says of a document that is none."""
    return next(((said, fix) for part, said, fix in _SYNTAX if part in problem), _OTHER_SYNTAX)
