"""Leads: findings about one trader, ranked by expected harm, and what is decided about them."""

from django.db import models

from chosach.desk.accounts.models import User
from chosach.desk.agencies.models import Body
from chosach.desk.core.kinds import ViolationKind
from chosach.desk.core.models import Noun
from chosach.desk.registry.models import Finding, Trader


class LeadState(models.TextChoices):
    NEW = "new", "Mới"
    ASSIGNED = "assigned", "Đã phân công"
    WATCHING = "watching", "Đang theo dõi"
    AWAITING = "awaiting", "Chờ người thứ hai"
    PASSING = "passing", "Đang chuyển, chờ cơ quan nhận"
    ACCEPTED = "accepted", "Đã tiếp nhận"
    DISMISSED = "dismissed", "Đã bỏ qua"
    HANDED_OVER = "handed_over", "Đã chuyển ngoài tỉnh"
    LAPSED = "lapsed", "Hết dấu hiệu"
    JOINED = "joined", "Đã nhập vào đầu mối khác"


#: States in which a lead is still to be decided: only these have a rank.
OPEN = (LeadState.NEW, LeadState.ASSIGNED, LeadState.WATCHING, LeadState.AWAITING, LeadState.PASSING)
#: Open states in which somebody else has to answer before anything else can be done.
HELD = (LeadState.AWAITING, LeadState.PASSING)


