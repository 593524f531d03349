"""Law as dated data: instruments, what they say of each violation kind, fines, deadlines, working days; and running clocks."""

from django.db import models

from chosach.desk.agencies.models import Body, Confidence
from chosach.desk.core.kinds import ViolationKind
from chosach.desk.core.models import Noun


class Sourced(Noun):
    """A row that came from a file. Rows that a later file no longer has are withdrawn, never deleted."""

    source = models.CharField("tệp nguồn", max_length=64)
    withdrawn = models.BooleanField("đã rút khỏi tệp", default=False)
    confidence = models.CharField("độ tin cậy", max_length=20, choices=Confidence.choices, default=Confidence.UNVERIFIED)

    class Meta:
        abstract = True


class Instrument(Sourced):
    """A legal text and the time it is in force."""

    code = models.SlugField("mã", max_length=64)
    title = models.CharField("tên văn bản", max_length=300)
    title_en = models.CharField("tên tiếng Anh", max_length=300, blank=True)
    valid_from = models.DateField("hiệu lực từ")
    valid_to = models.DateField("hiệu lực đến", null=True, blank=True)
    replaced_by = models.CharField("văn bản thay thế", max_length=64, blank=True)

    class Meta:
        ordering = ["valid_from", "code"]
        constraints = [models.UniqueConstraint(fields=["source", "code"], name="one_instrument")]


class LegalBasis(Sourced):
    """What a text says of one violation kind."""

    kind = models.CharField("loại vi phạm", max_length=20, choices=ViolationKind.choices)
    instrument = models.CharField("văn bản", max_length=200)
    article = models.CharField("điều", max_length=100, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True)
    must_check = models.CharField("phải kiểm tra", max_length=300, blank=True)

    class Meta:
        ordering = ["kind", "instrument", "article"]
        constraints = [models.UniqueConstraint(fields=["source", "kind", "instrument", "article"], name="one_legal_basis")]


class Penalty(Sourced):
    """One bracket of fines, as printed in its decree. `bounds` says whether the lower bound is inside (from … to below) or outside
    (over … up to and including); `applies_to` whose fine is printed (the other party's is doubled or halved by the decree)."""

    code = models.CharField("mã dòng", max_length=16)
    instrument = models.CharField("văn bản", max_length=200)
    article = models.CharField("điều", max_length=120)
    violation = models.TextField("hành vi")
    value_from = models.BigIntegerField("trị giá từ (đồng)", null=True, blank=True)
    value_to = models.BigIntegerField("trị giá đến (đồng)", null=True, blank=True)
    bounds = models.CharField("cách tính cận", max_length=8, default="from")
    fine_min = models.BigIntegerField("phạt từ (đồng)", null=True, blank=True)
    fine_max = models.BigIntegerField("phạt đến (đồng)", null=True, blank=True)
    applies_to = models.CharField("mức in cho", max_length=16, default="unknown")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True)
    origin = models.CharField("nguồn", max_length=300, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["source", "code"], name="one_penalty")]


class Unit(models.TextChoices):
    """Units of legal periods."""

    HOUR = "hour", "giờ"
    WORKING_DAY = "working_day", "ngày làm việc"
    DAY = "day", "ngày"
    MONTH = "month", "tháng"
    YEAR = "year", "năm"


class DeadlineRule(Sourced):
    """A legal period: how long, in what unit, from when, on what ground, in force when."""

    code = models.SlugField("mã", max_length=64)
    name = models.CharField("tên", max_length=200)
    length = models.PositiveIntegerField("độ dài")
    unit = models.CharField("đơn vị", max_length=12, choices=Unit.choices)
    starts = models.CharField("tính từ", max_length=200)
    ground = models.CharField("căn cứ", max_length=300)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["source", "code"], name="one_deadline_rule")]


class CalendarDay(Sourced):
    """A day that differs from the general calendar: a day off by decree, or a Saturday worked in exchange."""

    date = models.DateField("ngày")
    working = models.BooleanField("là ngày làm việc")
    name = models.CharField("tên", max_length=120)
    ground = models.CharField("căn cứ", max_length=200, blank=True)

    class Meta:
        ordering = ["date", "created_at"]
        constraints = [models.UniqueConstraint(fields=["source", "date"], name="one_calendar_day")]


class CalendarYear(Sourced):
    """A year whose days off have been decreed. Every other year is provisional."""

    year = models.PositiveIntegerField("năm")

    class Meta:
        ordering = ["year"]
        constraints = [models.UniqueConstraint(fields=["source", "year"], name="one_calendar_year")]


class ClockState(models.TextChoices):
    """States of a clock. Whether a running one is late is computed on the business date, never stored."""

    RUNNING = "running", "đang tính"
    PAUSED = "paused", "tạm dừng"
    MET = "met", "đúng hạn"
    MISSED = "missed", "quá hạn"
    VOID = "void", "thôi tính"


class Clock(Noun):
    """A legal deadline on one object (`noun`, `object_id`), kept by the body that must act."""

    noun = models.CharField("đối tượng", max_length=32)
    object_id = models.CharField("mã đối tượng", max_length=64)
    rule = models.ForeignKey(DeadlineRule, models.PROTECT, related_name="clocks")
    body = models.ForeignKey(Body, models.PROTECT, related_name="clocks")
    started_by = models.CharField("cơ quan mở", max_length=64, blank=True)
    started_on = models.DateField("bắt đầu")
    due_on = models.DateField("hạn")
    due_at = models.DateTimeField("hạn (giờ)", null=True, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=ClockState.choices, default=ClockState.RUNNING)
    paused_on = models.DateField("tạm dừng từ", null=True, blank=True)
    remaining = models.BigIntegerField("còn lại khi tạm dừng", null=True, blank=True)
    stopped_on = models.DateField("kết thúc", null=True, blank=True)
    reason = models.CharField("lý do", max_length=300, blank=True)

    class Meta:
        ordering = ["due_on", "due_at", "created_at"]
        indexes = [
            models.Index(fields=["noun", "object_id"], name="clock_object"),
            models.Index(fields=["body", "state", "due_on"], name="clock_body_due"),
        ]
