"""Linking is a job: it reads the registry, and takes over what the engine found, all or nothing."""

import json
from typing import Any

import pytest
from django.urls import reverse

from chosach.desk.core.errors import Problem
from chosach.desk.jobs.models import Job, State
from chosach.desk.jobs.run import run_job
from chosach.desk.ledger.models import Entry
from chosach.desk.registry import identifiers
from chosach.desk.registry.models import Channel, Join, Sighting, Trader
from chosach.desk.registry.services import take_batch
from chosach.desk.rings import job_handlers, records, services
from chosach.desk.rings.models import Link, Member, Ring, Run, Tie
from tests.desk.registry.tables import findings, listing, listings
from tests.desk.rings.making import LINKER, WAREHOUSE, channel, shop, trader
from tests.people import Cast

pytestmark = pytest.mark.django_db
SHOPS = ("Hoa Mai", "Thanh Bình", "Đại Phát", "Ngọc Lan", "Phố Nhỏ", "Bến Gỗ", "Suối Tre", "Cầu Hang")
PLACES = ("Tân Mai", "Bàu Xéo", "Dốc Mơ")
PLATFORMS = ("chodon.example", "banbe.example", "xomlive.example")


def run(cast: Cast) -> Job:
    """Give the job and do it."""
    started = services.start_linking(actor=cast["congan.can-bo"].actor)
    assert started.job is not None
    run_job(started.job.id)
    started.job.refresh_from_db()
    return started.job


def test_the_registry_is_read_as_records_with_everything_that_may_tie(cast: Cast) -> None:
    shop(
        "a",
        f"Giày đẹp. Gọi 0951234567. STK 1903456789. Kho hàng: {WAREHOUSE}\nĐịa chỉ: 12 Phạm Văn Thuận, Biên Hòa",
        images=["ab" * 32, "anh.jpg"],
    )
    row = records.read().records.to_pylist()[0]
    assert (row["seller_name"], row["phone"], row["bank_account"]) == ("Shop a", "0951234567", "1903456789")
    assert row["warehouse"] == WAREHOUSE
    assert row["address"].startswith("12 Phạm Văn Thuận")
    assert row["images"] == ["ab" * 32], "a picture is known by its hash, not by its name"
    assert row["texts"][0].startswith("Giày đẹp")


def test_a_channel_with_two_phones_is_two_records_held_to_be_one(cast: Cast) -> None:
    shop("a", "Gọi 0951234567 hoặc 0951234568")
    read = records.read()
    own = str(channel("a").id)
    assert {(row["record_id"], row["phone"]) for row in read.records.to_pylist()} == {(own, "0951234567"), (f"{own}+1", "0951234568")}
    assert read.judgements.to_pylist() == [{"record_id_l": own, "record_id_r": f"{own}+1", "verdict": "same", "decided": 0}]


def test_a_further_phone_and_a_further_account_are_not_told_as_one_persons(cast: Cast) -> None:
    """Linking weighs together what stands in one record."""
    shop("a", "Gọi 0951234567, tổng đài 0951234568. STK 1903456789 chủ TK Trần Hạ. Chuyển khoản STK 9806543217.")
    told = [(row["phone"], row["bank_account"]) for row in records.read().records.to_pylist()]
    assert len(told) == 3
    assert [sum(value is not None for value in pair) for pair in told] == [2, 1, 1]


def test_traders_behind_one_hotline_and_one_account_are_a_ring_and_not_one_trader(cast: Cast) -> None:
    """Each has a phone and an account of its own as well: the order of its values must not decide whether it is somebody else."""
    for at in range(24):
        own = f"Gọi 095100{at:04}. STK 12345{at:05} chủ TK Trần Hạ."
        text = f"{own} Đặt hàng qua tổng đài 0958361215. Chuyển khoản STK 9423592332."
        shop(f"s{at}", text, seller_name=f"{SHOPS[at % 8]} {PLACES[at // 8]}", platform=PLATFORMS[at % 3])
    run(cast)
    assert Trader.objects.filter(merged_into=None).count() == 24
    assert [ring.traders for ring in Ring.objects.all()] == [24]


def test_what_the_registry_joined_stays_joined_and_strangers_stay_apart(cast: Cast) -> None:
    shop("a", "Gọi 0951234567")
    shop("b", "Gọi 0951234567", platform="banbe.example")
    shop("c", "Gọi 0959999999", seller_name="Cửa hàng Mây Trắng")
    kept, alone = trader("a"), trader("c")
    job = run(cast)
    assert job.state == State.DONE
    assert (trader("a"), trader("b"), trader("c")) == (kept, kept, alone)
    assert Trader.objects.filter(merged_into=None).count() == 2


