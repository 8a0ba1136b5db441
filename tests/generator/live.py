"""What these tests see of a local Google, and what they do to it as other people would."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from cchc_gforms.google.address import Address
from cchc_gforms.google.client import Google
from cchc_gforms.google.credentials import Identity
from cchc_gforms.local_google.serve import Running
from cchc_gforms.spec.load import load_all
from tests.office import SPECS

Calls = list[dict[str, Any]]

FORMS = len(load_all(SPECS, 2022)[1])
"""How many forms 2022 has."""


@contextmanager
def google_at(server: Running) -> Iterator[Google]:
    google = Google(
        Identity(Path("none"), Path("none")), Address.parse(server.url), sleep=lambda _: None
    )
    yield google
    google.close()


def log(server: Running) -> Calls:
    entries: Calls = requests.get(f"{server.url}/_control/log", timeout=5).json()
    return entries


def clear_log(server: Running) -> None:
    requests.delete(f"{server.url}/_control/log", timeout=5).raise_for_status()


def break_at(server: Running, **fault: Any) -> None:
    requests.post(f"{server.url}/_control/faults", json=[fault], timeout=5).raise_for_status()


def forms_in_drive(server: Running) -> list[dict[str, Any]]:
    query = "mimeType = 'application/vnd.google-apps.form'"
    with google_at(server) as google:
        return [dict(file) for file in google.list_files(query, "id,name,appProperties")]


def form(server: Running, form_id: str) -> Any:
    with google_at(server) as google:
        return google.execute(google.forms.forms().get(formId=form_id))


def edit(server: Running, form_id: str, *changes: dict[str, Any]) -> None:
    """A person's hand in the editor: any batchUpdate requests, no revision asked for."""
    body: Any = {"requests": list(changes)}
    with google_at(server) as google:
        google.execute(google.forms.forms().batchUpdate(formId=form_id, body=body))


def retitle(server: Running, form_id: str, index: int, title: str) -> None:
    item = {**form(server, form_id)["items"][index], "title": title}
    update = {"item": item, "location": {"index": index}, "updateMask": "title"}
    edit(server, form_id, {"updateItem": update})


def live_forms(server: Running) -> list[dict[str, Any]]:
    """What Google holds, but for ids and revisions, which differ from one making to the next."""
    forms = []
    with google_at(server) as google:
        query = "mimeType = 'application/vnd.google-apps.spreadsheet'"
        (book,) = google.list_files(query, "id")
        spreadsheet = google.sheets.open_by_key(book["id"])
        assert (spreadsheet.locale, spreadsheet.timezone) == ("vi_VN", "Asia/Ho_Chi_Minh")
        listed = {line[0]: line[1:] for line in spreadsheet.worksheet("Biểu mẫu").get()[1:]}
        fields = "id,appProperties,permissions(type,emailAddress,view)"
        query = "mimeType = 'application/vnd.google-apps.form'"
        files = google.list_files(query, fields, includePermissionsForView="published")
        for file in files:
            made: Any = google.execute(google.forms.forms().get(formId=file["id"]))
            own = {k: made[k] for k in ("info", "settings", "items", "publishSettings")}
            own |= {"tags": file["appProperties"], "listed": listed[file["id"]]}
            may = [one for one in file["permissions"] if one.get("view")]
            own["responders"] = sorted(one.get("emailAddress", one["type"]) for one in may)
            forms.append(own)
        assert len(listed) == len(forms)
    return sorted(forms, key=lambda one: str(one["info"]["title"]))


def ids(form: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (item["itemId"], item.get("questionItem", {}).get("question", {}).get("questionId", ""))
        for item in form["items"]
    ]


def copy_specs(target: Path) -> None:
    shutil.copytree(SPECS, target)


def spec_copy(target: Path, **edits: tuple[str, str]) -> Path:
    """The specs that ship, in a directory of their own; of each file named one text replaced."""
    copy_specs(target)
    for name, (old, new) in edits.items():
        path = target / f"{name}.yaml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
    return target
