"""The `q` of files.list: names, operators, and/or/not, parentheses, quoting."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from operator import eq, ge, gt, le, lt, ne

from cchc_gforms.local_google.call import Account
from cchc_gforms.local_google.drive import files
from cchc_gforms.local_google.drive.files import File
from cchc_gforms.local_google.drive.placing import root_id
from cchc_gforms.local_google.errors import DriveError, unimplemented
from cchc_gforms.local_google.times import to_us

Test = Callable[[File, sqlite3.Connection], bool]

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?P<word>[A-Za-z]+(?:\.[A-Za-z]+)?)"""
    r"""|(?P<sign>!=|[<>]=?|=|[(){}]))""",
    re.DOTALL,
)
NOT_HERE = frozenset(
    {"fullText", "shortcutDetails.targetId", "starred", "viewedByMeTime", "visibility"}
)
"""Terms that Google knows and this does not."""

_COMPARED = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
_ROLES = {
    "owners": ("owner",),
    "writers": ("owner", "writer"),
    "readers": ("owner", "writer", "commenter", "reader"),
}


def parse(q: str, account: Account) -> Test:
    """A test for files, as this account sees them; 400 `Invalid Value` for what is no query.

    `and` and `or` bind alike, from left to right, as the search guide says.
    """
    if not q.strip():
        return lambda _, __: True
    reader = _Reader(q, account)
    test = reader.terms()
    reader.end()
    return test


class _Reader:
    def __init__(self, q: str, account: Account) -> None:
        self._account = account
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
            return lambda file, tx: not inner(file, tx)
        if self._take("("):
            test = self.terms()
            self._need(")")
            return test
        if self._tokens and self._tokens[0][0] in "'\"":
            return self._in_collection(self._text())
        return self._term(self._next())

    def _in_collection(self, id: str) -> Test:
        self._need("in")
        name = self._next()
        if name in _ROLES:
            return _has_role(self._account.email if id == "me" else id.lower(), _ROLES[name])
        if name != "parents":
            raise _bad_query()
        return _has_parent(id)

    def _term(self, name: str) -> Test:
        if name in NOT_HERE:
            raise unimplemented(f"q: {name}")
        if name == "trashed":
            return self._trashed()
        if name == "sharedWithMe":
            return self._shared_with_me()
        if name in ("createdTime", "modifiedTime"):
            return self._moment(name)
        if name == "parents":
            self._need("in")
            return _has_parent(self._text())
        if name in ("appProperties", "properties"):
            return self._property(shared=name == "properties")
        if name not in ("name", "mimeType"):
            raise _bad_query()
        return _text_test(name, self._next(), self._text())

    def _trashed(self) -> Test:
        operator, value = self._next(), self._next()
        if operator not in ("=", "!=") or value not in ("true", "false"):
            raise _bad_query()
        wanted = (operator == "=") == (value == "true")
        return lambda file, _: file.trashed == wanted

    def _shared_with_me(self) -> Test:
        """Bare, or compared with true or false; what one owns was not shared with one."""
        wanted, email = True, self._account.email
        if self._tokens and self._tokens[0] in ("=", "!="):
            operator, value = self._next(), self._next()
            if value not in ("true", "false"):
                raise _bad_query()
            wanted = (operator == "=") == (value == "true")
        return lambda file, _: (file.owner != email) == wanted

    def _moment(self, name: str) -> Test:
        """RFC 3339; without an offset it is UTC, as the search guide says."""
        compare = _COMPARED.get(self._next())
        try:
            moment = datetime.fromisoformat(self._text())
        except ValueError:
            raise _bad_query() from None
        if compare is None:
            raise _bad_query()
        bound = to_us(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
        if name == "createdTime":
            return lambda file, _: bool(compare(file.created_us, bound))
        return lambda file, _: bool(compare(file.modified_us, bound))

    def _property(self, *, shared: bool) -> Test:
        for word in ("has", "{", "key", "="):
            self._need(word)
        key = self._text()
        for word in ("and", "value", "="):
            self._need(word)
        value, client_id = self._text(), self._account.client_id
        self._need("}")

        def properties(file: File) -> Mapping[str, str]:
            return file.properties if shared else file.properties_of(client_id)

        return lambda file, _: properties(file).get(key) == value

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
    return lambda file, tx: one(file, tx) and other(file, tx)


def _either(one: Test, other: Test) -> Test:
    return lambda file, tx: one(file, tx) or other(file, tx)


def _has_parent(id: str) -> Test:
    return lambda file, _: id in (file.parents or ("root", root_id(file.owner)))


def _has_role(email: str, roles: tuple[str, ...]) -> Test:
    """By name; what anyone may do with the link is not counted."""
    return lambda file, tx: any(
        one.role in roles and one.view is None and one.email == email
        for one in files.permissions(tx, file.id)
    )


def _text_test(field: str, operator: str, text: str) -> Test:
    """`name contains` finds beginnings of words only: World is not in HelloWorld."""

    def value(file: File) -> str:
        return file.name if field == "name" else file.mime_type

    if operator == "=":
        return lambda file, _: value(file) == text
    if operator == "!=":
        return lambda file, _: value(file) != text
    if operator != "contains":
        raise _bad_query()
    edge = r"(?<!\w)" if field == "name" else ""
    pattern = re.compile(edge + re.escape(text), re.IGNORECASE)
    return lambda file, _: pattern.search(value(file)) is not None


def _bad_query() -> DriveError:
    return DriveError("INVALID_ARGUMENT", "Invalid Value", "invalid")
