"""A place is read from words, never guessed: inside, outside or unknown, with how it is known."""

import pytest

from chosach.desk.core.access import system
from chosach.desk.registry.models import Trader
from chosach.desk.registry.places import locate
from chosach.desk.registry.services import take_batch
from tests.desk.registry.tables import findings, listing, listings


@pytest.mark.parametrize(
    ("text", "state", "district"),
    [
        ("TP. Biên Hòa, Đồng Nai", "inside", "731"),
        ("Biên Hoà", "inside", "731"),
        ("bien hoa", "inside", "731"),
        ("huyện Tân Phú", "inside", "734"),
        ("Tân Phú, Đồng Nai", "inside", "734"),
        ("TX. Long Khánh", "inside", "732"),
        ("Đồng Nai", "inside", ""),
        ("TP.HCM", "outside", ""),
        ("Quận Tân Phú", "outside", "767"),
        ("Xã Đồng Nai, Bù Đăng, Bình Phước", "outside", "696"),
        ("Trung Quốc", "outside", ""),
        ("Phường Tam Hiệp, Đồng Nai", "inside", "731"),  # wards since July 2025
        ("Phường Biên Hòa, tỉnh Đồng Nai, Việt Nam", "inside", "731"),
        ("Xã Xuân Lộc, Đồng Nai", "inside", "741"),
        ("Phường Trảng Dài, Đồng Nai", "inside", ""),  # of two districts
        ("Phường Tân Mai, Đồng Nai", "inside", "731"),  # a ward of 2020, its district left out
        ("Phường Đồng Xoài, Đồng Nai", "outside", "689"),  # lay in Bình Phước
        ("Lộc Ninh, Đồng Nai", "outside", "692"),
        ("Xã Thuận Lợi, tỉnh Đồng Nai", "outside", "695"),
        ("12 Phan Trung P Tân Tiến TP Biên Hòa Đồng Nai", "inside", "731"),
        ("12 Phan Trung P Tân Tiến Biên Hòa", "inside", "731"),
        ("Kho 9, KCN Amata", "inside", "731"),
        ("Lô 3, khu công nghiệp Sông Mây", "inside", ""),
        ("Phường Sài Gòn, TP. Hồ Chí Minh", "outside", "760"),
        ("Xã Thanh Bình, Đồng Nai", "inside", ""),  # there were two
        ("Phường Tân Tiến, Đồng Nai", "inside", ""),  # of Biên Hòa before; one of today came from Bình Phước
        ("12 Phan Trung P Tân Tiến Đồng Nai", "inside", ""),
        ("Xã Phước Bình, Đồng Nai", "inside", ""),  # of Long Thành, and of Phước Long
        ("Xã Phú Trung, Đồng Nai", "inside", ""),  # of Tân Phú, and of Phú Riềng
        ("Xã Phú Trung, huyện Tân Phú, Đồng Nai", "inside", "734"),
        ("Xã Long Bình, Bình Phước", "outside", "698"),  # not the one of Biên Hòa
        ("12 Đồng Nai, phường 15, quận 10", "outside", "771"),
        ("12 Đồng Nai, phường 15", "unknown", ""),
        ("Số 123/4A Hà Nội, Biên Hòa", "inside", "731"),
        ("12 Phan Trung Đồng Nai, phường Tam Hiệp", "inside", ""),
        ("123 Hà Nội", "outside", ""),
        ("200 Xa lộ Hà Nội", "unknown", ""),
        ("Tân Phú", "unknown", ""),
        ("Số 5 đường Đồng Nai", "unknown", ""),
        ("Toàn quốc", "unknown", ""),
        ("", "unknown", ""),
    ],
)
def test_a_place_by_its_words(text: str, state: str, district: str):
    place = locate(text)
    assert (place.state, place.district) == (state, district)


def placed(*rows) -> Trader:
    take_batch(listings=listings(*rows), findings=findings(), source="x", actor=system("test"))
    return Trader.objects.get()


@pytest.mark.django_db
def test_goods_in_the_province_make_the_trader_one_of_the_province():
    trader = placed(listing("1", location="Hà Nội"), listing("2", location="Hà Nội"), listing("3", location="Biên Hòa, Đồng Nai"))
    assert (trader.place, trader.place_source, trader.place_text) == ("inside", "listing", "Biên Hòa, Đồng Nai")
    assert trader.place_counts == {"outside": 2, "inside": 1}


@pytest.mark.django_db
def test_an_address_in_the_text_is_better_ground_than_the_listing_location():
    trader = placed(listing("1", location="Hà Nội", description="Kho hàng: ấp 3, Nhơn Trạch, Đồng Nai"))
    assert (trader.place, trader.place_source, trader.district) == ("inside", "address", "742")


@pytest.mark.django_db
def test_no_words_leave_the_place_unknown():
    trader = placed(listing("1", location=None))
    assert (trader.place, trader.place_source) == ("unknown", "")
