"""Google's error envelopes: google.rpc.Status for Forms and Sheets, the older form for Drive."""

from __future__ import annotations

from typing import Any

CODES = {
    "INVALID_ARGUMENT": 400,
    "FAILED_PRECONDITION": 400,
    "UNAUTHENTICATED": 401,
    "PERMISSION_DENIED": 403,
    "NOT_FOUND": 404,
    "RESOURCE_EXHAUSTED": 429,
    "INTERNAL": 500,
    "UNIMPLEMENTED": 501,
    "UNAVAILABLE": 503,
}


class ApiError(Exception):
    """A refusal, as Google words it. `details` go on the wire only where Google sends them."""

    def __init__(
        self, status: str, message: str, details: list[dict[str, Any]] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.details = details
        self.code = CODES[status]

    def envelope(self) -> dict[str, Any]:
        error: dict[str, Any] = {"code": self.code, "message": self.message, "status": self.status}
        if self.details:
            error["details"] = self.details
        return {"error": error}


class DriveError(ApiError):
    """A refusal of Drive: `errors[]` with domain and reason (facts: Drive errors differ)."""

    def __init__(self, status: str, message: str, reason: str, domain: str = "global") -> None:
        super().__init__(status, message)
        self.reason = reason
        self.domain = domain

    def envelope(self) -> dict[str, Any]:
        one = {"domain": self.domain, "reason": self.reason, "message": self.message}
        return {"error": {"errors": [one], "code": self.code, "message": self.message}}


def invalid(message: str) -> ApiError:
    return ApiError("INVALID_ARGUMENT", message)


def not_found() -> ApiError:
    return ApiError("NOT_FOUND", "Requested entity was not found.")


def forbidden() -> ApiError:
    return ApiError("PERMISSION_DENIED", "The caller does not have permission")


def unimplemented(name: str) -> ApiError:
    return ApiError("UNIMPLEMENTED", f"The local Google does not implement {name}.")
