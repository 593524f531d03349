"""Words that `bench/sellers.py` draws from: names as they are common, and as many invented ones as it needs."""


def _listed(text: str) -> list[str]:
    return [" ".join(word.split()) for word in text.split(",")]


#: Family and middle names → how common, in per cent.
SURNAMES = {
    "Nguyễn": 38,
    "Trần": 11,
    "Lê": 9.5,
    "Phạm": 7,
    "Hoàng": 5,
    "Huỳnh": 5,
    "Phan": 4.5,
    "Vũ": 4,
    "Võ": 4,
    "Đặng": 2.1,
    "Bùi": 2,
    "Đỗ": 1.4,
    "Hồ": 1.3,
    "Ngô": 1.3,
    "Dương": 1,
    "Lý": 0.5,
    "Đinh": 0.5,
    "Lâm": 0.4,
    "Trịnh": 0.4,
    "Mai": 0.3,
    "Cao": 0.3,
    "Tạ": 0.2,
}
MIDDLE_F = {
    "Thị": 55,
    "Thị Thanh": 4,
    "Thị Thu": 4,
    "Thị Kim": 4,
    "Thị Mỹ": 3,
    "Ngọc": 8,
    "Thu": 4,
    "Minh": 4,
    "Phương": 4,
    "Bảo": 3,
    "Thùy": 4,
    "": 3,
}
MIDDLE_M = {
    "Văn": 38,
    "Hữu": 7,
    "Đức": 7,
    "Minh": 8,
    "Quốc": 6,
    "Thanh": 6,
    "Công": 4,
    "Ngọc": 5,
    "Xuân": 4,
    "Đình": 4,
    "Hoàng": 4,
    "Tuấn": 3,
    "": 4,
}
GIVEN_F = _listed(
    """
    Lan, Hương, Hà, Hạ, Hoa, Hồng, Huệ, Mai, Ngọc, Linh, Trang, Thảo, Phương, Thủy, Thúy, Thu, Hằng, Hạnh, Hiền, Hòa, Yến, Oanh, Nga,
    Nhung, Ngân, Vân, Vy, Uyên, Tuyết, Trinh, Trâm, Tâm, Thắm, Thơm, Loan, Liên, Lê, Kiều, Khánh, Diễm, Diệp, Dung, Duyên, Chi, Châu,
    Bích, Anh, Ánh, An, Ân, My, Mỹ, Nhi, Như, Quyên, Quỳnh
    """
)
GIVEN_M = _listed(
    """
    Hùng, Dũng, Cường, Tuấn, Minh, Đức, Hải, Hưng, Nam, Long, Sơn, Thắng, Thành, Trung, Tùng, Tú, Tâm, Tân, Toàn, Tiến, Phong, Phúc,
    Phát, Quang, Quân, Quý, Khoa, Khôi, Kiên, Khang, Huy, Hiếu, Hòa, Hoàng, Hậu, Giang, Dương, Duy, Đạt, Danh, Công, Cảnh, Bình, Bảo,
    Bách, An, Anh, Ân, Vinh, Việt, Vũ, Trí, Thịnh, Thái, Tài, Sang, Lộc, Lợi
    """
)
GOODS = _listed(
    """
    Mỹ phẩm, Quần áo, Túi xách, Giày dép, Phụ kiện, Điện thoại, Đồ gia dụng, Mẹ và bé, Thực phẩm, Đặc sản, Đồng hồ, Nước hoa, Đồ chơi,
    Nội thất, Sách, Trang sức, Thời trang nữ, Thời trang nam, Hàng nhật, Máy tính, Xe máy, Cây cảnh, Văn phòng phẩm, Thuốc nam, Trà,
    Cà phê, Bánh kẹo
    """
)
BY_NAMES = _listed(
    """
    Hoa Sen, Hướng Dương, Minh Châu, Bảo Ngọc, Thiên Long, Kim Liên, Hoàng Gia, Phúc An, Ánh Dương, Sao Mai, Mộc Lan, Bình Minh,
    Thảo Nguyên, Ngọc Trai, Đại Phát, Tân Tiến, An Khang, Gia Bảo, Hồng Phát, Lộc Vàng, Nhật Minh, Thanh Xuân, Việt Hưng, Cát Tường,
    Phương Đông, Hải Yến, Trúc Xanh, Sơn Ca
    """
)
STREETS = _listed(
    """
    Lê Lợi, Nguyễn Huệ, Trần Hưng Đạo, Nguyễn Trãi, Lý Thường Kiệt, Hai Bà Trưng, Phan Chu Trinh, Quang Trung, Cách Mạng Tháng Tám,
    Đồng Khởi, Võ Thị Sáu, Phạm Văn Thuận, Nguyễn Ái Quốc, Bùi Văn Hòa, Hùng Vương, Lê Duẩn, Nguyễn Văn Linh, Điện Biên Phủ,
    Hoàng Diệu, Trường Chinh, Nguyễn Đình Chiểu, Lê Hồng Phong, Phan Đình Phùng, Ngô Quyền, Tôn Đức Thắng, Xô Viết Nghệ Tĩnh,
    Hoàng Văn Thụ, Cống Quỳnh, Âu Cơ, Lạc Long Quân
    """
)
DECORATIONS = _listed(
    """
    {} Official Store, Shop {}, {} Store, {}, {}, {}, ✨{}✨, {} - {place}, {} chính hãng, {} Shop giá sỉ, {} CN {n}, Tổng kho {}
    """
)
BANKS = _listed(
    """
    Vietcombank, VCB, Techcombank, MB Bank, ACB, BIDV, Agribank, VPBank, Sacombank, TPBank
    """
)
PLACES = _listed(
    """
    HCM, Hà Nội, Đồng Nai, Q7, Quận 10, Đà Nẵng
    """
)
MOBILE = _listed(
    """
    032, 033, 034, 035, 036, 037, 038, 039, 070, 079, 077, 081, 082, 083, 085, 090, 091, 093, 094, 096, 097, 098
    """
)
LETTERS = "abcdeghiklmnopqrstuvxyàáạảâấầêếôồơớưứđ"
#: Prefixes of eleven-digit numbers that these took the place of.
OLD_MOBILE = {
    "032": "0162",
    "033": "0163",
    "034": "0164",
    "035": "0165",
    "036": "0166",
    "037": "0167",
    "038": "0168",
    "039": "0169",
    "070": "0120",
    "079": "0121",
    "077": "0122",
    "083": "0123",
    "085": "0125",
    "081": "0127",
    "082": "0129",
}
#: Words that shops say of their goods.
SAID = _listed(
    """
    hàng mới về, giá tốt, nhận kiểm tra khi giao, bảo hành, đổi trả trong ngày, màu đỏ, xanh, trắng, đen, vàng, size lớn, nhỏ vừa, chất vải,
    mềm, dày, đẹp, bền, nhẹ, dùng đi làm, đi chơi, quà tặng, mẹ bé, gia đình, cam kết, đúng hình, chụp thật, tại cửa hàng, ship, toàn quốc,
    miễn phí, đơn từ hai, sản phẩm, nhắn tin, để tư vấn, chọn mẫu, thích hợp, khách cũ, giảm thêm, số lượng, có hạn, đặt trước, giữ hàng,
    mùi thơm, dịu, công thức, lành da, pin lâu, sạc nhanh, màn hình, nét, hộp nguyên, tem, chống nước, khóa kéo, hai ngăn, dây đeo, da mềm,
    may kỹ, đường chỉ
    """
)
