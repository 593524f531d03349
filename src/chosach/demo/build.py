"""The steps that build the demo, each with its progress."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from chosach.demo import world
from chosach.demo.cast import CAST
from chosach.demo.governance import board_diary, close_the_half_year
from chosach.demo.marketplace import bring_in_the_latest, import_market, write_market
from chosach.demo.pictures import send_pictures, write_pictures
from chosach.demo.play import TOY_DAYS, Play
from chosach.demo.waiting import leave_a_transfer, leave_work

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
    write_pictures(write_market())


def _screen(passwords: dict[str, str], report: Report) -> None:
    import_market(report)


def _half_year(passwords: dict[str, str], report: Report) -> None:
    """Half a year, then what its last day leaves: the report frozen, the next one asked for, decisions that wait."""
    total = (world.LAST_DAY - world.FIRST_DAY).days + 1
    diary = board_diary()
    for day in (dt.date(2021, 5, 5), dt.date(2021, 5, 12)):
        diary.setdefault(day, []).append(leave_a_transfer)
    for day, key in TOY_DAYS:
        diary.setdefault(day, []).append(partial(Play.look_through_toys, key=key))
    diary.setdefault(dt.date(2021, 5, 11), []).append(bring_in_the_latest)
    play = Play(diary=diary)
    for number, _ in enumerate(play.run(), start=1):
        report(number, total + 2)
    close_the_half_year(lambda done, of: report(total, total + 2))
    leave_work(play, lambda done, of: report(total + 1, total + 2))
    send_pictures()
    report(total + 2, total + 2)


STEPS: tuple[Step, ...] = (
    Step("Tạo cơ sở dữ liệu", _database),
    Step("Nạp kế hoạch Đồng Nai 2020", _plan),
    Step("Tạo tài khoản", _people),
    Step("Dựng chợ giả lập", _market),
    Step("Nhập, sàng lọc, mở đầu mối", _screen),
    Step("Nửa năm công việc, báo cáo", _half_year),
)
