"""Bodies, territory, and who is competent for what. Merges, splits and renames are data with dates."""

from django.db import models

from chosach.desk.core.kinds import BodyKind, GoodsGroup, ViolationKind
from chosach.desk.core.models import Noun


class Confidence(models.TextChoices):
    """How well a row of data is known. Everything but `verified` is shown with its mark."""

    VERIFIED = "verified", "đã kiểm chứng"
    PARTLY = "partly_verified", "kiểm chứng một phần"
    PROPOSED = "proposed", "cần kiểm chứng"
    UNVERIFIED = "unverified", "chưa kiểm chứng"


class Level(models.TextChoices):
    """Levels of administrative units. Districts exist until 30 June 2025."""

    PROVINCE = "province", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện"
    COMMUNE = "commune", "Cấp xã"


class Territory(Noun):
    """An administrative unit. `code` is the statistics office's code; units since 1 July 2025 carry the prefix `2025-`,
    because the same numbers were given anew."""

    code = models.CharField("mã", max_length=16, unique=True)
    level = models.CharField("cấp", max_length=12, choices=Level.choices)
    name = models.CharField("tên", max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    valid_from = models.DateField("có từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến ngày", null=True, blank=True)
    source = models.CharField("nguồn", max_length=120, blank=True)
    from_file = models.JSONField("giá trị trong tệp kế hoạch", default=dict, blank=True, editable=False)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class TerritorySuccession(Noun):
    """`successor` takes (part of) `unit` over on a date. `default`: the part that counts when only the old name is known."""

    unit = models.ForeignKey(Territory, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Territory, models.PROTECT, related_name="predecessions")
    on = models.DateField("từ ngày")
    default = models.BooleanField("mặc định", default=True)

    class Meta:
        ordering = ["unit", "-default", "successor"]
        constraints = [models.UniqueConstraint(fields=["unit", "successor"], name="one_succession_of_units")]


class Body(Noun):
    """A body. `code` is stable (it stands in the plan's files and in the ledger); the name may change with time.

    A body whose validity has ended has successions; routing follows them on the business date.
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
    confidence = models.CharField("độ tin cậy", max_length=20, choices=Confidence.choices, default=Confidence.VERIFIED)
    note = models.CharField("ghi chú", max_length=200, blank=True)
    from_file = models.JSONField("giá trị trong tệp kế hoạch", default=dict, blank=True, editable=False)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.short_name


class BodySuccession(Noun):
    """`successor` takes over from `body` on a date. When a body was split, `kinds` and `goods_groups` say which matters go to
    this successor; the one with neither takes the rest. Committees split by place go by the successor's territory."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Body, models.PROTECT, related_name="predecessions")
    on = models.DateField("từ ngày")
    kinds = models.JSONField("loại vi phạm", default=list, blank=True)
    goods_groups = models.JSONField("nhóm hàng", default=list, blank=True)
    ground = models.CharField("căn cứ", max_length=300, blank=True)
    confidence = models.CharField("độ tin cậy", max_length=20, choices=Confidence.choices, default=Confidence.PROPOSED)

    class Meta:
        ordering = ["body", "successor"]
        constraints = [models.UniqueConstraint(fields=["body", "successor"], name="one_succession_of_bodies")]


class Competence(Noun):
    """One row of the competence table: which kind of body may act, for which kind, goods, place and size, when, on what ground.

    Empty kind, goods group or territory means any. `max_value` (VND, exclusive) makes it a row for small cases only.
    """

    source = models.CharField("tệp kế hoạch", max_length=64)
    code = models.SlugField("mã dòng", max_length=64)
    body_kind = models.CharField("loại cơ quan", max_length=40, choices=BodyKind.choices)
    kind = models.CharField("loại vi phạm", max_length=20, choices=ViolationKind.choices, blank=True)
    goods_group = models.CharField("nhóm hàng", max_length=30, choices=GoodsGroup.choices, blank=True)
    territory = models.CharField("địa bàn", max_length=16, blank=True)
    max_value = models.BigIntegerField("trị giá dưới (đồng)", null=True, blank=True)
    criminal = models.BooleanField("có dấu hiệu tội phạm", default=False)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True)
    ground = models.CharField("căn cứ pháp lý", max_length=300)
    section = models.CharField("mục của kế hoạch", max_length=30, blank=True)
    confidence = models.CharField("độ tin cậy", max_length=20, choices=Confidence.choices, default=Confidence.PROPOSED)
    withdrawn = models.BooleanField("đã rút khỏi tệp", default=False)

    class Meta:
        ordering = ["source", "code"]
        constraints = [models.UniqueConstraint(fields=["source", "code"], name="one_competence_row")]
