"""Words that only cases use: places, rights of joined bodies, parties, goods, outcomes."""

from django.db.models import TextChoices

from chosach.desk.core.kinds import LEAD_ORDER


class Place(TextChoices):
    INSIDE = "inside", "Trong tỉnh"
    OUTSIDE = "outside", "Ngoài tỉnh"
    UNKNOWN = "unknown", "Chưa rõ"


class Right(TextChoices):
    READ = "read", "Đọc hồ sơ"
    CONTRIBUTE = "contribute", "Bổ sung hồ sơ"
    PROTECTED = "protected", "Xem thông tin được bảo vệ"


class PartyKind(TextChoices):
    PERSON = "person", "Cá nhân"
    ORGANISATION = "organisation", "Tổ chức"
    UNKNOWN = "unknown", "Chưa rõ"


class PartyRole(TextChoices):
    SUBJECT = "subject", "Đối tượng vi phạm"
    RELATED = "related", "Người có liên quan"
    VICTIM = "victim", "Người bị hại"
    RIGHTS_HOLDER = "rights_holder", "Chủ thể quyền"
    WITNESS = "witness", "Người làm chứng"


class GoodsState(TextChoices):
    FOUND = "found", "Phát hiện"
    HELD = "held", "Tạm giữ"
    CONFISCATED = "confiscated", "Tịch thu"
    DESTROYED = "destroyed", "Tiêu hủy"
    RETURNED = "returned", "Trả lại"


class Basis(TextChoices):
    LISTED = "listed", "Giá niêm yết hoặc rao bán"
    CONTRACT = "contract", "Giá trên hợp đồng, hóa đơn"
    MARKET = "market", "Giá thị trường tại địa phương"
    COUNCIL = "council", "Hội đồng định giá"
    ESTIMATE = "estimate", "Ước tính ban đầu"


class Audience(TextChoices):
    OWN = "own", "Trong cơ quan tôi"
    JOINED = "joined", "Mọi cơ quan cùng tham gia"
    BODY = "body", "Một cơ quan được nêu tên"


class OutcomeKind(TextChoices):
    INSPECTED = "inspected", "Đã kiểm tra"
    SANCTIONED = "sanctioned", "Xử phạt vi phạm hành chính"
    PROSECUTED = "prosecuted", "Khởi tố hình sự"
    DISMISSED = "dismissed", "Không xử lý"
    OUT_OF_SCOPE = "out_of_scope", "Ngoài phạm vi kế hoạch"


class NoAction(TextChoices):
    """Why a case ends without action. Only the second says that the signs had been wrong: `conditional` and *không rõ nguồn gốc* ask for
    papers, and were right to ask where these turn out in order."""

    PAPERS = "papers", "Giấy tờ, hóa đơn đầy đủ, hợp lệ"
    NOT_AS_TOLD = "not_as_told", "Hàng không như dấu hiệu nêu (báo nhầm)"
    NO_EVIDENCE = "no_evidence", "Không đủ căn cứ để xử lý"
    OTHER = "other", "Lý do khác"


class Decision(TextChoices):
    """Where an act that needs a second person stands."""

    PROPOSED = "proposed", "Chờ duyệt"
    APPROVED = "approved", "Đã duyệt"
    RETURNED = "returned", "Trả lại người đề xuất"


class TransferState(TextChoices):
    PROPOSED = "proposed", "Chờ lãnh đạo duyệt gửi"
    NOT_SENT = "not_sent", "Lãnh đạo không duyệt gửi"
    SENT = "sent", "Đã gửi, chờ trả lời"
    ACCEPTED = "accepted", "Đã tiếp nhận"
    RETURNED = "returned", "Đã trả lại"


class JoinState(TextChoices):
    ASKED = "asked", "Chờ trả lời"
    GRANTED = "granted", "Đã đồng ý"
    REFUSED = "refused", "Không đồng ý"


def lead_kind(kinds: list[str]) -> str:
    """The kind by which a case counts: the first of its kinds in the order of the fact sheet."""
    return next(str(kind.value) for kind in LEAD_ORDER if kind.value in kinds)
