"""What pydantic asks for, in Vietnamese."""

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
    "string_too_short": "ít nhất {min_length} ký tự",
    "string_too_long": "nhiều nhất {max_length} ký tự",
    "string_pattern_mismatch": "chữ đúng mẫu {pattern}",
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
    return "YAML-BAD-VALUE", f"giá trị hợp lệ ({kind})"
