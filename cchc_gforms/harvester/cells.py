"""What a cell of the Sheet says as an answer, and digests by which both sides compare. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping

from cchc_gforms.events import Answers
from cchc_gforms.harvester.sheet import as_answer
from cchc_gforms.spec.ids import row_key
from cchc_gforms.spec.model import (
    ChoiceItem,
    DateItem,
    FileUploadItem,
    FormSpec,
    GridItem,
    Question,
)

LONGEST = 50_000
"""Letters that a cell holds; the form keeps the rest of a longer answer (facts 6.8)."""

_SEVERAL = ", "  # between the choices in a cell (facts 6.2)
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")


class Cells:
    """How each column of one form is to be read, by the key of its answer."""

    def __init__(self, spec: FormSpec) -> None:
        self._questions: dict[str, Question] = {}
        for question in spec.questions():
            keys = [question.key]
            if isinstance(question, GridItem):
                keys = [row_key(question.key, row.key) for row in question.rows]
            self._questions |= dict.fromkeys(keys, question)

    def answers(self, cells: Mapping[str, str]) -> Answers:
        """Of a row, what its cells say; an empty one is no answer."""
        return {key: self._values(key, said) for key, said in cells.items() if said.strip()}

    def of_row(self, cells: Mapping[str, str]) -> dict[str, str]:
        """Digests of a row's cells by key, empty for an empty cell."""
        return {key: digest(self._values(key, said)) for key, said in cells.items()}

    def of_answers(self, answers: Answers) -> dict[str, str]:
        """Digests of what a response says, as far as the Sheet says the same: of a file it has the
        link, and the API the id."""
        return {
            key: digest(values)
            for key, values in answers.items()
            if not isinstance(self._questions.get(key), FileUploadItem)
        }

    @staticmethod
    def says(said: str, digested: str) -> bool:
        """Whether a cell says what was digested, be the question of another kind now or not."""
        kinds = (None, "date", "time", "date_time")
        return any(digest((as_answer(said, kind),)) == digested for kind in kinds)

    def _values(self, key: str, said: str) -> tuple[str, ...]:
        question = self._questions.get(key)
        if isinstance(question, FileUploadItem):
            return tuple(said.split(_SEVERAL))
        if isinstance(question, GridItem) and question.type == "checkbox_grid":
            return chosen(said, question.columns)
        if isinstance(question, ChoiceItem) and question.type == "checkbox":
            return chosen(said, [one.value for one in question.choices])
        return (as_answer(said, _kind(question)),)


def chosen(said: str, options: Iterable[str]) -> tuple[str, ...]:
    """The choices that a cell names, joined there with commas that a choice may itself have; what
    is none of the options is one answer, "other"."""
    longest_first = sorted(options, key=len, reverse=True)
    found: list[str] = []
    while said:
        option = next((one for one in longest_first if f"{said}, ".startswith(f"{one}, ")), None)
        if option is None:
            return (*found, said)
        found.append(option)
        said = said[len(option) + len(_SEVERAL) :]
    return tuple(found)


def digest(values: Iterable[str]) -> str:
    """Eight hex digits; the same for "0042" in a form and 42 in a cell, empty for no answer."""
    said = unicodedata.normalize("NFC", _SEVERAL.join(values)[:LONGEST]).strip()
    if _NUMBER.fullmatch(said):
        said = f"{float(said):.12g}"
    return hashlib.sha256(said.encode(errors="surrogatepass")).hexdigest()[:8] if said else ""


def _kind(question: Question | None) -> str | None:
    if isinstance(question, DateItem) and question.with_time:
        return "date_time"
    return question.type if question else None
