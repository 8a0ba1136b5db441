"""What `cchc dashboard units` says it did, and what a person should do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from cchc_gforms.dashboard.unit_books import UnitBook
    from cchc_gforms.google.address import Address
    from cchc_gforms.google.registry import DeployedFile

_FEW = 5


def warn(texts: Iterable[str]) -> None:
    """On standard error, beside the JSON of standard output."""
    for text in texts:
        click.echo(f"Chú ý: {text}", err=True)


def told(
    books: Sequence[UnitBook],
    address: Address,
    left_over: Mapping[str, DeployedFile],
    calls: int,
    *,
    share: bool,
) -> dict[str, object]:
    units = [
        {
            "unit": one.view.code,
            "name": one.view.name,
            "url": address.spreadsheet_page(one.id) if one.id else None,
            "done": one.deed,
            "let_in": one.readers.grant if share and not one.error else (),
            "shut_out": tuple(one.readers.revoke) if share and not one.error else (),
            "not_let_in": () if share and not one.error else one.readers.grant,
            "not_shut_out": () if share and not one.error else tuple(one.readers.revoke),
            "others": one.readers.others,
            "error": str(one.error) if one.error else None,
        }
        for one in books
    ]
    return {"units": units, "left_over": sorted(left_over), "calls": calls}


def lines(books: Sequence[UnitBook], address: Address, *, share: bool, many: bool) -> Iterator[str]:
    done = [one for one in books if one.error is None]
    deeds = Counter(one.deed for one in done)
    yield (
        f"Bảng của {len(done)}/{len(books)} đơn vị: tạo mới {deeds['made']}, ghi lại "
        f"{deeds['written']}, không đổi {deeds['same']}."
    )
    if share:
        let_in = sum(len(one.readers.grant) for one in done)
        shut_out = [who for one in done for who in one.readers.revoke]
        yield f"Cho xem thêm {let_in} địa chỉ; thôi cho xem {len(shut_out)}."
        yield from (f"  thôi cho xem: {who}" for who in shut_out)
    if len(done) <= _FEW:
        for one in done:
            yield f"{one.view.code}: {address.spreadsheet_page(one.id)}"
    elif not many:
        yield "Đường liên kết để gửi các đơn vị: thêm --csv TỆP."


def remarks(
    books: Sequence[UnitBook],
    left_over: Mapping[str, DeployedFile],
    address: Address,
    *,
    share: bool,
) -> Iterator[str]:
    """What a person should do."""
    for why, codes in _by_error(books).items():
        yield f"chưa xong {_some(codes)}: {why}"
    done = [one for one in books if one.error is None]
    if not share:
        if codes := [one.view.code for one in done if one.readers.grant]:
            yield f"{_some(codes)} chưa xem được bảng của mình: thêm --share."
        if codes := [one.view.code for one in done if one.readers.revoke]:
            yield f"{_some(codes)} còn người xem không có trong units.csv: thêm --share để thôi."
    if codes := [one.view.code for one in done if not one.view.readers]:
        yield f"{_some(codes)} không có địa chỉ nào trong units.csv, nên không ai xem được."
    for one in done:
        if one.readers.others:
            who = ", ".join(_OPEN.get(other, other) for other in one.readers.others)
            yield (
                f"{one.view.code}: {who} xem được vì có người chia sẻ tay; để yên. Nếu không đúng, "
                f"mở {address.spreadsheet_page(one.id)}, nút Chia sẻ, bỏ đi."
            )
    for code, file in left_over.items():
        yield (
            f"{code} không còn trong sổ mà vẫn có bảng; để yên. Nếu thừa, xóa "
            f"{address.spreadsheet_page(file.id)}"
        )


_OPEN = {"anyone": "bất kỳ ai có đường liên kết", "domain": "mọi người trong tên miền"}


def _by_error(books: Sequence[UnitBook]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in books:
        if one.error:
            found.setdefault(str(one.error), []).append(one.view.code)
    return found


def _some(codes: Collection[str]) -> str:
    """As many codes as a line has room for."""
    few = ", ".join(list(codes)[:_FEW])
    return few if len(codes) <= _FEW else f"{few} và {len(codes) - _FEW} đơn vị nữa"
