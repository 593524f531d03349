"""The steps that build the demo, each with its progress."""

from collections.abc import Callable
from dataclasses import dataclass

from chosach.demo import world
from chosach.demo.cast import CAST
from chosach.demo.governance import close_the_half_year, play_the_board
from chosach.demo.marketplace import import_market, write_market
from chosach.demo.play import Play

Report = Callable[[int, int], None]


@dataclass(frozen=True)
class Step:
    """One step: what it is called, and what it does. `work(passwords, report)` reports done and total."""

    label: str
    work: Callable[[dict[str, str], Report], None]


def _database(passwords: dict[str, str], report: Report) -> None:
    world.make_database()


def _plan(passwords: dict[str, str], report: Report) -> None:
    world.load_plan()


def _people(passwords: dict[str, str], report: Report) -> None:
    total = len(CAST)
    for number, (key, password) in enumerate(world.make_people(), start=1):
        passwords[key] = password
        report(number, total)


def _market(passwords: dict[str, str], report: Report) -> None:
    write_market()


def _screen(passwords: dict[str, str], report: Report) -> None:
    import_market(report)


def _half_year(passwords: dict[str, str], report: Report) -> None:
    total = (world.LAST_DAY - world.FIRST_DAY).days + 1
    for number, _ in enumerate(Play().run(), start=1):
        report(number, total)


def _board(passwords: dict[str, str], report: Report) -> None:
    play_the_board(report)


def _report(passwords: dict[str, str], report: Report) -> None:
    close_the_half_year(report)


STEPS: tuple[Step, ...] = (
    Step("Tạo cơ sở dữ liệu", _database),
    Step("Nạp kế hoạch Đồng Nai 2020", _plan),
    Step("Tạo tài khoản", _people),
    Step("Dựng chợ giả lập", _market),
    Step("Nhập, sàng lọc, mở đầu mối", _screen),
    Step("Nửa năm công việc", _half_year),
    Step("Bảng nhiệm vụ", _board),
    Step("Báo cáo 6 tháng", _report),
)
