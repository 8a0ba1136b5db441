"""What a person does about file upload questions in the editor of a form at the local Google."""

from __future__ import annotations

from typing import Any

import requests

from cchc_gforms.local_google.drive import files
from cchc_gforms.local_google.forms import store
from cchc_gforms.local_google.forms.around import is_upload
from cchc_gforms.local_google.serve import Running


def add_upload(server: Running, form_id: str, title: str, index: int = 0) -> dict[str, Any]:
    body = {"form_id": form_id, "title": title, "index": index}
    answer = requests.post(f"{server.url}/_control/file_upload_question", json=body, timeout=5)
    answer.raise_for_status()
    item: dict[str, Any] = answer.json()
    return item


def change_upload(server: Running, form_id: str, **head: str) -> None:
    """Another title or description for the form's upload question."""
    with server.state.transaction() as tx:
        form = store.load_form(tx, form_id)
        (item,) = (one for one in form.items if is_upload(one))
        item.update(head)
        form.revision += 1
        store.save_form(tx, form)


def restore_folders(server: Running, form_id: str) -> None:
    """What "Restore" does on a copied form: the questions get folders again (facts 3.1)."""
    with server.state.transaction() as tx:
        form, file = store.load_form(tx, form_id), files.find(tx, form_id)
        assert file is not None
        for item in filter(is_upload, form.items):
            folder = files.create_file(
                server.state,
                tx,
                mime_type=files.FOLDER,
                name=item["title"],
                owner=file.owner,
                client_id=None,
            )
            item["questionItem"]["question"]["fileUploadQuestion"]["folderId"] = folder
        form.revision += 1
        store.save_form(tx, form)
