"""What an answer, or a page, should be, as written under `checks` of a question or a page.

Nothing here stops a submission, which would move the time of the first one (A16, L21): `flags`
says afterwards what does not hold.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from cchc_gforms.yaml_file import Flag, Number, Shape, Whole, wrong_value

Phrase = Annotated[str, Shape(r"^\s*\S[\s\S]*$", "chữ, không để trống")]
Phrases = Annotated[tuple[Phrase, ...], Field(min_length=1)]
"""Also of keys, which may hold `{each.key}`."""


def _several(written: object) -> object:
    return (written,) if isinstance(written, str) else written


OneOrMore = Annotated[Phrases, BeforeValidator(_several, json_schema_input_type=Phrase | Phrases)]

_SWAP = "đổi chỗ hai số, hoặc sửa một trong hai"


class Rule(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NumberRule(Rule):
    """A figure, within bounds that are themselves allowed (R36, R37, R41)."""

    min: Number | None = Field(None, description="số nhỏ nhất được nhận")
    max: Number | None = Field(None, description="số lớn nhất được nhận")
    whole: Flag = Field(False, description="true: phải là số nguyên")

    @model_validator(mode="after")
    def _has_room(self) -> NumberRule:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise wrong_value("min lớn hơn max", _SWAP, "SPEC-BOUNDS")
        return self


class WordsRule(Rule):
    """How long a text is (R30: short)."""

    min: Whole | None = Field(None, ge=1, description="ít nhất chừng này chữ")
    max: Whole | None = Field(None, ge=1, description="nhiều nhất chừng này chữ")

    @model_validator(mode="after")
    def _has_room(self) -> WordsRule:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise wrong_value("min lớn hơn max", _SWAP, "SPEC-BOUNDS")
        return self


class Floor(Rule):
    """The superior's target, which the unit's own may not fall behind (R28)."""

    value: Number = Field(description="chỉ tiêu của cấp trên")
    higher_is_better: Flag = Field(
        True, description="true: đơn vị phải đặt từ số này trở lên; false: từ số này trở xuống"
    )


class Unless(Rule):
    """An answer after which nothing more is needed: a choice, or a text that begins so."""

    question: str = Field(description="khóa của câu hỏi, có thể là chính câu hỏi này")
    answer: OneOrMore = Field(
        description="lựa chọn, hoặc lời mở đầu câu trả lời (“Không có”), không kể hoa thường"
    )


class Needs(Rule):
    """What an answer is not complete without (R17, R24, R25)."""

    questions: Phrases = Field(description="khóa các câu hỏi phải được trả lời cùng")
    unless: tuple[Unless, ...] = Field(
        (), description="các câu trả lời mà khi có thì không cần gì thêm"
    )


class PageChecks(Rule):
    """What a page is held to, all of its copies together (R22)."""

    answered: Phrases = Field(
        description="khóa các câu hỏi của trang: ít nhất một câu phải được trả lời, không có gì để "
        "khai thì ghi “Không có”; trang có repeat thì tính cả các bản sau"
    )


class Checks(Rule):
    """All that one answer is held to. Only `needs` is for other answers than texts."""

    number: NumberRule | None = Field(
        None, description="câu trả lời phải là con số, trong khoảng min–max nếu có ghi (R36, R41)"
    )
    words: WordsRule | None = Field(None, description="độ dài tính bằng chữ (R30)")
    avoid: Phrases | None = Field(
        None, description="các cụm từ chung chung không được dùng, không kể hoa thường (R45)"
    )
    about: Phrases | None = Field(
        None, description="câu trả lời nên có ít nhất một trong các cụm từ này (R40)"
    )
    not_below_earlier: Flag = Field(
        False,
        description="số cộng dồn: không được nhỏ hơn số đã báo ở kỳ trước cùng mốc bắt đầu (A11)",
    )
    quantified: Flag = Field(
        False, description="true: câu trả lời phải có ít nhất một con số (định lượng, R24)"
    )
    evidence: Flag = Field(
        False,
        description="true: câu trả lời nêu tài liệu minh chứng, phải có số hiệu, ngày và liên kết "
        "(R17)",
    )
    needs: Needs | None = Field(
        None, description="đã trả lời câu này thì phải trả lời cả những câu nào (R17, R24)"
    )
    floor: Floor | Literal["each"] | None = Field(
        None,
        description="không thấp hơn chỉ tiêu cấp trên (R28); each: lấy floor của mục đang lặp "
        "trong danh sách",
    )
