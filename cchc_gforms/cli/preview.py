"""`cchc spec preview`: one form as people will see it, in a local Google of its own."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cchc_gforms.cli.settings import spec_option, year_option
from cchc_gforms.errors import CchcError

if TYPE_CHECKING:
    from cchc_gforms.spec.model import FormSpec


@click.command()
@click.argument("name")
@year_option
@spec_option
@click.option("--open", "open_it", is_flag=True, help="Mở luôn trong trình duyệt.")
def preview(name: str, year: int, spec_dir: Path, open_it: bool) -> None:
    """Mở một biểu mẫu trên máy này để xem và điền thử, không cần tài khoản; Ctrl+C để thôi.

    NAME là tên biểu mẫu (periodic_report/2022-h1) hoặc chỉ tên văn bản (periodic_report). Không có
    gì được gửi tới Google; những gì điền thử sẽ mất khi dừng lệnh.

    \b
    Ví dụ:
      cchc spec preview periodic_report --year 2022 --open
    """
    from cchc_gforms.spec.load import load_all

    _, specs = load_all(spec_dir, year)
    spec = chosen(name, specs)
    with previewed(spec) as address:
        click.echo(address)
        click.echo(f"“{spec.title}” – nhấn Ctrl+C để dừng.", err=True)
        if open_it:
            click.launch(address)
        _wait_to_be_stopped()


def _wait_to_be_stopped() -> None:
    """Until Ctrl+C or a request to end; woken now and then, for Windows hears neither in a wait."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    while not stopped.wait(0.5):
        pass


def chosen(name: str, specs: tuple[FormSpec, ...]) -> FormSpec:
    """The form of that name, or the first of that document."""
    found = next((one for one in specs if name in (one.name, one.document)), None)
    if found is None:
        from cchc_gforms.yaml_file import near_miss

        names = [one.name for one in specs]
        meant = near_miss(name, [*names, *(one.document for one in specs)])
        raise CchcError(
            f"không có biểu mẫu '{name}'",
            f"có phải ý là '{meant}'?" if meant else "có: " + ", ".join(names),
        )
    return found


@contextmanager
def previewed(spec: FormSpec) -> Iterator[str]:
    """The form's address at a local Google that lives as long as the block, kept in memory."""
    try:
        from cchc_gforms.local_google.serve import open_state, running
    except ImportError as error:
        raise CchcError(
            f"thiếu thư viện {error.name} của Google cục bộ",
            'cài bằng: pip install "cchc-gforms[local]"',
        ) from error
    from cchc_gforms.google.address import Address
    from cchc_gforms.google.client import Google
    from cchc_gforms.google.credentials import Identity
    from cchc_gforms.google.new_form import make_form
    from cchc_gforms.spec.compile import compile_form

    state = open_state(None, seed=None)
    try:
        with running(state) as server:
            nobody = Identity(Path("none"), Path("none"))
            google = Google(nobody, Address.parse(server.url))
            try:
                address = make_form(google, compile_form(spec).wire)
            finally:
                google.close()
            yield address
    finally:
        state.close()
