"""The form language: items, sections, and the form of one year. Texts may hold `{…}` placeholders.

The descriptions of fields are for the people who write those files: editors show them (`cchc spec
schema`), and the language reference is made of them (`cchc spec docs`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeGuard

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
)

from cchc_gforms.regime.model import Name, Text
from cchc_gforms.spec.answer_rules import Checks, PageChecks
from cchc_gforms.spec.ids import keys_ever
from cchc_gforms.yaml_file import Flag, Shape, Whole

Key = Annotated[
    str,
    Shape(
        r"^([a-z]|\{each\.key\})([a-z0-9_]|\{each\.key\})*$",
        "chữ thường a–z không dấu, chữ số và dấu _, chữ đứng đầu, ví dụ so_ho_so; trong mục lặp "
        "lại thì có {each.key}, ví dụ {each.key}_ket_qua",
    ),
]
"""A stable name in a form; answers hang on it, so it never changes once answers came in."""

Line = Text
"""Google Forms refuses line breaks in titles and options (facts 2.7)."""
_OR_NOTHING = "chữ; không có gì để ghi thì bỏ cả dòng này"
Label = Annotated[str, Shape(r"^([^\n]*\S[^\n]*)?$", f"một dòng {_OR_NOTHING}")]
Prose = Annotated[str, Shape(r"^(\s*\S[\s\S]*)?$", _OR_NOTHING)]
"""What may be left out is left out, and not written as blanks."""

WebAddress = Annotated[
    str, Shape(r"^https?://\S+$", "địa chỉ trang mạng, ví dụ https://truong.example/anh.png")
]
YouTube = Annotated[
    str,
    Shape(
        r"^https?://((www\.|m\.)?youtube\.com/watch\?\S*v=|youtu\.be/)\S+$",
        "địa chỉ video trên YouTube, ví dụ https://youtu.be/abcdEFGH123",
    ),
]


def _several(written: object) -> object:
    return (written,) if isinstance(written, str) else written


Sources = Annotated[
    tuple[str, ...], BeforeValidator(_several, json_schema_input_type=str | tuple[str, ...])
]
Lines = Annotated[tuple[Line, ...], Field(min_length=1)]
Values = Annotated[
    Lines,
    BeforeValidator(_several, json_schema_input_type=Line | Lines),
]
Role = Literal[
    "unit",
    "document",
    "action",
    "reason",
    "evidence_number",
    "evidence_date",
    "evidence_link",
    "evidence_confirmation",
    "due_on",
    "received_on",
    "received_at",
    "scope",
    "target",
    "target_on",
    "target_at",
    "to_unit",
    "news_title",
    "news_link",
]
"""What an answer means to the harvester."""

Action = Literal[
    "approve", "return", "extend", "receive_in_person", "exempt", "void", "accept", "revoke"
]
"""What a response of the processing form puts on record (L5, L9–L14)."""

Meaning = Literal[Action, "one_unit", "everyone", "latest", "named", "confirmed"]
"""What a choice says beside its words: an action, whom it concerns, which version, or that the
principal has confirmed the evidence (R17)."""

PROCESSING = "processing"
NEWS = "news"
"""Names of the files, and documents, of the two forms that a year has once."""


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(Part):
    """An option. `go_to` is a section's key, `next` or `submit`."""

    value: Line
    go_to: str | None = None
    means: Meaning | None = None


def _choice(written: object) -> object:
    return {"value": written} if isinstance(written, str) else written


Choices = tuple[
    Annotated[Choice, BeforeValidator(_choice, json_schema_input_type=Line | Choice)], ...
]


class ShowIf(Part):
    """Only shown after one of these answers; becomes navigation between sections."""

    question: Key = Field(
        description="khóa của câu hỏi chọn một (radio, dropdown) ở mục ngay trước"
    )
    answer: Values = Field(description="câu trả lời, hoặc danh sách các câu trả lời, thì mới hiện")


class _Item(Part):
    """`source` names the outline's nodes that the item serves ("I.1.a")."""

    key: Key = Field(
        description="tên cố định, duy nhất trong biểu mẫu; câu trả lời gắn với nó, nên không đổi "
        "(muốn đổi thì ghi ở moved)"
    )
    title: Line = Field(description="câu hỏi hoặc tiêu đề, một dòng")
    help: Prose = Field("", description="chữ nhỏ dưới câu hỏi")
    source: Sources = Field((), description="số mục của đề cương (outline.yaml) mà mục này đáp ứng")
    for_each: Name | None = Field(
        None, description="lặp mục này cho từng dòng của một danh sách trong lists.yaml"
    )
    show_if: ShowIf | None = Field(None, description="chỉ hiện sau câu trả lời nào")
    once: Flag = Field(False, description="trong mục có repeat: chỉ có ở bản thứ nhất")


