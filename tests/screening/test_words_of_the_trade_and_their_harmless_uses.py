"""Words of each trade are known; the same words in their harmless uses are left alone; goods that need papers are told politely."""

from datetime import date

import pytest
from tests.screening.reading import findings, probability

from chosach.screening.lexicon import CONTEXT, GROUP, TERM, lexicon

#: Phrases in which a suspicious word is harmless, one listing a phrase (several where one would be too long).
HARMLESS = [
    "Cây giả để bàn làm việc", "Lá giả treo ban công", "Mi giả dày cho cô dâu", "Móng giả dán sẵn keo", "Thảm lông giả trải sofa",
    "Tấm ốp giả đá phòng khách", "Giấy dán giả gạch", "Ghế giả mây ngoài trời", "Đèn bàn giả cổ", "Vòng ngọc trai giả",
    "Trứng giả cho gà đẻ", "Mồi giả câu cá lóc", "Thức ăn giả trưng bày quán", "Tuyết giả trang trí Noel", "Camera giả chống trộm",
    "Bụng giả hóa trang", "Mắt giả cho thú bông", "Sách kể chuyện một diễn giả", "Vé xem phim tặng khán giả", "Gia vị nấu giả cầy",
    "Ngô giống F1 năng suất", "Mô hình xe Formula 1", "Phím F1 thay cho bàn phím", "Shop sẽ rep tin ngay", "Tập 12 reps mỗi hiệp",
    "Bản vẽ scale 1:1", "Lớp học vẽ 1:1", "Dung dịch pha 1:1", "Tai nghe AirPods chính hãng có hóa đơn", "Viên pod nước giặt",
    "Áo thun chữ chill phết", "Tinh dầu tràm cho bé", "Tinh dầu treo xe hương bưởi", "Cỏ nhân tạo lót ban công", "Bình phun thuốc trừ cỏ",
    "Chó cỏ thuần chủng", "Đá mài dao hai mặt", "Giày đá bóng sân cỏ", "Máy xay đá bào", "Kẹo mút hình thú", "Kẹo lạc giòn", "Ke đỡ kệ gỗ",
    "Ke chân bàn sắt", "Súng nước cho bé", "Súng xịt rửa xe", "Súng bơm mỡ", "Súng bắn vít pin", "Hoa súng trồng chậu", "Kiếm nhựa sáng",
    "Tiểu thuyết kiếm khách", "Dao gọt trái cây", "Dao rọc giấy văn phòng", "Dao cạo râu ba lưỡi", "Pháo bông sinh nhật không khói",
    "Pháo điện trang trí tiệc", "Bánh hàng nóng hổi vừa ra lò", "Bình giữ nóng nước máy", "Thuốc màu vẽ tranh", "Thuốc thử pH nước hồ",
    "Biển cấm đỗ xe", "Tranh Tử Cấm Thành", "Ví đựng thẻ hết hạn làm kỷ niệm", "Quà đổi voucher hết hạn", "Chính sách đổi hàng lỗi 7 ngày",
    "Loa xách tay bluetooth", "Vali xách tay 20 inch", "Giày Nike Air có hóa đơn", "Điều hòa air inverter", "Phí ship nội địa 20 nghìn",
    "Thanh lý đồ cũ gia đình", "Thanh lý tủ bếp trưng bày", "Ghế ngồi bãi biển", "Bảng chỉ bãi giữ xe", "Váy màu ngà voi", "Áo trắng ngà",
    "Khuy sừng áo vest", "Sừng bò đánh bóng làm lược", "Chim gỗ phong thủy", "Búa đập đá thi công", "Đai lưng chống gù",
    "Núm ti giả silicon cho bé", "Chân váy giả quần", "Dây buộc giày hợp Air Force", "Kit test nhanh clo hồ bơi",
    "Ghế nằm cho spa tiêm botox", "Hộp cơm rượu nếp", "Bò sốt vang đóng hộp", "Bông tẩm cồn khô sát trùng", "Mặt dây hổ phách",
    "Nôi treo hình thú rừng", "Ví da nhỏ đựng cà vẹt xe", "Ấm đun tự động bơm nước pha trà", "Giày chạy đường mòn đế bám",
    "Bộ đồ chơi tự chế từ giấy", "Sandal nữ nhà Kat", "Bánh bông lan vị rum nho", "Cao su non dán ống nước",
    "Serum chống mất nước, thiếu cân bằng ẩm", "Vải ren may viền, che kín đường biên",
    "Bộ 6 ly uống rượu vang pha lê", "Túi giấy đựng rượu làm quà", "Bình sứ đựng rượu vẽ rồng",
    "Vòng bạc 925 khắc móng hổ", "Đầm màu rượu vang",
]  # fmt: skip

