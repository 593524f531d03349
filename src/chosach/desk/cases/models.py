"""The one case file and what lies in it. Nothing here is ever deleted; what no longer holds is struck, withdrawn or corrected."""

from django.db import models

from chosach.desk.accounts.models import User
from chosach.desk.agencies.models import Body
from chosach.desk.cases import stages
from chosach.desk.cases.kinds import (
    Audience,
    Basis,
    Decision,
    GoodsState,
    JoinState,
    NoAction,
    OutcomeKind,
    PartyKind,
    PartyRole,
    Place,
    Right,
    TransferState,
)
from chosach.desk.core.kinds import ViolationKind
from chosach.desk.core.models import Noun
from chosach.desk.leads.models import Lead
from chosach.desk.registry.models import Trader


def _by(verbose: str, *, null: bool = False) -> "models.ForeignKey[User, User]":
    return models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=verbose, null=null, blank=null)


class NumberSeries(Noun):
    """The last case number under a body's short code in a year."""

    code = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "year"], name="one_case_series")]


class Case(Noun):
    """A case. `owner` is the body that handles it now; `opened_by_body` the one that opened it (it stands in the number)."""

    number = models.CharField("số", max_length=60, unique=True)
    title = models.CharField("tên vụ việc", max_length=200)
    ground = models.TextField("căn cứ mở")
    owner = models.ForeignKey(Body, models.PROTECT, related_name="cases", verbose_name="cơ quan thụ lý")
    opened_by_body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    opened_by = _by("người mở")
    opened_on = models.DateField("ngày mở")
    closed_on = models.DateField("ngày kết thúc", null=True, blank=True)
    stage = models.CharField("giai đoạn", max_length=20, choices=stages.Stage.choices, default=stages.Stage.OPENED)
    kind = models.CharField("loại vi phạm chính", max_length=40, choices=ViolationKind.choices)
    kinds = models.JSONField("các loại vi phạm", default=list)
    place = models.CharField("địa bàn", max_length=10, choices=Place.choices, default=Place.UNKNOWN)
    place_how = models.CharField("biết địa bàn nhờ", max_length=300, blank=True)
    overlap_reason = models.TextField("lý do mở khi cơ quan khác đang thụ lý", blank=True)

    class Meta:
        ordering = ["-opened_on", "-number"]
        indexes = [models.Index(fields=["owner", "stage"])]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.stage in stages.OPEN

    @property
    def can_be_worked_on(self) -> bool:
        return self.stage in stages.WORKING


class CaseTrader(Noun):
    """The case is (also) about this trader."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="trader_links")
    trader = models.ForeignKey(Trader, models.PROTECT, related_name="case_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "trader"], name="one_case_trader")]


class CaseLead(Noun):
    """A lead that is part of the case. A lead belongs to one case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="lead_links")
    lead = models.OneToOneField(Lead, models.PROTECT, related_name="case_link")


