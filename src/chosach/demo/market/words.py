"""The words of the made-up marketplace. Own words throughout; `{…}` are filled in by the generator.

An offer is (title, description, price from, price to, category). Prices are VND.
"""

from typing import NamedTuple


class Offer(NamedTuple):
    """One pattern of an offer."""

    title: str
    description: str
    low: int
    high: int
    category: str


#: Where the toys lie whose words ring an alarm: "rep 1:1" is a scale there. A made-up market knows it; an officer sees it.
TOYS = "Đồ chơi > Mô hình"
_TOY_TEXT = "Đồ chơi lắp ráp trưng bày tủ kính, nhựa an toàn, có sách hướng dẫn. Mô hình tỷ lệ theo bản vẽ."
#: Honest offers that screening takes for fakes: false alarms, from which the desk can learn.
MISREAD: tuple[Offer, ...] = (
    Offer("Mô hình lắp ráp tàu lửa rep 1:1 đồ chơi theo bản vẽ nhà máy", _TOY_TEXT, 150_000, 390_000, TOYS),
    Offer("Mô hình đồ chơi xe máy cổ rep 1:1 trưng bày tủ kính", _TOY_TEXT, 120_000, 350_000, TOYS),
    Offer("Mô hình máy bay rep 1:1 đồ chơi lắp ráp", _TOY_TEXT, 99_000, 290_000, TOYS),
    Offer("Mô hình nhà cổ Hội An rep 1:1 đồ chơi lắp ráp bằng gỗ", _TOY_TEXT, 180_000, 420_000, TOYS),
)

