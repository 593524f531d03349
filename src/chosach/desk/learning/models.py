"""Labels from people's decisions, what was corrected in them, and versions of what was learnt. Nothing here is ever deleted."""

from django.db import models

from chosach.desk.accounts.models import User
from chosach.desk.agencies.models import Body
from chosach.desk.cases.models import Outcome
from chosach.desk.core.kinds import ViolationKind
from chosach.desk.core.models import Noun
from chosach.desk.jobs.models import Job
from chosach.desk.leads.models import Dismissal, Lead
from chosach.desk.registry.models import Listing
from chosach.desk.screenings.models import Correction


class LabelState(models.TextChoices):
    COUNTED = "counted", "Được tính"
    REVIEW = "review", "Chờ xem lại việc bỏ qua"
    HELD = "held", "Dồn dập, chờ xem"
    WITHDRAWN = "withdrawn", "Đã rút"


class Label(Noun):
    """What a decision says of one finding: that one version of a listing (`content_hash`) was rightly found (`right`) or not.

    `weight` is what it counts before limits; `terms` are the words that were found and `probability` what `screener` had said of them.
    `entry` is the number of the decision's own entry in the ledger. `seen`: somebody has looked at it in a mass and let it count.
    """

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="+")
    content_hash = models.CharField("mã băm nội dung", max_length=64)
    kind = models.CharField("loại vi phạm", max_length=20, choices=ViolationKind.choices)
    right = models.BooleanField("dấu hiệu đúng")
    weight = models.FloatField("trọng số")
    state = models.CharField("trạng thái", max_length=10, choices=LabelState.choices, default=LabelState.COUNTED)
    seen = models.BooleanField("đã xem khi dồn dập", default=False)
    terms = models.JSONField("từ ngữ", default=list)
    probability = models.FloatField("xác suất khi quyết định")
    screener = models.CharField("phiên bản sàng lọc", max_length=120)
    lead = models.ForeignKey(Lead, models.PROTECT, null=True, blank=True, related_name="labels")
    dismissal = models.ForeignKey(Dismissal, models.PROTECT, null=True, blank=True, related_name="labels")
    outcome = models.ForeignKey(Outcome, models.PROTECT, null=True, blank=True, related_name="labels")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    on = models.DateField("ngày")
    entry = models.PositiveBigIntegerField("bút toán")

    class Meta:
        ordering = ["-on", "-created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["dismissal", "listing", "kind"], name="one_label_per_dismissed_finding"),
            models.UniqueConstraint(fields=["outcome", "listing", "kind"], name="one_label_per_finding_with_outcome"),
        ]
        indexes = [models.Index(fields=["state", "kind"]), models.Index(fields=["by", "on"])]


class LabelChange(Noun):
    """One correction of a label: who, why, and the entry. The label's history. One that came in a mass waits: `after` is what the label
    becomes once `second` agrees."""

    class Act(models.TextChoices):
        WITHDRAWN = "withdrawn", "Rút nhãn"
        RESTORED = "restored", "Dùng lại nhãn"
        TURNED = "turned", "Đảo nhãn"
        RELEASED = "released", "Xem và cho tính"

    class State(models.TextChoices):
        DONE = "done", "Đã sửa"
        WAITING = "waiting", "Dồn dập, chờ người thứ hai"
        REFUSED = "refused", "Người thứ hai không đồng ý"

    label = models.ForeignKey(Label, models.PROTECT, related_name="changes")
    act = models.CharField("việc", max_length=10, choices=Act.choices)
    state = models.CharField("trạng thái", max_length=10, choices=State.choices, default=State.DONE)
    after = models.JSONField("sửa thành", default=dict)
    second = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField("lý do")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    on = models.DateField("ngày")
    entry = models.PositiveBigIntegerField("bút toán")

    class Meta:
        ordering = ["created_at"]


class VersionState(models.TextChoices):
    TRAINING = "training", "Đang học"
    READY = "ready", "Chờ người thứ hai"
    IN_FORCE = "in_force", "Đang dùng"
    REPLACED = "replaced", "Đã thay"
    GIVEN_UP = "given_up", "Đã bỏ dở"


class Version(Noun):
    """One retraining: what was learnt (`correction`), measured against the version then in force (`against`, None: none) with the screener
    of then (`screener`). `figures`: see `measuring.Figures`; `effect`: what it does to present findings."""

    number = models.PositiveIntegerField("số", unique=True)
    state = models.CharField("trạng thái", max_length=10, choices=VersionState.choices, default=VersionState.TRAINING)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    on = models.DateField("ngày")
    job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+")
    rescreening = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+")
    correction = models.ForeignKey(Correction, models.PROTECT, null=True, blank=True, related_name="+")
    against = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    screener = models.CharField("phiên bản sàng lọc", max_length=120, blank=True)
    figures = models.JSONField("số liệu", default=dict)
    effect = models.JSONField("tác động", default=dict)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_on = models.DateField("ngày đưa vào dùng", null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=models.Q(state="in_force"), name="one_version_in_force"),
            models.UniqueConstraint(fields=["state"], condition=models.Q(state="training"), name="one_training_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"Bản học số {self.number}"


class Use(models.Model):
    """One label as one version used it: verdict of then, what it counted after the limits, what the screener alone says of the finding
    (None: it finds it no more), and the step of the half that did not know the label's shop (`fold`)."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="uses")
    label = models.ForeignKey(Label, models.PROTECT, related_name="uses")
    right = models.BooleanField()
    counted = models.FloatField(default=0)
    fold = models.PositiveSmallIntegerField()
    probability = models.FloatField(null=True)
    spans = models.JSONField(default=list)
    step = models.FloatField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "label"], name="one_use_of_a_label")]
