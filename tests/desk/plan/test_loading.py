"""Loading a plan's folder: all or nothing, with history, never twice the same."""

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
import yaml

from chosach.desk.agencies import services as agencies
from chosach.desk.agencies.models import Body, Competence, Territory
from chosach.desk.core.errors import Refused
from chosach.desk.core.kinds import BodyKind
from chosach.desk.ledger.models import Entry
from chosach.desk.ledger.selectors import entries_of
from chosach.desk.plan.files.folder import PlanProblems
from chosach.desk.plan.files.loading import load
from chosach.desk.plan.models import DueDate, Obligation, Plan, ReportForm, ReportPeriod
from tests.desk.plan.conftest import LOADER, PLANS
from tests.people import Cast


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of Đồng Nai's plan to change."""
    shutil.copytree(PLANS / "law", tmp_path / "law")
    return Path(shutil.copytree(PLANS / "dong-nai-2020", tmp_path / "dong-nai-2020"))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_the_plan_of_2020_brings_bodies_territory_and_all_obligations(plan: Plan) -> None:
    assert plan.valid_to == dt.date(2023, 10, 31)
    assert Territory.objects.filter(level="district").count() == 11
    assert Territory.objects.filter(level="commune").count() == 170
    names = list(Territory.objects.filter(level="commune").values_list("name", flat=True))
    assert [sum(name.startswith(kind) for name in names) for kind in ("Xã", "Phường", "Thị trấn")] == [122, 40, 8]
    assert Obligation.objects.count() == 49
    assert Body.objects.filter(kind=BodyKind.DISTRICT_COMMITTEE).count() == 11


def test_only_the_report_dates_and_the_end_are_set_by_the_plan(plan: Plan) -> None:
    assert set(DueDate.objects.values_list("obligation__code", flat=True)) == {"R1", "R3"}
    six_monthly = ReportPeriod.objects.filter(form__code="six-month")
    assert [period.due for period in six_monthly] == [
        dt.date(2021, 5, 13), dt.date(2021, 11, 13), dt.date(2022, 5, 13), dt.date(2022, 11, 13), dt.date(2023, 5, 13),
    ]  # fmt: skip
    assert set(six_monthly.values_list("origin", flat=True)) == {"inferred"}


def test_every_obligation_has_a_body_in_charge_and_words_in_two_languages(plan: Plan) -> None:
    for obligation in Obligation.objects.all():
        assert obligation.bodies.filter(share__in=["lead", "each"]).exists(), obligation.code
        assert obligation.title and obligation.title_en and obligation.text and obligation.text_en


def test_the_yearly_forms_have_the_indicators_of_the_six_monthly(plan: Plan) -> None:
    six, final = (ReportForm.objects.get(code=code).definition for code in ("six-month", "final"))
    assert [i["id"] for i in six["indicators"]][:6] == ["1", "2", "2a", "2b", "2c", "3"]
    assert final["indicators"] == six["indicators"]
    assert final["checks"] == six["checks"]


def test_the_same_files_again_change_nothing_and_write_nothing(plan: Plan) -> None:
    before = Entry.objects.count()
    again = load(PLANS / "dong-nai-2020", actor=LOADER)
    assert again.changes == ()
    assert Entry.objects.count() == before


def test_loading_writes_one_entry_for_the_plan_and_one_for_each_body(plan: Plan) -> None:
    assert Entry.objects.filter(event="plan.loaded").count() == 1
    assert Entry.objects.filter(event="body.added").count() == 30


def test_a_changed_body_keeps_its_history_in_the_ledger(plan: Plan, folder: Path) -> None:
    change(folder / "bodies.csv", "Cục Thuế tỉnh Đồng Nai", "Cục Thuế Đồng Nai mới")
    result = load(folder, actor=LOADER)
    assert Body.objects.get(code="tax").name == "Cục Thuế Đồng Nai mới"
    assert [(c.table, c.key) for c in result.changes if c.table == "body"] == [("body", "tax")]
    entry = next(entry for entry in entries_of("body", "tax") if entry.event == "body.changed")
    assert json.loads(entry.payload.text) == {"before": {"name": "Cục Thuế tỉnh Đồng Nai"}, "after": {"name": "Cục Thuế Đồng Nai mới"}}


