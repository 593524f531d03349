"""Evidence: what a file is, where it came from, and which object it belongs to. The bytes lie in the store, by their hash."""

from django.db import models

from chosach.desk.accounts.models import User
from chosach.desk.agencies.models import Body
from chosach.desk.core.models import Noun


class Evidence(Noun):
    """One piece of evidence of one object (`noun`, `object_id`: a case, later a visit). Never changed, never deleted.

    `name` is the file's name as it was sent: data to show, never a path. `media_type` is recognised from the content.
    """

    noun = models.CharField("thuộc về", max_length=32)
    object_id = models.UUIDField("mã đối tượng")
    number = models.PositiveIntegerField("bút lục")
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("kích thước (byte)")
    media_type = models.CharField("loại tệp", max_length=100)
    name = models.CharField("tên tệp", max_length=255)
    description = models.CharField("mô tả", max_length=500)
    source = models.CharField("nguồn", max_length=300)
    taken_at = models.DateTimeField("thu thập lúc")
    protected = models.BooleanField("có thông tin được bảo vệ", default=False)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người đưa vào")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="cơ quan")
    added_on = models.DateField("ngày đưa vào")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["noun", "object_id", "number"], name="one_evidence_number")]
        indexes = [models.Index(fields=["sha256"])]

    def __str__(self) -> str:
        return f"{self.number:02d} {self.name}"
