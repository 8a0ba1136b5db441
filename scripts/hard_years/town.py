"""A small office on a local Google of its own, and its people at the pages."""

from __future__ import annotations

import contextlib
import io
import json
import random
import re
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import requests
from sample_year.answers import processing
from sample_year.people import Browser, Office

from cchc_gforms.cli.main import run
from cchc_gforms.local_google.serve import open_state, running
from cchc_gforms.regime.load import ReportingYear
from cchc_gforms.spec.ids import entry_id
from cchc_gforms.spec.load import load_all
from cchc_gforms.spec.model import FormSpec
from hard_years.deeds import ZONE, Deed, Source
from hard_years.files import YEAR, write
from hard_years.stores import Stores

PROCESSING = f"processing/{YEAR}"
ISSUED = datetime(YEAR, 2, 17, 8, tzinfo=ZONE)

Sent = tuple[str, str, str]
"""Of a response: the form, when it was first sent, from whom."""

_EDIT_LINK = re.compile(r"edit2=([\w-]+)")


@dataclass(frozen=True, slots=True)
class Left:
    """How a command left: its exit code, what it printed, what it complained of."""

    code: int
    out: str
    err: str

    @property
    def crashed(self) -> bool:
        return "Traceback" in self.err


@dataclass
class Town:
    """The office's files in `work`, its log in `store`, its forms at the local Google at `url`.

    `source` is what its harvests read, `calls` how many calls the last one made in calm.
    """

    url: str
    work: Path
    source: Source
    stores: Stores
    store: str
    addresses: Mapping[str, list[str]]
    year: ReportingYear
    specs: Mapping[str, FormSpec]
    office: Office
    forms: dict[str, dict[str, Any]] = field(default_factory=dict)
    spreadsheet_id: str = ""
    calls: int = 1
    edits_show_late: bool = False  # Google's filter compares createTime (facts 4.2)
    own_tabs: frozenset[int] = frozenset()  # those that the office keeps there
    _session: requests.Session = field(default_factory=requests.Session)
    _browsers: dict[str, Browser] = field(default_factory=dict)
    _edit_ids: dict[int, str] = field(default_factory=dict)
    _sent: dict[int, Sent] = field(default_factory=dict)
    _deleted: dict[Sent, str] = field(default_factory=dict)

    @classmethod
    @contextlib.contextmanager
    def founded(
        cls, work: Path, chance: random.Random, source: Source = "both", server: str | None = None
    ) -> Iterator[Town]:
        """Its forms applied, published and linked on the day on which the plan was issued. With a
        `server` of PostgreSQL the log may lie there."""
        addresses = write(work / "specs", chance, source)
        stores = Stores(work, server)
        state = open_state(None, seed=chance.getrandbits(32))
        with running(state) as google:
            year, specs = load_all(work / "specs", YEAR)
            by_name = {spec.name: spec for spec in specs}
            office, store = Office(google.url), stores.new(chance)
            town = cls(google.url, work, source, stores, store, addresses, year, by_name, office)
            try:
                town.set_clock(ISSUED)
                town._deploy()
                town._choose_google(chance)
                yield town
            finally:
                town.close()
                stores.close()
        state.close()

    def settings(self) -> list[str]:
        """The options of a command that reads the files, the log and Google."""
        return [*self.book, *self.account]

    @property
    def book(self) -> list[str]:
        """Of one that reads the files and the log."""
        spec = str(self.work / "specs")
        return ["--store", self.store, "--spec", spec, "--year", str(YEAR), "--json"]

    @property
    def place(self) -> list[str]:
        """Of one that reads the files and Google."""
        return ["--spec", str(self.work / "specs"), *self.account]

    @property
    def account(self) -> list[str]:
        none = str(self.work / "none")
        return ["--google-url", self.url, "--token", none, "--credentials", none]

    def set_clock(self, now: datetime) -> None:
        self.office.set_clock(now)

    def control(self, verb: str, path: str, body: object = None) -> Any:
        """The local Google's control path."""
        address = f"{self.url}/_control/{path}"
        answer = self._session.request(verb, address, json=body, timeout=10)
        answer.raise_for_status()
        return answer.json()

    def wire(self, verb: str, path: str, body: object = None) -> Any:
        """A call of the API as the office's own account makes it, past the product."""
        headers = {"Authorization": f"Bearer {self._token}"}
        address = self.url + path
        answer = self._session.request(verb, address, json=body, headers=headers, timeout=30)
        if not answer.ok:
            raise RefusedError(f"{path} answered {answer.status_code}: {answer.text[:500]}")
        return answer.json()

    def do(self, deed: Deed) -> None:
        """Carries out a deed at the pages, at its time."""
        self.set_clock(deed.at)
        if deed.kind in ("submit", "edit"):
            self._send(deed)
        elif deed.kind == "delete":
            self._delete(deed)
        elif deed.kind != "type_row":  # that is typed into the Sheet
            self._decide(deed)

    def response_ids(self) -> dict[Sent, str]:
        """Of all that were ever sent and listed."""
        listed = {
            (name, moment(one["createTime"]), one["respondentEmail"]): str(one["responseId"])
            for name in self.forms
            for one in self._listed(name)
        }
        return listed | self._deleted

    def link_anew(self, form: str, *, again: bool) -> str:
        """Somebody unlinks a form in its editor, and may link it again."""
        form_id = self.forms[form]["form_id"]
        self.office.post(f"{self.url}/forms/d/{form_id}/unlink", [])
        if again:
            self.office.link(form_id, self.spreadsheet_id)
        return ", and linked again" if again else ""

    def reword(self, chance: random.Random) -> Left:
        """The office finds a better wording for a question, and applies it."""
        file = self.work / "specs" / f"{chance.choice(('plan', 'report', 'brief'))}.yaml"
        title = f'"Nội dung, lần {chance.randrange(1000)}"'
        file.write_text(re.sub(r'"Nội dung[^"]*"}', f"{title}}}", file.read_text("utf-8")), "utf-8")
        return cchc("forms", "apply", "--yes", *self.settings())

    def close(self) -> None:
        self._session.close()
        for browser in (self.office, *self._browsers.values()):
            browser.close()

    def _deploy(self) -> None:
        own = dict.fromkeys(("client_id", "client_secret", "refresh_token"), "local")
        asked = {"grant_type": "refresh_token", **own}
        answer = requests.post(f"{self.url}/token", data=asked, timeout=10)
        self._token = answer.json()["access_token"]
        left = cchc("forms", "apply", "--yes", *self.settings())
        if left.code:
            raise RuntimeError(f"the forms could not be applied: {left.err}")
        applied = json.loads(left.out)
        self.forms = {form["name"]: form for form in applied["forms"]}
        self.spreadsheet_id = applied["responses"]["id"]
        path = f"/v4/spreadsheets/{self.spreadsheet_id}?fields=sheets.properties.sheetId"
        book = self.wire("GET", path)
        self.own_tabs = frozenset(one["properties"]["sheetId"] for one in book["sheets"])
        for form in self.forms.values():
            self.office.link(form["form_id"], self.spreadsheet_id)

    def _choose_google(self, chance: random.Random) -> None:
        """One of the Googles that the facts allow."""
        self.edits_show_late = chance.random() < 0.2
        switches = {"filter_by_creation": self.edits_show_late}
        for name in ("scrambled_responses", "short_pages"):
            switches[name] = chance.random() < 0.5
        self.control("POST", "switches", switches)

    def _send(self, deed: Deed) -> None:
        answers = {"unit": deed.wording, "content": deed.text, "figure": "0042", "pick": "Giấy"}
        fields = [(f"entry.{entry_id(key)}", said) for key, said in answers.items()]
        day = f"entry.{entry_id('day')}"
        fields += [(f"{day}_year", "2022"), (f"{day}_month", "5"), (f"{day}_day", "9")]
        edit_id = self._edit_ids[deed.number] if deed.kind == "edit" else ""
        page = self._post(deed.subject, deed.email, fields, edit_id)
        if (link := _EDIT_LINK.search(page)) and deed.kind == "submit":
            self._edit_ids[deed.number] = link[1]
            self._sent[deed.number] = deed.subject, moment(deed.at.isoformat()), deed.email

    def _delete(self, deed: Deed) -> None:
        """In the form's editor."""
        sent = self._sent[deed.number]
        id = self.response_ids()[sent]
        form_id = self.forms[deed.subject]["form_id"]
        address = f"{self.url}/forms/d/{form_id}/delete_response"
        self.office.post(address, [("response", id)])
        self._deleted[sent] = id

    def _listed(self, form: str) -> Iterator[dict[str, Any]]:
        """All pages."""
        path = f"/v1/forms/{self.forms[form]['form_id']}/responses"
        token: str | None = ""
        while token is not None:
            page = self.wire("GET", f"{path}?pageToken={quote(token)}")
            yield from page.get("responses", [])
            token = page.get("nextPageToken")

    def _decide(self, deed: Deed) -> None:
        roster = self.year.roster
        said = {
            "reason": deed.text,
            "scope": "everyone" if deed.everyone else "one_unit",
            "target": "named" if deed.target_at else "latest",
            "due_on": str(deed.due_on or ""),
            "to_unit": roster.choice(roster.unit(deed.to_unit)) if deed.to_unit else "",
        }
        for moment, day, clock in (
            (deed.received_at, "received_on", "received_at"),
            (deed.target_at, "target_on", "target_at"),
        ):
            if moment:
                local = moment.astimezone(ZONE)
                said |= {day: f"{local:%Y-%m-%d}", clock: f"{local:%H:%M}"}
        document, _, period = deed.subject.partition("/")
        assert deed.unit
        unit, label = roster.choice(roster.unit(deed.unit)), self.year.label(document, period)
        fields = processing(self.specs[PROCESSING], unit, label, deed.kind, said)
        self._post(PROCESSING, deed.email, fields, "")

    def _post(self, form: str, email: str, fields: list[tuple[str, str]], edit_id: str) -> str:
        if email not in self._browsers:
            self._browsers[email] = Browser(self.url, email)
        address = self.forms[form]["responder_uri"].replace("/viewform", "/formResponse")
        address += f"?edit2={edit_id}" if edit_id else ""
        page = self._browsers[email].post(address, fields)
        if "ghi lại" not in page:
            raise RuntimeError(f"{form} did not take {fields}")
        return page


class RefusedError(RuntimeError):
    """Google refused a call that people's programs made."""


def cchc(*arguments: str) -> Left:
    """Runs a command in this process, as `cchc` does; a crash leaves with -1."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = run(arguments)
        except Exception:
            traceback.print_exc()
            code = -1
    return Left(code, out.getvalue(), err.getvalue())


def utc(text: str) -> datetime:
    """A time as Google and the ledger write it."""
    return datetime.fromisoformat(text).astimezone(UTC)


def moment(text: str) -> str:
    """To the millisecond, which is what Google keeps of a first submission."""
    at = utc(text)
    return f"{at:%Y-%m-%dT%H:%M:%S.}{at.microsecond // 1000:03}"
