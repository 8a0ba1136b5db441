"""The one base-URL switch."""

from __future__ import annotations

import pytest

from cchc_gforms.errors import CchcError
from cchc_gforms.google.address import Address

LOCAL = Address.parse("http://127.0.0.1:8700")


@pytest.mark.parametrize(
    ("url", "routed"),
    [
        ("https://forms.googleapis.com/v1/forms/X?alt=json", "/v1/forms/X?alt=json"),
        ("https://sheets.googleapis.com/v4/spreadsheets/X", "/v4/spreadsheets/X"),
        ("https://www.googleapis.com/drive/v3/files", "/drive/v3/files"),
        ("https://www.googleapis.com/batch/drive/v3", "/batch/drive/v3"),
        ("https://www.googleapis.com/upload/drive/v3/files?u=1", "/upload/drive/v3/files?u=1"),
    ],
)
def test_every_call_goes_to_the_local_google(url: str, routed: str) -> None:
    assert LOCAL.route(url) == f"http://127.0.0.1:8700{routed}"


def test_without_the_setting_nothing_is_rerouted() -> None:
    url = "https://forms.googleapis.com/v1/forms"
    assert Address.parse("").route(url) == url
    assert Address.parse(None).token_uri == "https://oauth2.googleapis.com/token"


@pytest.mark.parametrize(
    "text", ["https://127.0.0.1:1", "http://example.org", "127.0.0.1:8700", "http://10.0.0.5:80"]
)
def test_an_address_that_is_not_loopback_is_refused(text: str) -> None:
    with pytest.raises(CchcError, match="CCHC_GOOGLE_URL"):
        Address.parse(text)


def test_people_get_links_of_where_the_files_are() -> None:
    assert LOCAL.form_editor("F") == "http://127.0.0.1:8700/forms/d/F/edit"
    assert Address().form_editor("F") == "https://docs.google.com/forms/d/F/edit"
    assert Address().spreadsheet_page("S") == "https://docs.google.com/spreadsheets/d/S/edit"
