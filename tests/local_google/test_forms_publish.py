"""forms.setPublishSettings and what it looks like on the wire (facts 1.8, 1.9)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.local_google.api import Http, refused


def state(**values: bool) -> dict[str, Any]:
    return {"publishSettings": {"publishState": values}}


@pytest.mark.parametrize(
    ("body", "wire"),
    [
        (
            state(isPublished=True, isAcceptingResponses=True),
            {"publishState": {"isPublished": True, "isAcceptingResponses": True}},
        ),
        (
            {
                **state(isPublished=True, isAcceptingResponses=True),
                "updateMask": "publishState",
            },
            {"publishState": {"isPublished": True, "isAcceptingResponses": True}},
        ),
        ({**state(isPublished=True), "updateMask": "*"}, {"publishState": {"isPublished": True}}),
        (state(isPublished=False, isAcceptingResponses=False), {}),
        (state(), {}),
    ],
    ids=["both", "with its mask", "not accepting", "unpublished", "false left out"],
)
def test_false_is_left_out_down_to_the_empty_message(
    forms: Any, http: Http, body: dict[str, Any], wire: dict[str, Any]
) -> None:
    form_id = http.form()
    answer = forms.setPublishSettings(formId=form_id, body=body).execute()
    assert answer == {"formId": form_id, "publishSettings": wire}
    live = forms.get(formId=form_id).execute()
    assert live["publishSettings"] == wire
    assert list(live)[-1] == "publishSettings"


def test_unpublishing_stops_the_responses_too(forms: Any, http: Http) -> None:
    form_id = http.form()
    opened = state(isPublished=True, isAcceptingResponses=True)
    forms.setPublishSettings(formId=form_id, body=opened).execute()
    forms.setPublishSettings(formId=form_id, body=state(isPublished=False)).execute()
    assert forms.get(formId=form_id).execute()["publishSettings"] == {}


@pytest.mark.parametrize(
    "body",
    [
        state(isPublished=False, isAcceptingResponses=True),
        {"publishSettings": {}},
        {},
        {**state(isPublished=True), "updateMask": "publishState.isPublished"},
        {**state(isPublished=True), "updateMask": "isPublished"},
    ],
    ids=["accepting but unpublished", "no state", "nothing", "below the state", "wrong mask"],
)
def test_what_google_does_not_take_changes_nothing(http: Http, body: dict[str, Any]) -> None:
    form_id = http.form()
    answer = http.send("POST", f"/v1/forms/{form_id}:setPublishSettings", body)
    error = answer.json()["error"]
    assert error == refused(error["message"])
    assert http.call("GET", f"/v1/forms/{form_id}")["publishSettings"] == {}


def test_the_flat_sample_of_the_guide_is_wrong(http: Http) -> None:
    body = {"publishSettings": {"isPublished": True}}
    answer = http.send("POST", f"/v1/forms/{http.form()}:setPublishSettings", body)
    assert answer.json()["error"]["message"] == (
        'Invalid JSON payload received. Unknown name "isPublished" at '
        "'publish_settings': Cannot find field."
    )
