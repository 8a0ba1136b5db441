"""A form made by hand becomes a spec, and keeps its ids."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from ruamel.yaml import YAML

from cchc_gforms.cli.main import run
from cchc_gforms.generator import requests
from cchc_gforms.generator.adopt import adopted, slug
from cchc_gforms.local_google.serve import Running
from cchc_gforms.spec.compile import compile_form
from cchc_gforms.spec.ids import item_id, question_id, row_key, section_id
from cchc_gforms.spec.model import FormSpec
from tests.generator.live import FORMS, edit, form, forms_in_drive, google_at
from tests.generator.test_laws import specs
from tests.office import YEAR, cchc


def question(id: str, title: str, **kind: Any) -> dict[str, Any]:
    """Its question's id is its item's with another first digit."""
    own = {"questionId": f"4{id[1:]}", **kind}
    return {"itemId": id, "title": title, "questionItem": {"question": own}}


def choice(type: str, *options: dict[str, Any]) -> dict[str, Any]:
    return {"choiceQuestion": {"type": type, "options": list(options)}}


BY_HAND: dict[str, Any] = {
    "formId": "F",
    "info": {"title": "Khảo sát", "documentTitle": "khao sat 2022", "description": "Lời dẫn"},
    "settings": {"emailCollectionType": "RESPONDER_INPUT"},
    "items": [
        {
            **question("00000001", "Đơn vị của bạn?", **choice("DROP_DOWN", {"value": "A"})),
            "description": "Chọn một",
        },
        question("00000002", "Ý kiến", textQuestion={"paragraph": True}, required=True),
        question("00000003", "Ý kiến", textQuestion={}),
        question(
            "00000004",
            "Có tiếp không?",
            **choice(
                "RADIO",
                {"value": "Có", "goToSectionId": "00000005"},
                {"value": "Không", "goToAction": "SUBMIT_FORM"},
                {"isOther": True},
            ),
        ),
        {"itemId": "00000005", "title": "Phần 2", "pageBreakItem": {}},
        question("00000006", "Chọn nhiều", **choice("CHECKBOX", {"value": "x"}, {"value": "y"})),
        question("00000007", "Ngày", dateQuestion={"includeYear": True, "includeTime": True}),
        question("00000008", "Sinh nhật", dateQuestion={}),
        question("00000009", "Giờ", timeQuestion={}),
        question("0000000a", "Bao lâu", timeQuestion={"duration": True}),
        question("0000000b", "Mức", scaleQuestion={"high": 10, "highLabel": "Tốt"}),
        question("0000000c", "Sao", ratingQuestion={"ratingScaleLevel": 5, "iconType": "HEART"}),
        question("0000000d", "Tệp", fileUploadQuestion={"folderId": "D", "maxFiles": 1}),
        {
            "itemId": "0000000e",
            "title": "Lưới",
            "questionGroupItem": {
                "questions": [
                    {"questionId": "50000001", "rowQuestion": {"title": "Nhanh"}},
                    {"questionId": "50000002", "rowQuestion": {"title": "Đúng"}},
                ],
                "grid": {"columns": choice("CHECKBOX", {"value": "T"})["choiceQuestion"]},
            },
        },
        {"itemId": "0000000f", "title": "Ghi chú", "textItem": {}},
        {
            "itemId": "00000010",
            "title": "Ảnh",
            "imageItem": {"image": {"contentUri": "https://x/1", "altText": "bìa"}},
        },
        {
            "itemId": "00000011",
            "title": "Phim",
            "videoItem": {"video": {"youtubeUri": "https://youtu.be/abc"}, "caption": "Xem"},
        },
    ],
}


def test_every_kind_is_written_as_the_language_has_it() -> None:
    made = adopted(BY_HAND).file
    assert made["title"] == "Khảo sát"
    assert made["description"] == "Lời dẫn"
    assert made["collect_email"] == "responder_input"
    first, second = made["sections"]
    assert first == {
        "key": "mo_dau",
        "title": "Khảo sát",
        "items": [
            {
                "key": "don_vi_cua_ban",
                "type": "dropdown",
                "title": "Đơn vị của bạn?",
                "help": "Chọn một",
                "choices": ["A"],
            },
            {"key": "y_kien", "type": "paragraph", "title": "Ý kiến", "required": True},
            {"key": "y_kien_2", "type": "text", "title": "Ý kiến"},
            {
                "key": "co_tiep_khong",
                "type": "radio",
                "title": "Có tiếp không?",
                "choices": [
                    {"value": "Có", "go_to": "phan_2"},
                    {"value": "Không", "go_to": "submit"},
                ],
                "other": True,
            },
        ],
    }
    assert (second["key"], second["title"]) == ("phan_2", "Phần 2")
    assert second["items"] == [
        {"key": "chon_nhieu", "type": "checkbox", "title": "Chọn nhiều", "choices": ["x", "y"]},
        {"key": "ngay", "type": "date", "title": "Ngày", "with_time": True},
        {"key": "sinh_nhat", "type": "date", "title": "Sinh nhật", "with_year": False},
        {"key": "gio", "type": "time", "title": "Giờ"},
        {"key": "bao_lau", "type": "duration", "title": "Bao lâu"},
        {
            "key": "muc",
            "type": "scale",
            "title": "Mức",
            "low": 0,
            "high": 10,
            "high_label": "Tốt",
        },
        {"key": "sao", "type": "rating", "title": "Sao", "levels": 5, "icon": "heart"},
        {
            "key": "luoi",
            "type": "checkbox_grid",
            "title": "Lưới",
            "rows": [
                {"key": "id_50000001", "title": "Nhanh"},
                {"key": "id_50000002", "title": "Đúng"},
            ],
            "columns": ["T"],
        },
        {"key": "ghi_chu", "type": "note", "title": "Ghi chú"},
        {
            "key": "anh",
            "type": "image",
            "title": "Ảnh",
            "picture": "https://x/1",
            "alt": "bìa",
        },
        {
            "key": "phim",
            "type": "video",
            "title": "Phim",
            "youtube": "https://youtu.be/abc",
            "caption": "Xem",
        },
    ]


def test_the_ids_are_kept_by_moved() -> None:
    moved = adopted(BY_HAND).file["moved"]
    assert moved["id_00000001_40000001"] == "don_vi_cua_ban"
    assert moved["id_00000005"] == "phan_2"
    assert item_id("id_00000001_40000001") == "00000001"
    assert question_id("id_00000001_40000001") == "40000001"
    assert section_id("id_00000005") == "00000005"
    assert question_id(row_key("id_0000000e", "id_50000002")) == "50000002"


def test_what_a_spec_cannot_say_is_told() -> None:
    told = " ".join(adopted(BY_HAND).remarks)
    for part in ("“Tệp”: câu hỏi tải tệp lên", "địa chỉ gốc", "đoạn chữ đầu trang thứ nhất"):
        assert part in told
    shuffled = {**choice("RADIO", {"value": "A"})["choiceQuestion"], "shuffle": True}
    restarting = choice("RADIO", {"value": "A", "goToAction": "RESTART_FORM"})
    odd = {
        "items": [
            question("00000001", "Một {mẫu}", choiceQuestion=shuffled),
            question("00000002", " ", **restarting),
        ]
    }
    told = " ".join(adopted(odd).remarks)
    for part in ("xáo trộn lựa chọn", "trở lại đầu biểu mẫu", "{ }", "(không tên)"):
        assert part in told
    assert "{ }" not in " ".join(adopted(BY_HAND).remarks)


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Số phản ánh đã tiếp nhận", "so_phan_anh_da_tiep_nhan"),
        ("Đơn vị?", "don_vi"),
        ("1.1. Kết quả", "cau_1_1_ket_qua"),
        ("???", "cau"),
        ("", "cau"),
        (
            "Kết quả thực hiện các nhiệm vụ trong kế hoạch",
            "ket_qua_thuc_hien_cac_nhiem_vu_trong_ke",
        ),
        ("x" * 60, "x" * 40),
    ],
)
def test_keys_are_made_of_titles(title: str, key: str) -> None:
    assert slug(title) == key


def with_first_keys(file: dict[str, Any]) -> FormSpec:
    """The spec as `moved` makes it: ids come of the keys that things had first."""
    first = {key: ids for ids, key in file.pop("moved").items()}
    for section in file["sections"]:
        section["key"] = first.get(section["key"], section["key"])
        for item in section["items"]:
            item["key"] = first.get(item["key"], item["key"])
            for one in item.get("choices", ()):
                if isinstance(one, dict):
                    one["go_to"] = first.get(one["go_to"], one["go_to"])
    named = {"name": "a/2022-h1", "document": "a", "period": "2022-h1", "description": ""}
    return FormSpec.model_validate({**named, **file})


@given(specs())
@settings(max_examples=200)
def test_an_adopted_form_is_what_it_was(spec: FormSpec) -> None:
    wire = compile_form(spec).wire
    again = compile_form(with_first_keys(adopted(wire).file))
    assert requests.image_of(again.wire) == requests.image_of(wire)


def test_the_command_writes_a_file_that_reads_back(empty: Running, tmp_path: Path) -> None:
    made = cchc("forms", "apply", "--yes", *YEAR)
    form_id = made["forms"][1]["form_id"]
    out = tmp_path / "bao_cao.yaml"
    told = cchc("forms", "adopt", form_id, "--out", str(out))
    text = out.read_text("utf-8")
    assert f"# Lập từ biểu mẫu {form_id}" in text
    read = YAML(typ="safe").load(text)
    assert read == told["spec"]
    live = requests.image_of(form(empty, form_id))
    assert requests.image_of(compile_form(with_first_keys(read)).wire) == live
    assert run(["forms", "adopt", form_id, "--out", str(out)]) == 1  # not over a file


def test_adopted_as_a_form_of_the_year_it_is_the_one_that_apply_changes(empty: Running) -> None:
    body: Any = {"info": {"title": "Làm tay", "documentTitle": "Làm tay"}}
    with google_at(empty) as google:
        form_id = google.execute(google.forms.forms().create(body=body))["formId"]
    item = {"title": "Câu cũ", "questionItem": {"question": {"textQuestion": {}}}}
    edit(empty, form_id, {"createItem": {"item": item, "location": {"index": 0}}})
    cchc("forms", "adopt", form_id, "--as", "annual_plan/2022-year")
    made = cchc("forms", "apply", "--yes", *YEAR)
    assert made["forms"][0]["form_id"] == form_id
    assert made["forms"][0]["strangers"] == ["Câu cũ"]
    assert len(forms_in_drive(empty)) == FORMS


@pytest.mark.parametrize("name", ["annual_plan", "annual_plan/year", "Kế hoạch/2022"])
def test_a_name_that_is_none_is_refused(
    empty: Running, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["forms", "adopt", "X", "--as", name]) == 2
    assert "ví dụ periodic_report/2022-h1" in capsys.readouterr().err


def test_a_form_that_is_out_of_sight_is_said_to_be(
    empty: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["forms", "adopt", "1khong-co"]) == 1
    assert "drive.file" in capsys.readouterr().err


def test_a_form_of_the_year_is_there_once(
    empty: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = cchc("forms", "apply", "--yes", *YEAR)
    capsys.readouterr()
    out = tmp_path / "khac.yaml"
    other = made["forms"][1]["form_id"]
    asked = ["forms", "adopt", other, "--as", "annual_plan/2022-year", "--out", str(out)]
    assert run(asked) == 1
    assert made["forms"][0]["form_id"] in capsys.readouterr().err
    assert not out.exists()
