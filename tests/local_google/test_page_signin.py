"""Signing in and out, the start page, and where a browser may be sent."""

from __future__ import annotations

import pytest
import requests

from cchc_gforms.local_google.pages.origin import local_path
from cchc_gforms.local_google.serve import Running
from tests.local_google.office import Office, text, visitor


@pytest.mark.parametrize(
    ("target", "path"),
    [
        (
            "/forms/d/e/x/viewform?usp=pp_url&entry.1=a+b",
            "/forms/d/e/x/viewform?usp=pp_url&entry.1=a+b",
        ),
        ("/", "/"),
        ("", "/"),
        ("https://xau.example/", "/"),
        ("//xau.example/", "/"),
        ("/\\xau.example/", "/"),
        ("/\t/xau.example/", "/"),
        ("/\n/xau.example/", "/"),
        ("forms", "/"),
        ("javascript:alert(1)", "/"),
    ],
    ids=repr,
)
def test_only_paths_of_this_server_are_gone_on_to(target: str, path: str) -> None:
    assert local_path(target) == path


def test_signing_in_goes_on_to_where_one_came_from(local_google: Running) -> None:
    with requests.Session() as browser:
        asked = browser.get(f"{local_google.url}/signin", params={"continue": "/?x=1"})
        assert "Google cục bộ – dữ liệu mẫu" in asked.text
        assert "vanphong@cchc.example" in asked.text
        entered = browser.post(
            f"{local_google.url}/signin",
            data={"email": " Mau01@Truong.example ", "continue": "/?x=1"},
            allow_redirects=False,
        )
        assert (entered.status_code, entered.headers["location"]) == (303, "/?x=1")
        assert "mau01@truong.example" in browser.get(f"{local_google.url}/").text
        assert "mau01@truong.example" in requests.get(f"{local_google.url}/signin", timeout=5).text


def test_signing_in_elsewhere_is_not_gone_on_to(local_google: Running) -> None:
    with requests.Session() as browser:
        entered = browser.post(
            f"{local_google.url}/signin",
            data={"email": "mau01@truong.example", "continue": "//xau.example/"},
            allow_redirects=False,
        )
        assert entered.headers["location"] == "/"


def test_what_is_no_address_does_not_sign_in(local_google: Running) -> None:
    with requests.Session() as browser:
        refused = browser.post(
            f"{local_google.url}/signin", data={"email": "mau01", "continue": "/"}
        )
        assert refused.status_code == 400
        assert "Hãy nhập một địa chỉ email" in refused.text
        assert not browser.cookies


def test_signing_out_forgets_who_it_was(local_google: Running) -> None:
    with visitor(local_google.url, "mau01@truong.example") as browser:
        browser.post(f"{local_google.url}/signout", data={"continue": "/"})
        assert "mau01@truong.example" not in browser.get(f"{local_google.url}/").text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://xau.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_another_site_cannot_sign_anybody_in(
    local_google: Running, headers: dict[str, str]
) -> None:
    with requests.Session() as browser:
        refused = browser.post(
            f"{local_google.url}/signin",
            data={"email": "mau01@truong.example", "continue": "/"},
            headers=headers,
        )
        assert refused.status_code == 403
        assert not browser.cookies


def test_the_start_page_lists_the_files_of_the_account(local_google: Running) -> None:
    office = Office(local_google.url)
    form = office.form(text("0000000a", "Tên"), title="Kế hoạch <mẫu> 2022")
    office.close()
    with visitor(local_google.url, "vanphong@cchc.example") as browser:
        page = browser.get(f"{local_google.url}/").text
    assert f'href="/forms/d/{form.form_id}/edit"' in page
    assert "Kế hoạch &lt;mẫu&gt; 2022" in page
    with visitor(local_google.url, "mau01@truong.example") as browser:
        assert "Kế hoạch" not in browser.get(f"{local_google.url}/").text
    assert "Kế hoạch" not in requests.get(f"{local_google.url}/", timeout=5).text