class PrefillFrom(Part):
    """What a unit's own answers to another form give a question to begin with."""

    document: Name = Field(
        description="loại văn bản; lấy bản được duyệt gần nhất trong năm của chính đơn vị"
    )
    questions: Annotated[tuple[Key, ...], Field(min_length=1)] = Field(
        description="khóa các câu hỏi của biểu mẫu đó: mỗi dòng trả lời câu thứ nhất thành một "
        "dòng, nối với các câu sau bằng dấu chấm phẩy; trang có repeat thì lấy cả các bản sau"
    )


class Note(_Item):
    """Text without a question."""

    type: Literal["note"]


class ImageItem(_Item):
    """A picture, which Google fetches once from its address (facts 2.10)."""

    type: Literal["image"]
    picture: WebAddress = Field(description="địa chỉ công khai của ảnh; Google chép ảnh về một lần")
    alt: Prose = Field("", description="lời mô tả ảnh cho người không xem được ảnh")
    width: Whole | None = Field(None, ge=1, le=740, description="chiều rộng, điểm ảnh")
    align: Literal["left", "center", "right"] | None = Field(None, description="canh lề")


class VideoItem(_Item):
    """A video of YouTube."""

    type: Literal["video"]
    youtube: YouTube = Field(description="địa chỉ video trên YouTube")
    caption: Prose = Field("", description="lời chú thích")
    width: Whole | None = Field(None, ge=1, le=740, description="chiều rộng, điểm ảnh")


class _Question(_Item):
    """`if_any` is the outline's "nếu có": left without an answer, it is not missed."""

    required: Flag = Field(False, description="bắt buộc; chỉ nên dùng cho câu hỏi về đơn vị (A16)")
    if_any: Flag = Field(False, description="“nếu có”: bỏ trống thì không tính là thiếu")
    role: Role | None = Field(None, description="ý nghĩa của câu trả lời đối với sổ theo dõi")
    checks: Checks | None = Field(
        None, description="những điều cần kiểm tra khi thu thập; không bao giờ chặn việc nộp"
    )
    prefill_from: PrefillFrom | None = Field(
        None,
        description="paragraph: điền sẵn từ văn bản đã duyệt của đơn vị, ở đường liên kết riêng "
        "mà `cchc forms links` lập",
    )


class PlainItem(_Question):
    type: Literal["text", "paragraph", "time", "duration"]


class DateItem(_Question):
    type: Literal["date"]
    with_year: Flag = Field(True, description="hỏi cả năm")
    with_time: Flag = Field(False, description="hỏi cả giờ, phút")


class ChoiceItem(_Question):
    """Options written here, or `choices_from` the roster, the year's documents, its periods, or a
    list."""

    type: Literal["radio", "checkbox", "dropdown"]
    choices: Choices = Field((), description="các lựa chọn: chữ, hoặc {value, go_to, means}")
    choices_from: str | None = Field(
        None,
        description="lấy lựa chọn từ roster (đơn vị), documents (văn bản của năm), periods (các kỳ "
        "của năm) hoặc một danh sách trong lists.yaml",
    )
    other: Flag = Field(False, description="thêm lựa chọn “Khác” tự ghi (không dùng với dropdown)")


class ScaleItem(_Question):
    type: Literal["scale"]
    low: Whole = Field(1, ge=0, le=1, description="mức thấp nhất: 0 hoặc 1")
    high: Whole = Field(5, ge=2, le=10, description="mức cao nhất: 2 đến 10")
    low_label: Label = Field("", description="nhãn mức thấp")
    high_label: Label = Field("", description="nhãn mức cao")


class RatingItem(_Question):
    type: Literal["rating"]
    levels: Whole = Field(5, ge=3, le=10, description="số mức: 3 đến 10")
    icon: Literal["star", "heart", "thumb_up"] = Field(
        "star", description="hình: sao, tim, ngón cái"
    )


class GridRow(Part):
    key: Key = Field(description="tên cố định của hàng")
    title: Line = Field(description="tên hàng")


