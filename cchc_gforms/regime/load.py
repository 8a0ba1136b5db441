"""The one loader of the regime: three files of the spec directory to a reporting year."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cchc_gforms.errors import Problem, ProblemsError, Where
from cchc_gforms.regime.check import check_regime, check_together, check_year
from cchc_gforms.regime.model import Regime
from cchc_gforms.regime.roster_file import load_roster
from cchc_gforms.regime.year import ReportingYear
from cchc_gforms.regime.year_file import YearFile
from cchc_gforms.yaml_file import YamlFile, parse
from cchc_gforms.yaml_file import load as load_yaml

__all__ = ["ReportingYear", "check", "load"]


def load(spec_dir: Path, year: int) -> ReportingYear:
    """Read regime.yaml, years/YYYY.yaml and units.csv.

    ProblemsError with every error of the three; warnings are for `check` to tell.
    """
    found, problems = check(spec_dir, year)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors or found is None:
        raise ProblemsError(errors)
    return found


def check(spec_dir: Path, year: int) -> tuple[ReportingYear | None, list[Problem]]:
    """The year, None when there are errors, and every problem of its files, warnings included."""
    regime, regime_file, problems = _regime(spec_dir)
    year_file, year_yaml, more = _year(spec_dir, year)
    problems += more
    roster_path = spec_dir / "units.csv"
    levels = regime.levels if regime else None
    roster, more = load_roster(roster_path, _shown(spec_dir, roster_path), levels)
    problems += more
    found = ReportingYear(regime, year_file, roster) if regime and year_file else None
    if found and regime_file and year_yaml and not _errors(problems):
        problems += check_together(found, regime_file, year_yaml)
    return (None if _errors(problems) else found), problems


def _errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _regime(spec_dir: Path) -> tuple[Regime | None, YamlFile | None, list[Problem]]:
    path = spec_dir / "regime.yaml"
    file, problems = load_yaml(path, _shown(spec_dir, path))
    if file is None:
        return None, None, problems
    regime, more = parse(file, Regime)
    if regime:
        more += check_regime(regime, file)
    return regime, file, problems + more


def _year(spec_dir: Path, year: int) -> tuple[YearFile | None, YamlFile | None, list[Problem]]:
    path = spec_dir / "years" / f"{year}.yaml"
    if not path.exists():
        where, fix = Where(_shown(spec_dir, path)), f"tạo tệp này, ít nhất có dòng 'year: {year}'"
        return None, None, [Problem("FILE-MISSING", where, "không có tệp này", fix)]
    file, problems = load_yaml(path, _shown(spec_dir, path))
    if file is None:
        return None, None, problems
    parsed, more = parse(file, YearFile)
    if parsed:
        more += check_year(parsed, year, file)
    return parsed, file, problems + more


def _shown(spec_dir: Path, path: Path) -> str:
    return (Path(spec_dir.name) / path.relative_to(spec_dir)).as_posix()