def test_officers_are_said_to_have_concluded_only_what_they_have(cast: Cast) -> None:
    shop("a", "Gọi 0951234567")
    shop("b", "Gọi 0951234567", platform="banbe.example")
    shop("c", "Gọi 0959999999", seller_name="Cửa hàng Mây Trắng")
    services.judge_same(trader("a").id, trader("c").id, reason="Cùng một chủ", actor=cast["congan.can-bo"].actor)
    run(cast)
    told = {frozenset((link.first_id, link.second_id)): [reason["sentence"] for reason in link.reasons] for link in Link.objects.all()}
    joined, *_ = told[frozenset((channel("a").id, channel("b").id))]
    assert joined.startswith("Sổ thương nhân đã gộp")
    judged = [sentences for pair, sentences in told.items() if channel("c").id in pair]
    assert judged
    assert all(sentences[0].startswith("Cán bộ đã kết luận") for sentences in judged)


def test_what_both_channels_have_is_never_said_to_differ(cast: Cast) -> None:
    """One channel has a further account, so two records: its own account stands in the one that linking compares with the other channel."""
    shop("a", "Gọi 0951736204. STK 7302915846, hoặc chuyển khoản STK 4187320956 hay STK 8841207359")
    shop("b", "Gọi 0951736204 hoặc tổng đài 0958403917. Nhận tiền STK 4187320956", platform="banbe.example")
    assert trader("a") == trader("b")
    run(cast)
    [link] = Link.objects.all()
    told = " ".join(reason["sentence"] for reason in link.reasons)
    assert "Cùng tài khoản ngân hàng 4187320956. Tài khoản này có ở 2 hồ sơ." in told
    assert "Cùng số điện thoại 0951736204" in told
    assert "khác nhau: 0" not in told
    assert "tài khoản khác nhau" not in told
    weights = {reason["field"]: reason["weight"] for reason in link.reasons if reason["level"] == "same"}
    assert weights["bank_account"] is None, "linking compared the account with another one: this one it did not weigh"


