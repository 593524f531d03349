"""When an import is complete, its screening is recorded and its leads are open; the same rows again open nothing."""

import json

from chosach.desk.imports.models import Import
from chosach.desk.leads.models import Lead
from chosach.desk.ledger.models import Entry
from chosach.desk.screenings.models import ScreeningRun
from tests.desk.imports.conftest import Upload, confirm, content, work_off
from tests.people import Cast


def test_an_import_records_its_screening_and_opens_its_leads(cast: Cast, upload: Upload) -> None:
    officer = cast["qltt.can-bo"]
    upload(officer, content())
    confirm(officer, Import.objects.get())
    work_off()
    run = ScreeningRun.objects.get()
    assert (run.listings, run.label) == (11, "tin.csv")
    assert run.flagged > 0 and sum(run.kinds.values()) >= run.flagged
    # Rows 0, 3, 6 and 9 show a sign; they are of the shops s0, s3, s2 and s1.
    assert sorted(Lead.objects.values_list("trader__name", flat=True)) == ["Shop 0", "Shop 1", "Shop 2", "Shop 3"]
    assert set(Lead.objects.values_list("state", "trader__place")) == {("new", "unknown")}


def test_the_same_rows_in_another_file_open_and_write_nothing(cast: Cast, upload: Upload) -> None:
    officer = cast["qltt.can-bo"]
    for name, data in (("mot.csv", content()), ("hai.csv", content() + b"\n")):
        upload(officer, data, name)
        confirm(officer, Import.objects.get(file_name=name))
        work_off()
    assert Lead.objects.count() == 4
    assert Entry.objects.filter(event="lead.opened").count() == 4
    assert Entry.objects.filter(event="leads.updated").count() == 1


def test_sellers_that_the_whole_file_joins_are_counted_in_the_job_and_in_the_ledger(cast: Cast, upload: Upload) -> None:
    officer = cast["qltt.can-bo"]
    rows = "".join(f"t{at},Bàn gỗ,shopee,s{at},Shop {at},Gọi 0957777777\n" for at in range(2))
    upload(officer, ("Mã tin,Tên sản phẩm,Sàn,Mã shop,Tên shop,Mô tả\n" + rows).encode())
    confirm(officer, Import.objects.get())
    work_off()
    job = Import.objects.get().job
    assert job is not None
    assert job.counts["joined"] == json.loads(Entry.objects.get(event="import.completed").payload.text)["joined"] == 1
