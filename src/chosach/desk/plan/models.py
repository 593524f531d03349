"""The plan as data: obligations, who must do them, by when, and what has been done."""

from django.db import models

from chosach.desk.agencies.models import Body
from chosach.desk.core.models import Noun


class Plan(Noun):
    """A plan, or a reorganisation, as its folder of files says. `digest` is the hash of the files last loaded."""

    code = models.SlugField("mã", max_length=64, unique=True)
    type = models.CharField("loại", max_length=20)
    title = models.CharField("tên", max_length=300)
    title_en = models.CharField("tên tiếng Anh", max_length=300, blank=True)
    issuer = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="plans")
    issued_on = models.DateField("ngày ký")
    valid_from = models.DateField("hiệu lực từ")
    valid_to = models.DateField("hiệu lực đến", null=True, blank=True)
    carries_out = models.CharField("thực hiện văn bản", max_length=300, blank=True)
    province = models.CharField("tỉnh", max_length=16)
    letterhead = models.JSONField("đầu văn bản", default=dict, blank=True)
    recipients = models.JSONField("nơi nhận", default=list, blank=True)
    digest = models.CharField("mã kiểm tra tệp", max_length=64, blank=True)

    class Meta:
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return self.title


class Obligation(Noun):
    """One thing that the plan demands. `code` (S1 … R4) is stable and unique in its plan."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="obligations")
    code = models.CharField("mã", max_length=12)
    order = models.PositiveIntegerField("thứ tự")
    part = models.CharField("phần", max_length=4)
    section = models.CharField("mục", max_length=30)
    title = models.CharField("tên", max_length=200)
    title_en = models.CharField("tên tiếng Anh", max_length=200, blank=True)
    text = models.TextField("nội dung")
    text_en = models.TextField("nội dung tiếng Anh", blank=True)
    withdrawn = models.BooleanField("đã rút khỏi kế hoạch", default=False)

    class Meta:
        ordering = ["plan", "order"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="one_obligation")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Share(models.TextChoices):
    """How a body takes part in an obligation."""

    LEAD = "lead", "chủ trì"
    EACH = "each", "tự thực hiện"
    COOPERATE = "cooperate", "phối hợp"


class ObligationBody(Noun):
    """A body named by an obligation."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="bodies")
    body = models.ForeignKey(Body, models.PROTECT, related_name="obligations")
    share = models.CharField("vai trò", max_length=10, choices=Share.choices)
    withdrawn = models.BooleanField("đã rút khỏi kế hoạch", default=False)

    class Meta:
        ordering = ["obligation", "share", "body"]
        constraints = [models.UniqueConstraint(fields=["obligation", "body", "share"], name="one_share")]


class Origin(models.TextChoices):
    """Where a due date comes from."""

    PLAN = "plan", "kế hoạch ấn định"
    INFERRED = "inferred", "suy ra từ kế hoạch"
    STANDING_OFFICE = "standing_office", "Văn phòng Thường trực đặt"


class DueDate(Noun):
    """A date by which an obligation (or a part of it) must be done by each body in charge."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="due_dates")
    date = models.DateField("hạn")
    label = models.CharField("nội dung", max_length=200)
    origin = models.CharField("nguồn", max_length=20, choices=Origin.choices)
    withdrawn = models.BooleanField("đã rút", default=False)

    class Meta:
        ordering = ["date", "label"]
        constraints = [models.UniqueConstraint(fields=["obligation", "date", "label"], name="one_due_date")]


class NoteKind(models.TextChoices):
    """What a note says."""

    PROGRESS = "progress", "Tiến độ"
    OBSTACLE = "obstacle", "Vướng mắc"
    DIRECTION = "direction", "Chỉ đạo"


class Progress(models.TextChoices):
    """How far a body is with an obligation."""

    NOT_STARTED = "not_started", "chưa bắt đầu"
    ONGOING = "ongoing", "đang thực hiện"
    DONE = "done", "đã hoàn thành"


class Note(Noun):
    """What a body reports on an obligation, or what the leaders direct. Never edited: a newer note says more.

    `links`: evidence as {"noun": case|evidence|report|file, "id": …, "label": …}. `done_for`: the due date that it fulfils.
    `answers`: the obstacle that a direction answers.
    """

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="notes")
    body = models.ForeignKey(Body, models.PROTECT, related_name="plan_notes")
    author_id = models.CharField("người ghi", max_length=64)
    author_name = models.CharField("tên người ghi", max_length=120)
    kind = models.CharField("loại", max_length=12, choices=NoteKind.choices)
    progress = models.CharField("tiến độ", max_length=12, choices=Progress.choices, blank=True)
    text = models.TextField("nội dung")
    links = models.JSONField("chứng cứ", default=list, blank=True)
    done_for = models.ForeignKey(DueDate, models.PROTECT, null=True, blank=True, related_name="fulfilments")
    answers = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="directions")
    date = models.DateField("ngày")

    class Meta:
        ordering = ["-date", "-created_at"]


class Reminder(Noun):
    """A reminder from the standing office to one body."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="reminders")
    body = models.ForeignKey(Body, models.PROTECT, related_name="reminders")
    due_date = models.ForeignKey(DueDate, models.PROTECT, null=True, blank=True, related_name="reminders")
    text = models.TextField("nội dung")
    date = models.DateField("ngày")
    sent_by = models.CharField("người gửi", max_length=120)

    class Meta:
        ordering = ["-date", "-created_at"]


class ReportForm(Noun):
    """A kind of report with its indicators and checks, as the plan's file says (`definition`, documented in docs/plan-files.md)."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="report_forms")
    code = models.SlugField("mã", max_length=40)
    name = models.CharField("tên", max_length=200)
    name_en = models.CharField("tên tiếng Anh", max_length=200, blank=True)
    fixed = models.BooleanField("theo kỳ cố định", default=False)
    definition = models.JSONField("biểu mẫu", default=dict)
    withdrawn = models.BooleanField("đã rút khỏi kế hoạch", default=False)

    class Meta:
        ordering = ["plan", "code"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="one_report_form")]


class ReportPeriod(Noun):
    """A period for which the plan wants a report, with explicit first and last day."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="report_periods")
    form = models.ForeignKey(ReportForm, models.PROTECT, related_name="periods")
    first_day = models.DateField("từ ngày")
    last_day = models.DateField("đến ngày")
    due = models.DateField("hạn gửi")
    origin = models.CharField("nguồn", max_length=20, choices=Origin.choices)
    withdrawn = models.BooleanField("đã rút khỏi kế hoạch", default=False)

    class Meta:
        ordering = ["due", "first_day"]
        constraints = [models.UniqueConstraint(fields=["plan", "form", "first_day", "last_day"], name="one_report_period")]
