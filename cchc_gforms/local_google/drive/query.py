"""The `q` of files.list: names, operators, and/or/not, parentheses, quoting."""

from __future__ import annotations

import re
from collections.abc import Callable

from cchc_gforms.local_google.drive.files import File
from cchc_gforms.local_google.errors import DriveError, unimplemented

Test = Callable[[File], bool]

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?P<word>[A-Za-z]+(?:\.[A-Za-z]+)?)"""
    r"""|(?P<sign>!=|[<>]=?|=|[(){}]))""",
    re.DOTALL,
)
_NOT_HERE = frozenset(
    {
        "createdTime", "fullText", "modifiedTime", "owners", "properties", "readers",
        "sharedWithMe", "shortcutDetails.targetId", "starred", "viewedByMeTime", "visibility",
        "writers",
    }
)  # fmt: skip
"""Terms that Google knows and this does not."""


def parse(q: str, client_id: str) -> Test:
    """A test for files, as this OAuth client sees them; 400 `Invalid Value` for what is no query.

    `and` and `or` bind alike, from left to right, as the search guide says.
    """
    if not q.strip():
        return lambda _: True
    reader = _Reader(q, client_id)
    test = reader.terms()
    reader.end()
    return test


class _Reader:
    def __init__(self, q: str, client_id: str) -> None:
        self._client_id = client_id
        self._tokens: list[str] = []
        place = 0
        while q[place:].strip():
            found = _TOKEN.match(q, place)
            if found is None:
                raise _bad_query()
            self._tokens.append(found[0].strip())
            place = found.end()

    def terms(self) -> Test:
        test = self._one()
        while True:
            if self._take("and"):
                test = _both(test, self._one())
            elif self._take("or"):
                test = _either(test, self._one())
            else:
                return test

    def end(self) -> None:
        if self._tokens:
            raise _bad_query()

    def _one(self) -> Test:
        if self._take("not"):
            inner = self._one()
            return lambda file: not inner(file)
        if self._take("("):
            test = self.terms()
            self._need(")")
            return test
        if self._tokens and self._tokens[0][0] in "'\"":
            return self._in_collection(self._text())
        return self._term(self._next())

    def _in_collection(self, id: str) -> Test:
        self._need("in")
        if self._tokens and self._tokens[0] in _NOT_HERE:
            raise unimplemented(f"q: {self._tokens[0]}")
        self._need("parents")
        return _has_parent(id)

    def _term(self, name: str) -> Test:
        if name in _NOT_HERE:
            raise unimplemented(f"q: {name}")
        if name == "trashed":
            return self._trashed()
        if name == "parents":
            self._need("in")
            return _has_parent(self._text())
        if name == "appProperties":
            return self._property()
        if name not in ("name", "mimeType"):
            raise _bad_query()
        return _text_test(name, self._next(), self._text())

    def _trashed(self) -> Test:
        operator, value = self._next(), self._next()
        if operator not in ("=", "!=") or value not in ("true", "false"):
            raise _bad_query()
        wanted = (operator == "=") == (value == "true")
        return lambda file: file.trashed == wanted

    def _property(self) -> Test:
        for word in ("has", "{", "key", "="):
            self._need(word)
        key = self._text()
        for word in ("and", "value", "="):
            self._need(word)
        value, client_id = self._text(), self._client_id
        self._need("}")
        return lambda file: file.properties_of(client_id).get(key) == value

    def _take(self, word: str) -> bool:
        if self._tokens and self._tokens[0] == word:
            del self._tokens[0]
            return True
        return False

    def _need(self, word: str) -> None:
        if not self._take(word):
            raise _bad_query()

    def _next(self) -> str:
        if not self._tokens:
            raise _bad_query()
        return self._tokens.pop(0)

    def _text(self) -> str:
        token = self._next()
        if token[0] not in "'\"":
            raise _bad_query()
        return re.sub(r"\\(.)", r"\1", token[1:-1], flags=re.DOTALL)


def _both(one: Test, other: Test) -> Test:
    return lambda file: one(file) and other(file)


def _either(one: Test, other: Test) -> Test:
    return lambda file: one(file) or other(file)


def _has_parent(id: str) -> Test:
    return lambda file: id in (file.parents or ("root",))


def _text_test(field: str, operator: str, text: str) -> Test:
    """`name contains` finds beginnings of words only: World is not in HelloWorld."""

    def value(file: File) -> str:
        return file.name if field == "name" else file.mime_type

    if operator == "=":
        return lambda file: value(file) == text
    if operator == "!=":
        return lambda file: value(file) != text
    if operator != "contains":
        raise _bad_query()
    edge = r"(?<!\w)" if field == "name" else ""
    pattern = re.compile(edge + re.escape(text), re.IGNORECASE)
    return lambda file: pattern.search(value(file)) is not None


def _bad_query() -> DriveError:
    return DriveError("INVALID_ARGUMENT", "Invalid Value", "invalid")
