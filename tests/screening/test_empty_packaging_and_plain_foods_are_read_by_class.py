"""Packaging of a maker sold empty, goods of a maker taken out of theirs, small ailments that a plain food is said to heal, snares."""

import pytest
from tests.screening.reading import probability

TOLD = [
    ("misleading", "Mật ong hoa nhãn 500ml", "Trị ho cho cả nhà."),
    ("misleading", "Trà gừng túi lọc", "Công dụng: chữa đau bụng, điều trị cảm lạnh."),
    ("misleading", "Lê hấp đường phèn", "Đặc trị ho lâu ngày"),
    ("counterfeit", "Túi Knorr in sẵn 900g", None),
    ("counterfeit", "Vỏ castrol", None),
    ("counterfeit", "vo can castrol 4 lit", None),
    ("counterfeit", "Vỏ thùng Omo", None),
    ("counterfeit", "Vỏ hộp Chanel rỗng", None),
    ("counterfeit", "Chai Sunlight rỗng", None),
    ("counterfeit", "Tem có thương hiệu in sẵn", None),
    ("counterfeit", "Bao bì in sẵn thương hiệu, lấy số lượng", None),
    ("unknown_origin", "OMO bịch trắng", None),
    ("unknown_origin", "Dầu gội Sunsilk can trắng", None),
    ("banned", "Bẫy dây thú rừng loại bền", None),
    ("banned", "Bẫy điện bắt heo rừng", None),
    ("conditional", "Trà giảm cân hộp 20 gói", None),
]  # fmt: skip
HONEST = [
    ("misleading", "Ấm siêu tốc 2 lít", "Đun nước pha trà gừng trị ho rất tiện."),
    ("misleading", "Sách bài thuốc dân gian", "Trị ho bằng chanh đào."),
    ("misleading", "Mật ong hoa nhãn 500ml", "Mật ong không trị ho, không thay thuốc."),
    ("counterfeit", "Túi in sẵn thương hiệu của khách", None),
    ("counterfeit", "Tem nhãn in sẵn tên bé", None),
    ("counterfeit", "Túi quà Milo in sẵn hình", None),
    ("counterfeit", "Vỏ xe Michelin 70/90", None),
    ("unknown_origin", "Sữa tắm Dove chai trắng 900g", None),
    ("unknown_origin", "Omo hộp trắng tinh khiết", None),
    ("unknown_origin", "Cân điện tử cân trọng lượng Ensure", None),
    ("banned", "Bẫy dây điện", None),
    ("banned", "Bẫy thú nhồi bông", None),
    ("banned", "Bẫy kẹp sắt bắt chuột", None),
    ("conditional", "Bình đun nước pha trà giảm cân", None),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "title", "description"), TOLD)
def test_each_is_told(kind: str, title: str, description: str | None) -> None:
    assert probability(kind, title, description) >= 0.5


@pytest.mark.parametrize(("kind", "title", "description"), HONEST)
def test_what_only_sounds_like_it_is_left_alone(kind: str, title: str, description: str | None) -> None:
    assert probability(kind, title, description) < 0.3
