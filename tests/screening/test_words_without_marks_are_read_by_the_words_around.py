"""Sellers often leave the marks out. What they meant is told by the words around, not by banning the word."""

import unicodedata
from pathlib import Path

import numpy as np
import pytest
from tests.screening.reading import findings, probability

from chosach.screening import syllables
from chosach.screening.meaning import LEAST, forms, model
from chosach.screening.tones import ToneModel
from chosach.screening.tones_build import LEAST_GROUPS, LEAST_PAIR, Builder

#: what a seller may write, the term that its letters spell, is the term meant
READINGS = [
    ("Giay the thao hang gia re nhat thi truong", "hàng giả", False),
    ("Tui xach hang gia tot tai xuong", "hàng giả", False),
    ("Do dung hang gia dung tien loi", "hàng giả", False),
    ("Nhan hang gia, khong phai chinh hang", "hàng giả", True),
    ("Ban hang gia hang nhai loai mot", "hàng giả", True),
    ("Xem bang gia moi nhat tai shop", "bằng giả", False),
    ("Nhan lam bang gia dai hoc", "bằng giả", True),
    ("Nhan tien gia cong ao so mi", "tiền giả", False),
    ("Ban tien gia giong that 99%", "tiền giả", True),
    ("Bo do gia dung cho nha bep", "đồ giả", False),
    ("Thuoc gia truyen ba doi", "thuốc giả", False),
    ("Nuoc ep hang cam tuoi moi ngay", "hàng cấm", False),
    ("Hang lau nam con moi", "hàng lậu", False),
    ("Ruou lau nam ngam sam", "rượu lậu", False),
    ("Lau san sach lau thom mat", "sách lậu", False),
    ("Ao phao tre em di boi", "pháo", False),
    ("Tra hoa nhai uop xoi", "nhái", False),
    ("Goi om mat gau bong cho be", "mật gấu", False),
    ("Ban lam bang go soi", "làm bằng", True),
    ("Cao ho tieu xoa bop", "cao hổ", False),
    ("Can date xa moi mua", "cận date", False),
    ("So tay ren luyen ban than", "bán thận", False),
    ("Tui sieu cap nhu hang that", "siêu cấp", True),
    ("Ao thun khong hoa don chung tu", "không hóa đơn", True),
    ("Ban thuoc la dien tu gia tot", "thuốc lá điện tử", True),
]


def meant(text: str, term: str) -> float:
    """P(the term's marks) where its letters stand in the text."""
    found, wanted = syllables.pieces(text), forms(term)
    bare = [syllables.fold(form) for form in wanted]
    at = next(k for k in range(len(found)) if [syllables.fold(p.form) for p in found[k : k + len(bare)]] == bare)
    return model().meant(text, [(found[at].start, found[at + len(bare) - 1].end, wanted)])[0]


@pytest.mark.parametrize(("text", "term", "is_meant"), READINGS)
def test_the_words_around_tell_which_reading_is_meant(text: str, term: str, is_meant: bool) -> None:
    told = meant(text, term)
    assert told >= LEAST["no"] if is_meant else told < 0.5


def test_the_same_letters_accuse_in_one_title_and_not_in_another() -> None:
    assert findings("Giay nam hang gia re") == {}
    assert probability("counterfeit", "Giay nam hang gia, khong phai chinh hang") >= 0.5


@pytest.mark.parametrize(
    "plain",
    [
        "Toc gia nu dai uon xoan", "Hoa gia de ban trang tri", "Vi gia da nam", "Mi gia tu nhien", "Hat giong ngo F1", "Sung ban keo nen",
        "Phao giay sinh nhat", "Dao bep inox", "Thuoc nhuom toc", "Ke goc chan ban", "Keo deo trai cay", "Mo hinh ty le 1:1",
    ],
)  # fmt: skip
def test_innocent_phrases_stay_innocent_without_marks(plain: str) -> None:
    assert {kind for kind, row in findings(plain).items() if row["probability"] >= 0.3} == set()


def test_a_bare_tail_of_a_marked_title_is_read_too_but_counts_less() -> None:
    partly = probability("counterfeit", "Túi nữ Gucci đẹp hang sieu cap")
    assert 0.1 < partly <= probability("counterfeit", "Túi nữ Gucci đẹp hàng siêu cấp")
    assert probability("counterfeit", "Túi nữ đẹp hang gia re") < 0.05


def test_one_bare_word_amid_marked_text_means_itself() -> None:
    text = "Sổ tay rèn luyện của bạn, phần mềm Cao Ho dùng để quản lý cửa hàng nhỏ"
    assert max((row["probability"] for row in findings(text).values()), default=0.0) < 0.3


def test_the_words_of_another_sentence_change_nothing() -> None:
    alone = meant("hang gia re", "hàng giả")
    assert meant("Ban hang nhai. hang gia re. Khong phai chinh hang", "hàng giả") == pytest.approx(alone, rel=0.3)


def test_both_normal_forms_and_both_placements_are_one_syllable() -> None:
    for written in ("hòa", "hoà", unicodedata.normalize("NFD", "hòa")):
        assert syllables.form(written) == "hoa1"


def test_probabilities_of_all_readings_add_up_to_one() -> None:
    readings = [form for form in model().forms if syllables.fold(form) == "gia"]
    told = [model().meant("ban hang gia re", [(9, 12, (form,))])[0] for form in readings]
    assert len(readings) >= 5 and sum(told) == pytest.approx(1.0)


def test_a_long_text_of_many_hits_takes_no_longer_than_its_length() -> None:
    text = "hang gia re " * 3000
    asks = [(12 * k, 12 * k + 8, forms("hàng giả")) for k in range(3000)]
    told = model().meant(text, asks)
    assert len(told) == 3000 and max(told) < 0.5


def test_what_ships_is_small_and_holds_no_rare_pair() -> None:
    shipped = ToneModel.shipped()
    assert len(shipped.to_bytes()) < 2_000_000
    assert ToneModel.load(shipped.to_bytes()).to_bytes() == shipped.to_bytes()
    assert shipped.pairs.min() > LEAST_PAIR - 0.5
    assert not any(char.isdigit() for form in shipped.forms for char in form.rstrip("12345"))


@pytest.mark.parametrize("damage", [b"", b"CHOSACH-TONES-1\n", b"something else"])
def test_a_damaged_model_is_refused(damage: bytes) -> None:
    with pytest.raises(ValueError, match="model of tones"):
        ToneModel.load(damage)


def test_building_keeps_only_what_many_shops_wrote(tmp_path: Path) -> None:
    def built() -> ToneModel:
        builder = Builder()
        for shop in range(LEAST_GROUPS + 2):
            for number in range(LEAST_PAIR):
                builder.add(f"bán hàng giá rẻ tận gốc số {shop * 100 + number}", group=shop)
        for number in range(LEAST_PAIR * 2):
            builder.add(f"nhà bà Tưởng đường lộ nhỏ số {number}", group="one shop")
        return builder.model({})

    model = built()
    names = {(model.forms[a], model.forms[b]) for a, b in zip(model.left, model.right, strict=True)}
    assert ("gia2", "re3") in names
    assert ("ba1", "tương3") not in names
    assert model.to_bytes() == built().to_bytes()
    assert np.all(np.diff(model.left * len(model.forms) + model.right) > 0)
