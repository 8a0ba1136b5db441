"""The one loader of specs: every form of a year, or every problem of every file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cchc_gforms.errors import Problem, ProblemsError
from cchc_gforms.regime.load import Read, ReportingYear
from cchc_gforms.regime.load import read as read_regime
from cchc_gforms.regime.model import Regime
from cchc_gforms.regime.periods import period_of
from cchc_gforms.regime.year import placeholders
from cchc_gforms.spec.check import OWN_CHOICES, Names, check_file, check_headers, check_lists
from cchc_gforms.spec.check_items import check_prefill
from cchc_gforms.spec.check_wording import check_clashes, check_unsaid
from cchc_gforms.spec.check_yearly import check_news, check_processing
from cchc_gforms.spec.expand import Page, Shared
from cchc_gforms.spec.files import Entry, FormFile, ListsFile, PartsFile
from cchc_gforms.spec.fill import fill
from cchc_gforms.spec.lost import FORM, LISTS, PARTS, names_of, whole
from cchc_gforms.spec.model import NEWS, PROCESSING, FormSpec
from cchc_gforms.spec.outline import outline_nodes
from cchc_gforms.spec.wording import reworded
from cchc_gforms.yaml_file import Known, YamlFile, parse_partly
from cchc_gforms.yaml_file import load as load_yaml

_YEARS = ("year", "previous_year", "next_year")
_OFFICES = ("bureau.name", "bureau.short_name", "parent.name", "parent.short_name")
_OF_A_YEAR = frozenset((*_YEARS, *_OFFICES, "dispatch.number"))
_NO_FORM = frozenset({"regime", "lists", "parts", "outline"})


@dataclass(frozen=True, slots=True)
class _Subject:
    """A form to make from a file: what it is called, what its placeholders stand for, and the
    units that it does not concern, as the roster offers them."""

    name: str
    document: str
    period: str | None
    values: Mapping[str, str]
    not_for: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Made:
    """What one file of forms makes: the pages, as far as they are right, for each subject."""

    file: YamlFile
    form: FormFile
    pages: list[Page]
    problems: list[Problem]


def load_all(spec_dir: Path, year: int) -> tuple[ReportingYear, tuple[FormSpec, ...]]:
    """Regime and forms of a year. ProblemsError with every problem of the files they are made of,
    and of no other."""
    return _all(spec_dir, year, every=False)


def check_all(spec_dir: Path, year: int) -> tuple[ReportingYear, tuple[FormSpec, ...]]:
    """The same, with the problems of all form files, whether the year needs them or not."""
    return _all(spec_dir, year, every=True)


def load(spec_dir: Path, year: ReportingYear) -> tuple[FormSpec, ...]:
    """One form a document and period, then those of the year: the news form, where there is such
    a file, and the processing form. ProblemsError with all problems."""
    read = Read(year, year.regime, Known(year.regime.documents), [])
    specs, problems = _forms(spec_dir, read, every=False)
    if problems:
        raise ProblemsError(problems)
    return specs


def _all(spec_dir: Path, year: int, *, every: bool) -> tuple[ReportingYear, tuple[FormSpec, ...]]:
    read = read_regime(spec_dir, year)
    specs, problems = _forms(spec_dir, read, every=every)
    errors = [problem for problem in read.problems if problem.severity == "error"]
    if problems or read.year is None:
        raise ProblemsError([*errors, *problems])
    return read.year, specs


def _forms(
    spec_dir: Path, read: Read, *, every: bool
) -> tuple[tuple[FormSpec, ...], list[Problem]]:
    """The forms, or what is wrong: with the regime wrong too, as far as can be told without it."""
    shared, problems = _shared(spec_dir, read.year)
    nodes, more = outline_nodes(spec_dir)
    problems += more
    subjects = _subjects(spec_dir, read.year) if read.year else {}
    made: dict[str, _Made] = {}
    for name in _files(spec_dir, read, subjects, every=every):
        one, more = _make(spec_dir, name, Names(_placeholders(name, read.regime), shared, nodes))
        problems += more
        if one:
            made[name] = one
    problems += _check_prefill(read, made)
    specs = [
        (_filled(one, made[name]), made[name])
        for name, several in subjects.items()
        if name in made
        for one in several
    ]
    problems += check_headers([(spec, one.file) for spec, one in specs if not one.problems])
    wording = read.year.year.wording if read.year else {}
    worded = [(spec, reworded(spec, wording)) for spec, _ in specs]
    if read.year and wording:
        problems += _check_wording(spec_dir, read.year, worded, whole=not problems)
    return tuple(spec for _, spec in worded), list(dict.fromkeys(problems))


def _files(spec_dir: Path, read: Read, subjects: Mapping[str, object], *, every: bool) -> list[str]:
    """The form files to read: those that the year needs, or every one there is or should be."""
    if read.year and not every:
        return list(subjects)
    named = [rules.spec for rules in read.regime.documents.values()] if read.regime else []
    written = sorted(path.stem for path in spec_dir.glob("*.yaml"))
    return [
        one
        for one in dict.fromkeys((*subjects, *named, PROCESSING, *written))
        if one not in _NO_FORM
    ]


def _make(spec_dir: Path, name: str, names: Names) -> tuple[_Made | None, list[Problem]]:
    file, problems = load_yaml(spec_dir / f"{name}.yaml", f"{spec_dir.name}/{name}.yaml")
    if file is None:
        return None, problems
    file, form, more = parse_partly(file, FormFile, FORM)
    problems += more
    if form is None:
        return None, problems
    pages, more = check_file(file, form, names, processing=name == PROCESSING)
    problems += more
    if name == PROCESSING:
        problems += check_processing(pages)
    elif name == NEWS and names.placeholders == _OF_A_YEAR:
        problems += check_news(pages)
    return _Made(file, form, pages, problems), problems


def _filled(one: _Subject, made: _Made) -> FormSpec:
    return fill(
        made.form,
        made.pages,
        name=one.name,
        document=one.document,
        period=one.period,
        values=one.values,
        not_for=one.not_for,
    )


def _placeholders(name: str, regime: Regime | None) -> frozenset[str]:
    """What the texts of a form file may leave to be filled in; anything there is, where nobody
    knows what it is for."""
    if name == PROCESSING:
        return _OF_A_YEAR
    kinds = [one for one in regime.documents.values() if one.spec == name] if regime else []
    if not kinds:
        return _OF_A_YEAR if name == NEWS else placeholders()
    return frozenset.intersection(*map(placeholders, kinds))


def _shared(spec_dir: Path, year: ReportingYear | None) -> tuple[Shared, list[Problem]]:
    """What forms refer to by name; a parts.yaml need not be."""
    lists_file, lists, problems = _lists(spec_dir)
    parts_file, parts, more = _parts(spec_dir)
    list_names = lists_file.known(("lists",)) if lists_file else Known(open=True)
    missing = Known(open=(spec_dir / "parts.yaml").exists())
    shared = Shared(
        lists=lists,
        choices={
            **(_of_the_year(year) if year else {}),
            **{name: tuple(entry.title for entry in entries) for name, entries in lists.items()},
        },
        parts=parts,
        parts_file=parts_file,
        list_names=list_names,
        choice_names=Known(OWN_CHOICES) | list_names,
        item_parts=parts_file.known(("items",)) if parts_file else missing,
        section_parts=parts_file.known(("sections",)) if parts_file else missing,
    )
    return shared, problems + more


def _of_the_year(year: ReportingYear) -> dict[str, tuple[str, ...]]:
    return {
        "roster": tuple(year.roster.choice(unit) for unit in year.roster.units),
        "documents": tuple(year.label(document, period) for document, period in year.obligated()),
        "periods": tuple(
            period_of(kind, rules, year.year.year).title
            for kind, rules in year.regime.periods.items()
        ),
    }


def _check_wording(
    spec_dir: Path, year: ReportingYear, forms: Sequence[tuple[FormSpec, FormSpec]], *, whole: bool
) -> list[Problem]:
    """What is wrong with the year's wording of the forms, each before and after. Unless they are
    `whole`, a phrase may be in what is wrong of them: then what is written in the files counts."""
    wording = year.year.wording
    name = f"years/{year.year.year}.yaml"
    file, problems = load_yaml(spec_dir / name, f"{spec_dir.name}/{name}")
    if file is None:
        return problems
    written = "" if whole else " ".join(map(_written, sorted(spec_dir.glob("*.yaml"))))
    return [
        *check_unsaid(file, wording, [spec for spec, _ in forms], written),
        *check_clashes(file, wording, forms),
    ]


def _written(path: Path) -> str:
    """The file's words, in NFC, however its lines are broken."""
    text = path.read_bytes().decode("utf-8", "replace")
    return " ".join(unicodedata.normalize("NFC", text).split())


