"""J05: the police open the ring of a seller: network drawn, each link opens to its evidence, the likely organiser is marked; a wrong link
is split off, the ring keeps its id, and the change is undone. Another body that is at work on the trader has to agree."""

import re
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from chosach.desk.rings.models import Ring
from tests.browser import assert_accessible
from tests.desk.rings.making import WAREHOUSE, linked, market, members, ring, shop, trader
from tests.people import Cast

#: The same acts go through PostgreSQL in tests/desk/rings.
pytestmark = pytest.mark.once

PageAs = Callable[..., Page]


@pytest.fixture
def sellers(cast: Cast, page_as: PageAs) -> Ring:
    """Five shops on several platforms that share a warehouse and an account; two of them were found to be one trader."""
    market("hoasen", "kimcuc", "baolong", "thanhdat", "sonha")
    shop("hoasen", "Giày siêu cấp. Kho hàng: " + WAREHOUSE, kind="counterfeit", listing_id="gia-1")
    linked(
        same=[("hoasen", "kimcuc")],
        rings={"R": ["hoasen", "baolong", "thanhdat", "sonha"]},
        ties=[("hoasen", "baolong"), ("hoasen", "thanhdat"), ("hoasen", "sonha"), ("baolong", "thanhdat")],
        roles={"hoasen": "organiser", "sonha": "front"},
    )
    return ring()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_police_open_the_ring_see_the_organiser_open_an_edge_split_a_wrong_link_and_undo(
    sellers: Ring, cast: Cast, page_as: PageAs
) -> None:
    page = page_as("congan.can-bo")
    page.goto(f"/so-dang-ky/thuong-nhan/{trader('sonha').id}/")
    page.get_by_role("link", name="Đường dây 1", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đường dây 1")
    first = page.locator("tbody[data-keys-list] tr").first
    expect(first).to_contain_text("Shop hoasen")
    expect(first).to_contain_text("Có thể là người tổ chức")
    expect(page.locator("svg [data-node]")).to_have_count(4)
    expect(page.locator("svg polygon.network-organiser")).to_have_count(1)
    assert_accessible(page)

    page.locator(f"svg [data-node='{trader('sonha').id}']").hover()
    expect(page.locator("svg [data-node].near")).to_have_count(2)
    expect(page.locator("svg .network-lifted > *")).to_have_count(5)  # the tie, both traders and their names stand in front
    expect(page.locator("svg > g.network-lines")).to_have_css("opacity", "0.15")
    page.get_by_role("button", name="Phóng to").click()
    assert page.locator("[data-network] svg").get_attribute("viewBox") != "0 0 1000 620"
    page.get_by_role("button", name="Xem cả hình").click()

    page.locator("svg.map a", has_text="Biên").click()
    expect(page.get_by_text("Chỉ thương nhân ở: Thành phố Biên Hòa.")).to_be_visible()
    expect(page.locator(".map-number")).to_have_text("★ 4")

    page.get_by_role("link", name="Mối liên kết 4").click()
    page.locator("tbody[data-keys-list] a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mối liên kết giữa hai thương nhân")
    expect(page.locator(".tie")).to_contain_text("Cùng kho hàng. Ba thương nhân cùng có.")
    expect(page.locator(".tie mark")).to_have_count(2)
    assert_accessible(page)

    page.get_by_role("link", name="Mọi liên kết").first.click()
    page.goto(f"/duong-day/thuong-nhan/{trader('hoasen').id}/")
    expect(page.get_by_text("Tên gian hàng gần giống nhau.")).to_be_visible()
    page.get_by_text("Tách kênh của người khác").click()
    page.get_by_label("Shop kimcuc").check()
    page.get_by_label("Lý do").fill("Đã xác minh hai chủ khác nhau")
    page.get_by_role("button", name="Tách các kênh đã chọn").click()
    expect(page.get_by_text("Đã tách các kênh đã chọn thành một thương nhân khác.")).to_be_visible()
    assert trader("hoasen") != trader("kimcuc")
    assert ring().id == sellers.id
    assert_accessible(page)

    page.get_by_label("Lý do").fill("Nhầm hồ sơ")
    page.get_by_role("button", name="Hoàn tác nhận định").click()
    expect(page.get_by_text("Đã hoàn tác nhận định.")).to_be_visible()
    assert trader("hoasen") == trader("kimcuc")
    assert members(ring()) == {"hoasen", "kimcuc", "baolong", "thanhdat", "sonha"}
    page.goto(f"/duong-day/{sellers.id}/?muc=dien-bien")
    expect(page.locator(".timeline")).to_contain_text("Hoàn tác nhận định")
    expect(page.locator("figure.growth figcaption")).to_contain_text("Số kênh bán đã thấy")
    assert_accessible(page)


def test_a_tie_is_cut_only_with_the_agreement_of_the_body_that_is_at_work_on_the_trader(sellers: Ring, cast: Cast, page_as: PageAs) -> None:
    from chosach.desk.leads.models import Lead
    from chosach.desk.leads.services import assign, open_leads
    from tests.desk.rings.making import LINKER

    open_leads(actor=LINKER)
    surveillance = cast["qltt.can-bo"]
    assign(Lead.objects.get().id, assignee=surveillance.user.id, actor=surveillance.actor)
    police, other = page_as("congan.can-bo"), page_as("qltt.kiem-tra", phone=True)
    police.goto(f"/duong-day/moi-lien-ket/{trader('hoasen').id}/{trader('sonha').id}/")
    police.locator("summary", has_text="Cắt mối liên kết").click()
    police.locator("#cat_reason").fill("Cùng thuê một kho, không quen biết")
    police.get_by_role("button", name="Cắt mối liên kết").click()
    expect(police.get_by_text("Đã gửi đề nghị.")).to_be_visible()
    assert "sonha" in members(ring())

    other.goto("/")
    other.get_by_role("link", name="Không liên quan với nhau").first.click()
    assert_accessible(other)
    assert fits(other)
    other.get_by_role("button", name="Đồng ý", exact=True).click()
    expect(other.get_by_text("Đã đồng ý.")).to_be_visible()
    assert "sonha" not in members(ring())
    assert ring().id == sellers.id


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_every_page_of_rings_is_accessible_and_fits(sellers: Ring, cast: Cast, page_as: PageAs, phone: bool) -> None:
    from chosach.desk.rings import services

    judged = services.cut(trader("baolong").id, trader("thanhdat").id, reason="Chung chợ", actor=cast["congan.can-bo"].actor)
    page = page_as("congan.can-bo", phone=phone)
    for address in (
        "/duong-day/",
        f"/duong-day/{sellers.id}/",
        f"/duong-day/{sellers.id}/?muc=moi-lien-ket",
        f"/duong-day/{sellers.id}/?muc=dien-bien",
        f"/duong-day/{sellers.id}/?muc=nhan-dinh",
        f"/duong-day/moi-lien-ket/{trader('hoasen').id}/{trader('sonha').id}/",
        f"/duong-day/thuong-nhan/{trader('hoasen').id}/",
        f"/duong-day/nhan-dinh/{judged.id}/",
        "/duong-day/cho-dong-y/",
        f"/so-dang-ky/thuong-nhan/{trader('hoasen').id}/",
    ):
        page.goto(address)
        assert_accessible(page)
        assert fits(page), address
        assert page.locator("h1").count() == 1, address


#: Names in the drawing that are to be seen: the height of their letters, and their boxes on the screen, each without its halo.
NAMES = """[...document.querySelectorAll("[data-network] .network-names text")]
  .filter(one => getComputedStyle(one).visibility === "visible")
  .map(one => {
    const box = one.getBoundingClientRect(), letters = parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a;
    return {name: one.textContent, letters, box: [box.x, box.y, box.right, box.bottom]};
  })"""


def test_on_a_phone_names_in_the_drawing_can_be_read_and_cover_no_other_and_zooming_in_shows_more(cast: Cast, page_as: PageAs) -> None:
    from chosach.desk.rings import services

    names = [f"k{at:02}" for at in range(14)]
    for name in names:
        shop(name, seller_name=f"Cửa hàng Hương Quê {name}")
    linked(rings={"R": names}, roles={"k00": "organiser"})
    services.cut(trader("k00").id, trader("k01").id, reason="Chung chợ", actor=cast["congan.can-bo"].actor)
    page = page_as("congan.can-bo", phone=True)
    page.goto(f"/duong-day/{ring().id}/")
    expect(page.locator("[data-network] svg")).to_have_attribute("style", re.compile("--letters"))
    shown = page.evaluate(NAMES)
    assert 1 <= len(shown) < len(names)
    assert shown[0]["name"].startswith("Cửa hàng Hương Quê k00"), "who stands out is named first"
    assert min(one["letters"] for one in shown) >= 12
    for first, second in combinations(shown, 2):
        a, b = first["box"], second["box"]
        over = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
        assert min(over) < 4, (first["name"], second["name"])
    # what is cut lies over the signs of its traders, and under no name
    assert (
        page.evaluate(
            "[...document.querySelectorAll('[data-network] svg > g')].map(one => one.getAttribute('class') ?? 'signs').slice(0, 4).join()"
        )
        == "network-lines,signs,network-cuts,network-names"
    )
    expect(page.locator(".network-cuts .network-cut")).to_have_count(1)
    for _ in range(3):
        page.get_by_role("button", name="Phóng to").click()
    assert len(page.evaluate(NAMES)) > len(shown)


def test_a_refusal_without_a_reason_leads_to_its_field_on_a_phone(sellers: Ring, cast: Cast, page_as: PageAs) -> None:
    from chosach.desk.leads.models import Lead
    from chosach.desk.leads.services import assign, open_leads
    from chosach.desk.rings import services
    from tests.desk.rings.making import LINKER

    open_leads(actor=LINKER)
    assign(Lead.objects.get().id, assignee=cast["qltt.can-bo"].user.id, actor=cast["qltt.can-bo"].actor)
    services.cut(trader("hoasen").id, trader("sonha").id, reason="Chung kho", actor=cast["congan.can-bo"].actor)
    page = page_as("qltt.kiem-tra", phone=True)
    page.goto("/duong-day/cho-dong-y/")
    page.get_by_role("button", name="Không đồng ý").click()
    expect(page.get_by_label("Ý kiến")).to_be_focused()
    expect(page.get_by_text("Hãy ghi lý do.")).to_be_in_viewport()
    assert_accessible(page)
    assert fits(page)


def test_pictures_are_sent_and_what_stands_in_them_is_seen_on_the_pages_of_sellers(cast: Cast, page_as: PageAs, tmp_path: Path) -> None:
    from chosach.desk.imports.models import Import
    from chosach.desk.registry.models import Listing
    from tests.desk.imports.conftest import work_off
    from tests.desk.imports.zips import ACCOUNT, copied, listings_file, photo, poster, zipped
    from tests.linking.joints.making import jpeg

    page = page_as("qltt.can-bo")
    page.goto("/nhap-du-lieu/tep-moi/")
    rows = {"t1": ("hoasen", "tui.jpg"), "t2": ("baolong", "tui-moi.jpg"), "t3": ("sonha", "ma.jpg")}
    page.get_by_label("Tệp tin bán").set_input_files({"name": "tin.csv", "mimeType": "text/csv", "buffer": listings_file(rows)})
    page.get_by_role("button", name="Gửi lên và xem thử").click()
    page.get_by_role("button", name="Xác nhận nhập").click()
    work_off()
    page.goto(f"/nhap-du-lieu/{Import.objects.get().id}/")
    page.get_by_role("link", name="Gửi ảnh").click()
    pictures = {"tui.jpg": jpeg(photo(1)), "t2/tui-moi.jpg": copied(1), "ma.jpg": poster(), "la.jpg": jpeg(photo(2))}
    page.get_by_label("Tệp ZIP chứa ảnh").set_input_files({"name": "anh.zip", "mimeType": "application/zip", "buffer": zipped(pictures)})
    page.get_by_role("button", name="Gửi ảnh").click()
    expect(page.get_by_text("Đã nhận tệp ảnh.")).to_be_visible()
    work_off()
    page.reload()
    expect(page.locator("tbody tr")).to_contain_text("Đã xong")
    assert_accessible(page)
    assert fits(page)
    page.locator("tbody a", has_text="1").last.click()
    expect(page.get_by_text("Không tin bán nào của lần nhập này nêu tên ảnh này.")).to_be_visible()

    page.goto(f"/so-dang-ky/tin-ban/{Listing.objects.get(external_id='t3').id}/")
    expect(page.locator(".picture")).to_contain_text(ACCOUNT)
    assert (
        page.evaluate("document.querySelector('.picture img').decode().then(() => document.querySelector('.picture img').naturalWidth)")
        > 100
    )
    assert_accessible(page)
    page.goto(f"/so-dang-ky/thuong-nhan/{trader('sonha').id}/")
    page.get_by_role("link", name="đọc từ mã trong ảnh").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tin bán")

    linked(rings={}, ties=[("hoasen", "baolong")], kind="image")
    phone = page_as("congan.can-bo", phone=True)
    phone.goto(f"/duong-day/moi-lien-ket/{trader('hoasen').id}/{trader('baolong').id}/")
    expect(phone.locator(".tie .picture img")).to_have_count(2)
    assert_accessible(phone)
    assert fits(phone)
