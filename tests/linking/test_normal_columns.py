"""What of a record is compared."""

import pyarrow as pa
import pytest

from chosach.linking.normal import COLUMNS, normal
from chosach.linking.unread import unread


def one(column: str, value: str, wanted: str) -> str | None:
    """The normal column `wanted` of a record that holds only `value`."""
    return normal(pa.table({"record_id": ["1"], column: [value]}))[wanted][0]


def alike(column: str, *spellings: str, by: str) -> set[str | None]:
    return {one(column, spelling, by) for spelling in spellings}


def test_a_name_keeps_its_tones_and_is_known_without_them_too() -> None:
    assert one("name", "Nguyễn Thị HẠ", "name") == "nguyễn thị hạ"
    assert one("name", "Nguyễn Thị Hà", "name") == "nguyễn thị hà"
    assert alike("name", "Nguyễn Thị Hạ", "Nguyen Thi Ha", by="name_folded") == {"nguyen thi ha"}


def test_the_two_places_of_a_tone_mark_and_the_two_forms_of_unicode_are_one_name() -> None:
    assert alike("name", "Lê Hoà Thuý", "Lê Hòa Thúy", "Le\u0302 Hoa\u0300 Thuy\u0301", by="name") == {"lê hòa thúy"}


def test_what_a_record_reads_like_does_not_depend_on_the_records_beside_it() -> None:
    records = [
        {"record_id": "1", "name": "Le\u0302 Hoa\u0300", "handle": "\u212bngstrom", "address": "d\u0323 9 Lê Lợi"},
        {"record_id": "2", "name": "\u212bsa \u1100\u1161", "seller_name": "\u0958 Shop", "email": "\u212b@x.vn", "handle": "\u212b"},
        {"record_id": "3", "name": "Lê Hòa", "phone": "0912345678", "address": "9 Lê Lợi \u212b"},
    ]
    shape = pa.schema({name: pa.string() for name in ("record_id", "name", "seller_name", "phone", "email", "handle", "address")})
    together = normal(pa.Table.from_pylist(records, shape))
    assert together.rows() == [normal(pa.Table.from_pylist([record], shape)).row(0) for record in records]


def test_letters_of_other_scripts_that_look_alike_are_read_as_what_they_look_like() -> None:
    assert one("seller_name", "Ｍỹ Рhẩm Ѕen", "shop") == "mỹ phẩm sen"


def test_legal_forms_and_titles_do_not_make_a_name() -> None:
    assert alike("name", "CÔNG TY TNHH MTV Minh Khang", "Cty TNHH Minh Khang", "Hộ kinh doanh Minh Khang", by="name") == {"minh khang"}
    assert one("name", "chị Trần Thu Hương", "name") == "trần thu hương"
    assert one("name", "Hộ kinh doanh Nguyễn Văn Đt", "name") == "nguyễn văn đt"  # a household's letters are its owner's
    assert one("name", "Hộ kinh doanh", "name") == "hộ kinh doanh"  # nothing else is there to go by


def test_the_trade_that_a_firm_names_in_short_is_read_in_full() -> None:
    full = "thương mại đại phát"
    assert alike("name", "TNHH Thương mại Đại Phát", "CTY TNHH TM ĐẠI PHÁT", by="name") == {full}
    assert alike("name", "CTY TNHH TM DAI PHAT", "cong ty tnhh thuong mai dai phat", by="name") == {"thuong mai dai phat"}
    for short, long in (
        ("Cty CP ĐT XD Đại Phát", "Công ty cổ phần Đầu tư Xây dựng Đại Phát"),
        ("CT TNHH TM Đại Phát", "Công ty TNHH Thương mại Đại Phát"),
        ("CTCP ĐTXD Đại Phát", "Công ty CP Đầu tư & Xây dựng Đại Phát"),
        ("DNTN SX-TM-XNK Đại Phát", "Doanh nghiệp tư nhân Sản xuất, Thương mại và Xuất nhập khẩu Đại Phát"),
        ("HTX DV TMSX Đại Phát", "Hợp tác xã Dịch vụ Thương mại Sản xuất Đại Phát"),
        ("Công ty TNHH XD VÀ ĐT Đại Phát", "Công ty TNHH Xây dựng Đầu tư Đại Phát"),
        ("CTY CP DT XD DAI PHAT", "cong ty co phan dau tu va xay dung dai phat"),
        ("CTY TNHH DT ABC", "Công ty TNHH ĐT ABC"),
    ):
        assert len(alike("name", short, long, by="name_folded")) == 1, (short, long)


