"""A kind of job for these tests: it counts to ten, two rows a chunk, and does what a test tells it in between."""

from collections.abc import Callable, Iterator

import pytest

from chosach.desk.core.access import Actor
from chosach.desk.jobs import handlers, run, services
from chosach.desk.jobs.models import Job
from chosach.formats.listings import RowProblem

Hook = Callable[[run.Run, int], None]


class Counting:
    """`before[index]` runs before a chunk, `inside[index]` within its transaction; `seen` holds the chunks that were worked on."""

    def __init__(self) -> None:
        self.before: dict[int, Hook] = {}
        self.inside: dict[int, Hook] = {}
        self.seen: list[int] = []

    def run(self, attempt: run.Run) -> None:
        for index in range(5):
            if attempt.is_done(index):
                continue
            self.before.get(index, lambda *_: None)(attempt, index)
            problems = [RowProblem(index + 2, index + 1, "=giá", "id.empty" if index == 1 else "number.unclear", "@x")]
            with attempt.chunk(index, rows=2, problems=problems) as counts:
                self.seen.append(index)
                self.inside.get(index, lambda *_: None)(attempt, index)
                counts["new"] = 1


@pytest.fixture
def counting() -> Iterator[Counting]:
    work = Counting()
    handlers.register("test.count", "Đếm thử", run=work.run)
    run.stopping.clear()
    yield work
    run.stopping.clear()
    handlers._handlers.pop("test.count")


@pytest.fixture
def submit(counting: Counting) -> Callable[[Actor], Job]:
    return lambda actor: services.submit("test.count", params={}, actor=actor, total=10, title="tin.csv")
