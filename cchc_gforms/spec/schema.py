"""JSON Schema of each kind of file, so that an editor completes and checks while one types."""

from __future__ import annotations

import json
from typing import Any, Final

from cchc_gforms.spec.conditions import CONDITIONS
from cchc_gforms.spec.described import FILES, described, models_of, summary

DIRECTORY: Final = "schema"
"""Under forms_spec; each file there begins with a line that names its schema."""


def schema(kind: str) -> dict[str, Any]:
    """The schema of a kind of `FILES`, with what each group and field is for, and what its keys ask
    of each other."""
    model = FILES[kind]
    made = model.model_json_schema()
    definitions = {**made.get("$defs", {}), model.__name__: made}
    for part in models_of(model):
        definition = definitions.get(part.__name__)
        if definition is None:
            continue
        definition["description"] = summary(part)
        for field, property in definition.get("properties", {}).items():
            property["description"] = described(part, field)
            if "patternProperties" in property:  # the names of the others are wrong
                property["additionalProperties"] = False
        if conditions := CONDITIONS.get(part.__name__):
            definition["allOf"] = list(conditions)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def written(kind: str) -> str:
    """The schema as its file holds it."""
    return json.dumps(schema(kind), ensure_ascii=False, indent=1) + "\n"