#: Words that differ from a bad one by their marks alone.
MARKS_APART = [
    "Nhãn decal tem phủ bóng", "Vụ khi trước đã giao đủ", "Thảm cô dâu có viền", "Kê kệ sách gọn gàng", "Lời chúc in thiệp cưới",
    "Máy lợi dụng nhiệt thừa", "Vải không hoa, đơn sắc", "Áo hàng cầm tay gấp gọn", "Trà nhài thơm dịu", "Sừng trang trí tủ",
    "Sách bản thân và nghề", "Sàn cò mồi cấm đứng", "Nồi hàng lẩu inox", "Giá thuộc gia đình dùng lâu", "Hạng gia đình bốn người",
]  # fmt: skip

#: What sellers of each kind write; the kind that must be said.
TRADE = [
    ("banned", "Bán gậy ba khúc và bình xịt hơi cay, giao kín"),
    ("banned", "Pod 1 lần đủ vị, tinh dầu salt nic"),
    ("banned", "Nhận làm bằng đại học có hồ sơ gốc"),
    ("banned", "Cao hổ cốt nấu tại nhà"),
    ("restricted", "Rượu ba kích ngâm sẵn can 5 lít"),
    ("restricted", "Xì gà Cuba hộp 25 điếu"),
    ("restricted", "Vòng tay gỗ sưa đỏ nguyên khối"),
    ("smuggled", "Hàng đi tiểu ngạch, không có tờ khai"),
    ("smuggled", "Mỹ phẩm xách tay, tiếp viên bay về hàng tuần"),
    ("counterfeit", "Đồng hồ bản rep 1:1 khó phân biệt với hàng thật"),
    ("ip_infringing", "Sách photo giá rẻ, in lại nét đẹp"),
    ("expired", "Thanh lý sữa đã quá date vài tháng"),
    ("expired", "Nhận tẩy date in lại hạn sử dụng"),
    ("substandard", "Mũ bảo hiểm không tem CR chỉ để đối phó"),
    ("unknown_origin", "Kem body hũ trơn, không rõ nguồn gốc"),
    ("misleading", "Nhận buff đơn và tăng đánh giá shop"),
    ("banned", "Đèn pin cầm tay có chích điện, hàng xách kín"),
    ("banned", "Giấy khám sức khỏe đủ dấu, không cần đi khám"),
    ("restricted", "Xì gà nguyên hộp gỗ, giao tận nơi"),
    ("restricted", "Shisha al fakher đủ vị kèm than"),
    ("smuggled", "Chivas 18 hàng miễn thuế, lấy nhiều bớt"),
    ("smuggled", "Mở kiện hàng thùng tối nay"),
    ("smuggled", "Hàng qua cửa khẩu đi đêm, bao đường"),
    ("counterfeit", "Loa JBL nhái, nghe vẫn hay"),
    ("counterfeit", "Rượu ngoại rót lại chai cũ"),
    ("ip_infringing", "Phần mềm Autocad bản crack cài từ xa"),
    ("ip_infringing", "Áo đấu Real siêu cấp, vải Thái"),
    ("expired", "Đồ hộp quá hạn 2 tháng, ai lấy hết để rẻ"),
    ("expired", "Bán dung môi xóa date lon hộp"),
    ("substandard", "Hàng lỗi nhà máy không bảo hành"),
    ("substandard", "Tôm bơm tạp chất nặng ký"),
    ("unknown_origin", "Mỹ phẩm trôi nổi gom từ chợ"),
    ("unknown_origin", "Bánh kẹo không nhãn phụ, hũ trơn"),
    ("misleading", "Trị dứt điểm viêm xoang, khỏi hẳn sau một liệu trình"),
    ("misleading", "Chữa khỏi ung thư bằng lá cây"),
    ("misleading", "Xịt trị gàu vĩnh viễn sau vài lần gội"),
    ("smuggled", "Gà trung quốc đông lạnh giá rẻ"),
    ("unknown_origin", "Sữa bột ngoại không có tem tiếng Việt"),
    ("ip_infringing", "Phần mềm kế toán bẻ khóa, cài tận nơi"),
    ("banned", "Máy xông hoa quả nhiều vị cho người lớn"),
    ("restricted", "Rượu nếp quê bình 5 lít, tặng 2 ly"),
    ("banned", "Móng hổ bọc bạc, hàng thật"),
    ("ip_infringing", "Dép quai ngang in chữ Gucci"),
    ("unknown_origin", "Áo quần không mác bán theo cân"),
    ("misleading", "Uống 5 ngày hết viêm xoang"),
    ("substandard", "Loa rè, màn ám, bán rẻ cho thợ"),
]