class Joined(Noun):
    """A body that takes part in a case of another, with stated rights, until withdrawn."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="joined")
    body = models.ForeignKey(Body, models.PROTECT, related_name="joined_cases")
    rights = models.JSONField("quyền")
    reason = models.TextField("lý do")
    granted_by = _by("người cấp")
    granted_on = models.DateField("ngày cấp")
    withdrawn_on = models.DateField("ngày thu hồi", null=True, blank=True)
    withdrawn_by = _by("người thu hồi", null=True)
    withdrawn_reason = models.TextField("lý do thu hồi", blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["case", "body"], condition=models.Q(withdrawn_on__isnull=True), name="joined_once"),
        ]

    @property
    def labels(self) -> list[str]:
        return [str(Right(right).label) for right in self.rights]


class JoinRequest(Noun):
    """Another body asks to take part. It knows of the case only that the owner has an open file on the trader."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="join_requests")
    trader = models.ForeignKey(Trader, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    asked_by = _by("người đề nghị")
    asked_on = models.DateField("ngày đề nghị")
    reason = models.TextField("lý do")
    state = models.CharField(max_length=10, choices=JoinState.choices, default=JoinState.ASKED)
    answered_by = _by("người trả lời", null=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    answer = models.TextField("trả lời", blank=True)

    class Meta:
        ordering = ["created_at"]


class Party(Noun):
    """A person or organisation in the case. Names and identifiers are protected details."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="parties")
    kind = models.CharField("loại", max_length=20, choices=PartyKind.choices)
    role = models.CharField("tư cách", max_length=20, choices=PartyRole.choices)
    name = models.CharField("họ tên, tên tổ chức", max_length=200)
    identifiers = models.JSONField("định danh", default=list, blank=True)
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    added_by = _by("người thêm")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    added_on = models.DateField("ngày thêm")
    struck_on = models.DateField("ngày gạch", null=True, blank=True)
    struck_reason = models.TextField("lý do gạch", blank=True)

    class Meta:
        ordering = ["created_at"]


class GoodsLine(Noun):
    """Goods found. `total` in whole VND = quantity × unit value, rounded half up. Corrected by striking and writing anew."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="goods")
    name = models.CharField("tên hàng", max_length=300)
    quantity = models.DecimalField("số lượng", max_digits=14, decimal_places=3)
    unit = models.CharField("đơn vị tính", max_length=30)
    unit_value = models.PositiveBigIntegerField("đơn giá (đồng)")
    basis = models.CharField("căn cứ giá", max_length=20, choices=Basis.choices)
    total = models.PositiveBigIntegerField("trị giá (đồng)")
    state = models.CharField("tình trạng", max_length=20, choices=GoodsState.choices)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    added_by = _by("người ghi")
    added_on = models.DateField("ngày ghi")
    struck_on = models.DateField("ngày gạch", null=True, blank=True)
    struck_reason = models.TextField("lý do gạch", blank=True)

    class Meta:
        ordering = ["created_at"]


class Note(Noun):
    """A note, kept as written; who may read it is chosen when it is written."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    text = models.TextField("nội dung")
    audience = models.CharField("ai đọc được", max_length=10, choices=Audience.choices)
    audience_body = models.ForeignKey(Body, models.PROTECT, related_name="+", null=True, blank=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    author = _by("người viết")
    written_on = models.DateField("ngày viết")

    class Meta:
        ordering = ["created_at"]


class Transfer(Noun):
    """The case is handed to another body: proposed, sent under seal by a second person, then accepted or returned."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="transfers")
    from_body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    to_body = models.ForeignKey(Body, models.PROTECT, related_name="transfers_in")
    reason = models.TextField("lý do")
    ground = models.CharField("căn cứ pháp luật", max_length=300)
    state = models.CharField(max_length=10, choices=TransferState.choices, default=TransferState.PROPOSED)
    stage_before = models.CharField(max_length=20, choices=stages.Stage.choices)
    proposed_by = _by("người đề xuất")
    proposed_on = models.DateField("ngày đề xuất")
    decided_by = _by("người duyệt", null=True)
    sent_on = models.DateField("ngày gửi", null=True, blank=True)
    decided_reason = models.TextField("ý kiến duyệt", blank=True)
    manifest = models.JSONField("danh mục niêm phong", default=dict)
    seal = models.CharField("mã niêm phong", max_length=64, blank=True)
    answered_by = _by("người trả lời", null=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    answer = models.TextField("ý kiến trả lời", blank=True)
    result_on = models.DateField("ngày có kết quả", null=True, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(state__in=["proposed", "sent"]), name="one_transfer_at_a_time"),
        ]


class Outcome(Noun):
    """A result of the case. Proposed by one person, approved by another; never edited: a new one names the one it corrects.

    Amounts in whole VND. `date` is the day of the decision or the inspection, `body` the body that made it.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="outcomes")
    kind = models.CharField("kết quả", max_length=20, choices=OutcomeKind.choices)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="cơ quan ra kết quả")
    date = models.DateField("ngày")
    reference = models.CharField("số văn bản", max_length=100, blank=True)
    reason = models.TextField("nội dung, lý do")
    why = models.CharField("vì sao không xử lý", max_length=12, choices=NoAction.choices, blank=True)
    subjects = models.PositiveIntegerField("số đối tượng bị xử phạt", default=0)
    fine = models.PositiveBigIntegerField("tiền phạt", default=0)
    additional_fine = models.PositiveBigIntegerField("phạt bổ sung bằng tiền", default=0)
    tax_recovered = models.PositiveBigIntegerField("truy thu thuế", default=0)
    sold = models.PositiveBigIntegerField("tiền bán hàng tịch thu", default=0)
    collected = models.PositiveBigIntegerField("đã thu nộp", default=0)
    collected_on = models.DateField("ngày thu nộp", null=True, blank=True)
    prosecuted_cases = models.PositiveIntegerField("số vụ khởi tố", default=0)
    prosecuted_persons = models.PositiveIntegerField("số bị can", default=0)
    goods_held = models.PositiveBigIntegerField("trị giá hàng tạm giữ", default=0)
    goods_confiscated = models.PositiveBigIntegerField("trị giá hàng tịch thu", default=0)
    goods_destroyed = models.PositiveBigIntegerField("trị giá hàng tiêu hủy", default=0)
    handed_to = models.ForeignKey(Body, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="cơ quan nhận")
    corrects = models.ForeignKey("self", models.PROTECT, related_name="corrections", null=True, blank=True)
    state = models.CharField(max_length=10, choices=Decision.choices, default=Decision.PROPOSED)
    proposed_by = _by("người đề xuất")
    proposed_on = models.DateField("ngày đề xuất")
    decided_by = _by("người duyệt", null=True)
    decided_on = models.DateField("ngày duyệt", null=True, blank=True)
    decided_reason = models.TextField("ý kiến duyệt", blank=True)

    class Meta:
        ordering = ["created_at"]

    @property
    def imposed(self) -> int:
        """What is to be paid to the budget, in VND."""
        return self.fine + self.additional_fine + self.tax_recovered + self.sold


class Closing(Noun):
    """A request to close the case: asked by one person, decided by another."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="closings")
    reason = models.TextField("lý do kết thúc")
    state = models.CharField(max_length=10, choices=Decision.choices, default=Decision.PROPOSED)
    proposed_by = _by("người đề xuất")
    proposed_on = models.DateField("ngày đề xuất")
    decided_by = _by("người duyệt", null=True)
    decided_on = models.DateField("ngày duyệt", null=True, blank=True)
    decided_reason = models.TextField("ý kiến duyệt", blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(state="proposed"), name="one_closing_at_a_time"),
        ]
