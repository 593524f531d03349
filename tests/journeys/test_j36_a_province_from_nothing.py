"""J36: from an installed wheel and an empty database to a province at work; bodies, people with two factors, a merger."""

import datetime as dt
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import DESKTOP, PHONE, TIMEOUT, Watch, assert_accessible, sign_in
from tests.conftest import DeskHome
from tests.journeys.test_j36_people import code_of, press
from tests.wheel import unpacked_wheel

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.databases import Databases

ADMINISTRATOR, OFFICER = "Trạm bơm Hóa An năm 1983", "Cầu Gành bắc qua sông Cái"


@pytest.fixture
def fresh(committed: "Databases", tmp_path: Path) -> Iterator[DeskHome]:
    """An installation as a user has it: the wheel, an empty folder, on PostgreSQL an empty database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CHOSACH_", "DJANGO_", "PYTHON"))}
    env = {**kept, "PYTHONPATH": str(unpacked_wheel()), "PYTHONUTF8": "1", "CHOSACH_HOME": str(tmp_path / "home")}
    blank = committed.blank()
    if blank:
        env |= {"CHOSACH_DATABASE_URL": committed.url(blank), "CHOSACH_DATABASE_POOL": "no"}
    yield DeskHome(tmp_path, env)
    if blank:
        committed.drop(blank)


@pytest.fixture
def serve(fresh: DeskHome) -> Iterator[Callable[[], str]]:
    """`serve()`: starts `chosach up` and gives the site's address once it answers."""
    trees: list[subprocess.Popen[str]] = []

    def start() -> str:
        with (fresh.folder / "up.log").open("w") as log:
            trees.append(fresh.start("up", "--port", "0", stdout=subprocess.PIPE, stderr=log))
        assert trees[-1].stdout is not None
        address = trees[-1].stdout.readline().strip()
        until = time.monotonic() + 60
        while not _answers(address):
            assert time.monotonic() < until, "the site did not start"
            time.sleep(0.1)
        return address

    yield start
    for tree in trees:
        tree.terminate()
        tree.wait(60)
    said = (fresh.folder / "up.log").read_text()
    assert "Warning: " not in said and "Traceback" not in said, said


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@pytest.fixture
def open_page(browser: "Browser") -> Iterator[Callable[..., "Page"]]:
    """`open_page(address, phone=False)`: a visitor's page; what goes wrong in it fails the test."""
    opened: list[tuple[Any, Watch]] = []

    def start(address: str, *, phone: bool = False) -> "Page":
        context = browser.new_context(base_url=address, locale="vi-VN", **(PHONE if phone else DESKTOP))
        context.set_default_timeout(TIMEOUT)
        page = context.new_page()
        opened.append((context, Watch(page)))
        return page

    yield start
    for context, _ in opened:
        context.close()
    assert not [line for _, watch in opened for line in watch.found]


def change_first_password(page: "Page", first: str, own: str) -> None:
    page.locator("input[name=oldpassword]").fill(first)
    page.locator("input[name=password1]").fill(own)
    page.locator("input[name=password2]").fill(own)
    press(page, "Đổi mật khẩu")