def test_what_a_file_no_longer_has_is_withdrawn_and_comes_back(plan: Plan, folder: Path) -> None:
    original = (folder / "competence.csv").read_text()
    (folder / "competence.csv").write_text("\n".join(line for line in original.splitlines() if not line.startswith("tax-evasion")) + "\n")
    load(folder, actor=LOADER)
    assert Competence.objects.get(code="tax-evasion").withdrawn
    (folder / "competence.csv").write_text(original)
    load(folder, actor=LOADER)
    assert not Competence.objects.get(code="tax-evasion").withdrawn


def test_an_obligation_that_leaves_the_file_keeps_its_row(plan: Plan, folder: Path) -> None:
    document = yaml.safe_load((folder / "obligations.yaml").read_text())
    document["obligations"] = [row for row in document["obligations"] if row["id"] != "T6"]
    (folder / "obligations.yaml").write_text(yaml.safe_dump(document, allow_unicode=True))
    load(folder, actor=LOADER)
    assert Obligation.objects.get(code="T6").withdrawn
    assert Obligation.objects.filter(withdrawn=False).count() == 48


def test_a_contact_kept_by_the_body_survives_the_next_loading(plan: Plan, folder: Path) -> None:
    agencies.set_contact(actor=LOADER, code="police", contact="Trực ban 24/7")
    change(folder / "bodies.csv", "Cục Thuế tỉnh Đồng Nai", "Cục Thuế Đồng Nai mới")
    load(folder, actor=LOADER)
    assert Body.objects.get(code="police").contact == "Trực ban 24/7"


def test_a_merge_made_between_two_files_survives_the_next_loading(plan: Plan, folder: Path) -> None:
    agencies.merge_bodies(actor=LOADER, code="transport", into="industry-trade", on=dt.date(2022, 1, 1), ground="Quyết định thử")
    change(folder / "bodies.csv", "Cục Thuế tỉnh Đồng Nai", "Cục Thuế Đồng Nai mới")
    load(folder, actor=LOADER)
    assert Body.objects.get(code="transport").valid_to == dt.date(2021, 12, 31)


def test_a_correction_of_the_older_plan_does_not_undo_the_reorganisation(plan: Plan, folder: Path) -> None:
    load(PLANS / "dong-nai-2025", actor=LOADER)
    change(folder / "bodies.csv", "Cục Thuế tỉnh Đồng Nai", "Cục Thuế Đồng Nai mới")
    load(folder, actor=LOADER)
    tax = Body.objects.get(code="tax")
    assert tax.valid_to == dt.date(2025, 6, 30)
    assert Territory.objects.get(code="731").valid_to == dt.date(2025, 6, 30)


def test_the_two_files_may_be_loaded_in_either_order(db: None) -> None:
    load(PLANS / "dong-nai-2025", actor=LOADER)
    load(PLANS / "dong-nai-2020", actor=LOADER)
    assert Body.objects.get(code="tax").valid_to == dt.date(2025, 6, 30)
    assert Body.objects.filter(kind=BodyKind.COMMUNE_COMMITTEE).count() == 95


def test_a_folder_with_an_error_changes_nothing(plan: Plan, folder: Path) -> None:
    change(folder / "bodies.csv", "Cục Thuế tỉnh Đồng Nai", "Cục Thuế Đồng Nai mới")
    change(folder / "competence.csv", "tax-evasion,tax,", "tax-evasion,thue,")
    before = Entry.objects.count()
    with pytest.raises(PlanProblems):
        load(folder, actor=LOADER)
    assert Body.objects.get(code="tax").name == "Cục Thuế tỉnh Đồng Nai"
    assert Entry.objects.count() == before


def test_only_the_administrator_or_the_command_loads_a_plan(cast: Cast, folder: Path) -> None:
    change(folder / "bodies.csv", "Cục Thuế tỉnh Đồng Nai", "Cục Thuế Đồng Nai mới")
    for key in ("vptt.lanh-dao", "bcd.lanh-dao", "qltt.lanh-dao", "kiemtoan", "mttq.can-bo"):
        with pytest.raises(Refused):
            load(folder, actor=cast[key].actor)
    assert Body.objects.get(code="tax").name != "Cục Thuế Đồng Nai mới"
    load(folder, actor=cast["quantri"].actor)
    assert Body.objects.get(code="tax").name == "Cục Thuế Đồng Nai mới"
