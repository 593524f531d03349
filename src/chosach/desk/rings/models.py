"""Rings, their members, what ties traders, what holds a trader's channels together, and what people have judged of all this."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from chosach.desk.accounts.models import User
from chosach.desk.agencies.models import Body
from chosach.desk.core.models import Noun
from chosach.desk.jobs.models import Job
from chosach.desk.registry.models import Channel, Identifier, Trader


class Role(models.TextChoices):
    """What a trader seems to be in its ring, the most telling first."""

    ORGANISER = "organiser", "Có thể là người tổ chức"
    SUPPLIER = "supplier", "Có thể là nguồn hàng"
    ACCOUNT_HOLDER = "account_holder", "Có thể là người nhận tiền"
    FRONT = "front", "Có thể là người đứng tên"
    MEMBER = "member", "Thành viên"


class TieKind(models.TextChoices):
    PHONE = "phone", "Điện thoại"
    ACCOUNT = "account", "Tài khoản ngân hàng"
    TAX_CODE = "tax_code", "Mã số thuế"
    EMAIL = "email", "Thư điện tử"
    HANDLE = "handle", "Tài khoản mạng xã hội"
    URL = "url", "Website"
    ADDRESS = "address", "Địa chỉ"
    WAREHOUSE = "warehouse", "Kho hàng"
    IMAGE = "image", "Ảnh"
    TEXT = "text", "Nội dung tin"


class Run(Noun):
    """One linking of the whole registry. The tables of this app hold what the last complete one said, and what people judged since.

    `reading`: how places were read (`registry.places.reading`) when its traders were placed.
    """

    job = models.OneToOneField(Job, models.PROTECT, null=True, blank=True, related_name="linking")
    on = models.DateField("ngày")
    complete = models.BooleanField("đã xong", default=False)
    counts = models.JSONField("kết quả", default=dict)
    reading = models.CharField("cách đọc địa bàn", max_length=64, blank=True)

    class Meta:
        ordering = ["-created_at"]


class Ring(Noun):
    """Traders tied closely enough to be looked at together. Keeps its id while its members come and go; nothing is deleted."""

    class State(models.TextChoices):
        LIVE = "live", "Đang theo dõi"
        MERGED = "merged", "Đã nhập vào đường dây khác"
        GONE = "gone", "Không còn"

    number = models.PositiveIntegerField("số", unique=True)
    state = models.CharField("trạng thái", max_length=8, choices=State.choices, default=State.LIVE)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    traders = models.PositiveIntegerField("số thương nhân", default=0)
    channels = models.PositiveIntegerField("số kênh", default=0)
    strength = models.FloatField("độ chặt (bit)", default=0)
    sentence = models.TextField("vì sao", blank=True)
    organiser = models.ForeignKey(Trader, models.PROTECT, null=True, blank=True, related_name="+")
    districts = models.CharField("địa bàn", max_length=1000, blank=True)
    search = models.TextField("chuỗi tìm kiếm (không dấu)", blank=True)
    on = models.DateField("thấy lần đầu")

    class Meta:
        ordering = ["-traders", "number"]
        indexes = [models.Index(fields=["state", "-traders"])]

    def __str__(self) -> str:
        return f"Đường dây {self.number}"


class Member(Noun):
    """A trader in its ring: one ring at most. `x`, `y`: its place in the drawing, 0 to 1."""

    ring = models.ForeignKey(Ring, models.PROTECT, related_name="members")
    trader = models.OneToOneField(Trader, models.PROTECT, related_name="membership")
    role = models.CharField("vai trò", max_length=16, choices=Role.choices, default=Role.MEMBER)
    score = models.FloatField("mức rõ", default=0)
    sentence = models.TextField("vì sao", blank=True)
    channels = models.PositiveIntegerField("số kênh", default=0)
    on = models.DateField("từ ngày")
    x = models.FloatField(default=0.5)
    y = models.FloatField(default=0.5)
    #: What its trader is called among those of its ring (`selectors.names_of`), where `selectors.members_of` read it.
    called = ""

    class Meta:
        ordering = ["-score", "id"]


class Tie(Noun):
    """One value (or image, or text) that two traders share: evidence that they work together, not that they are one.

    The channels are those that carry it. `cut`: a person has said that it binds nobody; it stays to be seen.
    """

    left = models.ForeignKey(Trader, models.PROTECT, related_name="ties_left")
    right = models.ForeignKey(Trader, models.PROTECT, related_name="ties_right")
    left_channel = models.ForeignKey(Channel, models.PROTECT, related_name="+")
    right_channel = models.ForeignKey(Channel, models.PROTECT, related_name="+")
    kind = models.CharField("loại", max_length=10, choices=TieKind.choices)
    value = models.CharField("giá trị", max_length=300, blank=True)
    identifier = models.ForeignKey(Identifier, models.PROTECT, null=True, blank=True, related_name="+")
    weight = models.FloatField("sức nặng (bit)")
    shared_by = models.PositiveIntegerField("số thương nhân cùng có", default=2)
    sentence = models.TextField("vì sao")
    cut = models.BooleanField("đã cắt", default=False)

    class Meta:
        ordering = ["-weight", "kind", "value", "id"]
        indexes = [models.Index(fields=["left", "right"])]


class Link(Noun):
    """Why two channels are held to be one trader's, field by field, as the linker weighed it."""

    trader = models.ForeignKey(Trader, models.PROTECT, related_name="links")
    first = models.ForeignKey(Channel, models.PROTECT, related_name="+")
    second = models.ForeignKey(Channel, models.PROTECT, related_name="+")
    probability = models.FloatField("xác suất")
    weight = models.FloatField("sức nặng (bit)")
    agreement = models.FloatField("mức giống nhau")
    reasons = models.JSONField("lý do", default=list)

    class Meta:
        ordering = ["-weight", "id"]


