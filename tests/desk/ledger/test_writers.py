"""Writers queue: real processes at the same time, some of which give up, make one chain without gap or break."""

import sys
from pathlib import Path
from subprocess import PIPE, Popen
from typing import TYPE_CHECKING

from django.db import connection

from chosach.desk.ledger import services
from chosach.desk.ledger.models import Entry, Payload
from chosach.desk.ledger.services.verifying import verify

if TYPE_CHECKING:
    from tests.conftest import DeskHome

PROCESSES, ACTS = 4, 150
WRITER = f"""
import sys, time
from chosach.commands.desk import setup_django; setup_django()
from django.db import transaction
from chosach.desk.core.access import system
from chosach.desk.ledger.events import register
from chosach.desk.ledger.services import record
register("test.acted", "Thử")
name = sys.argv[1]
sys.stdin.readline()  # all start together
for number in range({ACTS}):
    try:
        with transaction.atomic():
            record("test.acted", actor=system(name), refs={{"act": f"{{name}}-{{number}}"}}, payload={{"number": number}})
            if number % 5 == 0:
                with transaction.atomic():
                    record("test.acted", actor=system(name), refs={{"act": f"{{name}}-{{number}}-second"}})
            if number % 7 == 0:
                raise ValueError
    except ValueError:
        pass
    time.sleep(0.003)  # let go, so that others take turns
"""


def test_four_processes_at_once_make_one_chain(desk_home: "DeskHome") -> None:
    connection.close()
    writers = [
        Popen([sys.executable, "-c", WRITER, f"w{number}"], env=desk_home.env, stdin=PIPE, stderr=PIPE, text=True)
        for number in range(PROCESSES)
    ]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        _, errors = writer.communicate(timeout=170)
        assert writer.returncode == 0, errors

    kept = [number for number in range(ACTS) if number % 7]
    expected = PROCESSES * (len(kept) + sum(number % 5 == 0 for number in kept))
    report = verify()
    assert report.findings == []
    assert report.entries == Entry.objects.count() == expected
    assert Payload.objects.count() == PROCESSES * len(kept)
    runs = sum(first != second for first, second in zip(actors(), actors()[1:], strict=False))
    assert runs > PROCESSES, "the writers did not write at the same time"


def test_every_act_queues_for_the_ledger_before_it_touches_a_row() -> None:
    bare = [str(path) for path in Path(services.__file__).parents[2].rglob("*.py") if "@transaction.atomic" in path.read_text()]
    assert not bare, "declare acts with ledger.services.in_turn"


def actors() -> list[str]:
    return list(Entry.objects.order_by("seq").values_list("actor", flat=True))
