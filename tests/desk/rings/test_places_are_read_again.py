"""A release that knows more units, or reads them better, places those traders too that were taken in before it: with the next linking."""

import ast
from importlib.resources import files

import pytest

from chosach.desk.jobs.run import run_job
from chosach.desk.jobs.services import resume
from chosach.desk.ledger.models import Entry
from chosach.desk.ledger.selectors import entries_of
from chosach.desk.registry import places as reader
from chosach.desk.registry.models import PlaceSource, PlaceState, Trader
from chosach.desk.registry.places import reading
from chosach.desk.registry.services import set_place
from chosach.desk.rings import job_handlers, services
from chosach.desk.rings.models import Run
from tests.desk.rings.making import shop, trader
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def shops(cast: Cast) -> None:
    """Three shops, the first two in a district, none of which an earlier release could read; an officer has placed the second."""
    shop("a", location="Phường Tam Hiệp, Biên Hòa, Đồng Nai")
    shop("b", location="Long Khánh, Đồng Nai", seller_name="Cửa hàng Mây Trắng")
    shop("c", location="Quận 1, Hồ Chí Minh", seller_name="Tạp hóa Suối Tre")
    Trader.objects.update(place=PlaceState.UNKNOWN, place_source=PlaceSource.NONE, province="", district="")
    set_place(
        trader("b").id, source=PlaceSource.WAREHOUSE, address="Xuân Lộc, Đồng Nai", reason="Biên bản", actor=cast["congan.can-bo"].actor
    )


def link(cast: Cast) -> Run:
    started = services.start_linking(actor=cast["congan.can-bo"].actor)
    assert started.job is not None
    assert run_job(started.job.id)
    started.refresh_from_db()
    assert started.complete
    return started


def places() -> dict[str, tuple[str, str]]:
    return {name: (trader(name).place, trader(name).district) for name in "abc"}


@pytest.mark.usefixtures("shops")
def test_with_the_first_linking_of_another_reading_and_what_an_officer_set_stays(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_handlers, "PLACED", 2)  # several chunks
    Run.objects.create(on="2021-03-01", complete=True, reading="that of an earlier release")
    run = link(cast)
    assert places() == {"a": ("inside", "731"), "b": ("inside", "741"), "c": ("outside", "760")}
    told = {name: [entry.event for entry in entries_of("trader", trader(name).id)].count("registry.placed_again") for name in "abc"}
    assert told == {"a": 1, "b": 0, "c": 1}
    assert run.reading == reading()
    assert run.counts["channels"] == 3


@pytest.mark.usefixtures("shops")
def test_and_not_again_with_the_next(cast: Cast) -> None:
    Run.objects.create(on="2021-03-01", complete=True, reading=reading())
    link(cast)
    assert places()["a"] == ("unknown", "")
    assert not Entry.objects.filter(event="registry.placed_again").exists()


@pytest.mark.usefixtures("shops")
def test_a_worker_that_was_stopped_in_between_goes_on_where_it_was(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_handlers, "PLACED", 1)
    placed: list[int] = []
    whole = job_handlers.place_again

    def break_once(traders, actor):
        placed.append(len(traders))
        if len(placed) == 2:
            raise ZeroDivisionError
        return whole(traders, actor)

    monkeypatch.setattr(job_handlers, "place_again", break_once)
    started = services.start_linking(actor=cast["congan.can-bo"].actor)
    run_job(started.job.id)
    resume(started.job.id, actor=cast["congan.can-bo"].actor)
    run_job(started.job.id)
    assert len(placed) == 4, "the first one was not placed twice"
    assert places()["a"] == ("inside", "731")
    assert places()["c"] == ("outside", "760")


def test_no_module_that_reads_places_is_left_out() -> None:
    """What `places` stands on, over any number of steps, is known to it: a change there has traders placed again."""
    told = {f"{package}.{name.removesuffix('.py')}" for package, name in reader.READERS if name.endswith(".py")}
    stands_on, new = set(), {reader.__name__}
    while new:
        stands_on |= new
        named = {found for module in new for found in imported(module)}
        new = {name for name in named if name.startswith("chosach.")} - stands_on
    assert stands_on <= told
    assert all(files(package).joinpath(name).is_file() for package, name in reader.READERS)


def imported(module: str) -> set[str]:
    package, _, name = module.rpartition(".")
    tree = ast.parse(files(package).joinpath(f"{name}.py").read_text(encoding="utf-8"))
    return {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
