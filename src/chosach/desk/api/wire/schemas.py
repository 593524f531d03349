"""The shapes of question and answer. They stand in /api/openapi.json as they stand here."""

import datetime as dt
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from chosach.screening.schema import KINDS


def _sound(text: str) -> str:
    """JSON can spell half a surrogate pair, which is no letter."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise PydanticCustomError("string_unicode", "half a surrogate pair") from error
    return text


Text = Annotated[str, AfterValidator(_sound)]
Whole = Annotated[int, Field(strict=True, ge=0, le=10**15)]
Level = Literal["likely", "possible", "weak"]


class Question(Schema):
    """One listing by its canonical fields, or just `text` (a post, a message). `title` or `text` must be there, not both, and something
    must be written in it or in `description`: else there is nothing to screen (422, `nothing_to_screen`). Fields that the screener does
    not read are taken and not looked at."""

    model_config = ConfigDict(extra="forbid")

    text: Text | None = Field(None, description="A text without fields. Its first line is read as a title, the rest as a description.")
    title: Text | None = Field(None, description="Title of the listing.")
    description: Text | None = None
    category: Text | None = None
    brand: Text | None = None
    origin: Text | None = None
    price: Whole | None = Field(None, description="Whole VND.")
    captured_at: dt.datetime | None = Field(None, description="When it was seen; without a zone it is UTC. The law is that of this day.")
    listing_id: Text | None = Field(None, description="Your own name of it. Not looked at, not answered, not kept.")
    platform: Text | None = None
    url: Text | None = None
    seller_id: Text | None = None
    seller_name: Text | None = None
    original_price: Whole | None = None
    sold: Whole | None = None
    location: Text | None = None
    images: list[Text] | None = None

    @model_validator(mode="after")
    def one_of_both(self) -> "Question":
        if (self.text is None) == (self.title is None):
            raise PydanticCustomError("text_or_title", "title or text, one of both")
        if self.text is not None and any((self.description, self.category, self.brand, self.origin)):
            raise PydanticCustomError("text_alone", "text stands without other words")
        if not any((words or "").strip() for words in (self.text, self.title, self.description)):
            raise PydanticCustomError("nothing_to_screen", "no words in title, description or text")
        return self


class Reference(Schema):
    """What a price was compared with, in VND. `n`, `p5` … `date`: listings as they are offered; null where too few were seen."""

    brand: str
    group: str
    floor: int = Field(description="Under this, such goods are hardly genuine.")
    n: int | None
    p5: int | None
    p25: int | None
    p50: int | None
    p75: int | None
    p90: int | None
    date: str | None


class Reason(Schema):
    """One reason. `start`, `end`: Unicode code points, half-open, into the field as it was sent: `field[start:end] == text`."""

    field: str
    start: int
    end: int
    text: str
    term: str
    rule: str
    sentence: str
    reference: Reference | None


class Law(Schema):
    """A provision in force on the day `as_of`; `as_of_source` says where the day is from. `clause` and `point` are null where
    they are not sure."""

    instrument: str
    article: str
    clause: str | None
    point: str | None
    valid_from: dt.date | None
    as_of: dt.date
    as_of_source: Literal["captured_at", "as_of"]


class Found(Schema):
    """One kind of sign. What stands below `label` is told only to keys with the scope `reasons`; for others it is absent."""

    kind: str = Field(json_schema_extra={"enum": list(KINDS)})
    level: Level = Field(description="likely: 0.8 and more; possible: 0.5 and more; weak: less (only with the scope `reasons`).")
    label: str
    probability: float | None = None
    explanation: str | None = None
    reasons: list[Reason] | None = None
    law: list[Law] | None = None
    clears: list[str] | None = None


class Answer(Schema):
    """Signs for a person to check, in the order of the plan's kinds; empty where there are none. Never a verdict."""

    screener: str
    findings: list[Found]


class FieldError(Schema):
    """One thing wrong in a question. `where`: the field, or `body` for the whole."""

    where: str
    code: str = Field(
        description="missing, extra_forbidden, text_or_title, text_alone, nothing_to_screen, string_unicode, or the name of a wrong type."
    )
    message: str


class Trouble(Schema):
    """problem+json (RFC 9457). `code` is stable; `title` is a Vietnamese sentence."""

    type: str
    status: int
    code: str
    title: str
    errors: list[FieldError] | None = None
