"""Words that name what is banned, restricted or smuggled, and each in an ordinary trade: games, toys, decoration, parts, food, farming."""

from datetime import date

import pytest
from tests.screening.reading import findings

#: kind, a true offer, an honest one
PAIRS = [
    ("banned", "Súng ngắn K59 bắn đạn thật", "Skin súng ngắn K54 trong game Free Fire"),
    ("banned", "Dao bướm lưỡi thép bén", "Dao bướm tập luyện không lưỡi"),
    ("banned", "Súng bắn bi thép ngoài trời", "Máy bắn bi thép làm sạch kim loại"),
    ("banned", "Đạn chì súng hơi 4.5", "Đạn chì câu cá 5g"),
    ("banned", "Gậy điện tự vệ", "Gậy điện lùa heo chăn nuôi"),
    ("banned", "Dây coil vape sợi", "Dây coil bàn phím cơ"),
    ("banned", "Thanh neo thuốc lá vị bạc hà", "Thanh neo thép ren xây dựng"),
    ("banned", "Máy nung nóng thuốc lá điếu", "Máy nung nóng chảy kim loại mini"),
    ("banned", "Hàng đá xịn ship kín", "Vòng tay hàng đá xịn thạch anh"),
    ("banned", "LSD tem giấy", "Nhớt cầu vi sai LSD"),
    ("banned", "Ecstasy viên phê pha", "Nước hoa Ecstasy nữ 50ml"),
    ("banned", "Cần phê ngon", "Hồ sơ cần phê duyệt"),
    ("banned", "Tài mà gói nhỏ giao tận nơi", "Người có tài mà không gặp thời"),
    ("banned", "Nấm ma thuật trip nhẹ", "Đèn ngủ nấm ma thuật đổi màu"),
    ("banned", "Poppers chai nhỏ", "Party poppers pháo giấy sinh nhật"),
    ("banned", "Cú mèo con thuần", "Cú mèo con móc khóa len"),
    ("banned", "Móng gấu thật bọc bạc", "Dép bông móng gấu đi trong nhà"),
    ("banned", "Chồn hương giống", "Cà phê chồn hương Đắk Lắk"),
    ("banned", "Mua gan người hiến", "Mua gan bò tươi làm pate"),
    ("banned", "Kính soi bài tây", "Kính soi bài kiểm tra cho giáo viên"),
    ("banned", "Tai nghe hạt đậu đi thi", "Tai nghe hạt đậu bluetooth mini"),
    ("banned", "Máy sao chép thẻ từ chung cư", "Máy sao chép thẻ nhớ"),
    ("banned", "Máy phá sóng jammer", "Quần bơi jammer nam"),
    ("banned", "Bình điện cá 12v", "Bình điện cá nhân dự phòng"),
    ("banned", "Máy rà điện bắt cá", "Máy rà điện âm tường"),
    ("banned", "Dàn 36 viên nổ to", "Dàn 36 viên pin tiểu"),
    ("banned", "Con dấu giả công ty", "Con dấu giả gỗ cho bé"),
    ("banned", "Kiếm nhật thép mài bén", "Kéo cắt cành lưỡi kiếm Nhật"),
    ("restricted", "Kính săn đêm gắn súng", "Kính săn đêm đồ chơi cho bé"),
    ("restricted", "Đèn săn đêm soi thú", "Đèn săn đêm đội đầu sạc pin"),
    ("restricted", "Ná bắn chim lực mạnh", "Ná bắn chim cao su đồ chơi trẻ em"),
    ("restricted", "San hô sống hàng biển", "San hô sống động tranh dán tường"),
    ("restricted", "Lan hài rừng", "Lan hài nhựa"),
    ("restricted", "Gói 555 thuốc thơm", "Gói 555 tăm bông"),
    ("restricted", "Sữa thay thế sữa mẹ cho trẻ sơ sinh", "Sữa thay thế sữa mẹ cho chó con"),
    ("restricted", "Chim chào mào mới bẫy", "Lồng chim chào mào tre"),
    ("restricted", "Thùng bia lon 24", "Kệ để thùng bia trong bếp"),
    ("smuggled", "Tủ lạnh bãi Mỹ mới về", "Vé tham quan bãi Mỹ Khê"),
    ("smuggled", "Thuốc lá jet cây", "Cây jet tưới vườn áp lực cao"),
    ("expired", "Máy in date xóa date cũ", "Máy in date phun mực cho xưởng bánh"),
    ("unknown_origin", "Kem trộn chai trơn không nhãn", "Chai trơn không nhãn để khách tự dán"),
]
#: Offers as sellers write them: hints and half words.
OFFERS = [
    ("banned", "Thuốc lá hút không khói dùng tinh dầu, đủ vị"),
    ("banned", "Sim đã kích hoạt sẵn, không cần CCCD"),
    ("banned", "Bóng và bình khí cho tiệc, giao đêm khu phố Tây"),
    ("banned", "Ban xit cay mini bo tui"),
    ("expired", "Bánh quá hạn ít ngày, vẫn ăn ok"),
    ("substandard", "Dây điện thiếu ruột đồng, giá công trình"),
    ("substandard", "Gạch men thải loại 3"),
    ("smuggled", "Hàng đi đường Lao Bảo về đêm, thuốc lá đủ loại"),
    ("unknown_origin", "Thịt khô không rõ nơi làm"),
    ("restricted", "Vòng tay gỗ sưa đỏ tự nhiên, hộp lót lụa"),
    ("restricted", "Bia lon, khách dưới 18 cũng giao"),
]


def probability(kind: str, title: str) -> float:
    found = findings(title, as_of=date(2026, 3, 1)).get(kind)
    return 0.0 if found is None else float(found["probability"])


@pytest.mark.parametrize(("kind", "true", "honest"), PAIRS)
def test_the_trade_is_told_from_the_word(kind: str, true: str, honest: str) -> None:
    assert probability(kind, true) >= 0.5 > 0.3 > probability(kind, honest)


@pytest.mark.parametrize(("kind", "title"), OFFERS)
def test_a_hint_of_the_trade_is_told(kind: str, title: str) -> None:
    assert probability(kind, title) >= 0.5
