"""Traders, the channels they sell on, what identifies them, their listings and what screening found in these."""

from django.db import models

from chosach.desk.agencies.models import Body
from chosach.desk.core.kinds import ViolationKind
from chosach.desk.core.models import Noun


class PlaceState(models.TextChoices):
    """Whether a trader trades on the province's territory. Unknown is a state of its own, never 'inside'."""

    INSIDE = "inside", "Trong tỉnh"
    OUTSIDE = "outside", "Ngoài tỉnh"
    UNKNOWN = "unknown", "Chưa rõ địa bàn"


class PlaceSource(models.TextChoices):
    """How the place is known, the strongest first."""

    REGISTERED = "registered", "địa chỉ đăng ký"
    WAREHOUSE = "warehouse", "kho hàng"
    SENDER = "sender", "địa chỉ gửi hàng"
    ADDRESS = "address", "địa chỉ ghi trong tin bán"
    LISTING = "listing", "nơi bán ghi trên tin"
    NONE = "", "chưa có căn cứ"


class ChannelClass(models.TextChoices):
    SITE = "site", "Website"
    APP = "app", "Ứng dụng"
    MARKETPLACE_SHOP = "shop", "Gian hàng trên sàn"
    SOCIAL_ACCOUNT = "social", "Tài khoản mạng xã hội"
    LIVE_STREAM = "live", "Phát trực tiếp bán hàng"


class DecreeClass(models.TextChoices):
    """The class of Decree 52/2013/NĐ-CP that the channel, or the site it stands on, belongs to."""

    SALES = "sales", "Website thương mại điện tử bán hàng"
    MARKETPLACE = "marketplace", "Sàn giao dịch thương mại điện tử"
    PROMOTION = "promotion", "Website khuyến mại trực tuyến"
    AUCTION = "auction", "Website đấu giá trực tuyến"
    UNCLASSED = "", "Chưa phân loại"


class Trader(Noun):
    """A real-world person or firm. A trader found to be another one points to it and keeps its id: nothing is deleted."""

    name = models.CharField("tên", max_length=300)
    search = models.TextField("chuỗi tìm kiếm (không dấu)", blank=True)
    place = models.CharField("địa bàn", max_length=10, choices=PlaceState.choices, default=PlaceState.UNKNOWN)
    place_source = models.CharField("căn cứ địa bàn", max_length=12, choices=PlaceSource.choices, blank=True)
    place_text = models.CharField("nguyên văn nơi bán", max_length=300, blank=True)
    place_counts = models.JSONField("số tin theo địa bàn", default=dict)
    province = models.CharField("mã tỉnh", max_length=10, blank=True)
    district = models.CharField("mã huyện", max_length=10, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["place", "name"])]

    def __str__(self) -> str:
        return self.name


class Channel(Noun):
    """One place of sale. `seller_key` is the seller's id on the platform, or what stands for it when the platform gives none."""

    trader = models.ForeignKey(Trader, models.PROTECT, related_name="channels")
    platform = models.CharField("nền tảng", max_length=100, blank=True)
    seller_key = models.CharField("mã người bán", max_length=200)
    name = models.CharField("tên kênh", max_length=300, blank=True)
    channel_class = models.CharField("loại kênh", max_length=10, choices=ChannelClass.choices)
    decree_class = models.CharField("loại theo Nghị định 52", max_length=12, choices=DecreeClass.choices, blank=True)
    url = models.CharField("địa chỉ", max_length=500, blank=True)

    class Meta:
        ordering = ["platform", "seller_key"]
        constraints = [models.UniqueConstraint(fields=["platform", "seller_key"], name="one_channel_per_seller")]

    def __str__(self) -> str:
        return self.name or self.seller_key


