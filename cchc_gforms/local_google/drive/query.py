"""The `q` of files.list: names, operators, and/or/not, parentheses, quoting."""

from __future__ import annotations

import re
from collections.abc import Callable

from cchc_gforms.local_google.drive.files import File
from cchc_gforms.local_google.errors import DriveError

Test = Callable[[File], bool]

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>'(?:[^'\\]|\\.)*')|(?P<word>[A-Za-z]+)|(?P<sign>!=|=|[(){}]))"""
)


def parse(q: str) -> Test:
    """A test for files; 400 `Invalid Value` for what is no query."""
    if not q.strip():
        return lambda _: True
    reader = _Reader(q)
    test = reader.either()
    reader.end()
    return test


class _Reader:
    def __init__(self, q: str) -> None:
        self._tokens: list[str] = []
        place = 0
        while q[place:].strip():
            found = _TOKEN.match(q, place)
            if found is None:
                raise _bad_query()
            self._tokens.append(found[0].strip())
            place = found.end()

    def either(self) -> Test:
        tests = [self._both()]
        while self._take("or"):
            tests.append(self._both())
        return lambda file: any(test(file) for test in tests)

    def end(self) -> None:
        if self._tokens:
            raise _bad_query()

    def _both(self) -> Test:
        tests = [self._one()]
        while self._take("and"):
            tests.append(self._one())
        return lambda file: all(test(file) for test in tests)

    def _one(self) -> Test:
        if self._take("not"):
            inner = self._one()
            return lambda file: not inner(file)
        if self._take("("):
            test = self.either()
            self._need(")")
            return test
        if self._tokens and self._tokens[0].startswith("'"):
            return self._parent(self._text())
        return self._term(self._next())

    def _parent(self, id: str) -> Test:
        self._need("in")
        self._need("parents")
        return lambda file: id in (file.parents or ("root",))

    def _term(self, name: str) -> Test:
        if name == "trashed":
            self._need("=")
            wanted = self._next()
            return lambda file: file.trashed == (wanted == "true")
        if name == "appProperties":
            return self._property()
        if name not in ("name", "mimeType"):
            raise _bad_query()
        operator, text = self._next(), self._text()
        field: Callable[[File], str] = (
            (lambda file: file.name) if name == "name" else (lambda file: file.mime_type)
        )
        if operator == "=":
            return lambda file: field(file) == text
        if operator == "!=":
            return lambda file: field(file) != text
        if operator == "contains":
            return lambda file: text.lower() in field(file).lower()
        raise _bad_query()

    def _property(self) -> Test:
        for word in ("has", "{", "key", "="):
            self._need(word)
        key = self._text()
        for word in ("and", "value", "="):
            self._need(word)
        value = self._text()
        self._need("}")
        return lambda file: file.app_properties.get(key) == value

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
        if not token.startswith("'"):
            raise _bad_query()
        return re.sub(r"\\(.)", r"\1", token[1:-1])


def _bad_query() -> DriveError:
    return DriveError("INVALID_ARGUMENT", "Invalid Value", "invalid")
