"""`cchc store`: the event log itself — verified, backed up, taken out and in."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path

import click

from cchc_gforms.cli.main import echo_json
from cchc_gforms.cli.settings import (
    file_url,
    json_option,
    open_existing_store,
    open_store,
    open_store_to_fill,
    store_option,
    written,
)
from cchc_gforms.cli.store_again import rebuild, restore
from cchc_gforms.errors import CchcError

_NEW_FILE = click.Path(dir_okay=False, path_type=Path)
_OLD_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def store() -> None:
    """Sổ sự kiện: kiểm tra nguyên vẹn, sao lưu, phục hồi, xuất, nhập."""


store.add_command(restore)
store.add_command(rebuild)


@store.command()
@store_option
@json_option
def verify(store_url: str, as_json: bool) -> int:
    """Kiểm tra chuỗi mã băm của sổ: có bản ghi nào bị sửa, bị rút ra không. Mã thoát 1 khi có.

    \b
    Ví dụ:
      cchc store verify
    """
    with open_existing_store(store_url) as log:
        wrong = log.verify()
        count = log.count()
    if as_json:
        echo_json({"records": count, "problems": wrong})
    else:
        for problem in wrong:
            click.echo(problem, err=True)
        said = "nguyên vẹn" if not wrong else f"KHÔNG nguyên vẹn: {len(wrong)} chỗ"
        click.echo(f"{count} bản ghi, {said}.")
    return 1 if wrong else 0


@store.command()
@click.argument("file", type=_NEW_FILE)
@store_option
def backup(file: Path, store_url: str) -> None:
    """Sao lưu cả sổ (tệp SQLite hay PostgreSQL) vào một tệp mới.

    \b
    Ví dụ:
      cchc store backup so-su-kien-sao-luu.sqlite
    """
    from cchc_gforms.store.transfer import copy

    if file.exists():
        raise CchcError(f"đã có tệp {file}", "chọn tên khác; bản sao lưu không ghi đè tệp nào")
    with open_existing_store(store_url) as log, open_store_to_fill(file_url(file)) as target:
        count = copy(log, target)
    click.echo(f"Đã sao lưu {count} bản ghi vào {file}.")


@store.command()
@click.argument("file", type=_NEW_FILE)
@store_option
def export(file: Path, store_url: str) -> None:
    """Xuất mọi sự kiện ra tệp JSON Lines, mỗi dòng một sự kiện; sổ hỏng thì không xuất gì.

    \b
    Ví dụ:
      cchc store export su-kien.jsonl
    """
    from cchc_gforms.store.transfer import lines

    count = 0
    with open_existing_store(store_url) as log:
        log.check()
        with written(file), file.open("w", encoding="utf-8") as out:
            for line in lines(log):
                out.write(line + "\n")
                count += 1
    click.echo(f"Đã xuất {count} sự kiện ra {file}.")


@store.command("import")
@click.argument("file", type=_OLD_FILE)
@click.option("--by", help="Người nhập, ghi vào sổ. Mặc định: tên đăng nhập máy này.")
@store_option
@json_option
def import_(file: Path, by: str | None, store_url: str, as_json: bool) -> None:
    """Nhập sự kiện từ tệp JSON Lines; sai một dòng thì báo mọi dòng sai và không nhập gì.

    Sự kiện đã có thì giữ nguyên. Sổ ghi lại ai nhập, từ tệp nào; các dòng của sổ theo dõi có dữ
    liệu nhập được đánh dấu.

    \b
    Ví dụ:
      cchc store import su-kien.jsonl --by "Nguyễn Văn Mẫu"
    """
    from cchc_gforms.store.transfer import bring_in

    content = file.read_bytes()
    with open_store(store_url) as log:
        new = bring_in(
            log, content, file.name, recorded_by=by or getpass.getuser(), at=datetime.now(UTC)
        )
    if as_json:
        echo_json({"imported": len(new)})
    else:
        click.echo(f"Đã nhập {len(new)} sự kiện mới từ {file}.")
