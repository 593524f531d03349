"""Keys, and how much they were used. Of what was screened nothing stands here but counts."""

from django.db import models

from chosach.desk.agencies.models import Body
from chosach.desk.core.kinds import ViolationKind
from chosach.desk.core.models import Noun

SCREEN, REASONS = "screen", "reasons"
#: What a key may ask for. Code → how it is called.
SCOPES: dict[str, str] = {SCREEN: "Sàng lọc", REASONS: "Kèm lý do"}


class Key(Noun):
    """A body's key. `prefix` is its public name; of the secret only the hash is kept."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="api_keys", verbose_name="cơ quan")
    name = models.CharField("tên", max_length=80)
    prefix = models.CharField("tên gọi của khóa", max_length=8, unique=True)
    digest = models.CharField("mã băm", max_length=64)
    scopes = models.JSONField("phạm vi", default=list)
    per_minute = models.PositiveIntegerField("số lượt mỗi phút")
    per_day = models.PositiveIntegerField("số lượt mỗi ngày")
    expires_on = models.DateField("dùng đến hết ngày")
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)

    class Meta:
        ordering = ["body__name", "name", "-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def gives_reasons(self) -> bool:
        return REASONS in self.scopes

    def scope_labels(self) -> list[str]:
        return [SCOPES.get(scope, scope) for scope in self.scopes]


class Usage(models.Model):
    """One key on one day (Vietnamese, real). `minute`, `in_minute`: the running minute, for the limit."""

    key = models.ForeignKey(Key, models.PROTECT, related_name="usage")
    day = models.DateField("ngày")
    requests = models.PositiveIntegerField("số lượt", default=0)
    refused = models.PositiveIntegerField("số lượt bị từ chối vì quá mức", default=0)
    bytes = models.PositiveBigIntegerField("số byte nhận", default=0)
    flagged = models.PositiveIntegerField("số lượt có dấu hiệu", default=0)
    minute = models.PositiveBigIntegerField("phút hiện tại", default=0)
    in_minute = models.PositiveIntegerField("số lượt trong phút", default=0)

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["key", "day"], name="one_usage_of_a_key_and_day")]


class Told(models.Model):
    """How often a kind was told on a day: the only thing that is kept of what was found."""

    usage = models.ForeignKey(Usage, models.CASCADE, related_name="told")
    kind = models.CharField("loại", max_length=20, choices=ViolationKind.choices)
    count = models.PositiveIntegerField("số lượt", default=0)

    class Meta:
        ordering = ["usage", "kind"]
        constraints = [models.UniqueConstraint(fields=["usage", "kind"], name="one_count_of_a_kind")]


class Probing(Noun):
    """A day on which one key sent many variants of one text with changing outcomes. For the administrator to ask about."""

    key = models.ForeignKey(Key, models.PROTECT, related_name="probings")
    on = models.DateField("ngày")
    variants = models.PositiveIntegerField("số biến thể")
    reviewed_at = models.DateTimeField("xem xét lúc", null=True, blank=True)

    class Meta:
        ordering = ["-on", "-created_at"]
        constraints = [models.UniqueConstraint(fields=["key", "on"], name="one_probing_of_a_key_and_day")]
