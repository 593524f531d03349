"""Screening runs: which listings were screened, by which version, with what result, and what changed by it."""

from django.db import models

from chosach.desk.core.kinds import ViolationKind
from chosach.desk.core.models import Noun
from chosach.desk.jobs.models import Job
from chosach.desk.registry.models import Listing


class Correction(Noun):
    """What was learnt from decisions, as bytes (`chosach.screening.correction`). At most one is in force: screening applies it."""

    digest = models.CharField("mã", max_length=12, unique=True)
    content = models.BinaryField("nội dung")
    in_force = models.BooleanField("đang dùng", default=False)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["in_force"], condition=models.Q(in_force=True), name="one_correction_in_force"),
        ]

    def __str__(self) -> str:
        return self.digest


class ScreeningRun(Noun):
    """One run over one source. The findings themselves stand in the registry under the same `source`.

    A run that is done in chunks is begun before its first one and holds to the correction that is in force then (`correction`; None:
    none), whatever is put in force meanwhile. `versions` are the screener versions that read its listings, in order: one, unless the
    engine itself was exchanged between two chunks. `complete` is false until its last chunk. `moved` counts findings that fell below or
    rose to the likely ones (`fell`, `rose`) and what that did to leads (`leads`); only of runs over listings that were screened before.
    """

    source = models.CharField("nguồn", max_length=100, unique=True)
    label = models.CharField("tên", max_length=300, blank=True)
    job = models.OneToOneField(Job, models.PROTECT, null=True, blank=True, related_name="screening_run")
    correction = models.ForeignKey(Correction, models.PROTECT, null=True, blank=True, related_name="+")
    screener = models.CharField("phiên bản sàng lọc", max_length=120, blank=True)
    versions = models.JSONField("các phiên bản đã đọc", default=list)
    complete = models.BooleanField("đã xong", default=True)
    listings = models.PositiveIntegerField("số tin", default=0)
    flagged = models.PositiveIntegerField("số tin có dấu hiệu", default=0)
    kinds = models.JSONField("số dấu hiệu theo loại", default=dict)
    moved = models.JSONField("thay đổi", default=dict)
    on = models.DateField("ngày")

    class Meta:
        ordering = ["-on", "-created_at"]

    def __str__(self) -> str:
        return self.label or self.source


class Change(models.Model):
    """A finding that a run over known listings took below the likely ones, or above: before and after (None: it was or is not found)."""

    run = models.ForeignKey(ScreeningRun, models.PROTECT, related_name="changes")
    listing = models.ForeignKey(Listing, models.PROTECT, related_name="+")
    kind = models.CharField("loại vi phạm", max_length=20, choices=ViolationKind.choices)
    before = models.FloatField("trước", null=True)
    after = models.FloatField("sau", null=True)
    fell = models.BooleanField("tụt xuống")

    class Meta:
        ordering = ["-fell", "id"]
        constraints = [models.UniqueConstraint(fields=["run", "listing", "kind"], name="one_change_per_run_listing_kind")]
