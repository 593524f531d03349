"""Retraining, its figures, the second person, putting back; and what it does to what is found afterwards."""

import pytest

from chosach.desk.core.errors import Problem, Refused
from chosach.desk.jobs import run
from chosach.desk.jobs.services import cancel, resume
from chosach.desk.leads.models import Lead
from chosach.desk.learning import limits, measuring
from chosach.desk.learning.models import Label, Version
from chosach.desk.learning.services import promote, put_back, train
from chosach.desk.ledger.models import Entry
from chosach.desk.registry.models import Finding
from chosach.desk.screenings import screener
from chosach.desk.screenings.models import ScreeningRun
from chosach.screening import SCREENER_VERSION
from tests.desk.learning.market import SHOE, TOY, false_alarm, lead_of, leads, sell

OFFICER, COLLEAGUE, OFFICE, HEAD = "qltt.can-bo", "qltt.kiem-tra", "vptt.can-bo", "vptt.lanh-dao"
PEOPLE = (OFFICER, COLLEAGUE, "qltt.phan-tich", "qltt.lanh-dao")
DISMISSED = 20


def work() -> None:
    while run.run_next():
        pass


@pytest.fixture
def decided(queue):
    """Four people dismissed twenty toy shops; four shops with fake shoes and two more toy shops nobody has decided on."""
    toys = leads(TOY, DISMISSED + 2, prefix="choi")
    leads(SHOE, 4, prefix="giay")
    for at, lead in enumerate(toys[:DISMISSED]):
        false_alarm(lead, queue[PEOPLE[at % 4]].actor)
    return queue


@pytest.fixture
def measured(decided) -> Version:
    version = train(actor=decided[OFFICE].actor)
    work()
    version.refresh_from_db()
    return version


def likely(shop: str) -> float:
    return Finding.objects.get(listing__external_id=f"tin-{shop}", current=True, kind="counterfeit").probability


def test_a_version_is_measured_on_shops_that_it_does_not_know_and_changes_nothing_by_itself(measured):
    figures = measured.figures["kinds"]["counterfeit"]
    assert (measured.state, figures["labels"], figures["false_before"]) == ("ready", DISMISSED, DISMISSED)
    assert figures["false_after"] < DISMISSED
    assert measured.figures["guard"]["lost"] == 0 < measured.figures["guard"]["cases"]
    assert measured.effect["fell"] >= 2
    assert measured.correction.digest in str(Entry.objects.get(event="learning.measured").payload.text)
    for fold in range(measuring.FOLDS):
        inside = {use.label.listing.channel.trader_id for use in measured.uses.filter(fold=fold)}
        outside = {use.label.listing.channel.trader_id for use in measured.uses.exclude(fold=fold)}
        assert not inside & outside
    assert screener.version() == SCREENER_VERSION
    assert likely("choi21") >= 0.5


def test_after_promotion_the_same_words_on_an_honest_listing_rank_no_more_and_fakes_stay(decided, measured):
    promote(measured.id, reason="Số liệu tốt", actor=decided[HEAD].actor)
    work()
    name = f"{SCREENER_VERSION}+{measured.correction.digest}"
    assert likely("choi21") < 0.5 <= likely("giay1")
    assert lead_of("choi21").state == "lapsed" and lead_of("giay1").is_open
    assert lead_of("choi1").state == "dismissed"
    sell("moi", f"{TOY} số 77")
    found = Finding.objects.filter(listing__external_id="tin-moi", current=True)
    assert all(one.probability < 0.5 and one.screener == name for one in found)
    again = ScreeningRun.objects.get(source__startswith="rescreen:")
    assert (again.screener, again.listings) == (name, Finding.objects.values("listing").distinct().count() - found.count())


def test_an_older_version_and_the_original_can_be_put_back(decided, measured):
    promote(measured.id, reason="Số liệu tốt", actor=decided[HEAD].actor)
    work()
    put_back(None, reason="Thử lại", actor=decided[OFFICE].actor)
    work()
    assert screener.version() == SCREENER_VERSION
    assert likely("choi21") >= 0.5 and lead_of("choi21").state == "new"
    put_back(measured.id, reason="Bản học đúng", actor=decided[OFFICE].actor)
    work()
    assert likely("choi21") < 0.5
    measured.refresh_from_db()
    assert measured.state == "in_force"
    assert list(Entry.objects.filter(event__startswith="learning.p").values_list("event", flat=True)) == [
        "learning.promoted",
        "learning.put_back",
        "learning.put_back",
    ]


def test_who_started_it_cannot_put_it_in_force_and_neither_can_another_body(decided, measured):
    with pytest.raises(Problem) as same:
        promote(measured.id, reason="Tốt", actor=decided[OFFICE].actor)
    assert same.value.code == "learning.same_person"
    for stranger in (OFFICER, "qltt.lanh-dao", "qltt.phan-tich", "quantri", "mttq.can-bo"):
        with pytest.raises(Refused):
            promote(measured.id, reason="Tốt", actor=decided[stranger].actor)