class Lead(Noun):
    """One trader's findings, for the one body that is competent. `score` is the expected harm; `rank` its place in the body's queue.
    `settled`: bodies agreed among themselves whose it is, so routing proposes no other. `came_from`: the trader that it was of before that
    one was found to be another. `assignee_before`: whose it was when it was
    accepted, None for nobody's; of use until that is taken back."""

    trader = models.OneToOneField(Trader, models.PROTECT, related_name="lead")
    body = models.ForeignKey(Body, models.PROTECT, related_name="leads")
    ground = models.TextField("căn cứ thẩm quyền", blank=True)
    settled = models.BooleanField("do các cơ quan thống nhất", default=False)
    state = models.CharField("trạng thái", max_length=12, choices=LeadState.choices, default=LeadState.NEW)
    before = models.CharField("trạng thái trước", max_length=12, choices=LeadState.choices, blank=True)
    assignee = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="leads")
    assignee_before = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField("loại chính", max_length=20, choices=ViolationKind.choices)
    goods_group = models.CharField("nhóm hàng", max_length=30, blank=True)
    category = models.CharField("ngành hàng", max_length=300, blank=True)
    channel_classes = models.CharField("loại kênh", max_length=60, blank=True)
    score = models.FloatField("mức hại dự kiến", default=0)
    rank = models.PositiveIntegerField("thứ hạng", null=True, blank=True)
    findings = models.PositiveIntegerField("số dấu hiệu", default=0)
    listings = models.PositiveIntegerField("số tin", default=0)
    probability = models.FloatField("xác suất cao nhất", default=0)
    value = models.BigIntegerField("giá trị chào bán đã bán (đồng)", default=0)
    watch_until = models.DateField("theo dõi đến", null=True, blank=True)
    closed_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)
    joined_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="joined")
    came_from = models.ForeignKey(Trader, models.PROTECT, null=True, blank=True, related_name="+")
    case_id = models.UUIDField("vụ việc", null=True, blank=True)
    opened_on = models.DateField("ngày mở")
    search = models.TextField("chuỗi tìm kiếm (không dấu)", blank=True)

    class Meta:
        ordering = ["rank", "-score", "id"]
        indexes = [models.Index(fields=["body", "state"]), models.Index(fields=["body", "rank"])]

    def __str__(self) -> str:
        return self.trader.name

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class LeadKind(Noun):
    """What one kind of violation adds to a lead: number of findings and share of the score."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="kinds")
    kind = models.CharField("loại vi phạm", max_length=20, choices=ViolationKind.choices)
    findings = models.PositiveIntegerField("số dấu hiệu")
    score = models.FloatField("mức hại")

    class Meta:
        ordering = ["-score", "kind"]
        constraints = [models.UniqueConstraint(fields=["lead", "kind"], name="one_row_per_lead_kind")]


class DismissReason(models.TextChoices):
    INNOCENT = "innocent", "Từ ngữ vô hại, báo nhầm"
    DOCUMENTS = "documents", "Đã có giấy tờ hợp lệ"
    REMOVED = "removed", "Tin đã gỡ, không còn đối tượng"
    DUPLICATE = "duplicate", "Trùng với đầu mối hoặc vụ việc khác"
    OUT_OF_SCOPE = "out_of_scope", "Không thuộc phạm vi kế hoạch"
    MINOR = "minor", "Không đáng kể, đã nhắc nhở"
    OTHER = "other", "Lý do khác"


class Dismissal(Noun):
    """One decision to dismiss a lead, and the second look at it, if it needs or was drawn for one. `part`: it speaks of single findings
    (`false_alarms`), and the lead goes on with the others."""

    class State(models.TextChoices):
        PENDING = "pending", "Chờ người thứ hai"
        DONE = "done", "Đã bỏ qua"
        REFUSED = "refused", "Người thứ hai không đồng ý"
        SENT_BACK = "sent_back", "Văn phòng Thường trực trả lại"
        LAPSED = "lapsed", "Hết dấu hiệu trước khi quyết định"
        TAKEN_BACK = "taken_back", "Cơ quan rút lại việc bỏ qua"
        WITHDRAWN = "withdrawn", "Người đề nghị rút lại"

    class Why(models.TextChoices):
        TOP = "top_tenth", "thuộc một phần mười đứng đầu"
        MANY = "many_a_day", "quá 20 đầu mối bị một người bỏ qua trong ngày"
        NONE = "", "không cần"

    class Review(models.TextChoices):
        NONE = "", "Không rút thăm"
        DRAWN = "drawn", "Chờ Văn phòng Thường trực xem"
        CONFIRMED = "confirmed", "Đã xem, đồng ý"
        SENT_BACK = "sent_back", "Đã xem, trả lại"
        PASSED_ON = "passed_on", "Rút lại trước khi xem, chuyển sang lần sau"

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="dismissals")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField("ngày")
    reason = models.CharField("lý do", max_length=20, choices=DismissReason.choices)
    text = models.TextField("diễn giải")
    part = models.BooleanField("chỉ một số dấu hiệu", default=False)
    state = models.CharField("trạng thái", max_length=12, choices=State.choices)
    why_second = models.CharField("vì sao cần người thứ hai", max_length=12, choices=Why.choices, blank=True)
    second = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    review = models.CharField("rút thăm xem lại", max_length=12, choices=Review.choices, blank=True)
    reviewer = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField("ý kiến", blank=True)
    taken_back_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    taken_back_on = models.DateField("ngày rút lại", null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["by", "on"]), models.Index(fields=["state", "review"])]


class FalseAlarm(Noun):
    """One finding that a dismissal in part calls a false alarm: one kind on one version of a listing, under whichever screener it is found
    again. It holds while the dismissal is done (`false_alarms.standing`)."""

    dismissal = models.ForeignKey(Dismissal, models.PROTECT, related_name="false_alarms")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["dismissal", "finding"], name="one_row_per_false_alarm")]


class Passing(Noun):
    """A lead on its way to another body of the province: sent with a reason, accepted, returned or taken back. Until it is accepted it is
    the sender's."""

    class State(models.TextChoices):
        SENT = "sent", "Chờ trả lời"
        ACCEPTED = "accepted", "Đã nhận"
        RETURNED = "returned", "Trả lại"
        WITHDRAWN = "withdrawn", "Cơ quan chuyển rút lại"
        LAPSED = "lapsed", "Hết dấu hiệu trước khi trả lời"

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="passings")
    from_body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    to_body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    reason = models.TextField("lý do")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField("ngày chuyển")
    state = models.CharField("trạng thái", max_length=10, choices=State.choices, default=State.SENT)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    answer = models.TextField("ý kiến", blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["lead"], condition=models.Q(state="sent"), name="one_passing_at_a_time")]
        indexes = [models.Index(fields=["to_body", "state"])]


class SavedView(Noun):
    """A person's named set of filters."""

    user = models.ForeignKey(User, models.CASCADE, related_name="lead_views")
    name = models.CharField("tên", max_length=80)
    query = models.CharField("bộ lọc", max_length=900)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="one_view_per_name")]


class Weight(Noun):
    """One setting of a weight. The last one of a subject counts; earlier ones are its history."""

    subject = models.CharField("đối tượng", max_length=40)
    value = models.FloatField("giá trị")
    ground = models.CharField("lý do", max_length=300)
    on = models.DateField("từ ngày")
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["subject", "-created_at"]
        indexes = [models.Index(fields=["subject", "created_at"])]
