"""The map of a ring: positions and neighbours are those of the province, numbers are those of the table, addresses of today find their old
district."""

import re
from collections import defaultdict

import pytest
from django.urls import reverse

from chosach.desk.registry.models import Trader
from chosach.desk.registry.places import HOME_PROVINCE, locate, unit_name, units
from chosach.desk.rings import map as province_map
from chosach.desk.rings import places
from chosach.desk.rings.models import Ring
from tests.desk.rings.making import linked, ring, shop, trader
from tests.people import Cast

#: Who borders whom, as the districts' own descriptions say (giáp).
NEIGHBOURS = {
    "Biên Hòa": "Vĩnh Cửu, Trảng Bom, Long Thành",
    "Vĩnh Cửu": "Biên Hòa, Trảng Bom, Định Quán, Tân Phú",
    "Trảng Bom": "Biên Hòa, Vĩnh Cửu, Thống Nhất, Long Thành",
    "Thống Nhất": "Trảng Bom, Định Quán, Long Khánh, Cẩm Mỹ, Long Thành",
    "Long Khánh": "Thống Nhất, Định Quán, Xuân Lộc, Cẩm Mỹ",
    "Định Quán": "Vĩnh Cửu, Tân Phú, Thống Nhất, Long Khánh, Xuân Lộc",
    "Tân Phú": "Vĩnh Cửu, Định Quán",
    "Xuân Lộc": "Định Quán, Long Khánh, Cẩm Mỹ",
    "Cẩm Mỹ": "Long Khánh, Xuân Lộc, Thống Nhất, Long Thành",
    "Long Thành": "Biên Hòa, Trảng Bom, Thống Nhất, Cẩm Mỹ, Nhơn Trạch",
    "Nhơn Trạch": "Long Thành",
}


def blank() -> province_map.Sheet:
    found = province_map.sheet(HOME_PROVINCE)
    assert found is not None
    return found


def short(code: str) -> str:
    return units()[code].short


def test_every_district_of_the_plan_is_drawn_once_under_its_name() -> None:
    districts = {unit.code: unit.short for unit in units().values() if unit.province == HOME_PROVINCE and unit.level == "district"}
    assert len(districts) == 11
    assert {shape.code: " ".join(shape.label) for shape in blank().shapes} == districts


def test_districts_that_border_each_other_do_so_on_the_map_and_no_others() -> None:
    sides = defaultdict(set)
    for shape in blank().shapes:
        for a, b in zip(shape.border, [*shape.border[1:], shape.border[0]], strict=True):
            sides[frozenset((a, b))].add(short(shape.code))
    assert max(len(beside) for beside in sides.values()) == 2, "no two districts lie on each other"
    found = defaultdict(set)
    for beside in sides.values():
        for one in beside:
            found[one] |= beside - {one}
    assert found == {name: set(said.split(", ")) for name, said in NEIGHBOURS.items()}


def test_districts_stand_where_they_are() -> None:
    at = {short(shape.code): shape.middle for shape in blank().shapes}
    x, y = {name: place[0] for name, place in at.items()}, {name: place[1] for name, place in at.items()}
    assert min(y, key=y.__getitem__) in {"Tân Phú", "Vĩnh Cửu"}, "north is up"
    assert max(y, key=y.__getitem__) == "Nhơn Trạch"
    assert min(x, key=x.__getitem__) in {"Biên Hòa", "Nhơn Trạch"}
    assert max(x, key=x.__getitem__) == "Xuân Lộc"
    assert x["Biên Hòa"] < x["Trảng Bom"] < x["Thống Nhất"] < x["Long Khánh"] < x["Xuân Lộc"], "along the highway"
    assert y["Tân Phú"] < y["Định Quán"] < y["Long Khánh"] < y["Cẩm Mỹ"]
    for shape in blank().shapes:
        assert _inside(shape.middle, shape.border), f"the name of {short(shape.code)} stands in it"


