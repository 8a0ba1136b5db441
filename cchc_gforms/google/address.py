"""The one base-URL switch: Google itself, or a local Google at `CCHC_GOOGLE_URL`."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from cchc_gforms.errors import CchcError

_HOSTS = frozenset(
    f"{name}.googleapis.com" for name in ("forms", "sheets", "drive", "www", "oauth2")
)
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Address:
    """Where Google is: `local` is the base address of a local Google, or None for the real one."""

    local: str | None = None

    @classmethod
    def parse(cls, text: str | None) -> Address:
        """From the setting's text, None or empty for Google. Refuses all but loopback http."""
        if not text:
            return cls()
        parts = urlsplit(text)
        if parts.scheme != "http" or parts.hostname not in _LOOPBACK:
            raise CchcError(
                f"CCHC_GOOGLE_URL = {text!r} không phải địa chỉ Google cục bộ",
                "dùng địa chỉ do lệnh `cchc local serve` in ra, ví dụ http://127.0.0.1:8700",
            )
        return cls(f"http://{parts.netloc}")

    def route(self, url: str) -> str:
        """The same URL, at the local Google when there is one. Uploads and batches included."""
        parts = urlsplit(url)
        if self.local is None or parts.hostname not in _HOSTS:
            return url
        return self.local + url[len(f"{parts.scheme}://{parts.netloc}") :]

    @property
    def token_uri(self) -> str:
        return f"{self.local}/token" if self.local else "https://oauth2.googleapis.com/token"

    @property
    def auth_uri(self) -> str:
        base = self.local or "https://accounts.google.com"
        return f"{base}/o/oauth2/auth"

    def form_editor(self, form_id: str) -> str:
        """The page where a person edits and links the form."""
        return f"{self.local or 'https://docs.google.com'}/forms/d/{form_id}/edit"

    def form_response(self, form_id: str, response_id: str) -> str:
        """The place in that page where one response is shown, for who may edit the form. Google
        documents no such address: it is what the editor's own has, with the id of the API."""
        return f"{self.form_editor(form_id)}#response={response_id}"

    def spreadsheet_page(self, spreadsheet_id: str) -> str:
        return f"{self.local or 'https://docs.google.com'}/spreadsheets/d/{spreadsheet_id}/edit"
