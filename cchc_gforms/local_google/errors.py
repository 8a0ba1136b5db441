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
_DRIVE_REASONS = {
    "INVALID_ARGUMENT": "badRequest",
    "UNAUTHENTICATED": "authError",
    "PERMISSION_DENIED": "insufficientPermissions",
    "NOT_FOUND": "notFound",
    "RESOURCE_EXHAUSTED": "rateLimitExceeded",
    "UNIMPLEMENTED": "notImplemented",
}
_TYPE = "type.googleapis.com/google.rpc."


class ApiError(Exception):
    """A refusal, as Google words it. `details` go on the wire only where Google sends them."""

    def __init__(
        self,
        status: str,
        message: str,
        details: list[dict[str, Any]] | None = None,
        code: int | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.details = details
        self.code = code or CODES[status]

    def envelope(self) -> dict[str, Any]:
        error: dict[str, Any] = {"code": self.code, "message": self.message, "status": self.status}
        if self.details:
            error["details"] = self.details
        return {"error": error}

    def drive_envelope(self) -> dict[str, Any]:
        """What Google's front end refuses before Drive sees it carries both forms."""
        reason = _DRIVE_REASONS.get(self.status, "backendError")
        domain = "usageLimits" if reason == "rateLimitExceeded" else "global"
        one = {"message": self.message, "domain": domain, "reason": reason}
        return {"error": {**self.envelope()["error"], "errors": [one]}}


class DriveError(ApiError):
    """A refusal of Drive: `errors[]` with domain and reason (facts: Drive errors differ)."""

    def __init__(
        self,
        status: str,
        message: str,
        reason: str,
        domain: str = "global",
        parameter: str = "",
    ) -> None:
        super().__init__(status, message)
        self.reason = reason
        self.domain = domain
        self.parameter = parameter

    def envelope(self) -> dict[str, Any]:
        one = {"domain": self.domain, "reason": self.reason, "message": self.message}
        if self.parameter:
            one |= {"locationType": "parameter", "location": self.parameter}
        return {"error": {"errors": [one], "code": self.code, "message": self.message}}

    def drive_envelope(self) -> dict[str, Any]:
        return self.envelope()


class NoStorageError(ApiError):
    """A service account would own a file (facts C): Drive says why, Sheets only that it may not."""

    def __init__(self) -> None:
        super().__init__("PERMISSION_DENIED", "The caller does not have permission")

    def drive_envelope(self) -> dict[str, Any]:
        text = "Service Accounts do not have storage quota."
        refused = DriveError(self.status, text, "storageQuotaExceeded", "usageLimits")
        return refused.envelope()


def invalid(message: str) -> ApiError:
    return ApiError("INVALID_ARGUMENT", message)


def bad_request(message: str, violations: list[dict[str, str]]) -> ApiError:
    """400 with the BadRequest detail that Google's JSON parser and field masks give."""
    details = {"@type": f"{_TYPE}BadRequest", "fieldViolations": violations}
    return ApiError("INVALID_ARGUMENT", message, [details])


def not_found() -> ApiError:
    return ApiError("NOT_FOUND", "Requested entity was not found.")


def forbidden() -> ApiError:
    return ApiError("PERMISSION_DENIED", "The caller does not have permission")


def unimplemented(name: str) -> ApiError:
    return ApiError("UNIMPLEMENTED", f"The local Google does not implement {name}.")


def ordered(code: int, api: str) -> ApiError:
    """The refusal that the control path asked for; 429 with Google's body (facts C)."""
    if code == CODES["RESOURCE_EXHAUSTED"]:
        return over_quota(f"{api}.googleapis.com")
    statuses = {number: status for status, number in reversed(CODES.items())}
    message = "The service is currently unavailable." if code == 503 else "Internal error"
    return ApiError(statuses.get(code, "UNKNOWN"), message, code=code)


def over_quota(
    service: str,
    *,
    metric: str = "Requests",
    limit: str = "Requests per minute per user",
    project: str = "0",
    names: dict[str, str] | None = None,
) -> ApiError:
    reason = {
        "@type": f"{_TYPE}ErrorInfo",
        "reason": "RATE_LIMIT_EXCEEDED",
        "domain": "googleapis.com",
        "metadata": {"consumer": f"projects/{project}", **(names or {}), "service": service},
    }
    return ApiError(
        "RESOURCE_EXHAUSTED",
        f"Quota exceeded for quota metric '{metric}' and limit '{limit}' of service '{service}' "
        f"for consumer 'project_number:{project}'.",
        [reason],
    )