def _inside(point: province_map.Point, border: "list[province_map.Point] | tuple[province_map.Point, ...]") -> bool:
    x, y = point
    odd = False
    for (ax, ay), (bx, by) in zip(border, [*border[1:], border[0]], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            odd = not odd
    return odd


def test_the_district_with_the_most_is_the_darkest_and_one_with_none_is_white() -> None:
    drawn = province_map.shaded({"731": 40, "740": 10, "741": 1})
    assert drawn is not None
    shade = {area.code: area.shade for area in drawn.areas}
    assert (shade["731"], shade["740"], shade["741"], shade["742"]) == (province_map.SHADES, 1, 1, 0)
    few = province_map.shaded({"731": 1})
    assert few is not None
    assert max(area.shade for area in few.areas) == 1, "one of one is not much"


def located(text: str) -> places.Where:
    found = locate(text)
    return places.where(Trader(place=found.state, province=found.province, district=found.district, place_text=text))


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("12 Đồng Khởi, phường Tam Hiệp, Biên Hòa, Đồng Nai", "Thành phố Biên Hòa"),
        ("12 Đồng Khởi, phường Trấn Biên, Đồng Nai", "Thành phố Biên Hòa"),
        ("Ấp 1, xã Dầu Giây, tỉnh Đồng Nai", "Huyện Thống Nhất"),
        ("xã Tân Phú, Đồng Nai", "Huyện Tân Phú"),
        ("Xã Xuân Lộc - Đồng Nai", "Huyện Xuân Lộc"),
        ("Phường Tân Triều, Đồng Nai", "Tỉnh Đồng Nai, chưa rõ huyện"),  # of wards of Biên Hòa and communes of Vĩnh Cửu
        ("Đồng Nai", "Tỉnh Đồng Nai, chưa rõ huyện"),
        ("Phường Đồng Xoài, Đồng Nai", "Ngoài tỉnh: Tỉnh Bình Phước (nay thuộc Tỉnh Đồng Nai)"),
        ("Quận 1, TP. Hồ Chí Minh", "Ngoài tỉnh: Thành phố Hồ Chí Minh"),
        ("Gần chợ", "Chưa rõ địa bàn"),
    ],
)
def test_an_address_of_today_finds_the_district_it_lay_in_where_that_is_one(address: str, name: str) -> None:
    assert places.name_of(located(address).code) == name


@pytest.mark.django_db
def test_a_ring_is_shown_by_district_and_what_lies_outside_is_counted_apart(cast: Cast) -> None:
    for name, location in (
        ("a", "Biên Hòa, Đồng Nai"), ("b", "Phường Trấn Biên, Đồng Nai"), ("c", "Long Thành, Đồng Nai"), ("d", "Quận 1, TP. Hồ Chí Minh"),
        ("e", "Đồng Nai"),
    ):  # fmt: skip
        shop(name, "Kho hàng chung.", location=location)
    linked(rings={"R": ["a", "b", "c", "d", "e"]}, roles={"b": "organiser"})
    client, address = cast["congan.can-bo"].client, reverse("rings:ring", args=[ring().id])
    page = client.get(address).content.decode()
    said = [re.sub(r"<[^>]+>", " ", row).split() for row in _rows(page, "Thương nhân theo địa bàn")]
    assert [" ".join(row) for row in said] == [
        "Thành phố Biên Hòa 2 2", "Huyện Long Thành 1 1", "Tỉnh Đồng Nai, chưa rõ huyện 1 1",
        "Ngoài tỉnh: Thành phố Hồ Chí Minh 1 1",
    ]  # fmt: skip
    assert "có thể có người tổ chức" in _rows(page, "Thương nhân theo địa bàn")[0]
    drawn = re.findall(r"<title>([^<:]+): (\d+) thương nhân</title>", page)
    assert len(drawn) == 11
    assert {name: number for name, number in drawn if number != "0"} == {"Thành phố Biên Hòa": "2", "Huyện Long Thành": "1"}
    assert re.search(r'map-number"[^>]*>★ 2<', page), "the organiser's district has a star"
    only = client.get(address, {"muc": "thanh-vien", "noi": "731"}).content.decode()
    rows = " ".join(_rows(only, "Thương nhân của đường dây"))
    assert all(f"Shop {name}" in rows for name in "ab")
    assert not any(f"Shop {name}" in rows for name in "cde")
    assert "map-chosen" in only


@pytest.mark.django_db
def test_the_list_counts_rings_by_district_and_narrows_by_a_click(cast: Cast) -> None:
    for name, location in (("a", "Biên Hòa, Đồng Nai"), ("b", "Phường Trấn Biên, Đồng Nai"), ("c", "Long Thành"), ("d", "Cần Thơ")):
        shop(name, "Kho hàng chung.", location=location)
    linked(rings={"R1": ["a", "c"], "R2": ["b", "d"]})
    both = sorted(Ring.objects.all(), key=lambda one: trader("a").membership.ring_id != one.id)
    client = cast["congan.can-bo"].client
    page = client.get(reverse("rings:rings")).content.decode()
    said = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in _rows(page, "Số đường dây theo địa bàn")]
    assert said == ["Thành phố Biên Hòa 2", "Huyện Long Thành 1", "Ngoài tỉnh: Thành phố Cần Thơ 1"]
    only = client.get(reverse("rings:rings"), {"district": "740"}).content.decode()
    assert [str(one) in "".join(_rows(only, "Đường dây")) for one in both] == [True, False]
    assert unit_name("731") in only, "the other districts stay to be chosen"


def _rows(page: str, caption: str) -> list[str]:
    table = next(part for part in page.split("<table")[1:] if re.search(rf"<caption[^>]*>\s*{caption}\s*</caption>", part))
    body = table[table.index("<tbody") : table.index("</tbody>")]
    return re.split(r"<tr[^>]*>", body)[1:]
