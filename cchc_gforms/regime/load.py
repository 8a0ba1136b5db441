"""The one loader of the regime: three files of the spec directory to a reporting year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cchc_gforms.errors import Problem, ProblemsError, Where
from cchc_gforms.regime.check import check_regime, check_year
from cchc_gforms.regime.check_together import check_together
from cchc_gforms.regime.lost import REGIME, is_whole, levels_written, year_file
from cchc_gforms.regime.model import Level, Regime
from cchc_gforms.regime.roster_file import load_roster
from cchc_gforms.regime.year import ReportingYear
from cchc_gforms.regime.year_file import YearFile
from cchc_gforms.yaml_file import Known, YamlFile, parse_partly
from cchc_gforms.yaml_file import load as load_yaml

__all__ = ["Read", "ReportingYear", "check", "load", "read"]


@dataclass(frozen=True, slots=True)
class Read:
    """The three files, as far as they are right: `year` is None when there are errors, `regime`
    lacks what is wrong in it, `documents` are the names of all that it has."""

    year: ReportingYear | None
    regime: Regime | None
    documents: Known
    problems: list[Problem]


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
    found = read(spec_dir, year)
    return found.year, found.problems


def read(spec_dir: Path, year: int) -> Read:
    """The files as far as they are right, and every problem of them, warnings included."""
    regime, regime_file, problems = _regime(spec_dir)
    given, year_yaml, more = _year(spec_dir, year)
    problems += more
    path = spec_dir / "units.csv"
    roster, more = load_roster(path, _shown(spec_dir, path), _levels(regime, regime_file))
    problems += more
    found = ReportingYear(regime, given, roster) if regime and given else None
    if found and regime_file and year_yaml:
        problems += check_together(found, regime_file, year_yaml)
    wrong = any(problem.severity == "error" for problem in problems)
    documents = regime_file.known(("documents",)) if regime_file else Known(open=True)
    return Read(None if wrong else found, _right(regime, regime_file), documents, problems)


def _right(regime: Regime | None, file: YamlFile | None) -> Regime | None:
    """The regime without the documents in which something stands in."""
    if regime is None or file is None:
        return None
    documents = {
        id: rules for id, rules in regime.documents.items() if is_whole(file, ("documents", id))
    }
    return regime.model_copy(update={"documents": documents})


def _levels(regime: Regime | None, file: YamlFile | None) -> Mapping[str, Level] | None:
    """The levels that the roster may name; None where they are not all known."""
    if regime is None or file is None:
        return None
    return levels_written(file, regime.levels)


def _regime(spec_dir: Path) -> tuple[Regime | None, YamlFile | None, list[Problem]]:
    path = spec_dir / "regime.yaml"
    file, problems = load_yaml(path, _shown(spec_dir, path))
    if file is None:
        return None, None, problems
    file, regime, more = parse_partly(file, Regime, REGIME)
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
    file, parsed, more = parse_partly(file, YearFile, year_file(year))
    if parsed:
        more += check_year(parsed, year, file)
        parsed = parsed.model_copy(update={"year": year})
    return parsed, file, problems + more


def _shown(spec_dir: Path, path: Path) -> str:
    return (Path(spec_dir.name) / path.relative_to(spec_dir)).as_posix()
