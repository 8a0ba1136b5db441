"""The discovery documents as the local Google reads them: methods, bodies, answers, masks."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_gforms.local_google import discovery, masks, schema
from cchc_gforms.local_google.router import HANDLERS


def found(verb: str, path: str) -> str | None:
    """The id of the method that an address belongs to: the first that fits."""
    for method in discovery.methods():
        if method.verb == verb and method.pattern.fullmatch(path):
            return method.id
    return None


@pytest.mark.parametrize(
    ("verb", "path", "id"),
    [
        ("POST", "/v1/forms", "forms.forms.create"),
        ("GET", "/v1/forms/abc", "forms.forms.get"),
        ("POST", "/v1/forms/abc:batchUpdate", "forms.forms.batchUpdate"),
        ("POST", "/v1/forms/abc:setPublishSettings", "forms.forms.setPublishSettings"),
        ("GET", "/v1/forms/abc/responses/x", "forms.forms.responses.get"),
        ("POST", "/v1/forms/abc/watches/x:renew", "forms.forms.watches.renew"),
        ("GET", "/v4/spreadsheets/abc", "sheets.spreadsheets.get"),
        ("GET", "/v4/spreadsheets/abc/values/A1", "sheets.spreadsheets.values.get"),
        ("GET", "/v4/spreadsheets/abc/values:batchGet", "sheets.spreadsheets.values.batchGet"),
        ("POST", "/v4/spreadsheets/abc/values/A1:append", "sheets.spreadsheets.values.append"),
        (
            "POST",
            f"/v4/spreadsheets/abc/values/{quote('Tờ 1!A1:B2', safe='')}:append",
            "sheets.spreadsheets.values.append",
        ),
        ("PUT", "/v4/spreadsheets/abc/values/A1:B2", "sheets.spreadsheets.values.update"),
        ("GET", "/drive/v3/files", "drive.files.list"),
        ("PATCH", "/drive/v3/files/abc", "drive.files.update"),
        ("POST", "/drive/v3/files/abc/permissions", "drive.permissions.create"),
        ("GET", "/v1/nothing", None),
        ("GET", "/v1/forms/a/b", None),
        ("DELETE", "/v1/forms/abc", None),
    ],
)
def test_an_address_belongs_to_its_method(verb: str, path: str, id: str | None) -> None:
    assert found(verb, path) == id


def test_every_handler_is_of_a_method_that_google_has() -> None:
    known = {method.id for method in discovery.methods()}
    assert set(HANDLERS) <= known
    assert len(known) == len(discovery.methods())


def test_a_method_knows_its_scopes_and_parameters() -> None:
    [one] = [m for m in discovery.methods() if m.id == "forms.forms.responses.list"]
    prefix = "https://www.googleapis.com/auth/"
    assert one.scopes == {
        prefix + name for name in ("drive", "drive.file", "forms.responses.readonly")
    }
    assert {"formId", "filter", "pageSize", "pageToken", "fields", "alt"} <= set(one.parameters)
    assert (one.request, one.response) == (None, "ListFormResponsesResponse")


# Values of each type


@pytest.mark.parametrize(
    ("api", "message", "field", "value", "decoded"),
    [
        ("forms", "Location", "index", 3, 3),
        ("forms", "Location", "index", "3", 3),
        ("forms", "Location", "index", 3.0, 3),
        ("forms", "Location", "index", -(2**31), -(2**31)),
        ("forms", "Item", "title", "Tên", "Tên"),
        ("forms", "Question", "required", False, False),
        ("forms", "ChoiceQuestion", "type", "RADIO", "RADIO"),
        ("sheets", "Color", "red", 1, 1),
        ("sheets", "Color", "red", "0.5", 0.5),
        ("sheets", "ValueRange", "values", [["a", 1, True, None]], [["a", 1, True, None]]),
        ("drive", "File", "size", 9_007_199_254_740_993, "9007199254740993"),
        ("drive", "File", "size", "12", "12"),
        ("drive", "File", "appProperties", {"a": "1", "b": None}, {"a": "1", "b": None}),
    ],
)
def test_what_fits_is_decoded(api: str, message: str, field: str, value: Any, decoded: Any) -> None:
    assert schema.check_body(api, message, {field: value}) == {field: decoded}


@pytest.mark.parametrize(
    ("message", "body"),
    [
        ("Item", {"title": None}),
        ("ChoiceQuestion", {"type": "CHOICE_TYPE_UNSPECIFIED"}),
        ("Item", {"questionItem": None, "title": None}),
    ],
)
def test_null_and_unspecified_are_as_good_as_absent(message: str, body: dict[str, Any]) -> None:
    assert schema.check_body("forms", message, body) == {}


@pytest.mark.parametrize(
    ("api", "message", "field", "value", "description"),
    [
        ("forms", "Location", "index", True, "Invalid value at 'index' (TYPE_INT32), true"),
        ("forms", "Location", "index", "1e2", "Invalid value at 'index' (TYPE_INT32), \"1e2\""),
        ("forms", "Location", "index", " 1", "Invalid value at 'index' (TYPE_INT32), \" 1\""),
        ("forms", "Location", "index", "１", "Invalid value at 'index' (TYPE_INT32), \"１\""),
        ("forms", "Item", "title", 1, "Invalid value at 'title' (TYPE_STRING), 1"),
        ("forms", "Item", "title", {}, "Invalid value at 'title' (TYPE_STRING), {…}"),
        ("forms", "Question", "required", "x", "Invalid value at 'required' (TYPE_BOOL), \"x\""),
        ("sheets", "Color", "red", "đỏ", "Invalid value at 'red' (TYPE_DOUBLE), \"đỏ\""),
        (
            "forms",
            "Item",
            "textItem",
            "x",
            "Invalid value at 'text_item' (type.googleapis.com/google.apps.forms.v1.TextItem), "
            '"x"',
        ),
        (
            "sheets",
            "ValueRange",
            "values",
            "X",
            "Invalid value at 'values' (type.googleapis.com/google.protobuf.ListValue), \"X\"",
        ),
        (
            "sheets",
            "ValueRange",
            "values",
            [["a"], "b"],
            "Invalid value at 'values[1]' (type.googleapis.com/google.protobuf.ListValue), \"b\"",
        ),
        ("drive", "File", "size", True, "Invalid value at 'size' (TYPE_INT64), true"),
        ("drive", "File", "properties", [], "Invalid value at 'properties' (TYPE_MESSAGE), []"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(
    api: str, message: str, field: str, value: Any, description: str
) -> None:
    [wrong] = schema.problems(api, message, {field: value})
    assert wrong.description == description


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["requests", "createItem", "item", "title", "location", "index", "questionItem", "question",
     "choiceQuestion", "options", "value", "isOther", "writeControl", "lạ"]
)  # fmt: skip
BODIES = st.recursive(
    JSON,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(BODIES)
def test_any_json_is_either_refused_or_decoded_to_what_fits(body: Any) -> None:
    wrong = list(schema.problems("forms", "BatchUpdateFormRequest", body))
    if wrong:
        assert all(one.description for one in wrong)
        return
    decoded = schema.check_body("forms", "BatchUpdateFormRequest", body)
    assert not list(schema.problems("forms", "BatchUpdateFormRequest", decoded))
    assert schema.check_body("forms", "BatchUpdateFormRequest", decoded) == decoded


# Field masks


@pytest.mark.parametrize(
    ("mask", "tree"),
    [
        ("*", {"*": {}}),
        ("a", {"a": {}}),
        ("a,b", {"a": {}, "b": {}}),
        ("a(b,c)", {"a": {"b": {}, "c": {}}}),
        ("a/b/c", {"a": {"b": {"c": {}}}}),
        ("a.b(c,d/e),f", {"a": {"b": {"c": {}, "d": {"e": {}}}}, "f": {}}),
        (" a ( b , c ) ", {"a": {"b": {}, "c": {}}}),
        ("a/b,a/c", {"a": {"b": {}, "c": {}}}),
    ],
)
def test_masks_are_read(mask: str, tree: masks.Tree) -> None:
    assert masks.parse(mask) == tree


@pytest.mark.parametrize(
    ("mask", "kept"),
    [
        ("*", {"files": [{"id": "1", "name": "A", "user": {}}, {"id": "2"}], "kind": "k"}),
        ("kind", {"kind": "k"}),
        ("files/id", {"files": [{"id": "1"}, {"id": "2"}]}),
        ("files(name)", {"files": [{"name": "A"}, {}]}),  # parents stay, even empty
        ("files(user(x))", {"files": [{"user": {}}, {}]}),
        ("files(*)", {"files": [{"id": "1", "name": "A", "user": {}}, {"id": "2"}]}),
        ("next_page_token,kind", {"kind": "k"}),
        ("nothing", {}),
    ],
)
def test_masks_keep_what_they_name(mask: str, kept: dict[str, Any]) -> None:
    answer = {"files": [{"id": "1", "name": "A", "user": {}}, {"id": "2"}], "kind": "k"}
    assert masks.apply(masks.parse(mask), answer) == kept
