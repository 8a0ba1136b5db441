"""What the READMEs tell people to type works as told."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from cchc_gforms.cli.main import cchc, run
from tests.office import Bureau, local_google

ROOT = Path(__file__).parent.parent
NEEDS_A_PERSON = {
    "cchc auth login",
    "cchc local serve",
    "cchc spec preview",
    "cchc harvest status",  # tells how long ago the last harvest was; here it is 2022
    "cchc schedule install",
    "cchc schedule status",
    "cchc schedule remove",
}


def told() -> list[str]:
    """Every `cchc` command in the two READMEs, once, in their order."""
    found: list[str] = []
    for name in ("README.md", "README.vi.md"):
        text = (ROOT / name).read_text("utf-8")
        lines = re.findall(r"^(cchc [^#\n]+)", text, re.M) + re.findall(
            r"\| `(cchc [^`]+)` \|", text
        )
        found += [line.strip() for line in lines]
    return list(dict.fromkeys(found))


def test_the_readmes_tell_the_whole_main_job() -> None:
    verbs = {" ".join(command.split()[1:3]) for command in told()}
    assert {
        "spec check",
        "forms apply",
        "harvest --year",
        "ledger show",
        "dashboard publish",
        "auth login",
        "auth status",
        "local serve",
    } <= verbs


def test_every_command_told_runs_as_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with local_google(tmp_path, seed=8) as server, Bureau.at_work(server):
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("CCHC_SPEC", str(ROOT / "forms_spec"))
        for command in told():
            if " ".join(command.split()[:3]) not in NEEDS_A_PERSON:
                assert run(shlex.split(command)[1:]) == 0, (command, capsys.readouterr().err)
    assert (tmp_path / "so-theo-doi.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("command", sorted(NEEDS_A_PERSON))
def test_what_needs_a_person_is_at_least_there(command: str) -> None:
    group = cchc.get_command(click.Context(cchc), command.split()[1])
    assert isinstance(group, click.Group)
    assert command.split()[2] in group.commands


def test_every_script_told_is_there() -> None:
    scripts = set(re.findall(r"python (scripts/\w+\.py)", (ROOT / "README.md").read_text("utf-8")))
    assert scripts == {"scripts/demo.py", "scripts/test.py", "scripts/torture.py"}
    assert all((ROOT / script).is_file() for script in scripts)


def test_the_settings_told_are_those_of_the_options() -> None:
    rows = re.findall(
        r"^\| `(CCHC_\w+)` \| `(--[\w-]+)`", (ROOT / "README.md").read_text("utf-8"), re.M
    )
    forms = cchc.get_command(click.Context(cchc), "forms")
    assert isinstance(forms, click.Group)
    options = {
        str(option.envvar): option.opts[0]
        for option in forms.commands["apply"].params
        if isinstance(option, click.Option) and option.envvar
    }
    assert dict(rows) == options
