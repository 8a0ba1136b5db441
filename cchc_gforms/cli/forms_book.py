"""What the commands of `cchc forms` share: their options, and the plan they show."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from cchc_gforms.cli.ledger_book import printable
from cchc_gforms.cli.settings import google_options, json_option, spec_option, year_option

if TYPE_CHECKING:
    from cchc_gforms.generator.form_plan import FormPlan
    from cchc_gforms.generator.plan import Allowed
    from cchc_gforms.generator.year_plan import YearPlan
    from cchc_gforms.regime.load import ReportingYear
    from cchc_gforms.spec.model import FormSpec
    from cchc_gforms.store.log import EventLog

Command = TypeVar("Command", bound=Callable[..., Any])

_HIDDEN = "…"
CHANGES = 3  # exit code: there is something to do

_STYLES = {"+": "green", "~": "yellow", "±": "magenta", "↑": "cyan", "−": "red", "!": "bold red"}


def form_options(command: Command) -> Command:
    """`--year`, `--spec`, `--json` and where Google is."""
    for option in (json_option, spec_option, year_option):
        command = option(command)
    with_account: Command = google_options(command)  # type: ignore[assignment]
    return with_account


def allow_options(command: Command) -> Command:
    """`--allow-remove KEY`, `--allow-replace KEY`."""
    for name, help in (
        ("replace", "Cho đổi loại câu hỏi có khóa này; câu trả lời cũ không còn thuộc về nó."),
        ("remove", "Cho bỏ câu hỏi có khóa này; câu trả lời cũ không còn câu hỏi."),
    ):
        option = click.option(f"--allow-{name}", metavar="KEY", multiple=True, help=help)
        command = option(command)
    return command


def allowed_of(remove: tuple[str, ...], replace: tuple[str, ...]) -> Allowed:
    from cchc_gforms.generator.plan import Allowed

    return Allowed(frozenset(remove), frozenset(replace))


def refuse_needless(plan: YearPlan, allowed: Allowed) -> None:
    """click.BadParameter for leave that nothing needs."""
    from cchc_gforms.yaml_file import near_miss

    leave = (("remove", allowed.remove, False), ("replace", allowed.replace, True))
    for option, names, replace in leave:
        for name in plan.needless(sorted(names), replace=replace):
            known = plan.needing_leave(replace=replace)
            meant = near_miss(name, known)
            hint = f"có phải ý là '{meant}'?" if meant else "bỏ tùy chọn này"
            what = "đổi loại" if replace else "bỏ"
            raise click.BadParameter(
                f"không có câu hỏi nào cần {what} tên '{name}'; {hint}",
                param_hint=f"--allow-{option}",
            )


def as_typed() -> str:
    """The command with its options, but for a password in an address."""
    context = click.get_current_context()
    words = context.command_path.split()
    for option in context.command.params:
        given = context.get_parameter_source(option.name or "") is ParameterSource.COMMANDLINE
        if not given or not isinstance(option, click.Option):
            continue
        value, name = context.params[option.name or ""], max(option.opts, key=len)
        values = value if option.multiple else (value,)
        pairs = ([name] if option.is_flag else [name, _open_part(str(one))] for one in values)
        words += [word for pair in pairs for word in pair]
    return " ".join(word if word == _HIDDEN else shlex.quote(word) for word in words)


def _open_part(value: str) -> str:
    return _HIDDEN if "://" in value and "@" in value else value


def tell_waiting(year: ReportingYear) -> None:
    """On standard error, which forms wait for the bureau's plan of the year (R14)."""
    if year.undated:
        waiting = ", ".join(f"“{year.label(*duty.key)}”" for duty in year.undated)
        click.echo(
            f"Chưa lập biểu mẫu {waiting}: chờ Kế hoạch của {year.agency.bureau.short_name}; khi "
            f"đã ban hành, ghi `plan` (number, issued_on) vào years/{year.year.year}.yaml.",
            err=True,
        )


def tell_lost(log: EventLog, plan: YearPlan, specs: Sequence[FormSpec]) -> None:
    """On standard error, which forms were made before and are not found: made anew they are empty,
    and the answers are with the old ones."""
    from cchc_gforms.cli.dashboard_addresses import remembered_forms

    made = remembered_forms(log, specs)
    anew = [form.subject for form in plan.forms if form.form_id is None]
    if lost := ", ".join(f"“{one.title}”" for one in anew if one.name in made):
        click.echo(
            f"Chú ý: {lost} đã được tạo mà nay không thấy trong Drive. Biểu mẫu mới sẽ trống, câu "
            "trả lời cũ ở lại biểu mẫu cũ: trước hết xem đúng tài khoản chưa (`cchc auth status`), "
            "tìm trong thùng rác, hoặc nhờ chủ biểu mẫu chia sẻ lại.",
            err=True,
        )


def named(specs: Sequence[FormSpec], names: Sequence[str]) -> list[FormSpec]:
    """The forms of these names, in that order; click.BadParameter for a name of none."""
    from cchc_gforms.yaml_file import near_miss

    by_name = {spec.name: spec for spec in specs}
    for name in names:
        if name not in by_name:
            meant = near_miss(name, sorted(by_name))
            hint = f"có phải ý là '{meant}'?" if meant else f"dùng: {', '.join(by_name)}"
            raise click.BadParameter(f"không có biểu mẫu '{name}'; {hint}", param_hint="NAME")
    return [by_name[name] for name in dict.fromkeys(names)]


