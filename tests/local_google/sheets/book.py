"""A spreadsheet in the tests, reached through the unmodified google-api-python-client."""

from __future__ import annotations

from typing import Any

import httplib2
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

OWNER = "vanphong@cchc.example"


class _Bearer(httplib2.Http):
    """Sends a token along, and asks no proxy."""

    def __init__(self, token: str) -> None:
        super().__init__(proxy_info=None)
        self._token = token

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: Any = None,
        headers: dict[str, str] | None = None,
        *rest: Any,
        **more: Any,
    ) -> tuple[httplib2.Response, bytes]:
        sent = {**(headers or {}), "authorization": f"Bearer {self._token}"}
        answer: tuple[httplib2.Response, bytes] = super().request(
            uri, method, body, sent, *rest, **more
        )
        return answer


class Sheets:
    """The Sheets service of the built-in account."""

    def __init__(self, url: str, token: str) -> None:
        self._http = _Bearer(token)
        service: Any = build(
            "sheets",
            "v4",
            http=self._http,
            static_discovery=True,
            client_options={"api_endpoint": url},
        )
        self.service = service.spreadsheets()

    def close(self) -> None:
        self._http.close()

    def book(self, **properties: Any) -> Book:
        """A new spreadsheet; its one tab is Sheet1, id 0."""
        made = self.service.create(body={"properties": properties}).execute()
        return Book(self, made["spreadsheetId"])


class Book:
    """One spreadsheet."""

    def __init__(self, sheets: Sheets, spreadsheet_id: str) -> None:
        self._service = sheets.service
        self.id = spreadsheet_id

    def get(self, **options: Any) -> dict[str, Any]:
        found: dict[str, Any] = self._service.get(spreadsheetId=self.id, **options).execute()
        return found

    def sheet(self, index: int = 0) -> dict[str, Any]:
        found: dict[str, Any] = self.get()["sheets"][index]
        return found

    def cells(self, area: str) -> list[list[dict[str, Any]]]:
        """The CellData of a range, by rows."""
        data = self.get(ranges=[area], includeGridData=True)["sheets"][0]["data"][0]
        return [row.get("values", []) for row in data.get("rowData", [])]

    def batch(self, *requests: dict[str, Any], **more: Any) -> dict[str, Any]:
        body = {"requests": list(requests), **more}
        answer: dict[str, Any] = self._service.batchUpdate(
            spreadsheetId=self.id, body=body
        ).execute()
        return answer

    def refusal(self, *requests: dict[str, Any]) -> tuple[int, str]:
        """Status and message with which a batch is refused."""
        try:
            self.batch(*requests)
        except HttpError as refused:
            return refused.resp.status, refused.reason
        raise AssertionError("the batch was accepted")

    def range(self, area: str, **options: Any) -> dict[str, Any]:
        """The ValueRange of a range."""
        values = self._service.values()
        found: dict[str, Any] = values.get(spreadsheetId=self.id, range=area, **options).execute()
        return found

    def values(self, area: str, **options: Any) -> list[list[Any]]:
        found: list[list[Any]] = self.range(area, **options).get("values", [])
        return found

    def write(self, area: str, values: Any, option: str = "RAW", **options: Any) -> dict[str, Any]:
        written: dict[str, Any] = (
            self._service.values()
            .update(
                spreadsheetId=self.id,
                range=area,
                valueInputOption=option,
                body={"values": values},
                **options,
            )
            .execute()
        )
        return written

    def append(self, area: str, values: Any, **options: Any) -> dict[str, Any]:
        written: dict[str, Any] = (
            self._service.values()
            .append(
                spreadsheetId=self.id,
                range=area,
                valueInputOption="RAW",
                body={"values": values},
                **options,
            )
            .execute()
        )
        return written

    def of_metadata(self, method: str, **arguments: Any) -> dict[str, Any]:
        """A method of `developerMetadata`."""
        call = getattr(self._service.developerMetadata(), method)
        answer: dict[str, Any] = call(spreadsheetId=self.id, **arguments).execute()
        return answer

    def of_values(self, method: str, **arguments: Any) -> dict[str, Any]:
        """Any other method of `values`."""
        call = getattr(self._service.values(), method)
        answer: dict[str, Any] = call(spreadsheetId=self.id, **arguments).execute()
        return answer


def grid(top: int, bottom: int, left: int, right: int, sheet: int = 0) -> dict[str, int]:
    """A GridRange, the ends left out."""
    return {
        "sheetId": sheet,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }
