"""The named cast: one account per role of every body that takes part. Used by the demo, the tests and the docs.

The people are made up. Codes of bodies are those of the plan's file (`plans/dong-nai-2020`).
"""

from dataclasses import dataclass, field

from chosach.desk.core.kinds import BodyKind, Role


@dataclass(frozen=True)
class Person:
    """One account. `key` is the user name to sign in with and the name that tests call the person by."""

    key: str
    full_name: str
    body: str
    role: Role = Role.OFFICER
    title: str = ""
    duties: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class OutsideBody:
    """A body that the plan's file doesn't hold: providers, a rights-holder, the administration, the auditors."""

    code: str
    name: str
    short_name: str
    kind: BodyKind


OUTSIDE_BODIES: tuple[OutsideBody, ...] = (
    OutsideBody("administration", "Bộ phận quản trị hệ thống", "Quản trị", BodyKind.ADMINISTRATION),
    OutsideBody("audit", "Bộ phận kiểm toán nội bộ", "Kiểm toán", BodyKind.AUDIT),
    OutsideBody("provider-isp", "Công ty Viễn thông Sông Phố", "Viễn thông Sông Phố", BodyKind.PROVIDER),
    OutsideBody("provider-registrar", "Công ty Tên miền Cầu Ghềnh", "Tên miền Cầu Ghềnh", BodyKind.PROVIDER),
    OutsideBody("provider-bank", "Ngân hàng Thương mại Bửu Long", "Ngân hàng Bửu Long", BodyKind.PROVIDER),
    OutsideBody("provider-marketplace", "Sàn thương mại điện tử Chợ Đồn", "Sàn Chợ Đồn", BodyKind.PROVIDER),
    OutsideBody("rights-holder", "Công ty Giày Mây Trắng", "Giày Mây Trắng", BodyKind.RIGHTS_HOLDER),
)

CAST: tuple[Person, ...] = (
    Person("vptt.can-bo", "Đặng Ngọc Ánh", "standing-office", Role.OFFICER, "Chuyên viên"),
    Person("vptt.lanh-dao", "Hoàng Văn Thái", "standing-office", Role.HEAD, "Chánh Văn phòng"),
    Person("bcd.lanh-dao", "Lý Thanh Sơn", "leaders", Role.HEAD, "Phó Trưởng ban Thường trực"),
    Person("qltt.can-bo", "Nguyễn Thu Hà", "market-surveillance", Role.OFFICER, "Kiểm soát viên"),
    Person("qltt.lanh-dao", "Trần Quốc Bảo", "market-surveillance", Role.HEAD, "Phó Cục trưởng"),
    Person("qltt.tiep-nhan", "Lê Thị Mai", "market-surveillance", Role.OFFICER, "Cán bộ tiếp nhận tin", ("tip_desk",)),
    Person("qltt.phan-tich", "Phạm Minh Khoa", "market-surveillance", Role.OFFICER, "Chuyên viên phân tích", ("analyst",)),
    Person("qltt.kiem-tra", "Võ Thành Long", "market-surveillance", Role.OFFICER, "Kiểm soát viên", ("inspector",)),
    Person("congan.can-bo", "Bùi Đức Anh", "police", Role.OFFICER, "Điều tra viên"),
    Person("congan.lanh-dao", "Đỗ Hữu Nghĩa", "police", Role.HEAD, "Phó Trưởng phòng"),
    Person("thue.can-bo", "Ngô Thị Lan", "tax", Role.OFFICER, "Công chức thuế"),
    Person("thue.lanh-dao", "Dương Văn Phúc", "tax", Role.HEAD, "Phó Cục trưởng"),
    Person("haiquan.can-bo", "Trịnh Quang Huy", "customs", Role.OFFICER, "Công chức hải quan"),
    Person("haiquan.lanh-dao", "Mai Xuân Trường", "customs", Role.HEAD, "Phó Cục trưởng"),
    Person("khcn.can-bo", "Cao Thị Hạnh", "science-technology", Role.OFFICER, "Chuyên viên"),
    Person("khcn.lanh-dao", "Tô Minh Triết", "science-technology", Role.HEAD, "Phó Giám đốc Sở"),
    Person("tttt.can-bo", "Đinh Gia Huy", "information-communications", Role.OFFICER, "Chuyên viên"),
    Person("tttt.lanh-dao", "Huỳnh Thị Kim Ngân", "information-communications", Role.HEAD, "Phó Giám đốc Sở"),
    Person("nhnn.can-bo", "Vũ Thị Thanh Tâm", "state-bank", Role.OFFICER, "Chuyên viên"),
    Person("nhnn.lanh-dao", "Phan Đình Khải", "state-bank", Role.HEAD, "Phó Giám đốc chi nhánh"),
    Person("yte.can-bo", "Lâm Thị Bích Thủy", "health", Role.OFFICER, "Chuyên viên"),
    Person("yte.lanh-dao", "Quách Văn Dũng", "health", Role.HEAD, "Phó Giám đốc Sở"),
    Person("bienhoa.can-bo", "Trương Thị Hồng", "district-bien-hoa", Role.OFFICER, "Thư ký Ban Chỉ đạo"),
    Person("bienhoa.lanh-dao", "Nguyễn Văn Lộc", "district-bien-hoa", Role.HEAD, "Trưởng Ban Chỉ đạo 389 thành phố"),
    Person("mttq.can-bo", "Tạ Thị Nguyệt", "fatherland-front", Role.OFFICER, "Ủy viên Ban Thường trực"),
    Person("mttq.lanh-dao", "Chu Văn Hiền", "fatherland-front", Role.HEAD, "Phó Chủ tịch"),
    Person("hoi.can-bo", "Lưu Thị Phương", "consumer-association", Role.OFFICER, "Cán bộ tư vấn"),
    Person("hoi.lanh-dao", "Kiều Văn Toàn", "consumer-association", Role.HEAD, "Phó Chủ tịch Hội"),
    Person("isp.lien-he", "Hồ Anh Tuấn", "provider-isp", Role.LIAISON, "Đầu mối liên hệ"),
    Person("nhadangky.lien-he", "Thái Thị Yến", "provider-registrar", Role.LIAISON, "Đầu mối liên hệ"),
    Person("nganhang.lien-he", "Nghiêm Xuân Bách", "provider-bank", Role.LIAISON, "Đầu mối liên hệ"),
    Person("san.lien-he", "La Thị Mỹ Linh", "provider-marketplace", Role.LIAISON, "Đầu mối liên hệ"),
    Person("nhanhieu.lien-he", "Triệu Minh Châu", "rights-holder", Role.LIAISON, "Đại diện chủ thể quyền"),
    Person("quantri", "Phùng Công Danh", "administration", Role.ADMINISTRATOR, "Quản trị viên"),
    Person("kiemtoan", "Ông Thị Minh Tâm", "audit", Role.AUDITOR, "Kiểm toán viên"),
)