#: Honest offers, many with words that look suspicious and are not.
HONEST: tuple[Offer, ...] = (
    Offer(
        "Áo thun cotton {color} form rộng",
        "Vải cotton hai chiều, thấm hút tốt, đủ size S đến XXL. Đổi size trong 7 ngày.",
        79_000,
        220_000,
        "Thời trang",
    ),
    Offer(
        "Túi xách tay nữ da PU {color}",
        "Túi xách tay công sở, chất liệu giả da dễ lau chùi, khóa kéo chắc chắn.",
        150_000,
        480_000,
        "Túi ví",
    ),
    Offer(
        "Giày sneaker vải {color} đế êm",
        "Giày do xưởng may trong tỉnh sản xuất, có tem nhãn ghi rõ nơi sản xuất.",
        180_000,
        450_000,
        "Giày dép",
    ),
    Offer(
        "Tóc giả nữ dài xoăn màu {color}",
        "Tóc giả sợi tơ chịu nhiệt, dùng đi tiệc hoặc hóa trang, tặng lưới chùm.",
        120_000,
        390_000,
        "Phụ kiện",
    ),
    Offer("Hoa giả trang trí phòng khách cành {color}", "Hoa giả bằng lụa, cành dài 60 cm, không phai màu.", 25_000, 150_000, "Trang trí"),
    Offer(
        "Cỏ nhân tạo trải ban công, giả cỏ thật", "Thảm cỏ giả sợi 2 cm, thoát nước tốt, cắt theo mét vuông.", 65_000, 190_000, "Trang trí"
    ),
    Offer(
        "Hạt giống bắp nếp F1 gói 100 g",
        "Giống lai F1 kháng bệnh, tỷ lệ nảy mầm trên 85%, hạn sử dụng in trên bao.",
        25_000,
        60_000,
        "Vườn",
    ),
    Offer("Súng bắn keo nến 20W kèm 10 thanh keo", "Súng bắn keo dùng làm đồ thủ công, dán hộp quà.", 45_000, 120_000, "Dụng cụ"),
    Offer("Súng phun sơn dùng pin chỉnh tia", "Súng phun dùng cho gia đình, bảo hành 6 tháng, lỗi 1 đổi 1.", 320_000, 890_000, "Dụng cụ"),
    Offer("Bộ dao bếp thép không gỉ 5 món", "Dao gọt, dao thái, kéo và giá cắm, hộp quà đẹp.", 190_000, 520_000, "Nhà bếp"),
    Offer("Mô hình xe đua F1 tỷ lệ 1:43", "Mô hình kim loại tỷ lệ 1:43 cho người sưu tầm, có hóa đơn.", 250_000, 690_000, "Đồ chơi"),
    Offer("Phao bơi trẻ em hình {animal}", "Phao bơi nhựa dày, có áo phao đi kèm, dùng cho bé trên 3 tuổi.", 55_000, 180_000, "Đồ chơi"),
    Offer("Bảng giá mica để bàn khổ A5", "Bảng giá đứng cho quán ăn, in theo yêu cầu, giá sỉ từ 10 cái.", 35_000, 95_000, "Văn phòng"),
    Offer("Hàng gia dụng: kệ bếp 3 tầng", "Hàng gia dụng giá rẻ, sơn tĩnh điện, tự lắp trong 10 phút.", 140_000, 330_000, "Nhà bếp"),
    Offer("Băng đô giữ ấm, quà cho ngày băng giá", "Băng đô len dệt tay tại Long Khánh, nhiều màu.", 30_000, 80_000, "Phụ kiện"),
    Offer("Cam sành Tân Phú thùng 10 kg", "Hàng cam sành hái trong ngày tại vườn, giao trong tỉnh.", 180_000, 290_000, "Thực phẩm"),
    Offer(
        "Bưởi Tân Triều loại 1 chục 12 trái",
        "Bưởi nhà vườn ở Vĩnh Cửu, có giấy chứng nhận VietGAP treo tại vườn.",
        350_000,
        620_000,
        "Thực phẩm",
    ),
    Offer("Cà phê rang mộc Định Quán 500 g", "Rang mộc không tẩm, in ngày rang và hạn dùng trên túi.", 85_000, 160_000, "Thực phẩm"),
    Offer(
        "Rượu vang nấu ăn không cồn chai 500 ml", "Gia vị nấu ăn dùng cho món hầm, không phải đồ uống có cồn.", 65_000, 120_000, "Thực phẩm"
    ),
    Offer("Lẩu nấm đông lạnh ăn liền 1 kg", "Gói lẩu đủ rau nấm, ăn nóng ngon hơn, giao trong 2 giờ.", 110_000, 210_000, "Thực phẩm"),
    Offer(
        "Sữa rửa mặt dịu nhẹ 120 ml",
        "Số phiếu công bố 123456/20/CBMP-QLD, sản xuất tại Bình Dương, hạn dùng 3 năm.",
        75_000,
        260_000,
        "Mỹ phẩm",
    ),
    Offer(
        "Thuốc nhuộm tóc thảo dược màu {color}",
        "Thuốc nhuộm không amoniac, số phiếu công bố 654321/20/CBMP-QLD.",
        60_000,
        180_000,
        "Mỹ phẩm",
    ),
    Offer("Tinh dầu sả chanh xông phòng 10 ml", "Tinh dầu ép tại xưởng, dùng đèn xông hoặc treo xe.", 45_000, 130_000, "Nhà cửa"),
    Offer("Sách thiếu nhi: Chuyến tàu về Biên Hòa", "Tác giả trẻ viết cho các em từ 6 tuổi, bìa cứng, in màu.", 48_000, 120_000, "Sách"),
    Offer("Sách tự học làm bánh, dịch giả nhóm Bếp Nhỏ", "Sách in lần thứ 3, có tem của nhà xuất bản.", 75_000, 160_000, "Sách"),
    Offer(
        "Máy hút bụi cầm tay dùng pin",
        "Máy hút bụi xách tay tiện đi xe, bảo hành 12 tháng, có hóa đơn.",
        450_000,
        1_500_000,
        "Điện gia dụng",
    ),
    Offer(
        "Nồi cơm điện 1,8 lít nắp gài",
        "Hàng chính hãng, đại lý tại Trảng Bom, tem chống hàng giả quét được.",
        520_000,
        1_200_000,
        "Điện gia dụng",
    ),
    Offer("Tai nghe nhét tai có dây", "Cam kết không bán hàng nhái, phát hiện hàng giả hoàn tiền gấp 10.", 90_000, 250_000, "Điện tử"),
    Offer("Ốp lưng điện thoại silicon trong", "Ốp dẻo chống ố, shop rep inbox rất nhanh, ship toàn tỉnh.", 25_000, 90_000, "Điện tử"),
    Offer("Áo phao trẻ em giữ ấm {color}", "Áo phao nhẹ, giặt máy được, đổi trả nếu hàng lỗi.", 160_000, 420_000, "Thời trang"),
    Offer("Dao cạo râu 3 lưỡi hộp 5 cây", "Dao cạo an toàn, mua 2 tặng 1.", 35_000, 110_000, "Chăm sóc"),
    Offer("Đá mài dao hai mặt", "Đá mài nhân tạo dùng cho dao bếp, có đế chống trượt.", 60_000, 190_000, "Dụng cụ"),
    Offer("Pháo giấy sinh nhật bắn kim tuyến", "Pháo giấy xoay tay, không có thuốc nổ, dùng cho tiệc.", 15_000, 45_000, "Trang trí"),
    Offer("Kẹo dẻo trái cây hộp 400 g", "Kẹo sản xuất tại Đồng Nai, hạn sử dụng 12 tháng in trên nắp.", 38_000, 95_000, "Thực phẩm"),
    Offer("Móng tay giả 24 chiếc kèm keo", "Móng giả dán nhanh, nhiều mẫu, không hại móng thật.", 25_000, 70_000, "Phụ kiện"),
    Offer("Ghế văn phòng lưng lưới", "Khung thép, bọc giả da phần tay, bảo hành 12 tháng.", 650_000, 1_900_000, "Nội thất"),
)