def test_the_office_and_analysts_train_and_nobody_else(decided):
    for stranger in (OFFICER, "qltt.lanh-dao", "congan.lanh-dao", "quantri"):
        with pytest.raises(Refused):
            train(actor=decided[stranger].actor)
    assert train(actor=decided["qltt.phan-tich"].actor).number == 1
    with pytest.raises(Problem) as running:
        train(actor=decided[OFFICE].actor)
    assert running.value.code == "learning.running"


def test_too_few_labels_teach_nothing(queue):
    false_alarm(leads(TOY, 1)[0], queue[OFFICER].actor)
    with pytest.raises(Problem) as few:
        train(actor=queue[OFFICE].actor)
    assert few.value.code == "learning.few_labels"


def test_a_training_can_be_stopped_and_goes_on_where_it_was(decided):
    version = train(actor=decided[OFFICE].actor)
    cancel(version.job_id, actor=decided[OFFICE].actor)
    work()
    version.refresh_from_db()
    assert version.state == "training"
    resume(version.job_id, actor=decided[OFFICE].actor)
    work()
    version.refresh_from_db()
    assert version.state == "ready"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"guard": {"cases": 10, "lost": 1, "first": []}}, "guard.lost"),
        ({"kinds": {"counterfeit": {"lost": 1, "confirmed": 8}}}, "confirmed.lost"),
        ({"kinds": {"counterfeit": {"confirmed": 10, "labels": 20, "ap_before": 0.9, "ap_after": 0.87}}}, "precision.fell"),
        ({"kinds": {"counterfeit": {"false_before": 1, "false_after": 4}}}, "alarms.rose"),
    ],
)
def test_promotion_is_refused_when_a_plain_case_is_lost_or_the_figures_are_worse(decided, measured, change, code):
    figures = measured.figures
    figures["guard"] |= change.get("guard", {})
    figures["kinds"]["counterfeit"] |= change.get("kinds", {}).get("counterfeit", {})
    measured.save(update_fields=["figures"])
    with pytest.raises(Problem) as refused:
        promote(measured.id, reason="Tốt", actor=decided[HEAD].actor)
    assert refused.value.code == code
    assert screener.in_force() is None


def test_a_version_measured_against_another_one_is_stale(decided, measured):
    second = train(actor=decided[OFFICE].actor)
    work()
    promote(measured.id, reason="Tốt", actor=decided[HEAD].actor)
    with pytest.raises(Problem) as stale:
        promote(second.id, reason="Tốt", actor=decided[HEAD].actor)
    assert stale.value.code == "version.stale"


def test_two_people_teach_nothing_about_what_a_seller_says_himself(queue):
    toys = leads(TOY, 10, prefix="choi")
    for at, lead in enumerate(toys[:8]):
        false_alarm(lead, queue[PEOPLE[at % 2]].actor)
    listing = toys[9].trader.channels.get().listings.get()
    given = {"content_hash": listing.content_hash, "probability": 0.9, "screener": SCREENER_VERSION, "source": "import:hoc"}
    Finding.objects.create(listing=listing, kind="expired", **given)  # the screener does not find it
    version = train(actor=queue[OFFICE].actor)
    work()
    version.refresh_from_db()
    assert (version.effect["fell"], version.figures["kinds"]["counterfeit"]["false_after"]) == (0, 8)
    read = Finding.objects.filter(current=True).values("listing").distinct().count()
    assert (version.effect["gone"], version.effect["listings"]) == (1, read)
    for page in ("", "thay-doi/"):
        assert "1 dấu hiệu không đo được" in queue[OFFICER].client.get(f"/hoc-tu-quyet-dinh/ban/{version.id}/{page}").content.decode()


def test_what_would_change_is_told_before_anybody_puts_it_in_force(measured):
    changes = measured.effect["changes"]
    assert len(changes) == measured.effect["fell"] + measured.effect["rose"] >= 2
    assert measured.effect["declared"] == sum(strong for *_, before, after, strong in changes if after < before) >= 2
    assert all(before >= 0.5 > after for *_, before, after, _ in changes)
    shop = Finding.objects.get(listing__external_id="tin-choi21", current=True, kind="counterfeit").listing_id
    assert [str(shop), "counterfeit"] in [change[:2] for change in changes]


def test_one_person_s_dismissals_count_to_the_limit_in_a_version(queue):
    for lead in leads(TOY, 9):
        false_alarm(lead, queue[OFFICER].actor)
    version = train(actor=queue[OFFICE].actor)
    work()
    assert Label.objects.count() == version.uses.count() == 9
    assert abs(sum(version.uses.values_list("counted", flat=True)) - limits.PERSON_FREE) < 1e-6
    assert Lead.objects.exists()
