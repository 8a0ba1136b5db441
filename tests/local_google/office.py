"""The office's side of the page tests: forms made through the API, and visitors with cookies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests


def text(item: str, title: str, *, required: bool = False, long: bool = False) -> dict[str, Any]:
    details = {"textQuestion": {"paragraph": True} if long else {}}
    return question(item, title, details, required=required)


def choice(
    item: str, title: str, kind: str, *options: str | dict[str, Any], required: bool = False
) -> dict[str, Any]:
    shown = [{"value": one} if isinstance(one, str) else one for one in options]
    details = {"choiceQuestion": {"type": kind, "options": shown}}
    return question(item, title, details, required=required)


def question(
    item: str, title: str, details: dict[str, Any], *, required: bool = False
) -> dict[str, Any]:
    """An item with one question whose id is the item's."""
    asked = {"questionId": item, "required": required, **details}
    return {"itemId": item, "title": title, "questionItem": {"question": asked}}


def grid(item: str, title: str, kind: str, columns: list[str], **rows: str) -> dict[str, Any]:
    """A grid; `rows` are question ids (after a `q`) and titles."""
    return {
        "itemId": item,
        "title": title,
        "questionGroupItem": {
            "grid": {"columns": {"type": kind, "options": [{"value": one} for one in columns]}},
            "questions": [
                {"questionId": key.removeprefix("q"), "rowQuestion": {"title": row}}
                for key, row in rows.items()
            ],
        },
    }


def section(item: str, title: str, description: str = "") -> dict[str, Any]:
    return {"itemId": item, "title": title, "description": description, "pageBreakItem": {}}


@dataclass(frozen=True)
class MadeForm:
    form_id: str
    url: str

    @property
    def view(self) -> str:
        return f"{self.url}/viewform"

    @property
    def post(self) -> str:
        return f"{self.url}/formResponse"


class Office:
    """Speaks the API as the built-in account; everything it is refused fails the test.

    Its scope is all of Drive: what a person makes on the pages is to be seen too.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = requests.Session()
        given = self._http.post(
            f"{url}/token",
            data={
                "grant_type": "refresh_token",
                "client_id": "local",
                "client_secret": "local",
                "refresh_token": "local",
                "scope": "https://www.googleapis.com/auth/drive",
            },
        ).json()
        self._http.headers["Authorization"] = f"Bearer {given['access_token']}"

    def close(self) -> None:
        self._http.close()

    def send(self, method: str, path: str, body: object = None) -> requests.Response:
        return self._http.request(method, self.url + path, json=body)

    def call(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        answer = self.send(method, path, body)
        assert answer.status_code == 200, answer.text
        content: dict[str, Any] = answer.json()
        return content

    def form(
        self,
        *items: dict[str, Any],
        title: str = "Biểu mẫu mẫu",
        email: str | None = None,
        publish: bool = True,
        respondents: tuple[str, ...] = ("anyone",),
    ) -> MadeForm:
        """A form with these items, published, open to anyone or to some addresses.

        The last item is made first: a section must be there before an option leads to it.
        """
        made = self.call("POST", "/v1/forms", {"info": {"title": title, "documentTitle": title}})
        form_id = made["formId"]
        asked: list[dict[str, Any]] = [
            {"createItem": {"item": item, "location": {"index": 0}}} for item in reversed(items)
        ]
        if email:
            settings = {"emailCollectionType": email}
            asked.append(
                {"updateSettings": {"settings": settings, "updateMask": "emailCollectionType"}}
            )
        self.call("POST", f"/v1/forms/{form_id}:batchUpdate", {"requests": asked})
        if publish:
            self.publish(form_id, accepting=True)
        for who in respondents:
            grant = {"type": "anyone"} if who == "anyone" else {"type": "user", "emailAddress": who}
            self.call(
                "POST",
                f"/drive/v3/files/{form_id}/permissions?sendNotificationEmail=false",
                {"role": "reader", "view": "published", **grant},
            )
        return MadeForm(form_id, made["responderUri"].removesuffix("/viewform"))

    def publish(self, form_id: str, *, accepting: bool) -> None:
        state = {"isPublished": True, "isAcceptingResponses": accepting}
        self.call(
            "POST",
            f"/v1/forms/{form_id}:setPublishSettings",
            {"publishSettings": {"publishState": state}, "updateMask": "publishState"},
        )

    def answers(self, form: MadeForm) -> list[dict[str, list[str]]]:
        """The answers of every response, by question id, in the order of `createTime`."""
        listed = self.responses(form)
        return [
            {
                key: [one["value"] for one in answer["textAnswers"]["answers"]]
                for key, answer in response.get("answers", {}).items()
            }
            for response in listed
        ]

    def responses(self, form: MadeForm) -> list[dict[str, Any]]:
        listed = self.call("GET", f"/v1/forms/{form.form_id}/responses").get("responses", [])
        return sorted(listed, key=lambda response: str(response["createTime"]))


def visitor(url: str, email: str | None = None) -> requests.Session:
    """A browser's cookies, signed in at the sign-in page when there is an address."""
    session = requests.Session()
    if email:
        entered = session.post(
            f"{url}/signin", data={"email": email, "continue": "/"}, allow_redirects=False
        )
        assert entered.status_code == 303
    return session