class Identifier(Noun):
    """A joint of linking: one normalised value of one kind. `digest` is its look-up key."""

    class Kind(models.TextChoices):
        PHONE = "phone", "Điện thoại"
        ACCOUNT = "account", "Tài khoản ngân hàng"
        TAX_CODE = "tax_code", "Mã số thuế"
        DOMAIN = "domain", "Tên miền"
        EMAIL = "email", "Thư điện tử"
        ADDRESS = "address", "Địa chỉ"
        SOCIAL = "social", "Tài khoản mạng xã hội"

    kind = models.CharField("loại", max_length=10, choices=Kind.choices)
    value = models.CharField("giá trị", max_length=300)
    digest = models.CharField("khóa tra cứu", max_length=64, unique=True)

    class Meta:
        ordering = ["kind", "value"]

    def __str__(self) -> str:
        return self.value


class Listing(Noun):
    """An offer as last seen. Earlier versions stand in `Capture`."""

    platform = models.CharField("nền tảng", max_length=100, blank=True)
    external_id = models.CharField("mã tin", max_length=200)
    channel = models.ForeignKey(Channel, models.PROTECT, null=True, blank=True, related_name="listings")
    url = models.CharField("đường dẫn", max_length=2000, blank=True)
    title = models.TextField("tiêu đề")
    description = models.TextField("mô tả", blank=True)
    price = models.BigIntegerField("giá (đồng)", null=True, blank=True)
    original_price = models.BigIntegerField("giá gốc (đồng)", null=True, blank=True)
    brand = models.CharField("nhãn hiệu", max_length=200, blank=True)
    category = models.CharField("ngành hàng", max_length=300, blank=True)
    origin = models.CharField("xuất xứ", max_length=200, blank=True)
    sold = models.BigIntegerField("đã bán", null=True, blank=True)
    location = models.CharField("nơi bán", max_length=300, blank=True)
    images = models.JSONField("ảnh", default=list, blank=True)
    captured_at = models.DateTimeField("ghi nhận lúc", null=True, blank=True)
    content_hash = models.CharField("mã băm nội dung", max_length=64)
    captures = models.PositiveIntegerField("số lần ghi nhận", default=1)
    source = models.CharField("nguồn", max_length=100)
    screener = models.CharField("phiên bản sàng lọc", max_length=120, blank=True)
    search = models.TextField("chuỗi tìm kiếm (không dấu)", blank=True)

    class Meta:
        ordering = ["-captured_at", "id"]
        constraints = [models.UniqueConstraint(fields=["platform", "external_id"], name="one_listing_per_platform_id")]

    def __str__(self) -> str:
        return self.title


