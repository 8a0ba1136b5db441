"""Types of values as a person writes them: nothing is turned into what was not written.

A value of another type is wrong to the loader as it is to the JSON Schema; what is wanted is said
in words, never as a pattern.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, LiteralString

from pydantic import (
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StrictBool,
    StrictFloat,
    StrictInt,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

Flag = StrictBool
Whole = StrictInt
Number = Annotated[StrictFloat, Field(allow_inf_nan=False)]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def wrong_value(
    message: str, fix: str, code: LiteralString = "YAML-BAD-VALUE"
) -> PydanticCustomError:
    """What a validator raises: what is wrong and what to do. The code is one of its own where no
    schema can say it."""
    return PydanticCustomError(code, "{said}", {"said": message, "fix": fix})


def _day(written: object) -> object:
    """A YAML date, or a text of that form: no number of seconds, no time of day."""
    if isinstance(written, datetime) or not isinstance(written, (date, str)):
        raise PydanticCustomError("date_type", "no date")
    if isinstance(written, str) and not _DAY.fullmatch(written):
        raise PydanticCustomError("date_parsing", "no date")
    return written


Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=date)]


@dataclass(frozen=True)
class Shape:
    """A text of that pattern, which begins with ^ and ends with $ as schemas want it; `need` says
    in words what is wanted, with an example."""

    pattern: str
    need: str

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(schema), "pattern": self.pattern}

    def _checked(self, text: str) -> str:
        if not re.fullmatch(self.pattern, text):
            raise PydanticCustomError("not_shaped", "{need}", {"need": self.need})
        return text