def print_plan(plan: YearPlan) -> None:
    """Every form and question that changes, at most 80 columns wide."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(highlight=False)
    console.width = min(console.width, 80)
    console.print(Text(_summary(plan), "bold"))
    for form in plan.forms:
        lines = list(_lines(form))
        head = "tạo mới" if form.form_id is None else "sửa" if form.has_work else "không đổi"
        title = f"{printable(form.subject.title)} ({form.subject.name})"
        console.print(Text(f"{title} – {head}", "bold" if lines else "dim"))
        for depth, sign, text in lines:
            body = Text(f"{sign} {printable(text)}".strip(), _STYLES.get(sign, ""))
            console.print(Padding(body, (0, 0, 0, 2 + 4 * depth)))
    for text in _rest(plan):
        console.print(Text(text))


def _summary(plan: YearPlan) -> str:
    """Forms by what becomes of them, and questions by what is done to them."""
    from cchc_gforms.generator.changes import (
        AddItem,
        ChangeEmailCollection,
        ChangeInfo,
        ChangeItem,
        MoveItem,
        RemoveItem,
        ReplaceItem,
    )

    made = [form for form in plan.forms if form.form_id is None]
    changed = [form for form in plan.forms if form.form_id and form.has_work]
    rest = len(plan.forms) - len(made) - len(changed)
    changes = [
        type(change)
        for form in plan.forms
        for change in form.plan.changes
        if not isinstance(change, (ChangeInfo, ChangeEmailCollection)) and change.item.questions
    ]
    kinds = {"thêm": AddItem, "sửa": ChangeItem, "làm lại": ReplaceItem, "chuyển chỗ": MoveItem,
             "bỏ": RemoveItem}  # fmt: skip
    counts = {word: changes.count(kind) for word, kind in kinds.items()}
    questions = ", ".join(f"{word} {count}" for word, count in counts.items() if count)
    return (
        f"Biểu mẫu: tạo mới {len(made)}, sửa {len(changed)}, không đổi {rest}. "
        f"Câu hỏi: {questions or 'không đổi'}."
    )


def _lines(form: FormPlan) -> Iterator[tuple[int, str, str]]:
    """Depth, sign and text."""
    from cchc_gforms.generator.wording import leave_of, said

    after = form.after
    if form.template:
        yield 0, "+", f"chép từ mẫu “{form.template.name}”"
    for change in form.plan.changes:
        one = said(change, after)
        yield 0, one.sign, one.line
        for differs in one.fields:
            yield 1, "", str(differs)
    if form.publish:
        yield 0, "+", "phát hành, nhận câu trả lời"
    for who in form.grant:
        yield 0, "+", f"cho trả lời: {_who(who)}"
    for who in form.revoke:
        yield 0, "−", f"thôi cho trả lời: {_who(who)}"
    if form.form_id and form.tags:
        yield 0, "~", "cập nhật nhãn của tệp trong Drive"
    for todo in form.by_hand:
        yield 0, "!", f"việc phải làm bằng tay: {todo}"
    for stake in form.plan.at_stake:
        yield 0, "!", f"cần được phép: {leave_of(stake)} (cột “{stake.column}”)"
    for key in form.forgotten:
        yield (
            0,
            "!",
            f"hết chỗ nhớ câu hỏi “{key}” đã bỏ từ trước: chạy `cchc harvest` trước khi apply, vì "
            "câu trả lời thu thập sau đó chỉ còn mã của câu hỏi",
        )
    for stranger in form.plan.strangers:
        yield 0, "", f"giữ nguyên câu hỏi ngoài đặc tả “{stranger.title}”"
    for who in form.others:
        yield 0, "!", outsider(who)
    if form.closed:
        yield 0, "", "đang đóng, không nhận câu trả lời; mở lại bằng `cchc forms open`"


def outsider(who: str) -> str:
    """Of somebody who may answer a form and is not, or no longer, on the list."""
    return (
        f"{who} không (hoặc không còn) trong danh sách mà vẫn trả lời được biểu mẫu này → nếu "
        "không đúng: mở trang sửa biểu mẫu, nút Chia sẻ, mục Người trả lời, bỏ địa chỉ đó"
    )


def _who(responder: str) -> str:
    return "bất kỳ ai có đường liên kết" if responder == "anyone" else responder


def _rest(plan: YearPlan) -> Iterator[str]:
    for title in plan.left_over:
        yield f"{printable(title)} – đặc tả không còn biểu mẫu này; giữ nguyên"
    if plan.control is None:
        yield "Bảng tính nhận câu trả lời – tạo mới"
    elif plan.writes_control:
        yield "Bảng tính nhận câu trả lời – ghi lại danh sách biểu mẫu"
    if plan.unclaimed:
        yield f"Ghi tên chế độ vào {len(plan.unclaimed)} tệp do phiên bản trước tạo"
    for regime in plan.foreign:
        yield (
            f"Tài khoản này có biểu mẫu cùng tên của chế độ “{printable(regime)}”; để yên. Nếu đó "
            "cũng là chế độ này, mới đổi số văn bản hay id: đừng chạy apply, ghi vào regime.yaml "
            f"dòng `id: {printable(regime)}`"
        )
    if plan.periods:
        yield f"Mở {len(plan.periods)} kỳ: {', '.join(plan.periods)}"
