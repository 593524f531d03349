"""The fixed vocabularies that every room shares: kinds of bodies, roles, violation kinds, groups of the report."""

from django.db.models import TextChoices


class BodyKind(TextChoices):
    """Kinds of bodies. Competence and permissions speak of kinds, never of one named body: provinces differ, kinds do not."""

    LEADERS = "leaders", "Lãnh đạo Ban Chỉ đạo"
    STANDING_OFFICE = "standing_office", "Văn phòng Thường trực"
    MARKET_SURVEILLANCE = "market_surveillance", "Quản lý thị trường"
    POLICE = "police", "Công an"
    TAX = "tax", "Thuế"
    CUSTOMS = "customs", "Hải quan"
    SCIENCE_TECHNOLOGY = "science_technology", "Khoa học và Công nghệ"
    INFORMATION_COMMUNICATIONS = "information_communications", "Thông tin và Truyền thông"
    STATE_BANK = "state_bank", "Ngân hàng Nhà nước"
    JUSTICE = "justice", "Tư pháp"
    PLANNING_INVESTMENT = "planning_investment", "Kế hoạch và Đầu tư"
    TRANSPORT = "transport", "Giao thông vận tải"
    CULTURE = "culture", "Văn hóa, Thể thao và Du lịch"
    HEALTH = "health", "Y tế"
    AGRICULTURE = "agriculture", "Nông nghiệp"
    INDUSTRY_TRADE = "industry_trade", "Công Thương"
    FINANCE = "finance", "Tài chính"
    DISTRICT_COMMITTEE = "district_committee", "Ban Chỉ đạo 389 cấp huyện"
    COMMUNE_COMMITTEE = "commune_committee", "Ban Chỉ đạo 389 cấp xã"
    INTERDISCIPLINARY_TEAM = "interdisciplinary_team", "Đoàn kiểm tra liên ngành"
    FATHERLAND_FRONT = "fatherland_front", "Mặt trận Tổ quốc"
    CONSUMER_ASSOCIATION = "consumer_association", "Hội bảo vệ người tiêu dùng"
    PROVIDER = "provider", "Doanh nghiệp cung cấp dịch vụ"
    RIGHTS_HOLDER = "rights_holder", "Chủ thể quyền"
    ADMINISTRATION = "administration", "Quản trị hệ thống"
    AUDIT = "audit", "Kiểm toán nội bộ"


#: Bodies that may own leads and cases: each within its competence.
ENFORCEMENT = frozenset(
    {
        BodyKind.MARKET_SURVEILLANCE,
        BodyKind.POLICE,
        BodyKind.TAX,
        BodyKind.CUSTOMS,
        BodyKind.SCIENCE_TECHNOLOGY,
        BodyKind.INFORMATION_COMMUNICATIONS,
        BodyKind.CULTURE,
        BodyKind.HEALTH,
        BodyKind.AGRICULTURE,
        BodyKind.INDUSTRY_TRADE,
        BodyKind.TRANSPORT,
        BodyKind.DISTRICT_COMMITTEE,
        BodyKind.COMMUNE_COMMITTEE,
        BodyKind.INTERDISCIPLINARY_TEAM,
    }
)

#: Bodies of the State that take part in the plan, competent to sanction or not.
STATE = ENFORCEMENT | {
    BodyKind.LEADERS,
    BodyKind.STANDING_OFFICE,
    BodyKind.STATE_BANK,
    BodyKind.JUSTICE,
    BodyKind.PLANNING_INVESTMENT,
    BodyKind.FINANCE,
}


class Role(TextChoices):
    """Roles of a person within a body."""

    OFFICER = "officer", "Cán bộ"
    HEAD = "head", "Lãnh đạo đơn vị"
    LIAISON = "liaison", "Đầu mối liên hệ"
    ADMINISTRATOR = "administrator", "Quản trị viên"
    AUDITOR = "auditor", "Kiểm toán viên"


