"""Long work: the job, its finished chunks, and what was wrong with single rows."""

from django.db import models
from django.utils import timezone

from chosach.desk.accounts.models import User
from chosach.desk.agencies.models import Body
from chosach.desk.core.models import Noun


class State(models.TextChoices):
    """States of a job."""

    WAITING = "waiting", "Đang chờ"
    RUNNING = "running", "Đang chạy"
    DONE = "done", "Đã xong"
    FAILED = "failed", "Bị lỗi"
    CANCELLED = "cancelled", "Đã dừng"


#: States that a job leaves by itself.
OPEN = frozenset({State.WAITING, State.RUNNING})


class Job(Noun):
    """One piece of long work. A worker holds it by a lease that it renews; a lease that ran out is anybody's to take up.

    `done` and `total` count rows (`total` None while unknown). What is done is told by the chunks alone, never by the worker. `not_before`:
    nobody takes it up until then (None: at once).
    """

    kind = models.CharField("loại", max_length=60)
    title = models.CharField("tên", max_length=255)
    params = models.JSONField("tham số", default=dict)
    actor = models.CharField("người giao", max_length=80)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField("trạng thái", max_length=12, choices=State.choices, default=State.WAITING)
    total = models.PositiveBigIntegerField("tổng số dòng", null=True, blank=True)
    done = models.PositiveBigIntegerField("đã làm", default=0)
    rejected = models.PositiveBigIntegerField("dòng bị loại", default=0)
    warnings = models.PositiveBigIntegerField("ô có vấn đề", default=0)
    counts = models.JSONField("kết quả", default=dict)
    worker = models.CharField("tiến trình", max_length=160, blank=True)
    lease_until = models.DateTimeField("giữ đến", null=True, blank=True)
    not_before = models.DateTimeField("không bắt đầu trước", null=True, blank=True)
    heartbeat_at = models.DateTimeField("nhịp cuối", null=True, blank=True)
    attempts = models.PositiveIntegerField("số lần nhận", default=0)
    cancel_requested = models.BooleanField("được yêu cầu dừng", default=False)
    error_code = models.CharField("mã lỗi", max_length=80, blank=True)
    error = models.TextField("lỗi", blank=True)
    started_at = models.DateTimeField("bắt đầu", null=True, blank=True)
    finished_at = models.DateTimeField("kết thúc", null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["state", "lease_until"]), models.Index(fields=["body", "-created_at"])]

    @property
    def put_off(self) -> bool:
        """True while it waits for its time to come."""
        return self.state == State.WAITING and self.not_before is not None and self.not_before > timezone.now()

    @property
    def is_open(self) -> bool:
        """True while there is work to come without anybody's doing."""
        return self.state in OPEN


class Chunk(models.Model):
    """A finished part of a job: written in the transaction of its work, so it is there if and only if the work is."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="chunks")
    index = models.PositiveIntegerField("số thứ tự")
    rows = models.PositiveIntegerField("số dòng")
    counts = models.JSONField("kết quả", default=dict)
    done_at = models.DateTimeField("xong lúc", auto_now_add=True)

    class Meta:
        ordering = ["index"]
        constraints = [models.UniqueConstraint(fields=["job", "index"], name="one_chunk_of_a_job")]


class RowProblem(models.Model):
    """What was wrong with one row of a job's input."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="problems")
    line = models.PositiveBigIntegerField("dòng")
    row = models.PositiveBigIntegerField("bản ghi")
    column = models.CharField("cột", max_length=200, blank=True)
    code = models.CharField("mã", max_length=60)
    reason = models.CharField("lý do", max_length=300)
    value = models.CharField("giá trị", max_length=200, blank=True)
    rejected = models.BooleanField("bị loại")

    class Meta:
        ordering = ["row", "id"]
        indexes = [models.Index(fields=["job", "rejected", "row"])]