#: Violations: per kind, patterns of offers. Brands are real names because that is what offenders abuse.
VIOLATIONS: dict[str, tuple[Offer, ...]] = {
    "banned": (
        Offer(
            "Pháo nổ bánh {n} viên, pháo dàn",
            "Bán pháo nổ các loại, pháo dàn, pháo bi. Giao kín, liên hệ Zalo.",
            250_000,
            1_200_000,
            "Khác",
        ),
        Offer("Bình xịt hơi cay, gậy ba khúc giao kín", "Gậy ba khúc, bình xịt hơi cay tự vệ đủ loại, ship COD.", 150_000, 650_000, "Khác"),
        Offer("Roi điện tự vệ kiêm đèn pin", "Dùi cui điện, súng bắn đạn bi, còng số 8. Ship toàn quốc.", 280_000, 1_500_000, "Khác"),
        Offer("Vòng ngà voi thật và cao hổ cốt", "Ngà voi tự nhiên, cao hổ nấu tại nhà, cam kết hàng thật.", 2_500_000, 15_000_000, "Khác"),
    ),
    "smuggled": (
        Offer(
            "Thuốc lá điếu {cigarette} hàng lậu nguyên cây",
            "Thuốc lá Jet, Hero nhập lậu qua biên giới, giá sỉ từ 10 cây.",
            180_000,
            320_000,
            "Khác",
        ),
        Offer(
            "Rượu ngoại xách tay không tem {n} năm",
            "Hàng xách tay từ biên giới, không hóa đơn, không tem nhập khẩu.",
            650_000,
            3_500_000,
            "Đồ uống",
        ),
        Offer(
            "Mỹ phẩm Thái đi đường tiểu ngạch, không giấy tờ",
            "Hàng về theo đường tiểu ngạch, không có hóa đơn chứng từ, giá gốc.",
            90_000,
            350_000,
            "Mỹ phẩm",
        ),
    ),
    "counterfeit": (
        Offer(
            "Túi {lux} siêu cấp rep 1:1 full box",
            "Hàng rep 1:1 like auth, chất da chuẩn, bao check như thật.",
            350_000,
            2_400_000,
            "Túi ví",
        ),
        Offer("Giày {sport} super fake bản đẹp nhất", "Super fake, đường may chuẩn auth 99%, đủ hộp và tem.", 280_000, 950_000, "Giày dép"),
        Offer(
            "Đồng hồ {watch} fake loại 1 máy Nhật", "Đồng hồ fake 1, nhìn như hàng thật, bảo hành 3 tháng.", 450_000, 2_800_000, "Đồng hồ"
        ),
        Offer(
            "Nước hoa {lux} hàng giả như thật, sỉ lẻ",
            "Hàng giả loại đẹp, vỏ hộp y như hãng, dùng thử trước khi lấy sỉ.",
            90_000,
            260_000,
            "Mỹ phẩm",
        ),
    ),
    "ip_infringing": (
        Offer(
            "Áo in logo {sport} tự in theo yêu cầu",
            "Nhận in logo các hãng lên áo, không cần bản quyền, giá xưởng.",
            60_000,
            150_000,
            "Thời trang",
        ),
        Offer(
            "Gấu bông nhân vật hoạt hình hàng nhái", "Hàng nhái nhân vật nổi tiếng, không có bản quyền, giá sỉ.", 45_000, 160_000, "Đồ chơi"
        ),
        Offer("Sách photo giáo trình, sách lậu giá rẻ", "Sách in lậu đẹp như sách gốc, giá bằng một phần ba.", 30_000, 90_000, "Sách"),
    ),
    "substandard": (
        Offer("Mũ bảo hiểm nhựa mỏng không tem CR", "Mũ thời trang không tem hợp quy, giá rẻ bất ngờ.", 25_000, 70_000, "Xe máy"),
        Offer(
            "Hàng loại 2 lỗi kỹ thuật: ấm siêu tốc",
            "Hàng lỗi, kém chất lượng, mua về tự sửa, không bảo hành.",
            60_000,
            140_000,
            "Điện gia dụng",
        ),
    ),
    "restricted": (
        Offer("Rượu trắng nấu thủ công 45 độ can 5 lít", "Rượu đế nhà nấu, giao tận nơi trong ngày.", 120_000, 300_000, "Đồ uống"),
        Offer("Xì gà Cuba hộp 25 điếu", "Xì gà và thuốc lá điếu, nhận đặt qua mạng.", 1_500_000, 6_500_000, "Khác"),
        Offer("Rượu mạnh nhập 40 độ chai 750 ml", "Whisky, vodka các loại, đặt online giao tận nhà.", 450_000, 2_400_000, "Đồ uống"),
    ),
    "conditional": (
        Offer(
            "Thuốc kháng sinh vỉ 10 viên không cần toa",
            "Thuốc kháng sinh, thuốc giảm đau, bán không cần toa bác sĩ.",
            35_000,
            160_000,
            "Sức khỏe",
        ),
        Offer("Viên uống giảm cân hộp 30 viên", "Thực phẩm bảo vệ sức khỏe hỗ trợ giảm cân, hàng mới về.", 250_000, 890_000, "Sức khỏe"),
        Offer("Kính áp tròng màu {color} độ cận", "Kính áp tròng giãn tròng, nhiều độ, ship nhanh.", 80_000, 250_000, "Sức khỏe"),
    ),
    "expired": (
        Offer(
            "Thanh lý sữa bột hết date tháng 8/2020",
            "Hàng hết hạn sử dụng, bán cho ai dùng làm thức ăn gia súc hoặc vẫn dùng được.",
            60_000,
            180_000,
            "Thực phẩm",
        ),
        Offer("Bánh kẹo quá date giá xả kho", "Quá hạn vài tháng vẫn ăn tốt, lấy nhiều giảm giá.", 15_000, 60_000, "Thực phẩm"),
    ),
    "unknown_origin": (
        Offer(
            "Kem trộn trắng da không nhãn hũ {n}0 g",
            "Kem không nhãn mác, không rõ nguồn gốc, trắng sau 7 ngày.",
            50_000,
            180_000,
            "Mỹ phẩm",
        ),
        Offer("Quần áo cắt mác hàng xuất dư", "Hàng cắt mác, không rõ xuất xứ, bán theo ký.", 35_000, 120_000, "Thời trang"),
    ),
    "misleading": (
        Offer(
            "Viên trị dứt điểm tiểu đường sau 1 tháng",
            "Chữa khỏi hoàn toàn tiểu đường, cam kết khỏi 100%, không cần thuốc tây.",
            350_000,
            1_500_000,
            "Sức khỏe",
        ),
        Offer(
            "Nước thần chữa ung thư đã được chứng minh", "Chữa bách bệnh, khỏi ung thư, bác sĩ cũng dùng.", 500_000, 3_000_000, "Sức khỏe"
        ),
    ),
}

