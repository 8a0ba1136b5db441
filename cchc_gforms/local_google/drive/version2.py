"""Of version 2 of the Drive API what gspread's `import_csv` sends: new content for a file."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google.call import Call, Handler
from cchc_gforms.local_google.drive import content, files
from cchc_gforms.local_google.drive.refusals import bad_parameter, opened
from cchc_gforms.local_google.drive.resource import v2_resource
from cchc_gforms.local_google.errors import unimplemented


def update(call: Call) -> dict[str, Any]:
    """A spreadsheet takes what can be converted, and only with `convert=true`."""
    if call.media is None or call.body:
        raise unimplemented("drive_v2.files.update of metadata")
    file = opened(call, call.path["fileId"], "writer")
    if file.mime_type == files.SPREADSHEET and not call.flag("convert"):
        raise bad_parameter("A spreadsheet takes other content only with convert=true.")
    content.receive(call, file, call.media)
    files.touch(call.state, call.tx, file.id)
    return v2_resource(call, opened(call, file.id, "reader"))


METHODS: dict[str, Handler] = {"drive_v2.files.update": update}