def test_short_words_that_no_legal_form_stands_before_stay_as_they_are() -> None:
    assert alike("name", "TM Đại Phát", by="name") == {"tm đại phát"}
    assert alike("name", "Nguyễn Văn TM", by="name") == {"nguyễn văn tm"}
    assert alike("seller_name", "Công ty TM Đại Phát", by="shop") == {"công ty tm đại phát"}


def test_decorations_and_places_do_not_make_a_shop() -> None:
    spellings = (
        "✨Mỹ Phẩm Hoa Hồng✨ Official Store",
        "MỸ PHẨM HOA HỒNG - Q7 HCM",
        "Shop mỹ phẩm hoa hồng (Đồng Nai)",
        "mỹ phẩm Hoa Hồng CN 2",
    )
    assert alike("seller_name", *spellings, by="shop") == {"mỹ phẩm hoa hồng"}


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+84 912.345.678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("o9l2 345 678", "0912345678"),
        ("0912345678 / 0987654321", "0912345678"),
        ("0168 123 4567", "0381234567"),
        ("061 3822345", "02513822345"),
        ("0912345678 (zalo)", "0912345678"),
        ("Zalo: 0912345678", "0912345678"),
        ("zalo0912345678", "0912345678"),
        ("Hotline O9I2.345.678 – chị Loan", "0912345678"),
        ("01 682 345 678 (zalo)", "0382345678"),
        ("Liên hệ: 0613 822 345 (giờ hành chính)", "02513822345"),
        ("di động +84 912 345 678", "0912345678"),
        ("0251.3822.345 ext 12", "02513822345"),
        ("0251 3822 345 máy lẻ 101", "02513822345"),
        ("0912345678 0987654321", "0912345678"),
        ("0912.345.678 (Lan) 0987654321 (Hòa)", "0912345678"),
        ("Lan 0912345678, Hòa 0987654321", "0912345678"),
    ],
)
def test_a_phone_is_the_number_one_dials_today(written: str, number: str) -> None:
    assert one("phone", written, "phone") == number


def test_codes_and_accounts_are_figures() -> None:
    assert alike("tax_code", "3601234567-001", "3601 234 567", by="tax") == {"3601234567"}
    assert one("bank_account", "0123.456.780", "account") == "0123456780"
    assert alike("bank", "Vietcombank", "vcb", "Ngân hàng TMCP Ngoại thương Việt Nam", by="bank") == {"VCB"}
    assert alike("bank", "BVBank", "Bản Việt", by="bank") == {"BVB"}  # not Bảo Việt
    written = (
        "NH Ngoại thương",
        "NH TMCP Ngoại thương VN",
        "VCB - CN Biên Hòa",
        "Vietcombank Trảng Bom",
        "Ngân hàng thương mại cổ phần Ngoại thương",
    )
    assert alike("bank", *written, by="bank") == {"VCB"}
    assert alike("bank", "NN&PTNT", "Nông nghiệp và PTNT CN Thống Nhất", "Agribank", by="bank") == {"AGRIBANK"}
    told = {"Sài Gòn": "SCB", "Sài Gòn - Hà Nội": "SHB", "Sài Gòn Công Thương CN Đồng Nai": "SGB", "Sài Gòn Xanh": "SAIGONXANH"}
    assert {text: one("bank", text, "bank") for text in told} == told


def test_figures_that_stand_for_no_number_are_none() -> None:
    numbers = [
        "0123456789",
        "+84 0123 456 789",
        "9876543",
        "000000",
        "11111111111",
        "123456789",
        "9876543210",
        "0123456788",
        "0912345678",
    ]
    records = pa.table(
        {"record_id": [str(at) for at in range(len(numbers))], **dict.fromkeys(("phone", "bank_account", "tax_code"), numbers)}
    )
    read = normal(records)
    assert read["phone"].to_list() == [None] * 7 + ["0123456788", "0912345678"]
    assert read["account"].to_list() == [None, "840123456789", *[None] * 5, "0123456788", "0912345678"]
    assert {row for row, field, _ in unread(records) if field == "phone"} == set(range(7))