def _check_prefill(read: Read, made: Mapping[str, _Made]) -> Iterator[Problem]:
    """What a form takes over from another is there; of a form that this year does not have,
    nothing is known."""
    asked = {}
    for name, rules in read.regime.documents.items() if read.regime else ():
        if rules.spec in made:
            pages = made[rules.spec].pages
            keys = [one.item.key for page in pages for one in page.items]
            asked[name] = names_of(pages, keys)
    for one in made.values():
        yield from check_prefill(one.pages, read.documents, asked)


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
        yearly = {name: values[name] for name in _OF_A_YEAR}
        if duty.channel != "in_person":
            others = (unit for unit in year.roster.units if not duty.concerns(unit))
            not_for = frozenset(map(year.roster.choice, others))
            subject = _Subject(f"{document}/{period}", document, period, values, not_for)
            subjects.setdefault(duty.rules.spec, []).append(subject)
    once = [NEWS] if NEWS not in subjects and (spec_dir / f"{NEWS}.yaml").exists() else []
    for document in (*once, PROCESSING):
        name = f"{document}/{year.year.year}"
        subjects[document] = [_Subject(name, document, None, yearly)]
    return subjects


def _lists(
    spec_dir: Path,
) -> tuple[YamlFile | None, dict[str, tuple[Entry, ...]], list[Problem]]:
    """The lists of which every entry is right."""
    file, problems = load_yaml(spec_dir / "lists.yaml", f"{spec_dir.name}/lists.yaml")
    if file is None:
        return None, {}, problems
    file, lists, more = parse_partly(file, ListsFile, LISTS)
    if lists is None:
        return None, {}, problems + more
    more += check_lists(file, lists)
    right = {
        name: _distinct(entries)
        for name, entries in lists.lists.items()
        if whole(file, ("lists", name))
    }
    return file, right, problems + more


def _distinct(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Without those of the key or the title of an earlier one: that is told of the list alone."""
    by_key: dict[str, Entry] = {}
    for one in entries:
        by_key.setdefault(one.key, one)
    by_title: dict[str, Entry] = {}
    for one in by_key.values():
        by_title.setdefault(one.title, one)
    return tuple(by_title.values())


def _parts(spec_dir: Path) -> tuple[YamlFile | None, PartsFile, list[Problem]]:
    path = spec_dir / "parts.yaml"
    if not path.exists():
        return None, PartsFile(), []
    file, problems = load_yaml(path, f"{spec_dir.name}/parts.yaml")
    if file is None:
        return None, PartsFile(), problems
    file, parts, more = parse_partly(file, PartsFile, PARTS)
    return (file if parts else None), parts or PartsFile(), problems + more