def test_j36(fresh: DeskHome, serve: Callable[[], str], open_page: Callable[..., "Page"], tmp_path: Path) -> None:
    from playwright.sync_api import expect

    fresh.run("manage", "migrate", "--no-input")
    assert "đã nạp" in fresh.run("plan", "load", "dong-nai-2020").stdout
    assert "tệp không đổi" in fresh.run("plan", "load", "plans/dong-nai-2020").stdout
    made = fresh.run("person", "add", "quantri", "--name", "Trịnh Công Sơn").stdout
    first = made.rsplit(" ", 1)[-1].strip()
    address = serve()

    administrator = open_page(address)
    sign_in(administrator, "quantri", first)
    change_first_password(administrator, first, ADMINISTRATOR)
    administrator.goto("/")
    expect(administrator.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible(administrator)

    # Officers must have a second factor; a body that the plan does not know, and its first officer.
    administrator.get_by_role("link", name="Quy định xác thực hai lớp").first.click()
    administrator.get_by_label("Vai trò").select_option("officer")
    press(administrator, "Thêm quy định")
    administrator.goto("/co-quan/them/")
    assert_accessible(administrator)
    administrator.get_by_label("Mã").fill("forest-rangers")
    administrator.get_by_label("Tên", exact=True).fill("Chi cục Kiểm lâm tỉnh Đồng Nai")
    administrator.get_by_label("Tên ngắn").fill("Kiểm lâm")
    administrator.get_by_label("Loại cơ quan").select_option("agriculture")
    administrator.locator("main form button[type=submit]").click()
    expect(administrator.get_by_role("heading", level=1)).to_have_text("Chi cục Kiểm lâm tỉnh Đồng Nai")
    administrator.goto("/nguoi-dung/them/")
    administrator.get_by_label("Họ và tên").fill("Đoàn Thị Sáu")
    administrator.get_by_label("Tên đăng nhập").fill("kiemlam.sau")
    administrator.get_by_label("Cơ quan").select_option(label="Chi cục Kiểm lâm tỉnh Đồng Nai")
    administrator.get_by_label("Vai trò").select_option("officer")
    press(administrator, "Tạo tài khoản")
    first = administrator.locator("#first-password").inner_text()

    # She signs in on her phone, and gets no further than the second factor until she has one.
    officer = open_page(address, phone=True)
    sign_in(officer, "kiemlam.sau", first)
    change_first_password(officer, first, OFFICER)
    officer.goto("/ke-hoach/")
    expect(officer.get_by_text("phải có xác thực hai lớp")).to_be_visible()
    officer.locator("input[name=password]").fill(OFFICER)
    press(officer, "Xác nhận")
    officer.locator("input[name=code]").fill(code_of(officer.locator("#authenticator_secret").input_value()))
    press(officer, "Bật")
    # The code is on its way: leaving the page before the answer would take it back.
    expect(officer.get_by_role("heading", level=1)).not_to_contain_text("Bật xác thực hai lớp")
    officer.goto("/ke-hoach/dong-nai-2020/R3/")
    expect(officer.get_by_role("heading", level=1)).to_contain_text("R3")
    assert officer.request.get("/nguoi-dung/").status == 404, "an officer is no administrator"
    assert administrator.request.get("/ke-hoach/").status == 404, "the administrator reads no content"

    # Two bodies are merged from tomorrow on: today's routing stays, tomorrow's follows, the old body's page tells of it.
    tomorrow = dt.date.today() + dt.timedelta(days=1)
    administrator.goto("/co-quan/culture/")
    administrator.get_by_label("Cơ quan kế thừa").select_option("science-technology")
    administrator.get_by_label("Từ ngày").fill(tomorrow.isoformat())
    administrator.get_by_label("Căn cứ").fill("Quyết định hợp nhất thử nghiệm")
    press(administrator, "Ghi việc hợp nhất")
    assert_accessible(administrator)
    matter = "/co-quan/tham-quyen/?kind=ip_infringing&goods_group=copyright&on="
    culture, science = ("Sở Văn hóa, Thể thao và Du lịch tỉnh Đồng Nai", "Sở Khoa học và Công nghệ tỉnh Đồng Nai")
    for day, named in ((dt.date.today(), culture), (tomorrow, science)):
        officer.goto(matter + day.isoformat())
        expect(officer.get_by_role("link", name=named).first).to_be_visible()
    officer.goto("/co-quan/culture/")
    successor = officer.get_by_role("table", name="Cơ quan kế thừa").get_by_role("row").filter(has_text=science)
    expect(successor).to_contain_text(f"{tomorrow:%d/%m/%Y}")
    expect(officer.get_by_role("heading", level=1)).to_have_text(culture)

    # The ledger holds each act, whole.
    assert_ledger_tells(fresh, tmp_path)


def assert_ledger_tells(fresh: DeskHome, folder: Path) -> None:
    """The export, read without the desk, is whole and names the acts of the set-up."""
    fresh.run("ledger", "head")
    export = folder / "so-cai.jsonl"
    fresh.run("ledger", "export", str(export))
    verifier = Path(fresh.env["PYTHONPATH"]) / "chosach" / "verifier" / "chosach_verify.py"
    command = [sys.executable, "-I", "-S", str(verifier), str(export), "--head", str(folder / "home" / "heads")]
    done = subprocess.run(command, cwd="/", env={}, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    text = export.read_text(encoding="utf-8")
    for event in ("plan.loaded", "body.added", "body.merged", "account.created", "mfa.rule_added", "mfa.enabled", "access.refused"):
        assert f'"{event}"' in text, event
