"""`cchc`: finds the command, runs it, and turns an error into text and an exit code.

Commands are imported when they are used, so that `cchc --help` stays quick.
"""

from __future__ import annotations

import gc
import gettext
import importlib
import io
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from cchc_gforms import __version__
from cchc_gforms.errors import CchcError, ProblemsError

COMMANDS = {
    "local": (
        "cchc_gforms.cli.local:local",
        "Google cục bộ, để thử mọi thứ mà không cần tài khoản.",
    ),
    "auth": ("cchc_gforms.cli.auth:auth", "Đăng nhập Google, xem đang dùng tài khoản nào."),
    "regime": (
        "cchc_gforms.cli.regime:regime",
        "Chế độ báo cáo: kiểm tra, lịch của năm.",
    ),
    "period": ("cchc_gforms.cli.period:period", "Mở kỳ: chốt danh sách đơn vị và hạn nộp."),
    "spec": ("cchc_gforms.cli.spec:spec", "Kiểm tra các tệp trong forms_spec."),
    "forms": ("cchc_gforms.cli.forms:forms", "Tạo và cập nhật các biểu mẫu của một năm."),
    "harvest": ("cchc_gforms.cli.harvest:harvest", "Thu thập câu trả lời vào sổ sự kiện."),
    "schedule": (
        "cchc_gforms.cli.schedule:schedule",
        "Lịch thu thập tự động: đặt, xem, bỏ.",
    ),
    "store": ("cchc_gforms.cli.store:store", "Sổ sự kiện: kiểm tra, sao lưu, xuất, nhập."),
    "ledger": ("cchc_gforms.cli.ledger:ledger", "Sổ theo dõi: ai đã nộp, đúng hạn hay trễ hạn."),
    "report": ("cchc_gforms.cli.report:report", "Thông báo kết quả gửi các trường, để trình ký."),
    "dashboard": ("cchc_gforms.cli.dashboard:dashboard", "Bảng theo dõi trên Google Trang tính."),
}


class Commands(click.Group):
    """A group whose commands are `module:name` texts until one of them is used."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name][0].split(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Lệnh"):
            formatter.write_dl([(name, entry[1]) for name, entry in COMMANDS.items()])


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    __version__,
    prog_name="cchc",
    message="%(prog)s, phiên bản %(version)s",
    help="In phiên bản rồi thoát.",  # click would have asked for it before it speaks Vietnamese
)
def cchc() -> None:
    """Kế hoạch và báo cáo cải cách hành chính (CCHC) của các trường qua Google Form.

    Mã thoát: 0 xong; 1 lỗi; 2 sai cách gọi lệnh; 3 có việc phải làm (`cchc forms plan`, `cchc
    harvest status`…); 4 mới xong một phần (`cchc harvest`, `cchc dashboard units`); 5 việc này đang
    có lượt khác chạy; 130 bị ngắt bằng Ctrl+C.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command and leaves with its exit code."""
    gc.set_threshold(50_000)  # else a large ledger is gone through after every 700 new objects
    speak_vietnamese()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # Windows consoles and pipes default to less
    sys.exit(run(arguments))


def speak_vietnamese() -> None:
    """Has click's own words ("Usage", "Missing option") in Vietnamese, in this process."""
    os.environ["LANGUAGE"] = "vi"  # what gettext goes by
    gettext.bindtextdomain("cchc", str(Path(__file__).with_name("locale")))
    gettext.textdomain("cchc")


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit code of one command; errors are written to standard error."""
    try:
        outcome = cchc.main(arguments, prog_name="cchc", standalone_mode=False)
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.Abort:
        click.echo("Đã ngắt.", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except CchcError as error:
        show_error(error)
        return error.exit_code
    return outcome if isinstance(outcome, int) else 0


def show_error(error: CchcError) -> None:
    """One line for an error; every problem on a line of its own."""
    if isinstance(error, ProblemsError):
        for problem in error.problems:
            click.echo(str(problem), err=True)
    click.echo(f"Lỗi: {_printable(str(error))}", err=True)


def _printable(text: str) -> str:
    """A message may quote what strangers wrote into a form: no control character of theirs."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "�" for letter in text)


def echo_json(value: Any) -> None:
    """For programs: UTF-8, dates in ISO 8601."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
