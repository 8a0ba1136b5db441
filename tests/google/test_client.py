"""Both client libraries over the one session: what goes wrong comes as one line for a person."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cchc_gforms.errors import GoogleError
from cchc_gforms.google.address import Address
from cchc_gforms.google.client import Google
from cchc_gforms.google.credentials import Identity
from tests.google.answering import HALF, HANG_UP, Answer, answering, nobody, refusal

SECRET = "khoa-lam-moi-bi-mat"
READS: dict[str, Callable[[Google], object]] = {
    "googleapiclient": lambda google: google.execute(google.forms.forms().get(formId="F")),
    "gspread": lambda google: google.sheets.open_by_key("S"),
}


@contextlib.contextmanager
def google_at(url: str, token: Path, slept: list[float]) -> Iterator[Google]:
    google = Google(Identity(Path("none"), token), Address.parse(url), slept.append)
    yield google
    google.close()


def signed_in(path: Path, url: str, *, expiry: str) -> Path:
    """A saved token; its access token holds until `expiry`."""
    saved = {
        "token": "phien",
        "refresh_token": SECRET,
        "client_id": "may",
        "client_secret": SECRET,
        "token_uri": f"{url}/token",
        "expiry": expiry,
    }
    path.write_text(json.dumps(saved), "utf-8")
    return path


@pytest.mark.parametrize("expiry", ["2999-01-01T00:00:00Z", "2022-01-01T00:00:00Z"])
@pytest.mark.parametrize("library", READS)
def test_no_server_is_one_line_with_the_address_and_the_command(
    tmp_path: Path, library: str, expiry: str
) -> None:
    """Whether the token's address or the service's is the first that nobody answers."""
    slept: list[float] = []
    with nobody() as url:
        token = signed_in(tmp_path / "token.json", url, expiry=expiry)
        with google_at(url, token, slept) as google, pytest.raises(GoogleError) as caught:
            READS[library](google)
        text = str(caught.value)
        assert "\n" not in text
        assert url in text
        assert "`cchc local serve`" in text
        assert caught.value.status is None
        assert SECRET not in text
        assert slept == []


@pytest.mark.parametrize("library", READS)
@pytest.mark.parametrize("status", [400, 403, 404])
def test_a_refusal_keeps_googles_status_and_sentence(
    tmp_path: Path, library: str, status: int
) -> None:
    said = refusal(status, "nope", "The caller does not have permission")
    with (
        answering([said]) as server,
        google_at(server.url, tmp_path / "none", []) as google,
        pytest.raises(GoogleError) as caught,
    ):
        READS[library](google)
    assert caught.value.status == status
    assert f"{status}: The caller does not have permission →" in str(caught.value)


@pytest.mark.parametrize("library", READS)
def test_a_page_in_place_of_an_answer_is_still_one_line(tmp_path: Path, library: str) -> None:
    """As a proxy on the way answers."""
    page = Answer(407, b"<html>\n" + b"Sai " * 5_000 + b"\n</html>", {"Content-Type": "text/html"})
    with (
        answering([page]) as server,
        google_at(server.url, tmp_path / "none", []) as google,
        pytest.raises(GoogleError) as caught,
    ):
        READS[library](google)
    assert caught.value.status == 407
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize("lost", [HANG_UP, HALF], ids=["no answer", "half an answer"])
def test_a_form_is_not_made_twice_when_the_answer_is_lost(tmp_path: Path, lost: Answer) -> None:
    with (
        answering([lost, Answer()]) as server,
        google_at(server.url, tmp_path / "none", []) as google,
    ):
        with pytest.raises(GoogleError, match="trả lời dở dang: đường truyền bị đứt"):
            google.execute(google.forms.forms().create(body={"info": {"title": "T"}}))
        assert server.calls == [("POST", "/v1/forms")]


def test_a_token_that_was_revoked_says_how_to_sign_in_again(tmp_path: Path) -> None:
    gone = Answer(400, {"error": "invalid_grant", "error_description": "Token has been revoked."})
    with answering([], token=gone) as server:
        token = signed_in(tmp_path / "token.json", server.url, expiry="2022-01-01T00:00:00Z")
        with google_at(server.url, token, []) as google, pytest.raises(GoogleError) as caught:
            google.execute(google.drive.about().get(fields="user"))
    assert caught.value.status == 401
    assert "`cchc auth login`" in caught.value.fix
    assert SECRET not in str(caught.value)


def test_a_listing_takes_as_many_calls_as_there_are_pages(tmp_path: Path) -> None:
    pages = [
        Answer(body={"files": [{"id": "a"}, {"id": "b"}], "nextPageToken": "2"}),
        Answer(body={"nextPageToken": "3"}),
        Answer(body={"files": [{"id": "c"}]}),
    ]
    with answering(pages) as server, google_at(server.url, tmp_path / "none", []) as google:
        assert [file["id"] for file in google.list_files("trashed = false", "id")] == list("abc")
        assert server.calls == [("GET", "/drive/v3/files")] * 3
        assert google.calls == 3
