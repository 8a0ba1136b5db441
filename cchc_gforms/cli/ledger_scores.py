"""`cchc ledger scores`: points for emulation, when the regime switches them on."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from cchc_gforms.cli.ledger_book import (
    as_of_option,
    book_options,
    filter_options,
    load_year,
    read_selected,
)
from cchc_gforms.cli.main import echo_json
from cchc_gforms.errors import CchcError


@click.command()
@book_options
@filter_options
@as_of_option
def scores(
    year: int,
    spec_dir: Path,
    store_url: str,
    as_json: bool,
    as_of: datetime | None,
    **filters: tuple[str, ...],
) -> None:
    """Điểm thi đua của từng đơn vị, kèm công thức. Chỉ dùng khi regime.yaml bật `scoring`.

    \b
    Ví dụ:
      cchc ledger scores --year 2022
    """
    from cchc_gforms.ledger.scores import formula, said
    from cchc_gforms.ledger.scores import scores as score_rows

    reporting_year = load_year(spec_dir, year)
    rules = reporting_year.regime.scoring
    if not rules.enabled:
        raise CchcError(
            "chế độ báo cáo không cho điểm (scoring đang tắt): công văn không quy định điểm nào",
            "nếu cơ quan có quy định riêng, đặt enabled: true và số điểm ở mục scoring của "
            "regime.yaml",
        )
    found = score_rows(read_selected(store_url, reporting_year, as_of, filters).rows, rules)
    if as_json:
        scored = [{**asdict(one), "total": one.total, "most": one.most} for one in found]
        echo_json({"formula": formula(rules), "scores": scored})
        return
    for one in found:
        click.echo(
            f"{one.unit}: {said(one.total)}/{said(one.most)} điểm "
            f"(đúng hạn {said(one.timeliness)}/{said(one.timeliness_most)}, "
            f"chất lượng {said(one.quality)}/{said(one.quality_most)}; "
            f"{one.documents} văn bản)"
        )
    click.echo(f"Cách tính. {formula(rules)}")