class Moved(Noun):
    """A channel that went from one trader to another: so that a trader who is parted again gets its own id back."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+")
    origin = models.ForeignKey(Trader, models.PROTECT, related_name="+")
    target = models.ForeignKey(Trader, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at"]


class Verdict(models.TextChoices):
    SAME = "same", "Cùng một người"
    DIFFERENT = "different", "Không phải một người"
    UNTIED = "untied", "Không liên quan với nhau"


class Judgement(Noun):
    """What a person said of two sides (each some channels). It is kept by channels, so it outlives every run, whatever becomes of ids.

    `before`: what it changed, so that undoing restores exactly; empty until it takes effect.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ cơ quan khác đồng ý"
        IN_FORCE = "in_force", "Có hiệu lực"
        REFUSED = "refused", "Không được đồng ý"
        REPLACED = "replaced", "Đã có nhận định sau thay thế"
        UNDOING = "undoing", "Có hiệu lực, chờ đồng ý hoàn tác"
        UNDONE = "undone", "Đã hoàn tác"

    verdict = models.CharField("nhận định", max_length=10, choices=Verdict.choices)
    state = models.CharField("trạng thái", max_length=10, choices=State.choices, default=State.WAITING)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    on = models.DateField("ngày")
    reason = models.TextField("lý do")
    first = models.ForeignKey(Trader, models.PROTECT, related_name="+")
    second = models.ForeignKey(Trader, models.PROTECT, null=True, blank=True, related_name="+")
    ring = models.ForeignKey(Ring, models.PROTECT, null=True, blank=True, related_name="judgements")
    run = models.ForeignKey(Run, models.PROTECT, null=True, blank=True, related_name="+")
    before = models.JSONField("trước đó", default=dict, encoder=DjangoJSONEncoder)
    entry = models.PositiveBigIntegerField("bút toán", null=True, blank=True)
    undo_reason = models.TextField("lý do hoàn tác", blank=True)
    undo_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    undo_on = models.DateField("ngày hoàn tác", null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["state", "verdict"])]

    @property
    def holds(self) -> bool:
        return self.state in HOLDING


#: States in which a judgement counts.
HOLDING = (Judgement.State.IN_FORCE, Judgement.State.UNDOING)


class Judged(models.Model):
    """A channel that a judgement speaks of, and on which of its two sides."""

    judgement = models.ForeignKey(Judgement, models.CASCADE, related_name="channels")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+")
    second_side = models.BooleanField("bên thứ hai")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["judgement", "channel"], name="one_side_per_channel")]


class Ask(Noun):
    """Another body whose second person has to agree, to a judgement or to undoing it, before it takes effect."""

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ trả lời"
        AGREED = "agreed", "Đồng ý"
        REFUSED = "refused", "Không đồng ý"
        LAPSED = "lapsed", "Không cần trả lời nữa"

    class Why(models.TextChoices):
        FILE = "file", "đang có hồ sơ về thương nhân"
        JUDGED = "judged", "đã nhận định khác"

    judgement = models.ForeignKey(Judgement, models.CASCADE, related_name="asks")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    undo = models.BooleanField("về việc hoàn tác", default=False)
    why = models.CharField("vì sao", max_length=8, choices=Why.choices)
    state = models.CharField("trạng thái", max_length=8, choices=State.choices, default=State.WAITING)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField("ngày trả lời", null=True, blank=True)
    answer = models.TextField("ý kiến", blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["body", "state"])]


class Change(Noun):
    """What happened to a ring, for its time line. The ledger holds the same with its proof."""

    class What(models.TextChoices):
        BORN = "born", "Thấy lần đầu"
        GREW = "grew", "Lớn thêm"
        SHRANK = "shrank", "Nhỏ đi"
        MERGED = "merged", "Nhập với đường dây khác"
        SPLIT = "split", "Tách ra"
        GONE = "gone", "Không còn"
        RETURNED = "returned", "Trở lại"
        JUDGED = "judged", "Nhận định của cán bộ"
        UNDONE = "undone", "Hoàn tác nhận định"

    ring = models.ForeignKey(Ring, models.PROTECT, related_name="changes")
    what = models.CharField("việc", max_length=8, choices=What.choices)
    on = models.DateField("ngày")
    sentence = models.TextField("nội dung")
    traders = models.PositiveIntegerField("số thương nhân sau đó", default=0)
    entry = models.PositiveBigIntegerField("bút toán", null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "id"]
