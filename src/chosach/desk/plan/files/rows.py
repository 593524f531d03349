"""What each file of a plan holds, row by row. The fields are documented in docs/plan-files.md (a test holds the two together)."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from chosach.desk.agencies.models import Confidence, Level
from chosach.desk.core.kinds import BodyKind, GoodsGroup, ViolationKind
from chosach.desk.law.models import Unit
from chosach.desk.plan.models import Origin


def _none_if_empty(value: Any) -> Any:
    return None if value == "" else value


def _yes_or_no(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    answers = {"yes": True, "có": True, "true": True, "no": False, "không": False, "false": False, "": False}
    word = str(value).strip().lower()
    if word not in answers:
        raise ValueError("phải ghi yes hoặc no")
    return answers[word]


def _words(value: Any) -> Any:
    return value.split() if isinstance(value, str) else value


Code = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
OptionalCode = Annotated[Code | None, BeforeValidator(_none_if_empty)]
Text = Annotated[str, Field(min_length=1, max_length=300)]
OptionalDate = Annotated[dt.date | None, BeforeValidator(_none_if_empty)]
Money = Annotated[int | None, Field(ge=0), BeforeValidator(_none_if_empty)]
YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]
OptionalKind = Annotated[ViolationKind | None, BeforeValidator(_none_if_empty)]
OptionalGoods = Annotated[GoodsGroup | None, BeforeValidator(_none_if_empty)]


class Strict(BaseModel):
    """No field may be misspelt: what is not known is an error."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class BodyRow(Strict):
    code: Code
    kind: BodyKind
    name: Annotated[str, Field(min_length=1, max_length=200)]
    name_en: str = ""
    short_name: Annotated[str, Field(min_length=1, max_length=60)]
    parent: OptionalCode = None
    territory: str = ""
    contact: Annotated[str, Field(max_length=200)] = ""
    valid_from: OptionalDate = None
    valid_to: OptionalDate = None
    confidence: Confidence = Confidence.VERIFIED
    note: Annotated[str, Field(max_length=200)] = ""


class SuccessionRow(Strict):
    body: Code
    successor: Code
    on: dt.date
    kinds: Annotated[list[ViolationKind], BeforeValidator(_words)] = []
    goods_groups: Annotated[list[GoodsGroup], BeforeValidator(_words)] = []
    ground: Text
    confidence: Confidence = Confidence.PROPOSED


class TerritoryRow(Strict):
    code: Annotated[str, Field(min_length=1, max_length=16)]
    level: Level
    name: Annotated[str, Field(min_length=1, max_length=120)]
    parent: str = ""
    valid_from: OptionalDate = None
    valid_to: OptionalDate = None
    source: Annotated[str, Field(max_length=120)] = ""


class TerritorySuccessionRow(Strict):
    unit: Annotated[str, Field(min_length=1)]
    successor: Annotated[str, Field(min_length=1)]
    on: dt.date
    default: YesNo = True


class CompetenceRow(Strict):
    id: Code
    body_kind: BodyKind
    kind: OptionalKind = None
    goods_group: OptionalGoods = None
    territory: str = ""
    max_value: Money = None
    criminal: YesNo = False
    valid_from: dt.date
    valid_to: OptionalDate = None
    ground: Text
    section: Annotated[str, Field(max_length=30)] = ""
    confidence: Confidence = Confidence.PROPOSED

    def matter(self) -> tuple[object, ...]:
        """What this row decides: two rows of one matter may not be in force at once."""
        return (self.kind, self.goods_group, self.territory, self.max_value, self.criminal)

    def overlaps(self, other: "CompetenceRow") -> bool:
        """True if there is a day on which both rows are in force."""
        return self.valid_from <= (other.valid_to or dt.date.max) and other.valid_from <= (self.valid_to or dt.date.max)


class CalendarRow(Strict):
    date: dt.date
    working: YesNo
    name: Annotated[str, Field(min_length=1, max_length=120)]
    ground: Annotated[str, Field(max_length=200)] = ""
    confidence: Confidence = Confidence.UNVERIFIED


class InstrumentRow(Strict):
    code: Code
    title: Text
    title_en: Annotated[str, Field(max_length=300)] = ""
    valid_from: dt.date
    valid_to: OptionalDate = None
    replaced_by: OptionalCode = None
    confidence: Confidence = Confidence.UNVERIFIED


class KindRow(Strict):
    kind: ViolationKind
    instrument: Annotated[str, Field(min_length=1, max_length=200)]
    article: Annotated[str, Field(max_length=100)] = ""
    valid_from: dt.date
    valid_to: OptionalDate = None
    must_check: Annotated[str, Field(max_length=300)] = ""
    confidence: Confidence = Confidence.UNVERIFIED


