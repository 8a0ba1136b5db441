"""The files of forms_spec as written: forms, lists and parts. Texts may hold placeholders."""

from __future__ import annotations

from typing import Annotated

from pydantic import Discriminator, Field, Tag, model_validator

from cchc_gforms.regime.model import Name
from cchc_gforms.spec.answer_rules import PageChecks
from cchc_gforms.spec.model import (
    ChoiceItem,
    DateItem,
    EmailCollection,
    FileUploadItem,
    GridItem,
    ImageItem,
    Include,
    Item,
    Key,
    Line,
    Note,
    Part,
    PlainItem,
    Prose,
    RatingItem,
    ScaleItem,
    ShowIf,
    Sources,
    VideoItem,
    type_of,
)
from cchc_gforms.yaml_file import Flag, Number, Shape, Whole, wrong_value

WrittenItem = Annotated[
    Annotated[Include, Tag("<include>")]
    | Annotated[Note, Tag("<note>")]
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


TemplateName = Annotated[
    str,
    Shape(
        r"^[A-Za-z0-9_-]{1,100}$",
        "tên mẫu bằng chữ không dấu, chữ số, dấu _ hoặc -, ví dụ minh_chung; hoặc mã của biểu mẫu",
    ),
]


def _section_or_include(written: object) -> str:
    return "<include>" if type_of(written) == "<include>" else "<section>"


class Repeat(Part):
    """Copies of a section, each asking whether there is another one to fill in."""

    max: Whole = Field(ge=2, le=20, description="nhiều nhất bao nhiêu bản")
    question: Line = Field(
        "Khai thêm nữa không? – {section.title}",
        description="câu hỏi cuối mỗi bản; {section.title} là tên mục",
    )
    yes: Line = Field("Có, khai thêm", description="lựa chọn mở bản tiếp theo")
    no: Line = Field("Không, sang phần sau", description="lựa chọn bỏ qua các bản còn lại")

    @model_validator(mode="after")
    def _differ(self) -> Repeat:
        if self.yes == self.no:
            raise wrong_value("yes và no giống nhau", "ghi hai câu khác nhau", "SPEC-REPEAT")
        return self


class WrittenSection(Part):
    """A page as written, before it is repeated, shown or left out."""

    key: Key = Field(description="tên cố định, duy nhất trong các mục của biểu mẫu")
    title: Line = Field(description="tên mục, đứng đầu trang")
    help: Prose = Field("", description="chữ nhỏ dưới tên mục")
    source: Sources = Field((), description="số mục của đề cương (outline.yaml) mà mục này đáp ứng")
    for_each: Name | None = Field(
        None, description="lặp trang này cho từng dòng của một danh sách trong lists.yaml"
    )
    repeat: Repeat | None = Field(
        None, description="cho khai nhiều lần: tối đa max bản, cuối mỗi bản hỏi có khai thêm không"
    )
    show_if: ShowIf | None = Field(None, description="chỉ hiện trang sau câu trả lời nào")
    checks: PageChecks | None = Field(
        None, description="trang không được bỏ trống; kiểm tra khi thu thập, không bao giờ chặn"
    )
    items: tuple[WrittenItem, ...] = Field(
        description="các câu hỏi và chữ của trang, theo thứ tự; {include: tên} chép một phần dùng "
        "chung vào đây"
    )


WrittenSections = tuple[
    Annotated[
        Annotated[WrittenSection, Tag("<section>")] | Annotated[Include, Tag("<include>")],
        Discriminator(_section_or_include),
    ],
    ...,
]


class FormFile(Part):
    """A file of forms_spec: the form of a document, once a period."""

    title: Line = Field(description="tên biểu mẫu")
    description: Prose = Field("", description="lời dẫn dưới tên biểu mẫu")
    collect_email: EmailCollection = Field(
        "verified",
        description="verified: bắt đăng nhập và lấy địa chỉ; responder_input: người điền tự ghi; "
        "none: không thu",
    )
    template: TemplateName | None = Field(
        None,
        description="chép từ một biểu mẫu có sẵn thay vì tạo trống: tên đặt bằng `cchc forms "
        "template`, hoặc mã của biểu mẫu; cần khi có câu hỏi file_upload",
    )
    moved: dict[Key, Key] = Field(
        default_factory=dict,
        description="{khóa cũ: khóa mới} của câu hỏi hay trang đã đổi khóa, để giữ nguyên mã và "
        "câu trả lời; đổi khóa lần nữa thì thêm một dòng",
    )
    sections: Annotated[WrittenSections, Field(min_length=1)] = Field(
        description="các trang, theo thứ tự; {include: tên} chép các trang dùng chung vào đây"
    )


class Entry(Part):
    """An entry of a list: `{each.key}`, `{each.title}`, `{each.note}` in what it repeats."""

    key: Name = Field(description="tên cố định; thành {each.key}")
    title: Line = Field(description="chữ người điền thấy; thành {each.title}")
    note: Prose = Field("", description="chữ thêm; thành {each.note}")
    floor: Number | None = Field(
        None, description="chỉ tiêu của cấp trên, cho checks: {floor: each}"
    )
    higher_is_better: Flag = Field(True, description="false: số càng nhỏ càng tốt")


class ListsFile(Part):
    """lists.yaml: named lists, shared by all forms."""

    lists: dict[str, Annotated[tuple[Entry, ...], Field(min_length=1)]] = Field(
        description="{tên danh sách: các dòng}"
    )


class PartsFile(Part):
    """parts.yaml: what several forms have in common."""

    items: dict[Name, Annotated[tuple[Item, ...], Field(min_length=1)]] = Field(
        default_factory=dict, description="{tên: các câu hỏi}, chép vào items của một trang"
    )
    sections: dict[Name, Annotated[tuple[WrittenSection, ...], Field(min_length=1)]] = Field(
        default_factory=dict, description="{tên: các trang}, chép vào sections của một biểu mẫu"
    )