COLORS = ("đen", "trắng", "be", "xanh rêu", "đỏ đô", "nâu", "hồng phấn", "xám")
ANIMALS = ("vịt vàng", "cá heo", "hươu", "kỳ lân")
LUXURY = ("Gucci", "Dior", "Chanel", "Louis Vuitton", "Hermes", "Prada")
SPORT = ("Nike", "Adidas", "Puma", "New Balance", "Converse")
WATCH = ("Rolex", "Omega", "Casio", "Hublot")
CIGARETTES = ("Jet", "Hero", "Esse")

SHOP_FIRST = ("Tiệm", "Shop", "Nhà", "Cửa hàng", "Kho", "Gian hàng", "Tạp hóa", "Góc")
SHOP_LAST = (
    "Mây", "Hạ Vàng", "Bà Sáu", "Út Hiền", "Cầu Hang", "Bến Gỗ", "Lá Xanh", "Phố Nhỏ", "Sông Xưa", "Ba Tầng", "Gió Núi",
    "Minh Khuê", "Thảo Vy", "An Bình", "Hai Lúa", "Đất Đỏ", "Ngọc Lan", "Trái Ngọt", "Bông Mai", "Cát Tường", "Hương Quê",
)  # fmt: skip
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ")
GIVEN = ("Lan", "Hạnh", "Tuấn", "Dũng", "Hương", "Phúc", "Mỹ Duyên", "Quang", "Thảo", "Khánh", "Ngân", "Hải", "Hạ", "Hà")

#: Place, weight. Most sellers sit in Đồng Nai, some outside, some nowhere that the listing tells.
PLACES: tuple[tuple[str, int], ...] = (
    ("Biên Hòa, Đồng Nai", 26), ("Long Khánh, Đồng Nai", 8), ("Trảng Bom, Đồng Nai", 8), ("Long Thành, Đồng Nai", 8),
    ("Nhơn Trạch, Đồng Nai", 6), ("Vĩnh Cửu, Đồng Nai", 4), ("Thống Nhất, Đồng Nai", 4), ("Xuân Lộc, Đồng Nai", 4),
    ("Định Quán, Đồng Nai", 3), ("Tân Phú, Đồng Nai", 3), ("Cẩm Mỹ, Đồng Nai", 3), ("Đồng Nai", 5),
    ("TP. Hồ Chí Minh", 7), ("Bình Dương", 3), ("Hà Nội", 2), ("", 6),
)  # fmt: skip