class GridItem(_Question):
    """One answer a row (`radio_grid`) or several (`checkbox_grid`), among the columns."""

    type: Literal["radio_grid", "checkbox_grid"]
    rows: tuple[GridRow, ...] = Field((), description="các hàng, mỗi hàng {key, title}")
    rows_from: str | None = Field(None, description="lấy các hàng từ một danh sách của lists.yaml")
    columns: Annotated[tuple[Line, ...], Field(min_length=1)] = Field(description="các cột")


class FileUploadItem(_Question):
    """The API cannot make it (facts 3): it comes with the copy of a template, on which a person
    has put a question of that title. Its ids are Google's."""

    type: Literal["file_upload"]
    role: Literal["evidence_link"] | None = Field(
        None, description="evidence_link: tệp tải lên là minh chứng"
    )


class Include(Part):
    """Stands for the items, or sections, of that name in parts.yaml."""

    include: Name = Field(description="tên một phần dùng chung trong parts.yaml")


_TAGS = {
    **dict.fromkeys(("text", "paragraph", "time", "duration"), "<plain>"),
    **dict.fromkeys(("radio", "checkbox", "dropdown"), "<choice>"),
    **dict.fromkeys(("radio_grid", "checkbox_grid"), "<grid>"),
    **{one: f"<{one}>" for one in ("note", "image", "video", "date", "scale", "rating")},
    "file_upload": "<file_upload>",
}


def type_of(written: object) -> str | None:
    """What tells items apart: `include`, or else their `type`."""
    if isinstance(written, Include) or (isinstance(written, Mapping) and "include" in written):
        return "<include>"
    named = written.get("type") if isinstance(written, Mapping) else getattr(written, "type", None)
    return _TAGS.get(named, named) if isinstance(named, str) else None


Question = PlainItem | DateItem | ChoiceItem | ScaleItem | RatingItem | GridItem | FileUploadItem
Item = Annotated[
    Annotated[Note, Tag("<note>")]
    | Annotated[ImageItem, Tag("<image>")]
    | Annotated[VideoItem, Tag("<video>")]
    | Annotated[PlainItem, Tag("<plain>")]
    | Annotated[DateItem, Tag("<date>")]
    | Annotated[ChoiceItem, Tag("<choice>")]
    | Annotated[ScaleItem, Tag("<scale>")]
    | Annotated[RatingItem, Tag("<rating>")]
    | Annotated[GridItem, Tag("<grid>")]
    | Annotated[FileUploadItem, Tag("<file_upload>")],
    Discriminator(type_of),
]


def is_question(item: object) -> TypeGuard[Question]:
    """Whether an item asks for anything that can be answered."""
    return isinstance(item, _Question)


class Section(Part):
    """A page of the form."""

    key: Key = Field(description="tên cố định, duy nhất trong các mục của biểu mẫu")
    title: Line = Field(description="tên mục, đứng đầu trang")
    help: Prose = Field("", description="chữ nhỏ dưới tên mục")
    source: Sources = Field((), description="số mục của đề cương (outline.yaml) mà mục này đáp ứng")
    items: tuple[Item, ...] = Field(description="các câu hỏi và chữ của trang, theo thứ tự")
    checks: PageChecks | None = None


EmailCollection = Literal["verified", "responder_input", "none"]


class FormSpec(Part):
    """A form of one year and period, everything filled in.

    `name` is "periodic_report/2022-q1"; the processing form is "processing/2022", its document
    "processing" and its period None; so are those of the news form. `moved` gives the key that a
    question or section had before. `template` is the name or the id of
    the form that this one is copied from.
    """

    name: str
    document: str
    period: str | None
    title: Line
    description: str
    collect_email: EmailCollection
    template: str | None = None
    moved: dict[str, str] = Field(default_factory=dict)
    sections: tuple[Section, ...]

    def questions(self) -> list[Question]:
        return [item for section in self.sections for item in section.items if is_question(item)]

    def uploads(self) -> list[FileUploadItem]:
        return [one for one in self.questions() if isinstance(one, FileUploadItem)]

    def item(self, role: Role) -> Question | None:
        """The question with that role."""
        return next((one for one in self.questions() if one.role == role), None)

    def origin(self, key: str) -> str:
        """The key that the ids of a question or section are made of: its first one ever."""
        return keys_ever(key, self.moved)[-1]