class PenaltyRow(Strict):
    id: Annotated[str, Field(min_length=1, max_length=16)]
    instrument: Annotated[str, Field(min_length=1, max_length=200)]
    article: Annotated[str, Field(max_length=120)]
    violation: Annotated[str, Field(min_length=1)]
    value_from: Money = None
    value_to: Money = None
    bounds: Literal["from", "over"] = "from"
    fine_min: Money = None
    fine_max: Money = None
    applies_to: Literal["individual", "organisation", "person", "unknown"] = "unknown"
    valid_from: dt.date
    valid_to: OptionalDate = None
    confidence: Confidence
    source: Annotated[str, Field(max_length=300)] = ""


class DeadlineRow(Strict):
    id: Code
    name: Annotated[str, Field(min_length=1, max_length=200)]
    length: Annotated[int, Field(ge=1, le=3650)]
    unit: Unit
    starts: Annotated[str, Field(min_length=1, max_length=200)]
    ground: Text
    valid_from: dt.date
    valid_to: OptionalDate = None
    confidence: Confidence = Confidence.UNVERIFIED
    note: Annotated[str, Field(max_length=300)] = ""


class Recipient(Strict):
    name: Text
    body: OptionalCode = None
    kinds: list[BodyKind] = []
    note: str = ""


class ReportDate(Strict):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    form: Code
    first_day: Annotated[dt.date, Field(alias="from")]
    last_day: Annotated[dt.date, Field(alias="to")]
    due: dt.date
    origin: Literal[Origin.PLAN, Origin.INFERRED]


class Letterhead(Strict):
    """Head and foot of the committee's documents (Decree 30/2020)."""

    parent: Text
    issuer: Text
    symbol: Text
    place: Text
    signature: Annotated[list[str], Field(min_length=1)]


class PlanHead(Strict):
    code: Code
    type: Literal["plan", "reorganisation"]
    title: Text
    title_en: str = ""
    issuer: Code
    issued_on: dt.date
    valid_from: dt.date
    valid_to: dt.date | None = None
    province: Annotated[str, Field(min_length=1)]
    carries_out: str = ""
    law: str = ""
    decreed_years: list[Annotated[int, Field(ge=2000, le=2100)]] = []
    letterhead: Letterhead | None = None
    recipients: list[Recipient] = []
    report_dates: list[ReportDate] = []


class ObligationDue(Strict):
    date: dt.date
    label: Annotated[str, Field(min_length=1, max_length=200)]
    origin: Literal[Origin.PLAN, Origin.INFERRED]


class ObligationRow(Strict):
    id: Annotated[str, Field(pattern=r"^[A-Z][0-9]{1,2}[a-z]?$", max_length=12)]
    section: Annotated[str, Field(min_length=1, max_length=30)]
    title: Annotated[str, Field(min_length=1, max_length=200)]
    title_en: Annotated[str, Field(min_length=1, max_length=200)]
    text: Annotated[str, Field(min_length=1)]
    text_en: Annotated[str, Field(min_length=1)]
    lead: list[str] = []
    each: list[str] = []
    cooperate: list[str] = []
    due: list[ObligationDue] = []
    due_from_reports: bool = False


class Obligations(Strict):
    obligations: Annotated[list[ObligationRow], Field(min_length=1)]


class Indicator(Strict):
    id: Annotated[str, Field(pattern=r"^[0-9]{1,2}[a-z]?$")]
    name: Text
    name_en: str = ""
    unit: Literal["vụ", "đối tượng", "đồng", "%"]
    measure: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    parent: str = ""
    kinds: list[ViolationKind] = []


class SumCheck(Strict):
    id: Code
    total: str
    parts: Annotated[list[str], Field(min_length=1)]
    level: Literal["warning", "error"] = "warning"
    message: Text


class Comparison(Strict):
    id: Literal["previous", "same-period"]
    name: Text


class FormRow(Strict):
    code: Code
    name: Annotated[str, Field(min_length=1, max_length=200)]
    name_en: str = ""
    section: str = ""
    fixed: bool = False
    period_months: Annotated[int | None, Field(ge=1, le=120)] = None
    levels: list[Literal["body", "district", "province"]] = ["body", "province"]
    indicators: list[Indicator] = []
    indicators_of: OptionalCode = None
    checks: list[SumCheck] = []
    comparisons: list[Comparison] = []
    breakdowns: list[Literal["body", "goods_group", "place", "kind"]] = []
