"""The one loader of specs: every form of a year, or every problem of every file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cchc_gforms.errors import Problem, ProblemsError, Where
from cchc_gforms.regime.load import ReportingYear
from cchc_gforms.regime.load import load as load_regime
from cchc_gforms.regime.periods import period_of
from cchc_gforms.spec.check import Names, check_file, check_headers, check_lists
from cchc_gforms.spec.check_items import check_prefill
from cchc_gforms.spec.check_yearly import check_news, check_processing
from cchc_gforms.spec.expand import Page, Shared
from cchc_gforms.spec.files import FormFile, ListsFile, PartsFile
from cchc_gforms.spec.fill import fill
from cchc_gforms.spec.model import NEWS, PROCESSING, FormSpec
from cchc_gforms.spec.outline import outline_nodes
from cchc_gforms.spec.wording import reworded, unused
from cchc_gforms.yaml_file import YamlFile, parse
from cchc_gforms.yaml_file import load as load_yaml

_YEARLY = ("year", "bureau.name", "bureau.short_name", "parent.name", "parent.short_name")


@dataclass(frozen=True, slots=True)
class _Subject:
    """A form to make from a file: what it is called and what its placeholders stand for."""

    name: str
    document: str
    period: str | None
    values: Mapping[str, str]


def load_all(spec_dir: Path, year: int) -> tuple[ReportingYear, tuple[FormSpec, ...]]:
    """Regime and forms of a year. ProblemsError with the problems of all files: where the regime
    is wrong, the forms are read all the same, as far as they make sense without it."""
    try:
        reporting_year = load_regime(spec_dir, year)
    except ProblemsError as wrong:
        more = [problem for name in _written(spec_dir) for problem in _form(spec_dir, name)[2]]
        shared = [*_lists(spec_dir)[1], *_parts(spec_dir)[2], *outline_nodes(spec_dir)[1]]
        raise ProblemsError([*wrong.problems, *shared, *more]) from None
    return reporting_year, load(spec_dir, reporting_year)


def load(spec_dir: Path, year: ReportingYear) -> tuple[FormSpec, ...]:
    """One form a document and period, then those of the year: the news form, where there is such
    a file, and the processing form. ProblemsError with all problems."""
    shared, problems = _shared(spec_dir, year)
    nodes, more = outline_nodes(spec_dir)
    problems += more
    specs: list[FormSpec] = []
    files: dict[str, YamlFile] = {}
    made: dict[str, list[Page]] = {}
    for file_name, subjects in _subjects(spec_dir, year).items():
        file, form, more = _form(spec_dir, file_name)
        if file is None or form is None:
            problems += more
            continue
        names = Names(frozenset(subjects[0].values), shared, nodes)
        pages, wrong = check_file(file, form, names, processing=file_name == PROCESSING)
        wrong += _check_yearly(pages, subjects[0])
        made[file_name] = pages
        problems += more + wrong
        if more + wrong:
            continue
        for one in subjects:
            specs.append(
                fill(
                    form,
                    pages,
                    name=one.name,
                    document=one.document,
                    period=one.period,
                    values=one.values,
                )
            )
            files[one.name] = file
    problems += _check_prefill(year, made)
    if not problems:
        problems += _unused_wording(spec_dir, year, specs)
    specs = [reworded(spec, year.year.wording) for spec in specs]
    problems += check_headers(specs, files)
    if problems:
        raise ProblemsError(dict.fromkeys(problems))
    return tuple(specs)


def _shared(spec_dir: Path, year: ReportingYear) -> tuple[Shared, list[Problem]]:
    """What forms refer to by name; a parts.yaml need not be."""
    lists, problems = _lists(spec_dir)
    parts_file, parts, more = _parts(spec_dir)
    choices = {
        "roster": tuple(year.roster.choice(unit) for unit in year.roster.units),
        "documents": tuple(year.label(document, period) for document, period in year.obligated()),
        "periods": tuple(
            period_of(kind, rules, year.year.year).title
            for kind, rules in year.regime.periods.items()
        ),
        **{name: tuple(entry.title for entry in entries) for name, entries in lists.lists.items()},
    }
    return Shared(lists.lists, choices, parts, parts_file), problems + more


def _unused_wording(
    spec_dir: Path, year: ReportingYear, specs: Sequence[FormSpec]
) -> Iterator[Problem]:
    """Phrases of the year file that no form says: most likely misspelt."""
    phrases = unused(specs, year.year.wording)
    if not phrases:
        return
    name = f"years/{year.year.year}.yaml"
    file, _ = load_yaml(spec_dir / name, f"{spec_dir.name}/{name}")
    for phrase in phrases:
        where = file.key_where(("wording", phrase)) if file else Where(f"{spec_dir.name}/{name}")
        message = f"không biểu mẫu nào có cụm từ '{phrase}'"
        fix = "viết đúng như trong đặc tả (cả chữ hoa), hoặc bỏ dòng này"
        yield Problem("YEAR-UNUSED-WORDING", where, message, fix)


def _check_prefill(year: ReportingYear, made: Mapping[str, list[Page]]) -> Iterator[Problem]:
    """What a form takes over from another is there; of a form that this year does not have,
    nothing is known."""
    documents = year.regime.documents
    asked = {
        name: {one.item.key for page in made[rules.spec] for one in page.items}
        for name, rules in documents.items()
        if rules.spec in made
    }
    for pages in made.values():
        yield from check_prefill(pages, documents, asked)


def _check_yearly(made: Sequence[Page], subject: _Subject) -> Iterator[Problem]:
    """What only the forms that a year has once must have."""
    if subject.period is None:
        check = check_processing if subject.document == PROCESSING else check_news
        yield from check(made)


def _subjects(spec_dir: Path, year: ReportingYear) -> dict[str, list[_Subject]]:
    """The forms to make, by the file they are made from.

    News items are owed by no date (A21), so the regime says nothing of them: their form is there
    where its file is.
    """
    subjects: dict[str, list[_Subject]] = {}
    yearly: dict[str, str] = {}
    for duty in year.duties:
        document, period = duty.key
        values = year.template_values(document, period)
        yearly = {name: values[name] for name in (*_YEARLY, "dispatch.number")}
        if duty.channel != "in_person":
            subject = _Subject(f"{document}/{period}", document, period, values)
            subjects.setdefault(duty.rules.spec, []).append(subject)
    once = [NEWS] if NEWS not in subjects and (spec_dir / f"{NEWS}.yaml").exists() else []
    for document in (*once, PROCESSING):
        name = f"{document}/{year.year.year}"
        subjects[document] = [_Subject(name, document, None, yearly)]
    return subjects


def _written(spec_dir: Path) -> list[str]:
    """Every form file there is, whether the regime names it or not."""
    names = {path.stem for path in spec_dir.glob("*.yaml")}
    return sorted(names - {"regime", "lists", "parts", "outline"})


def _lists(spec_dir: Path) -> tuple[ListsFile, list[Problem]]:
    path = spec_dir / "lists.yaml"
    file, problems = load_yaml(path, f"{spec_dir.name}/lists.yaml")
    lists, more = parse(file, ListsFile) if file else (None, [])
    if file and lists:
        more += check_lists(file, lists)
    return lists or ListsFile(lists={}), problems + more


def _parts(spec_dir: Path) -> tuple[YamlFile | None, PartsFile, list[Problem]]:
    path = spec_dir / "parts.yaml"
    if not path.exists():
        return None, PartsFile(), []
    file, problems = load_yaml(path, f"{spec_dir.name}/parts.yaml")
    parts, more = parse(file, PartsFile) if file else (None, [])
    return file, parts or PartsFile(), problems + more


def _form(spec_dir: Path, name: str) -> tuple[YamlFile | None, FormFile | None, list[Problem]]:
    path = spec_dir / f"{name}.yaml"
    file, problems = load_yaml(path, f"{spec_dir.name}/{name}.yaml")
    form, more = parse(file, FormFile) if file else (None, [])
    return file, form, problems + more
