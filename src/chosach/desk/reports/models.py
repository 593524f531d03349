"""Tables of the reports: a round asks bodies for their return; the consolidated report is frozen once."""

from django.db import models

from chosach.desk.accounts.models import User
from chosach.desk.agencies.models import Body
from chosach.desk.core.models import Noun


class Round(Noun):
    """One report being made: kind, period (both days included), the bodies asked, the words of the standing office."""

    class State(models.TextChoices):
        COLLECTING = "collecting", "Đang thu thập"
        PROPOSED = "proposed", "Chờ duyệt ban hành"
        FROZEN = "frozen", "Đã chốt"

    plan = models.SlugField("kế hoạch", max_length=64)
    form = models.SlugField("mẫu báo cáo", max_length=40)
    title = models.CharField("tên báo cáo", max_length=240)
    period_from = models.DateField("từ ngày")
    period_to = models.DateField("đến ngày")
    due_on = models.DateField("hạn nộp")
    state = models.CharField("trạng thái", max_length=20, choices=State.choices, default=State.COLLECTING)
    # Words of the standing office, by part of the report (`document.PARTS`).
    words = models.JSONField("nội dung", default=dict, blank=True)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_on = models.DateField("mở ngày")
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-period_to", "-created_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(period_to__gte=models.F("period_from")), name="round_period_runs_forward"),
            models.UniqueConstraint(fields=["plan", "form", "period_from", "period_to"], name="one_round_a_period"),
        ]

    def __str__(self) -> str:
        return self.title


class Return(Noun):
    """One body's return in a round: figures computed from the ledger when it was handed in, and the body's own words."""

    class State(models.TextChoices):
        AWAITED = "awaited", "Chưa nộp"
        SUBMITTED = "submitted", "Đã nộp"
        RETURNED = "returned", "Trả lại để sửa"
        ACCEPTED = "accepted", "Đã tiếp nhận"

    round = models.ForeignKey(Round, models.PROTECT, related_name="returns")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    state = models.CharField("trạng thái", max_length=20, choices=State.choices, default=State.AWAITED)
    words = models.JSONField("nội dung", default=dict, blank=True)
    # measure → value, as confirmed by the body; up to this entry of the ledger.
    figures = models.JSONField("số liệu", default=dict, blank=True)
    up_to_seq = models.BigIntegerField("đến bút toán", null=True, blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_on = models.DateField("nộp ngày", null=True, blank=True)
    reason = models.TextField("lý do trả lại", blank=True)

    class Meta:
        ordering = ["body__code"]
        constraints = [models.UniqueConstraint(fields=["round", "body"], name="one_return_a_body")]

    def __str__(self) -> str:
        return f"{self.body}: {self.round}"


class Frozen(Noun):
    """The issued report: everything it was made from, and the hashes of its two files. Never changed."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="frozen")
    up_to_seq = models.BigIntegerField("đến bút toán")
    ledger_hash = models.CharField("mã băm sổ cái", max_length=64)
    # All that the documents say besides the figures: names of bodies, form, words, letterhead. See `document.Frame`.
    frame = models.JSONField("khung văn bản")
    # body code → measure → value
    figures = models.JSONField("số liệu")
    docx_sha256 = models.CharField(max_length=64)
    xlsx_sha256 = models.CharField(max_length=64)
    frozen_on = models.DateField("chốt ngày")
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.round} ({self.frozen_on})"
