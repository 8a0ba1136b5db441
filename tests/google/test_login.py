"""`cchc auth login` and a service account's file, against the local Google's token endpoint."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from sample_year.people import Browser

from cchc_gforms.cli.main import run
from tests.office import local_google

EXAMPLE = Path(__file__).parent.parent.parent / "credentials.example.json"


def test_a_person_signs_in_through_the_browser_and_stays_signed_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with local_google(tmp_path, seed=5) as server:
        command = [sys.executable, "-c", "from cchc_gforms.cli.main import main; main()"]
        login = subprocess.Popen(
            [*command, "auth", "login", "--no-browser"],
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        assert login.stdout is not None
        assert "Mở địa chỉ này" in login.stdout.readline()
        address = login.stdout.readline().strip()
        assert address.startswith(f"{server.url}/o/oauth2/auth?")
        person = Browser(server.url, "thuky@phonggd.example")
        landed = person.post(address, [("email", "thuky@phonggd.example"), ("allow", "1")])
        person.close()
        assert "Đã nhận trả lời" in landed
        printed, _ = login.communicate(timeout=20)
        assert login.returncode == 0, printed

        token = tmp_path / "token.json"
        assert stat.S_IMODE(token.stat().st_mode) == 0o600
        secret = json.loads(token.read_text("utf-8"))["refresh_token"]
        assert secret not in printed
        assert run(["auth", "status"]) == 0
        shown = capsys.readouterr().out
        assert shown == f"thuky@phonggd.example tại {server.url}\n"


def test_a_person_who_says_no_is_told_so(tmp_path: Path) -> None:
    with local_google(tmp_path, seed=5) as server:
        command = [sys.executable, "-c", "from cchc_gforms.cli.main import main; main()"]
        login = subprocess.Popen(
            [*command, "auth", "login", "--no-browser"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        assert login.stdout is not None
        login.stdout.readline()
        address = login.stdout.readline().strip()
        person = Browser(server.url, "thuky@phonggd.example")
        person.post(address, [("email", "thuky@phonggd.example"), ("deny", "1")])
        person.close()
        _, complaint = login.communicate(timeout=20)
        assert login.returncode == 1
        assert re.fullmatch(r"Lỗi: .*→.*\n", complaint), complaint
        assert not (tmp_path / "token.json").exists()


def test_a_service_account_is_shaped_as_the_example(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    with local_google(tmp_path, seed=6) as server:
        account = json.loads(EXAMPLE.read_text("utf-8"))
        account |= {"private_key": private.decode(), "token_uri": f"{server.url}/token"}
        (tmp_path / "credentials.json").write_text(json.dumps(account), "utf-8")
        known = {"client_email": account["client_email"], "public_key": public.decode()}
        requests.post(f"{server.url}/_control/service_account", json=known, timeout=5)
        assert run(["auth", "status"]) == 0
        assert capsys.readouterr().out == f"{account['client_email']} tại {server.url}\n"
        assert run(["auth", "status", "--subject", "chutich@phonggd.example"]) == 0
        assert capsys.readouterr().out == f"chutich@phonggd.example tại {server.url}\n"
