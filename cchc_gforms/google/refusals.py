"""What went wrong at Google, as an error a person can act on. The only place that translates."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import requests
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from urllib3.exceptions import ProtocolError

from cchc_gforms.errors import GoogleError
from cchc_gforms.google.address import Address

_FIXES = {
    400: "đây là lỗi của công cụ: gửi nguyên văn thông báo này cho người phụ trách",
    401: "chạy `cchc auth login` để đăng nhập lại",
    403: "tài khoản đang đăng nhập (`cchc auth status`) không có quyền với tệp này: đăng nhập đúng "
    "tài khoản, hoặc nhờ chủ tệp chia sẻ lại cho tài khoản đó",
    404: "tệp đã bị xóa, hoặc tài khoản đang đăng nhập (`cchc auth status`) không còn được xem: "
    "tìm trong thùng rác của Drive, hoặc nhờ chủ tệp chia sẻ lại cho tài khoản đó",
    429: "đợi một phút rồi chạy lại; những gì đã làm xong không bị làm lại",
}

_CUT_OFF = (
    requests.exceptions.ChunkedEncodingError,
    requests.exceptions.ContentDecodingError,
)


def refusal(status: int, text: str) -> GoogleError:
    """The error for an HTTP status and Google's own sentence."""
    fix = _FIXES.get(status, "Google đang gặp sự cố: chạy lại lệnh sau ít phút")
    said = " ".join(text.split())[:300]  # a proxy answers with a whole page
    return GoogleError(f"Google trả lời {status}: {said}", fix, status=status)


@contextmanager
def translated(address: Address) -> Iterator[None]:
    """Turns what the transport and the credentials raise into GoogleError."""
    try:
        yield
    except (requests.RequestException, TransportError) as error:
        raise _unanswered(address, error) from error
    except RefreshError as error:
        raise GoogleError(
            "Google không chấp nhận thông tin đăng nhập (có thể đã hết hạn hoặc bị thu hồi)",
            "chạy `cchc auth login` để đăng nhập lại",
            status=401,
        ) from error
    except GoogleAuthError as error:
        raise GoogleError(
            f"thông tin đăng nhập không dùng được: {error}", "chạy `cchc auth login`"
        ) from error


def _unanswered(address: Address, error: Exception) -> GoogleError:
    """Why no answer came, or only a part of one."""
    if isinstance(error, TransportError) and error.args and isinstance(error.args[0], Exception):
        error = error.args[0]
    who = f"Google cục bộ tại {address.local}" if address.local else "Google"
    if isinstance(error, _CUT_OFF) or (error.args and isinstance(error.args[0], ProtocolError)):
        return GoogleError(f"{who} trả lời dở dang: đường truyền bị đứt", "chạy lại sau ít phút")
    if isinstance(error, requests.Timeout):
        return GoogleError(f"{who} trả lời quá lâu", "đợi vài phút rồi chạy lại")
    if address.local:
        return GoogleError(
            f"không có Google cục bộ nào trả lời tại {address.local}",
            "chạy `cchc local serve` rồi đặt CCHC_GOOGLE_URL bằng địa chỉ lệnh đó in ra",
        )
    return GoogleError("không kết nối được với Google", "kiểm tra mạng rồi chạy lại")