def test_figures_that_stand_for_no_number_part_those_whom_they_joined_before(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A registry of an earlier version took them for accounts. What it took in stays in it."""
    monkeypatch.setattr(identifiers, "PLACEHOLDERS", frozenset())
    shop("a", "Gọi 0951736204. STK 0123456789.", seller_name="Cửa hàng Mây Trắng")
    shop("b", "Gọi 0958403917. STK 0123456789.", seller_name="Nông sản Ba Lúa", platform="banbe.example")
    shop("c", "Gọi 0958403917.", seller_name="Nông sản Ba Lúa", platform="xomlive.example")
    monkeypatch.undo()
    assert trader("a") == trader("b") == trader("c")
    before = sorted(Sighting.objects.values_list("channel", "identifier__value")), Join.objects.count()
    run(cast)
    assert trader("a") != trader("b") == trader("c")
    assert (sorted(Sighting.objects.values_list("channel", "identifier__value")), Join.objects.count()) == before
    assert not any("0123456789" in reason["sentence"] for link in Link.objects.all() for reason in link.reasons)
    assert not Tie.objects.filter(value__contains="0123456789").exists()


def test_traders_behind_one_hotline_one_account_and_one_warehouse_are_found_to_be_a_ring(cast: Cast) -> None:
    notice = f"Tổng đài 0951000000. Nhận tiền STK 1357924680. Kho hàng: {WAREHOUSE}"
    rows = [
        listing(
            f"tin-{at}", seller_id=f"gian{at}", seller_name=f"{SHOPS[at // 3]} {at % 3 + 1}", platform=PLATFORMS[at % 3],
            title=f"Giày mẫu {at}", description=f"Mẫu {at} của {SHOPS[at // 3]}. Gọi 095123{at // 3:04d}. {notice}",
        )
        for at in range(24)
    ]  # fmt: skip
    take_batch(listings=listings(*rows), findings=findings(), source="import:1", actor=LINKER)
    for at in range(12):
        shop(f"le{at}", f"Hàng thủ công số {at}, gọi 095777{at:04d}", seller_name=f"Cửa hàng lẻ {at}")
    run(cast)
    found = Ring.objects.get()
    assert (found.traders, found.channels) == (8, 24)
    assert {"phone", "account", "warehouse"} <= set(Tie.objects.values_list("kind", flat=True))
    assert not Tie.objects.filter(kind="account", identifier=None).exists()
    assert Member.objects.exclude(sentence="").count() == 8
    assert "24 kênh bán" in found.sentence
    officer = cast["congan.can-bo"]
    page = officer.client.get(reverse("rings:pair", args=Tie.objects.values_list("left", "right")[0])).content.decode()
    assert "<mark" in page
    before = found.id
    run(cast)
    assert Ring.objects.get().id == before
    one, two = Tie.objects.values_list("left", "right")[0]
    kinds = sorted(Tie.objects.filter(left=one, right=two).values_list("kind", flat=True))
    judged = services.cut(one, two, reason="Chung chợ", actor=officer.actor)
    run(cast)
    assert not Tie.objects.filter(left=one, right=two, cut=False).exists()
    assert sorted(Tie.objects.filter(left=one, right=two, cut=True).values_list("kind", flat=True)) == kinds, "to be seen, and to be undone"
    assert "<mark" in officer.client.get(reverse("rings:pair", args=[one, two])).content.decode()
    services.undo(judged.id, reason="Nhầm", actor=officer.actor)
    assert sorted(Tie.objects.filter(left=one, right=two, cut=False).values_list("kind", flat=True)) == kinds


def test_a_judgement_holds_in_the_engines_own_answer(cast: Cast) -> None:
    shop("a", "Gọi 0951234567")
    shop("b", "Gọi 0951234567", platform="banbe.example", seller_name="Shop a")
    services.judge_different(trader("a").id, channels=[channel("b").id], reason="Hai người", actor=cast["congan.can-bo"].actor)
    run(cast)
    assert trader("a") != trader("b")


def test_the_ledger_and_the_job_tell_what_was_done(cast: Cast) -> None:
    shop("a")
    job = run(cast)
    entry = Entry.objects.get(event="rings.linked")
    assert json.loads(entry.payload.text)["channels"] == 1
    assert (job.done, job.total) == (1, 1)
    assert Run.objects.get().complete
    page = cast["congan.can-bo"].client.get(reverse("rings:rings")).content.decode()
    assert "đọc 1 kênh bán" in page


def test_a_run_that_was_done_is_not_done_again(cast: Cast) -> None:
    shop("a")
    job = run(cast)
    Job.objects.filter(id=job.id).update(state=State.WAITING)
    run_job(job.id)
    assert Entry.objects.filter(event="rings.linked").count() == 1


def test_what_somebody_judged_meanwhile_is_not_written_over(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    shop("a", "Gọi 0951234567")
    shop("b", "Gọi 0951234567")
    real, asked = job_handlers.linked, []

    def slow(*given: object) -> object:
        found = real(*given)
        if not asked:
            away = [channel("b").id]
            services.judge_different(trader("a").id, channels=away, reason="Hai người", actor=cast["congan.can-bo"].actor)
        asked.append(1)
        return found

    monkeypatch.setattr(job_handlers, "linked", slow)
    assert run(cast).state == State.DONE
    assert len(asked) == 2, "it is linked again with the judgement"
    assert trader("a") != trader("b")


def test_what_comes_while_the_registry_is_read_is_linked_too(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    shop("a", "Gọi 0951234567")
    real, come = records._Channel, []

    def meanwhile(*given: Any, **named: Any) -> object:
        if not come:
            come.append(1)
            shop("b", "Gọi 0957654321. Kho hàng: 9 Đồng Khởi", images=["cd" * 32])
        return real(*given, **named)

    monkeypatch.setattr(records, "_Channel", meanwhile)
    job = run(cast)
    assert (job.state, job.total) == (State.DONE, 2), "it is linked again, with the shop that came"


def test_one_run_at_a_time(cast: Cast) -> None:
    shop("a")
    services.start_linking(actor=cast["congan.can-bo"].actor)
    with pytest.raises(Problem, match="chưa xong"):
        services.start_linking(actor=cast["qltt.can-bo"].actor)


def test_an_empty_registry_is_not_linked(cast: Cast) -> None:
    assert not Channel.objects.exists()
    with pytest.raises(Problem, match="nhập tin bán trước"):
        services.start_linking(actor=cast["congan.can-bo"].actor)
