"""A batch of screened listings goes into the registry once, whatever is repeated, and no version is lost."""

import datetime as dt

import pytest
from django.db import connection

from chosach.desk.core.access import NOBODY, system
from chosach.desk.core.errors import Refused
from chosach.desk.ledger.models import Entry
from chosach.desk.registry.models import Capture, Channel, Finding, Listing, Trader
from chosach.desk.registry.services import BatchCounts, take_batch
from tests.desk.registry.tables import SCREENER, finding, findings, listing, listings

pytestmark = pytest.mark.django_db
LOADER = system("test")


def take(*rows, found=(), source="import:1", screener=SCREENER):
    return take_batch(listings=listings(*rows), findings=findings(*found), source=source, actor=LOADER, screener=screener)


def day(number: int) -> dt.datetime:
    return dt.datetime(2020, 11, number, 8, tzinfo=dt.UTC)


def test_new_listings_make_traders_channels_and_findings():
    counts = take(listing("T1"), listing("T2"), found=[finding("T1")])
    assert counts == BatchCounts(new=2, findings=1)
    channel = Channel.objects.get()
    assert (channel.channel_class, channel.decree_class) == ("shop", "marketplace")
    assert channel.trader.place == "inside"
    kept = Finding.objects.get()
    assert kept.listing.title[kept.reasons[0]["start"] : kept.reasons[0]["end"]] == "siêu cấp"
    assert kept.law[0]["valid_from"] == "2020-10-15"


def test_the_same_rows_again_add_nothing_and_write_no_entry():
    take(listing("T1"), found=[finding("T1")])
    entries = Entry.objects.count()
    counts = take(listing("T1"), found=[finding("T1")], source="import:2")
    assert counts == BatchCounts(unchanged=1)
    assert (Listing.objects.count(), Finding.objects.count(), Trader.objects.count()) == (1, 1, 1)
    assert Entry.objects.count() == entries


def test_a_changed_listing_keeps_its_earlier_version_and_its_earlier_findings():
    take(listing("T1"), found=[finding("T1")])
    counts = take(listing("T1", title="Giày thể thao nam", captured_at=day(25)))
    assert counts == BatchCounts(changed=1)
    now = Listing.objects.get()
    assert (now.title, now.captures) == ("Giày thể thao nam", 2)
    assert Capture.objects.get().content["title"] == "Giày siêu cấp rep 1:1"
    assert list(Finding.objects.values_list("current", flat=True)) == [False]


def test_an_older_record_goes_to_the_versions_and_does_not_replace_the_newer_one():
    take(listing("T1", title="Bản mới", captured_at=day(25)))
    take(listing("T1", title="Bản cũ", captured_at=day(20)))
    take(listing("T1", title="Bản cũ", captured_at=day(20)))
    assert Listing.objects.get().title == "Bản mới"
    assert Capture.objects.get().content["title"] == "Bản cũ"


def test_a_listing_that_returns_to_an_earlier_text_has_one_row_a_version():
    take(listing("T1", captured_at=day(20)), found=[finding("T1")])
    take(listing("T1", title="Khác", captured_at=day(21)))
    take(listing("T1", captured_at=day(22)), found=[finding("T1")])
    assert Listing.objects.get().title == "Giày siêu cấp rep 1:1"
    assert Capture.objects.count() == 2
    assert Finding.objects.get().current


def test_a_later_capture_of_the_same_content_is_counted_and_not_copied():
    take(listing("T1", captured_at=day(20)))
    take(listing("T1", captured_at=day(22)))
    now = Listing.objects.get()
    assert (now.captures, now.captured_at, Capture.objects.count()) == (2, day(22), 0)


def test_a_new_screener_replaces_the_findings_of_the_same_text():
    take(listing("T1"), found=[finding("T1")])
    take(listing("T1"), found=[finding("T1", probability=0.4, screener="thu-nghiem/2")], screener="thu-nghiem/2")
    assert list(Finding.objects.filter(current=True).values_list("probability", "screener")) == [(0.4, "thu-nghiem/2")]
    assert Finding.objects.count() == 2


def test_only_id_and_title_are_needed():
    import pyarrow as pa

    bare = pa.table({"listing_id": ["A"], "title": ["Áo"], "stray": ["x"]})
    assert take_batch(listings=bare, findings=findings(), source="file:1", actor=LOADER).new == 1
    assert Listing.objects.get().channel is None


def test_a_flagged_listing_without_a_seller_still_has_someone_to_look_for():
    take(listing("T1", seller_id=None, seller_name=None), found=[finding("T1")])
    assert Trader.objects.get().name == "Chưa rõ người bán"
    take(listing("T1", captured_at=day(25)), found=[finding("T1")])
    gone = Trader.objects.get(name="Chưa rõ người bán")
    assert gone.merged_into == Trader.objects.get(name="Tạp hóa Hoa Sen")


def test_the_ledger_keeps_counts_of_the_batch_and_the_seal_of_its_source():
    take(listing("T1"), found=[finding("T1")], source="import:7")
    entry = Entry.objects.get(event="registry.batch_taken")
    assert "import:7" in entry.refs


def test_somebody_outside_takes_nothing_in():
    with pytest.raises(Refused):
        take_batch(listings=listings(listing()), findings=findings(), source="x", actor=NOBODY)
    assert not Listing.objects.exists()


def test_two_thousand_listings_take_few_queries(django_assert_max_num_queries):
    rows = [listing(f"T{number}", seller_id=f"s{number % 100}", title=f"Giày {number}") for number in range(2000)]
    with django_assert_max_num_queries(150, connection=connection):
        take(*rows, found=[finding("T1")])
