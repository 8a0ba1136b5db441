"""`cchc local`: the local Google."""

from __future__ import annotations

from pathlib import Path

import click

from cchc_gforms.errors import CchcError, why


@click.group()
def local() -> None:
    """Google cục bộ: Biểu mẫu, Trang tính và Drive trên máy này, không cần tài khoản."""


@local.command()
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Chỉ nên là địa chỉ máy này; địa chỉ khác sẽ có cảnh báo.",
)
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
@click.option(
    "--quotas", is_flag=True, help="Đếm và giới hạn số lệnh gọi mỗi phút như Google (lỗi 429)."
)
def serve(host: str, port: int, data: Path, seed: int | None, quotas: bool) -> None:
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
        click.echo(
            f"CẢNH BÁO: {host} không phải địa chỉ của riêng máy này. Ai trong mạng cũng đọc và "
            "sửa được mọi dữ liệu ở đây vì không có mật khẩu. Chỉ dùng khi thật cần.",
            err=True,
        )
    data.mkdir(parents=True, exist_ok=True)
    try:
        run(
            host=host,
            port=port,
            data=data,
            seed=seed,
            announce=click.echo,
            quotas=quotas,
            to_others=True,
        )
    except OSError as error:
        raise CchcError(
            f"không mở được cổng {port} tại địa chỉ {host}: {why(error)}",
            "chọn cổng khác (--port 0 là cổng bất kỳ còn trống) hoặc bỏ --host",
        ) from error
