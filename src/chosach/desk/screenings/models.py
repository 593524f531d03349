"""Screening runs: which listings were screened, by which version, with what result."""

from django.db import models

from chosach.desk.core.models import Noun


class ScreeningRun(Noun):
    """One run over one source. The findings themselves stand in the registry under the same `source`."""

    source = models.CharField("nguồn", max_length=100, unique=True)
    label = models.CharField("tên", max_length=300, blank=True)
    screener = models.CharField("phiên bản sàng lọc", max_length=120, blank=True)
    listings = models.PositiveIntegerField("số tin", default=0)
    flagged = models.PositiveIntegerField("số tin có dấu hiệu", default=0)
    kinds = models.JSONField("số dấu hiệu theo loại", default=dict)
    on = models.DateField("ngày")

    class Meta:
        ordering = ["-on", "-created_at"]

    def __str__(self) -> str:
        return self.label or self.source


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