@pytest.mark.parametrize("title", HARMLESS)
def test_a_phrase_with_a_harmless_use_of_the_word_is_left_alone(title: str) -> None:
    assert {kind: row["probability"] for kind, row in findings(title).items() if row["probability"] >= 0.3} == {}


@pytest.mark.parametrize("title", MARKS_APART)
def test_a_word_that_differs_by_its_marks_is_another_word(title: str) -> None:
    assert {kind: row["probability"] for kind, row in findings(title).items() if row["probability"] >= 0.3} == {}


@pytest.mark.parametrize(("kind", "title"), TRADE)
def test_the_words_of_the_trade_are_known(kind: str, title: str) -> None:
    assert probability(kind, title, as_of=date(2026, 3, 1)) >= 0.5


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("Viên uống vitamin tổng hợp hộp 60 viên", "Số giấy tiếp nhận đăng ký bản công bố: 1234/2020/ĐKSP"),
        ("Máy đo huyết áp bắp tay", "Phiếu tiếp nhận công bố số 220001234/PCBA-HN"),
        ("Thuốc giảm đau hộp 10 vỉ", "Số đăng ký lưu hành VD-23456-15"),
    ],
)
def test_goods_that_show_the_number_of_their_paper_are_no_lead(title: str, description: str) -> None:
    assert probability("conditional", title) >= 0.5
    assert 0.05 <= probability("conditional", title, description) < 0.5


def test_goods_that_need_papers_are_not_called_a_violation() -> None:
    for rule in lexicon().rules.values():
        told = " ".join((rule.label, rule.sentence, *rule.clears)).casefold()
        assert "vi phạm" not in told, rule.id
        if rule.kind == "conditional":
            assert rule.sentence.startswith("Giấy tờ cần kiểm tra"), rule.id


def test_what_a_term_or_a_rule_asks_for_is_something_that_a_text_can_give() -> None:
    entries = lexicon().entries
    given = {entry.name for entry in entries if entry.part in (CONTEXT, GROUP)}
    asked = {name.removeprefix("~") for entry in entries if entry.part == TERM for together in entry.needs for name in together}
    assert asked - given - {"brand", "fashion", "pair", "title", "never"} == set()
    assert {name for rule in lexicon().rules.values() for name in rule.unless} - given == set()


def test_every_strength_of_a_rule_is_a_probability_and_stronger_words_are_worth_more() -> None:
    for rule in lexicon().rules.values():
        assert 0 < rule.weak <= rule.medium <= 0.95 and rule.weak <= rule.strong <= 0.95, rule.id
        assert 0 < rule.body <= 1, rule.id


