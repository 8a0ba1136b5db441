"""`cchc local`: the local Google."""

from __future__ import annotations

from pathlib import Path

import click

from cchc_gforms.errors import CchcError


@click.group()
def local() -> None:
    """Google cục bộ: Biểu mẫu, Trang tính và Drive trên máy này, không cần tài khoản."""


@local.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Chỉ nên là địa chỉ máy này.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8700,
    show_default=True,
    help="Cổng; 0 là cổng bất kỳ còn trống.",
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("local-google"),
    show_default=True,
    help="Thư mục giữ dữ liệu.",
)
@click.option("--seed", type=int, help="Số hạt giống, để các mã sinh ra lặp lại được.")
def serve(host: str, port: int, data: Path, seed: int | None) -> None:
    """Chạy Google cục bộ cho đến khi nhấn Ctrl+C. Dòng đầu in ra là địa chỉ.

    \b
    Ví dụ:
      cchc local serve --port 8700
    """
    try:
        from cchc_gforms.local_google.serve import serve as run
    except ImportError as error:
        raise CchcError(
            f"thiếu thư viện {error.name} của Google cục bộ",
            'cài bằng: pip install "cchc-gforms[local]"',
        ) from error
    if host not in {"127.0.0.1", "localhost", "::1"}:
        raise CchcError(
            f"{host} không phải địa chỉ của riêng máy này, người khác trong mạng sẽ đọc được",
            "dùng --host 127.0.0.1",
        )
    data.mkdir(parents=True, exist_ok=True)
    run(host=host, port=port, data=data, seed=seed, announce=click.echo)
