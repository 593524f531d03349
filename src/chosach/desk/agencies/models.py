"""Bodies: agencies, committees, associations, providers. Merges and renames are data with dates."""

from django.db import models

from chosach.desk.core.kinds import BodyKind
from chosach.desk.core.models import Noun


class Body(Noun):
    """A body. `code` is stable (it stands in the plan's files and in the ledger); the name may change with time.

    A body whose validity has ended points to its successor; routing follows the successors on the business date.
    """

    code = models.SlugField("mã", max_length=64, unique=True)
    name = models.CharField("tên", max_length=200)
    name_en = models.CharField("tên tiếng Anh", max_length=200, blank=True)
    short_name = models.CharField("tên ngắn", max_length=60)
    kind = models.CharField("loại", max_length=40, choices=BodyKind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    territory = models.CharField("địa bàn (mã đơn vị hành chính)", max_length=40, blank=True)
    contact = models.CharField("liên hệ", max_length=200, blank=True)
    valid_from = models.DateField("có từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến ngày", null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.short_name
