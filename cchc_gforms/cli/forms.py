"""`cchc forms`: the forms of a year."""

from __future__ import annotations

import click

from cchc_gforms.cli.forms_adopt import adopt
from cchc_gforms.cli.forms_apply import apply
from cchc_gforms.cli.forms_gate import close, open_
from cchc_gforms.cli.forms_links import links
from cchc_gforms.cli.forms_plan import plan
from cchc_gforms.cli.forms_status import status
from cchc_gforms.cli.forms_template import template


@click.group()
def forms() -> None:
    """Tạo, cập nhật, phát hành và theo dõi các biểu mẫu của một năm."""


for _command in (plan, apply, status, links, close, open_, adopt, template):
    forms.add_command(_command)
