"""`cchc auth`: who we are at Google."""

from __future__ import annotations

import click

from cchc_gforms.cli.settings import GoogleSettings, google_options


@click.group()
def auth() -> None:
    """Đăng nhập Google, xem đang dùng tài khoản nào."""


@auth.command()
@google_options
@click.option("--no-browser", is_flag=True, help="Chỉ in địa chỉ, không tự mở trình duyệt.")
def login(account: GoogleSettings, no_browser: bool) -> None:
    """Đăng nhập trong trình duyệt; phiên được giữ trong tệp chỉ mình bạn đọc được.

    \b
    Ví dụ:
      cchc auth login
    """
    from cchc_gforms.google.credentials import login as run

    run(account.identity, account.address, open_browser=not no_browser)
    click.echo(f"Đã đăng nhập. Phiên được giữ tại {account.token}.")


@auth.command()
@google_options
def status(account: GoogleSettings) -> None:
    """Cho biết đang làm việc với tài khoản nào, tại đâu.

    \b
    Ví dụ:
      cchc auth status
    """
    with account.open() as google:
        about = google.execute(google.drive.about().get(fields="user(emailAddress,displayName)"))
    where = google.address.local or "Google"
    click.echo(f"{about['user']['emailAddress']} tại {where}")