class Capture(Noun):
    """How a listing looked before its content changed (or in an older record that came later). Never overwritten."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="versions")
    content_hash = models.CharField("mã băm nội dung", max_length=64)
    captured_at = models.DateTimeField("ghi nhận lúc", null=True, blank=True)
    content = models.JSONField("nội dung")
    source = models.CharField("nguồn", max_length=100)

    class Meta:
        ordering = ["-captured_at", "-created_at"]
        constraints = [models.UniqueConstraint(fields=["listing", "content_hash"], name="one_capture_per_content")]


class Finding(Noun):
    """One kind of violation that one version of a listing shows signs of, with probability, reasons, law and what would clear it.

    `reasons`: list of {field, start, end, text, term, rule}; places are code points into the field of the version `content_hash`.
    """

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="findings")
    content_hash = models.CharField("mã băm nội dung", max_length=64)
    kind = models.CharField("loại vi phạm", max_length=20, choices=ViolationKind.choices)
    probability = models.FloatField("xác suất")
    reasons = models.JSONField("lý do", default=list)
    law = models.JSONField("căn cứ pháp luật", default=list)
    clears = models.JSONField("điều kiện loại trừ", default=list)
    screener = models.CharField("phiên bản sàng lọc", max_length=120)
    source = models.CharField("nguồn", max_length=100)
    current = models.BooleanField("còn hiệu lực", default=True)

    class Meta:
        ordering = ["-probability", "id"]
        constraints = [
            models.UniqueConstraint(fields=["listing", "content_hash", "kind", "screener"], name="one_finding_per_version_kind"),
            models.CheckConstraint(condition=models.Q(probability__gte=0, probability__lte=1), name="probability_between_0_and_1"),
        ]
        indexes = [models.Index(fields=["source", "kind"]), models.Index(fields=["listing", "current"])]


class Picture(Noun):
    """The bytes of one picture, kept once however many listings show it (`evidence.store`), and what was read in them.

    `points`: what copies of it are known by, as `chosach.linking.joints` gives it: up to 48 points in numbers, written in hexadecimal;
    empty for a plain picture, which is like nothing.
    """

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    size = models.PositiveBigIntegerField("kích thước (byte)")
    points = models.TextField("điểm đặc trưng", blank=True)

    class Meta:
        ordering = ["created_at", "id"]


class PictureCode(Noun):
    """A QR code that stands in a picture: `kind` and `value` as `joints.qr` tells them. `valid`: its check sum and form hold."""

    class Kind(models.TextChoices):
        PAYMENT = "payment", "Mã chuyển khoản (VietQR)"
        MERCHANT = "merchant", "Mã thanh toán của cửa hàng"
        ZALO = "zalo", "Zalo"
        PHONE = "phone", "Điện thoại"
        URL = "url", "Đường dẫn"
        TEXT = "text", "Chữ"

    picture = models.ForeignKey(Picture, models.PROTECT, related_name="codes")
    kind = models.CharField("loại", max_length=10, choices=Kind.choices)
    value = models.CharField("giá trị", max_length=300)
    bank = models.CharField("ngân hàng", max_length=120, blank=True)
    holder = models.CharField("tên người nhận", max_length=120, blank=True)
    card = models.BooleanField("là số thẻ", default=False)
    valid = models.BooleanField("hợp lệ", default=True)

    class Meta:
        ordering = ["kind", "value"]
        constraints = [models.UniqueConstraint(fields=["picture", "kind", "value"], name="one_code_of_a_picture")]


class ListingPicture(Noun):
    """A picture that a listing shows. `name`: as the listing or the file of pictures names it: to be shown, never a path."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="pictures")
    picture = models.ForeignKey(Picture, models.PROTECT, related_name="shown_in")
    name = models.CharField("tên", max_length=300)
    source = models.CharField("nguồn", max_length=100)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["listing", "picture"], name="one_picture_of_a_listing")]


class Sighting(Noun):
    """An identifier seen on a channel, with the listing where it was first seen, and the picture where it stands in a picture of it.

    One without a listing was published by nobody (`disclosure`): a body stated it (`stated_by`, `stated_on`, `ground`).
    """

    identifier = models.ForeignKey(Identifier, models.PROTECT, related_name="sightings")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="sightings")
    listing = models.ForeignKey(Listing, models.PROTECT, null=True, blank=True, related_name="sightings")
    field = models.CharField("trường", max_length=20)
    picture = models.ForeignKey(Picture, models.PROTECT, null=True, blank=True, related_name="sightings")
    stated_by = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, verbose_name="cơ quan ghi", related_name="+")
    stated_on = models.DateField("ngày ghi", null=True, blank=True)
    ground = models.CharField("căn cứ", max_length=500, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(fields=["identifier", "channel"], name="one_sighting_per_channel")]


class Join(Noun):
    """Why two channels are held to be one trader's: the shared identifier, or one listing under two sellers. Evidence, not opinion."""

    class Ground(models.TextChoices):
        IDENTIFIER = "identifier", "Dùng chung định danh"
        SAME_LISTING = "same_listing", "Cùng một tin bán"

    trader = models.ForeignKey(Trader, models.PROTECT, related_name="joins")
    first = models.ForeignKey(Channel, models.PROTECT, related_name="joins_first")
    second = models.ForeignKey(Channel, models.PROTECT, related_name="joins_second")
    ground = models.CharField("căn cứ", max_length=12, choices=Ground.choices)
    identifier = models.ForeignKey(Identifier, models.PROTECT, null=True, blank=True, related_name="joins")
    listing = models.ForeignKey(Listing, models.PROTECT, null=True, blank=True, related_name="joins")
    method = models.CharField("phương pháp", max_length=40)

    class Meta:
        ordering = ["created_at"]
