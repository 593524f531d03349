"""An innocent phrase clears the word that it covers, not the same word said elsewhere; and a gift tells nothing of what the goods are."""

import pytest
from tests.screening.reading import probability

#: The sign and the innocent phrase in one title.
BOTH = [
    ("banned", "Làm hộ chiếu giả, tặng bao da hộ chiếu"),
    ("banned", "Nhận làm hộ chiếu giả như thật, kèm bao da hộ chiếu"),
    ("banned", "Bao da hộ chiếu, làm hộ chiếu giả"),
    ("banned", "Làm giấy tờ xe giả tặng bao da giấy tờ xe"),
    ("banned", "Bằng lái giả da, làm bằng lái giả"),
    ("banned", "Tiền polymer 500k như thật, tặng vàng mã"),
    ("banned", "Súng hơi bắn chim, súng hơi bắn đinh"),
    ("banned", "Chốt đề thi vào 10, chốt đề lô 3 miền"),
    ("misleading", "Kem body trắng da vĩnh viễn tặng nhẫn bạc"),
    ("misleading", "Dây chuyền bạc trắng vĩnh viễn, kem trắng vĩnh viễn"),
    ("misleading", "Kem trắng vĩnh viễn không đen lại"),
    ("misleading", "Cao dán chữa ung thư tặng Panadol"),
    ("misleading", "Cao dán chữa ung thư kèm Panadol"),
    ("counterfeit", "Tai nghe Sony hàng loại 1 tặng bình ắc quy"),
    ("counterfeit", "Nước hoa Chanel hàng loại 1, quà lốp xe đồ chơi"),
    ("conditional", "Kim tiêm tặng keo dán giày"),
    ("ip_infringing", "Áo bơi one piece, mô hình one piece fake"),
    ("unknown_origin", "Bán hóa đơn đỏ, váy không hoa đơn giản"),
    ("substandard", "Gas mini bơm lại được, lon gas mini bơm lại"),
]
#: The innocent phrase by itself.
ALONE = [
    ("banned", "Bao da hộ chiếu giả da"),
    ("banned", "Bao da đựng bằng lái giả da"),
    ("banned", "Vỏ bọc hộ chiếu nhận làm theo yêu cầu, tặng móc khóa"),
    ("banned", "Tiền âm phủ giống thật in sắc nét"),
    ("misleading", "Dây chuyền bạc trắng vĩnh viễn"),
    ("misleading", "Nhẫn trắng vĩnh viễn không đen"),
    ("misleading", "Panadol chữa đau đầu"),
    ("misleading", "Mua 2 tặng 1 Panadol chữa đau đầu"),
    ("counterfeit", "Phụ tùng xe Honda hàng loại 1"),
    ("counterfeit", "Hàng loại 1 phụ tùng Honda"),
    ("unknown_origin", "Váy không hoa đơn giản"),
]


@pytest.mark.parametrize(("kind", "title"), BOTH)
def test_the_sign_beside_the_phrase_is_still_told(kind: str, title: str) -> None:
    assert probability(kind, title) >= 0.5


@pytest.mark.parametrize(("kind", "title"), ALONE)
def test_the_phrase_alone_accuses_nobody(kind: str, title: str) -> None:
    assert probability(kind, title) < 0.3


def test_a_cover_in_the_title_clears_no_forged_paper_of_the_description() -> None:
    assert probability("banned", "Bao da hộ chiếu", "Bên em còn nhận làm hộ chiếu giả, bao soi.") >= 0.5
