"""Which ward of today an address names, whatever year its units are of."""

import csv
from pathlib import Path

import pytest

from chosach.linking.letters import fold_one
from chosach.linking.unit_names import rows
from chosach.linking.units import names, resolve

PLANS = Path(__file__).resolve().parents[2] / "plans"


def plan(name: str) -> list[dict[str, str]]:
    with (PLANS / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def unit(address: str) -> str:
    return names().get(resolve(fold_one(address)).unit, "")


def test_every_ward_of_the_plan_of_2020_is_read_and_carried_to_where_the_plan_of_2025_says() -> None:
    communes = [row for row in plan("dong-nai-2020/territory.csv") if row["level"] == "commune"]
    districts = {row["code"]: row["name"] for row in plan("dong-nai-2020/territory.csv")}
    later: dict[str, set[str]] = {}
    for row in plan("dong-nai-2025/territory-successions.csv"):
        later.setdefault(row["unit"], set()).add(row["successor"].removeprefix("2025-"))
    divided = set()
    for row in communes:
        place = resolve(fold_one(f"{row['name']},{districts[row['parent']]},Tỉnh Đồng Nai"))
        assert place.used == 3, row["name"]
        assert place.district[0] == "dongnai", row["name"]
        if place.unit:
            assert place.unit in later[row["code"]], row["name"]
        else:
            divided.add(row["name"])
    assert len(communes) == 170
    assert divided == {"Xã Núi Tượng", "Xã Xuân Tâm"}  # went into two wards each: nobody can tell into which


def test_the_wards_that_went_into_others_before_2025_are_there_with_their_source() -> None:
    gone = [row for row in rows() if row["era"] == "merged" and row["source"].startswith("Nghị quyết 1194/NQ-UBTVQH15")]
    assert len(gone) == 170 - 159  # wards of Đồng Nai before and after resolution 1194
    assert {(row["province"], row["until"]) for row in gone} == {("dongnai", "2024-11-01")}
    assert all(row["source"] for row in rows())


@pytest.mark.parametrize(
    ("before", "today"),
    [
        ("P. Thanh Bình,TP. Biên Hòa,Đồng Nai", "Phường Trấn Biên, Đồng Nai"),
        ("phường Tam Hòa,Biên Hòa,Đồng Nai", "Phường Tam Hiệp, Đồng Nai"),
        ("xã Hiếu Liêm,huyện Vĩnh Cửu,Đồng Nai", "Xã Trị An, Đồng Nai"),
        ("thị trấn Chơn Thành,Chơn Thành,Bình Phước", "Phường Chơn Thành, Đồng Nai"),
        ("P. Thảo Điền,Quận 2,TPHCM", "Phường An Khánh, Hồ Chí Minh"),  # the district is gone
        ("P. Tân Bình,Đồng Xoài,Đồng Nai", "Phường Bình Phước, Đồng Nai"),  # an old ward under the province of today
        ("xã Mỹ Hội,huyện Cao Lãnh,Đồng Tháp", "Xã Mỹ Thọ, Đồng Tháp"),  # the town has the district's name
    ],
)
def test_a_ward_of_any_year_is_carried_to_the_one_of_today(before: str, today: str) -> None:
    assert unit(before) == today


@pytest.mark.parametrize(
    ("before", "today", "district"),
    [
        ("P. Vỹ Dạ,TP. Huế,Thừa Thiên Huế", "Phường Vỹ Dạ, Huế", ("hue", "hue")),  # the town was divided into two districts
        ("Phú Hội,Huế", "Phường Thuận Hóa, Huế", ("hue", "thuanhoa")),
        ("xã Thạch Kim,Lộc Hà,Hà Tĩnh", "Xã Lộc Hà, Hà Tĩnh", ("hatinh", "locha")),
        ("xã Thạch Kim,Hà Tĩnh", "Xã Lộc Hà, Hà Tĩnh", ("hatinh", "thachha")),
        ("TT. Chũ,Lục Ngạn,Bắc Giang", "Phường Chũ, Bắc Ninh", ("bacgiang", "lucngan")),
        ("xã Quy Đức,Bình Chánh,TPHCM", "Xã Hưng Long, Hồ Chí Minh", ("hochiminh", "binhchanh")),  # written Qui Đức, too
        ("P. Hải Châu II,Hải Châu,Đà Nẵng", "Phường Hải Châu, Đà Nẵng", ("danang", "haichau")),
        ("P. Hải Châu 1,Hải Châu,Đà Nẵng", "Phường Hải Châu, Đà Nẵng", ("danang", "haichau")),
        ("xã Đắk N'Drung,Đắk Song,Đắk Nông", "Xã Đức An, Lâm Đồng", ("daknong", "daksong")),
    ],
)
def test_a_ward_by_its_former_district_or_another_spelling_is_known(before: str, today: str, district: tuple[str, str]) -> None:
    assert unit(before) == today
    assert resolve(fold_one(before)).district == district


def test_two_wards_that_only_tones_tell_apart_are_not_mixed_up() -> None:
    assert unit("xã Lộc Thạnh,Lộc Ninh,Bình Phước") == unit("xã Lộc Thành,Lộc Ninh,Bình Phước") == ""
    assert resolve("xa loc thanh,loc ninh,binh phuoc").district == ("binhphuoc", "locninh")


@pytest.mark.parametrize("ward", ["phuong tan tien", "xa phuoc binh", "xa phu trung"])
def test_a_ward_that_came_from_another_province_does_not_take_the_name_of_an_own_one(ward: str) -> None:
    assert resolve(f"{ward},dong nai")[1:] == ("dongnai", "", "", ("", ""))
    assert resolve("phuong tan tien,bien hoa,dong nai").district == ("dongnai", "bienhoa")
    assert resolve("phuong dong xoai,dong nai").district == ("binhphuoc", "dongxoai"), "there was none of that name"


def test_a_province_that_is_no_more_means_its_own_ward() -> None:
    assert resolve("xa long binh,binh phuoc")[1:] == ("dongnai", "25246", "", ("binhphuoc", "phurieng"))
    assert resolve("phuong long binh,dong nai").district == ("dongnai", "bienhoa")


@pytest.mark.parametrize(
    ("written", "left", "ward"),
    [
        ("12 phan trung p tan tien tp bien hoa dong nai", "12 phan trung", "Phường Tam Hiệp, Đồng Nai"),
        ("12 phan trung tan tien bien hoa dong nai", "12 phan trung", "Phường Tam Hiệp, Đồng Nai"),
        ("12 phan trung p tan tien bien hoa", "12 phan trung", "Phường Tam Hiệp, Đồng Nai"),
        ("12 le loi xa ngoc xa que vo bac ninh", "12 le loi", "Phường Đào Viên, Bắc Ninh"),  # xã is a word of the name
        ("phuong tam hiep dong nai", "", "Phường Tam Hiệp, Đồng Nai"),
        ("45 tan mai bien hoa dong nai", "45 tan mai", ""),  # a street that is called as a ward is
        ("45 duong tan mai bien hoa dong nai", "45 duong tan mai", ""),
        ("cho tan mai bien hoa dong nai", "cho tan mai", ""),
    ],
)
def test_units_without_commas_are_read_from_the_end(written: str, left: str, ward: str) -> None:
    place = resolve(written)
    assert (place.left, names().get(place.unit, "")) == (left, ward)
    assert place.district[1] == "bienhoa" or "bien hoa" not in written


@pytest.mark.parametrize(
    "street", ["200 xa lo ha noi", "12 nguyen hue", "12 hau giang", "so 5 duong dong nai", "cho bien hoa", "45 thong nhat", "tan phu"]
)
def test_a_street_or_a_market_without_units_names_none(street: str) -> None:
    assert resolve(street)[1:3] == ("", "")


def test_an_industrial_park_is_known_by_its_name_unless_the_address_says_otherwise() -> None:
    assert resolve("kho 9,kcn amata").district == ("dongnai", "bienhoa")
    assert resolve("kho 9 khu cong nghiep bien hoa ii").district == ("dongnai", "bienhoa")
    assert resolve("kho 9,kcn amata,dong nai").unit == resolve("kho 9,kcn amata").unit != ""
    assert resolve("kho 9,kcn amata,quang ninh").province == "quangninh"
    assert resolve("kho 9,kcn la lung").province == ""
    assert resolve("kho 9 kcn nhon trach vi").district == resolve("kho 9 kcn nhon trach 6").district == ("dongnai", "nhontrach")
    assert resolve("lo 2,kcn minh hung sikico").district == ("binhphuoc", "honquan")


@pytest.mark.parametrize(
    ("written", "left", "ward"),
    [
        ("kho 9 duong so 5 kcn amata bien hoa dong nai", "kho 9 duong so 5 kcn amata", "Phường Long Bình, Đồng Nai"),
        ("kho 9 duong so 5 kcn amata bien hoa", "kho 9 duong so 5 kcn amata", "Phường Long Bình, Đồng Nai"),
        ("kho 9,khu cn amata", "", "Phường Long Bình, Đồng Nai"),
        ("12 phan trung tan mai bien hoa", "12 phan trung", "Phường Tam Hiệp, Đồng Nai"),  # no kind, no province
        ("12 phan trung tan mai bien hoa dn", "12 phan trung", "Phường Tam Hiệp, Đồng Nai"),
        ("12 phan trung,tan mai,bien hoa,dn", "", "Phường Tam Hiệp, Đồng Nai"),
        ("12 phan trung,tan mai ward,bien hoa city,dong nai province", "", "Phường Tam Hiệp, Đồng Nai"),
        ("15 ly thuong kiet,f7 tan binh sai gon", "", "Phường Tân Sơn Nhất, Hồ Chí Minh"),
    ],
)
def test_a_ward_is_read_where_little_is_written(written: str, left: str, ward: str) -> None:
    place = resolve(written)
    assert (place.left, names().get(place.unit, "")) == (left, ward)


def test_initials_of_a_province_name_the_one_that_the_district_lies_in() -> None:
    assert resolve("hai chau,dn").province == "danang"
    assert resolve("bien hoa,dn").province == "dongnai"
    assert resolve("le loi,dn").province == ""


@pytest.mark.parametrize("written", ["45 tan mai bien hoa", "cho tan mai bien hoa", "p.1205 toa a,bien hoa", "kho 9 kcn bien hoa"])
def test_a_name_that_is_a_street_a_room_or_a_park_is_no_ward(written: str) -> None:
    assert resolve(written).unit == ""