def test_cards_that_are_printed_after_a_game_are_told_by_the_sellers_own_words() -> None:
    assert probability("ip_infringing", "[BÀI IN] Bộ bài 60 lá nhân vật") >= 0.5
    assert probability("ip_infringing", "Bộ thẻ bài 60 lá", "Đây là sản phẩm bài in, không phải hàng của hãng.") >= 0.5
    assert probability("ip_infringing", "Thẻ bài in Yugioh 40 lá") >= 0.5
    for own in (
        "Bộ bài tây 54 lá in hoa văn",
        "Thẻ bài in tên theo yêu cầu",
        "Bộ bài in hình ảnh gia đình theo yêu cầu",
        "Vở chép bài in hình",
    ):
        assert probability("ip_infringing", own) < 0.3


def test_a_food_is_told_by_the_wording_that_the_law_gives_such_goods() -> None:
    assert probability("conditional", "Nano nghệ hỗ trợ giảm nguy cơ viêm loét dạ dày, 20 gói") >= 0.5
    assert probability("conditional", "Gối cổ hỗ trợ giảm mỏi khi đi xe") < 0.3


@pytest.mark.parametrize(
    ("kind", "title", "description"),
    [
        ("counterfeit", "Ổ cứng Samsung dung lượng 256GB", None),
        ("counterfeit", "Máy phun sương", "Nguồn: pin lo-ion 18650."),
        ("smuggled", "Vali khung nhôm", "Vali 20 inch chuẩn xách tay máy bay, đựng 10kg."),
        ("smuggled", "Áo khoác kaki", "Vải không xù như các sản phẩm đồ si ngoài chợ."),
        ("unknown_origin", "Quần đùi nữ", "Không nhãn mác, không gây ngứa."),
        ("unknown_origin", "Bàn là hơi nước", "Hàng kém dễ nhận biết nhất là hộp trơn đựng hàng bao bì không tem mác."),
    ],
)
def test_a_merit_a_measure_and_what_is_said_of_others_goods_is_no_sign(kind: str, title: str, description: str | None) -> None:
    assert probability(kind, title, description) < 0.3


@pytest.mark.parametrize(
    "title",
    [
        "Túi Gucci đẹp như trong store",
        "Giày Vans non auth",
        "Giày Converse không auth, giá sinh viên",
        "Túi Gucci không phải hàng hiệu",
        "Túi Hermes chuẩn từng mũi chỉ",
        "Giày Nike giá chỉ bằng 1/10 hãng",
        "Túi Dior số seri khớp thẻ",
        "Nước hoa Chanel chuẩn mùi 95%",
        "Đồng hồ Rolex giống y thật",
    ],
)
def test_a_copy_is_told_without_a_word_of_grading(title: str) -> None:
    assert probability("counterfeit", title, price=9_000_000) >= 0.5


def test_a_scent_as_in_the_shop_where_it_was_bought_is_no_grade() -> None:
    title = "Nước hoa Chanel, mùi như ở store"
    assert probability("counterfeit", title, price=2_500_000) >= 0.5
    for bill in ("Mua tại store Chanel Paris, có bill.", "Còn hóa đơn."):
        assert probability("counterfeit", title, bill, price=2_500_000) < 0.3


@pytest.mark.parametrize(
    "title",
    [
        "Giày Nike auth, không auth không lấy tiền",
        "Giày Nike không auth hoàn tiền 200%",
        "Giày Nike không phải hàng real không bán",
        "Túi Gucci cam kết không phải hàng chợ",
        "Tivi Sony hình ảnh như thật",
        "Loa JBL âm thanh như thật",
        "Bàn phím Logitech hàng chính hãng, không phải hàng chợ",
    ],
)
def test_a_guarantee_and_praise_make_no_copy(title: str) -> None:
    assert probability("counterfeit", title, price=90_000_000) < 0.3
