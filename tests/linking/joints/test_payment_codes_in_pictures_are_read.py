"""A payment code in a picture names bank and account, and says when it can't be one."""

import pytest
from PIL import Image

from chosach.linking.joints import emv, qr
from chosach.text.extract.tables import banks, banks_by_bin
from tests.linking.joints.making import code, jpeg, poster, tagged, vietqr


def test_a_code_on_a_poster_gives_bank_account_amount_and_message():
    text = vietqr("970436", "0071000123456", amount="180000", message="mua hang 12", holder="NGUYEN VAN AN")
    (found,) = qr.codes(jpeg(poster(code(text)), 50))
    assert (found.kind, found.value) == ("payment", "0071000123456")
    told = found.payment
    assert (told.bank, told.bank_name) == ("VCB", "Ngân hàng TMCP Ngoại thương Việt Nam")
    assert (told.amount, told.message, told.holder, told.card, told.valid) == (180_000, "mua hang 12", "NGUYEN VAN AN", False, True)


@pytest.mark.parametrize("turned", [90, 180, 17])
def test_a_code_is_read_turned_small_and_pale(turned):
    sheet = poster(code(vietqr("970422", "88880123456"))).rotate(turned, expand=True, fillcolor="gray").resize((500, 700))
    pale = Image.blend(sheet, Image.new("RGB", sheet.size, "white"), 0.5)
    assert [one.value for one in qr.codes(jpeg(pale, 60))] == ["88880123456"]


def test_all_codes_of_a_picture_are_told():
    texts = [vietqr("970436", "0071000123456"), "https://zalo.me/0912345678", "https://shop.example.vn/sp?id=7"]
    found = qr.codes(jpeg(poster(*(code(text, 5) for text in texts))))
    assert {(one.kind, one.value) for one in found} == {
        ("payment", "0071000123456"),
        ("zalo", "0912345678"),
        ("url", "https://shop.example.vn/sp?id=7"),
    }


def test_a_picture_without_a_code_has_none():
    assert qr.codes(jpeg(poster())) == []


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("tel:+84912345678", "phone", "0912345678"),
        ("BEGIN:VCARD\nFN:An\nTEL:0912 345 678\nEND:VCARD", "phone", "0912345678"),
        ("0912.345.678", "phone", "0912345678"),
        ("https://zalo.me/g/abcxyz123", "zalo", "g/abcxyz123"),
        ("Mã giảm giá 20 phần trăm", "text", "Mã giảm giá 20 phần trăm"),
    ],
)
def test_other_codes_say_what_they_are(text, kind, value):
    found = qr.understood(text)
    assert (found.kind, found.value) == (kind, value)


def test_a_changed_figure_is_told_by_the_check_sum():
    text = vietqr("970436", "0071000123456").replace("0071000123456", "0071000123457")
    told = emv.read(text)
    assert (told.valid, told.why_not, told.account) == (False, "crc", "0071000123457")


def test_an_unknown_bank_and_an_impossible_account_are_said():
    assert emv.read(vietqr("111111", "0071000123456")).why_not == "bank"
    assert emv.read(vietqr("970436", "1")).why_not == "account"


def test_a_card_is_no_account():
    assert emv.read(vietqr("970436", "9704360000000018", service="QRIBFTTC")).card


def test_a_message_with_marks_is_read_whether_characters_or_bytes_are_counted():
    characters = vietqr("970436", "0071000123456", message="chị Hà mua túi")
    assert emv.read(characters).message == "chị Hà mua túi"
    message = "chị Hà mua túi".encode()
    inner = b"08%02d" % len(message) + message
    body = (vietqr("970436", "0071000123456")[:-8].encode() + b"62%02d" % len(inner) + inner + b"6304").decode()
    told = emv.read(body + emv.crc(body))
    assert (told.message, told.valid) == ("chị Hà mua túi", True)


def test_a_shop_of_another_scheme_is_a_merchant():
    body = tagged(("00", "01"), ("26", tagged(("00", "A000000775"), ("01", "0107000001"))), ("53", "704"), ("59", "SHOP HOA")) + "6304"
    told = emv.read(body + emv.crc(body))
    assert (told.scheme, told.account, told.name, told.valid) == (emv.VNPAY, "0107000001", "SHOP HOA", True)


@pytest.mark.parametrize(
    "text", ["", "0002", "000201", "00ab", "9999", "000201" * 50, "00020163049999", "00020138990010A000000727", "٠٠٠٢٠١"]
)
def test_what_is_no_payment_code_is_none_or_has_no_account(text):
    told = emv.read(text)
    assert told is None or not told.valid


def test_a_bin_belongs_to_one_bank():
    numbers = [number for bank in banks() for number in bank.bins]
    assert len(numbers) == len(set(numbers)) == len(banks_by_bin())
    assert all(len(number) == 6 and number.isdigit() for number in numbers)