class ViolationKind(TextChoices):
    """The ten kinds of the plan, found in a listing's text, and two that are found from records."""

    BANNED = "banned", "Hàng cấm"
    SMUGGLED = "smuggled", "Hàng nhập lậu"
    COUNTERFEIT = "counterfeit", "Hàng giả"
    IP_INFRINGING = "ip_infringing", "Xâm phạm quyền sở hữu trí tuệ"
    SUBSTANDARD = "substandard", "Hàng kém chất lượng"
    RESTRICTED = "restricted", "Hàng hạn chế kinh doanh"
    CONDITIONAL = "conditional", "Hàng kinh doanh có điều kiện"
    EXPIRED = "expired", "Hàng quá hạn sử dụng"
    UNKNOWN_ORIGIN = "unknown_origin", "Hàng không rõ nguồn gốc xuất xứ"
    MISLEADING = "misleading", "Thông tin sai lệch, lừa dối người tiêu dùng"
    TAX_EVASION = "tax_evasion", "Trốn thuế"
    UNREGISTERED_SITE = "unregistered_site", "Vi phạm quy định về website thương mại điện tử"


class GoodsGroup(TextChoices):
    """Groups of goods that decide which body is competent. Everything else needs no group."""

    FOOD = "food", "Thực phẩm"
    MEDICINE = "medicine", "Thuốc, dược liệu"
    COSMETIC = "cosmetic", "Mỹ phẩm"
    MEDICAL_DEVICE = "medical_device", "Thiết bị y tế"
    FARM_INPUT = "farm_input", "Vật tư nông nghiệp"
    HEALTH_CLAIM = "health_claim", "Quảng cáo công dụng sức khỏe"
    ONLINE_CONTENT = "online_content", "Nội dung thông tin trên mạng"
    PRESS = "press", "Nội dung báo chí"
    WEAPON = "weapon", "Vũ khí, công cụ hỗ trợ"
    NARCOTIC = "narcotic", "Ma túy, tiền chất"
    FIREWORKS = "fireworks", "Pháo"
    WILDLIFE = "wildlife", "Động vật, thực vật hoang dã"
    COUNTERFEIT_PAPERS = "counterfeit_papers", "Tiền giả, giấy tờ giả"
    INDUSTRIAL_PROPERTY = "industrial_property", "Sáng chế, kiểu dáng, sở hữu công nghiệp khác"
    COPYRIGHT = "copyright", "Bản quyền"
    CONSIGNMENT = "consignment", "Lô hàng, kiện hàng trong địa bàn hải quan"


#: Order in which a case's lead kind is chosen when several kinds are present (fact sheet §2.3).
LEAD_ORDER: tuple[ViolationKind, ...] = (
    ViolationKind.BANNED,
    ViolationKind.IP_INFRINGING,
    ViolationKind.COUNTERFEIT,
    ViolationKind.SMUGGLED,
    ViolationKind.UNKNOWN_ORIGIN,
    ViolationKind.EXPIRED,
    ViolationKind.SUBSTANDARD,
    ViolationKind.RESTRICTED,
    ViolationKind.CONDITIONAL,
    ViolationKind.MISLEADING,
    ViolationKind.TAX_EVASION,
    ViolationKind.UNREGISTERED_SITE,
)


class ReportGroup(TextChoices):
    """The three groups of cases in the committee's report."""

    BANNED_SMUGGLED = "2a", "Hàng cấm, hàng lậu"
    FRAUD = "2b", "Gian lận thương mại, gian lận thuế"
    FAKES_IP = "2c", "Hàng giả, vi phạm sở hữu trí tuệ"


def report_group(kind: str) -> ReportGroup:
    """The column of the report in which a case of this lead kind counts."""
    if kind in {ViolationKind.BANNED, ViolationKind.SMUGGLED}:
        return ReportGroup.BANNED_SMUGGLED
    if kind in {ViolationKind.COUNTERFEIT, ViolationKind.IP_INFRINGING}:
        return ReportGroup.FAKES_IP
    return ReportGroup.FRAUD