def test_mail_handles_and_links_lose_what_means_nothing() -> None:
    assert alike("email", "Lan.Anh+shop@Gmail.com", "lananh@googlemail.com", by="email") == {"lananh@gmail.com"}
    assert one("email", "lan.anh@chosach.vn", "email") == "lan.anh@chosach.vn"
    assert alike("handle", "@LanAnh.shop", "https://www.facebook.com/lananh.shop?ref=1", by="handle") == {"lananh.shop"}
    assert alike("url", "https://www.hoahong.vn/", "hoahong.vn?utm=1", by="url") == {"hoahong.vn"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("12/3 Lê Lợi, P. Tân Mai, TP. Biên Hòa, Đồng Nai", "12/3 đường Lê Lợi, phường Tam Hiệp, tỉnh Đồng Nai"),
        ("Số 12/3 Lê Lợi P.Tân Mai TP.Biên Hòa, Đồng Nai", "12/3 Lê Lợi, Phường Tam Hiệp, Đồng Nai, Việt Nam"),
        ("45 Nguyễn Trãi, P5, Q3, TPHCM", "45 Nguyen Trai, phuong Ban Co, TP. Hồ Chí Minh"),
        ("12 Phan Trung P Tân Tiến TP Biên Hòa Đồng Nai", "12 Phan Trung, phường Tam Hiệp, Đồng Nai"),
        ("12 Phan Trung Tân Tiến Biên Hòa Đồng Nai", "12 đường Phan Trung, P. Tân Tiến, TP. Biên Hòa, Đồng Nai"),
    ],
)
def test_an_address_of_2020_and_one_of_2025_meet(old: str, new: str) -> None:
    columns = ("number", "street", "province", "unit")
    first, second = ([one("address", text, column) for column in columns] for text in (old, new))
    assert first == second
    assert all(first)


def test_what_lies_below_the_ward_is_read_through_its_abbreviations() -> None:
    assert alike("address", "tổ 5, khu phố 3, Tam Hiệp, Đồng Nai", "T.5, KP.3, P. Tam Hiệp, Đồng Nai", by="street") == {"to5 kp3"}
    assert alike("address", "Lô 5, khu công nghiệp Amata, Đồng Nai", "lô 5 KCN Amata, Đồng Nai", by="street") == {"lo5 kcn amata"}
    assert alike("address", "45 đường 30/4, Đồng Nai", "số 45 đường 30 tháng 4, Đồng Nai", by="street") == {"30thang4"}


def test_a_street_that_is_called_after_a_province_is_no_province() -> None:
    assert one("address", "200 Xa lộ Hà Nội, TP. Biên Hòa, Đồng Nai", "street") == "xl ha noi"
    assert one("address", "200 Xa lộ Hà Nội, TP. Biên Hòa, Đồng Nai", "province") == "dongnai"


def test_a_ward_that_was_divided_is_not_guessed() -> None:
    from chosach.linking.units import rows

    divided = next(row for row in rows() if row["era"] == "2020" and not row["unit"])
    text = f"{divided['ward_name']}, {divided['district']}, {divided['province_name']}"
    assert one("address", text, "unit") is None
    assert one("address", text, "province")


def test_any_subset_of_columns_will_do_and_rows_keep_their_places() -> None:
    table = pa.table({"record_id": ["b", "a"], "phone": [None, "0912345678"]})
    made = normal(table)
    assert made.columns == list(COLUMNS)
    assert made["record_id"].to_list() == ["b", "a"]
    assert made["phone"].to_list() == [None, "0912345678"]


def test_batches_can_be_cut_anywhere() -> None:
    table = pa.table(
        {"record_id": ["1", "2", "3"], "address": ["12 Lê Lợi, Tam Hiệp, Đồng Nai", None, "chợ Biên Hòa"], "name": ["A", "", "Hộ"]}
    )
    parts = [normal(table.slice(at, 1)) for at in range(3)]
    assert [row for part in parts for row in part.rows()] == normal(table).rows()
