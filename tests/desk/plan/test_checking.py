"""Every problem of a plan's folder is told at once, with file, line, a stable code and a Vietnamese sentence."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chosach.cli import app
from chosach.desk.plan.files.folder import PlanProblems, read
from tests.desk.plan.conftest import PLANS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(PLANS / "law", tmp_path / "law")
    return Path(shutil.copytree(PLANS / "dong-nai-2020", tmp_path / "dong-nai-2020"))


def issues(folder: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(PlanProblems) as caught:
        read(folder)
    return [(issue.file, issue.line, issue.code) for issue in caught.value.issues]


def edit(file: Path, old: str, new: str) -> int:
    """Replace once; the line of what was replaced."""
    text = file.read_text()
    assert old in text, old
    file.write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize("name", ["dong-nai-2020", "dong-nai-2025"])
def test_the_plans_of_this_project_have_no_problem(name: str) -> None:
    assert read(PLANS / name).bodies


#: file, what is replaced, by what, the code of the problem
MISTAKES = [
    ("bodies.csv", "tax,tax,", "tax,thuế,", "plan.value_unknown"),
    ("bodies.csv", "police,police,Công an tỉnh Đồng Nai", "police,police,", "plan.value_missing"),
    ("bodies.csv", "tax,tax,", "Cục Thuế,tax,", "plan.code_wrong"),
    ("bodies.csv", "Cục Thuế,leaders,75", "Cục Thuế,lanh-dao,75", "plan.body_unknown"),
    ("bodies.csv", "Cục Thuế,leaders,75", "Cục Thuế,leaders,7500", "plan.unit_unknown"),
    ("bodies.csv", "\ntax,tax,", "\npolice,tax,", "plan.row_twice"),
    ("bodies.csv", ",Cục Thuế,leaders,75,,,,", ",Cục Thuế,leaders,75,,31/12/2020,,", "plan.date_wrong"),
    ("bodies.csv", ",Cục Thuế,leaders,75,,,,", ",Cục Thuế,leaders,75,,2022-01-01,2021-01-01,", "plan.dates_crossed"),
    ("bodies.csv", ",Cục Thuế,leaders,75,,,,", ",Cục Thuế,leaders,75,,,,,,", "plan.cells_wrong"),
    ("territory.csv", "25993,commune,Phường Trảng Dài,731", "25993,commune,Phường Trảng Dài,999", "plan.unit_unknown"),
    ("territory.csv", "731,district,Thành phố Biên Hòa,75", "731,district,Thành phố Biên Hòa,732", "plan.level_wrong"),
    ("competence.csv", "\nexpired,market_surveillance,expired,,,,,", "\nexpired,market_surveillance,expired,,,mười,,", "plan.number_wrong"),
    ("competence.csv", "\nexpired,market_surveillance,expired", "\nexpired,health,unknown_origin", "plan.competence_overlap"),
    ("calendar.csv", "2023-01-20,no", "2023-01-20,maybe", "plan.value_wrong"),
    ("calendar.csv", "2023-01-20,no", "2023-02-30,no", "plan.date_wrong"),
    ("plan.yaml", "issuer: leaders", "issuer: lanh-dao", "plan.body_unknown"),
    ("plan.yaml", "carries_out:", "carry_out:", "plan.field_unknown"),
    ("plan.yaml", "{form: final,", "{form: tong-ket,", "plan.form_unknown"),
    ("plan.yaml", "province: \"75\"", "province: 75", "plan.value_wrong"),
    ("obligations.yaml", "lead: [tax]", "lead: [thue]", "plan.body_unknown"),
    ("obligations.yaml", "  - id: T2", "  - id: T1", "plan.row_twice"),
    ("obligations.yaml", "    title_en: Reward merit, punish abetting\n", "", "plan.value_missing"),
    ("obligations.yaml", "    lead: [leaders]\n", "", "plan.nobody_in_charge"),
    ("reports/six-month.yaml", 'parts: ["2a", "2b", "2c"]', 'parts: ["2a", "2b", "2d"]', "plan.indicator_unknown"),
    ("reports/six-month.yaml", "kinds: [banned, smuggled]", "kinds: [banned]", "plan.kind_uncounted"),
    ("reports/six-month.yaml", "kinds: [counterfeit, ip_infringing]", "kinds: [counterfeit, ip_infringing, banned]", "plan.kind_twice"),
    ("reports/final.yaml", "indicators_of: six-month", "indicators_of: nam-thang", "plan.form_unknown"),
    ("../law/deadlines.csv", "phối hợp,5,working_day", "phối hợp,5,ngày", "plan.value_unknown"),
    ("../law/deadlines.csv", "phối hợp,5,", "phối hợp,0,", "plan.number_wrong"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "code"), MISTAKES)
def test_a_mistake_is_told_with_file_and_line(folder: Path, file: str, old: str, new: str, code: str) -> None:
    line = edit(folder / file, old, new) + (1 if old.startswith("\n") else 0)
    found = issues(folder)
    name = file.removeprefix("../") if file.startswith("..") else f"{folder.name}/{file}"
    assert [issue for issue in found if issue[2] == code and issue[0] == name], found
    near = [issue[1] for issue in found if issue[2] == code and issue[0] == name]
    assert any(abs(place - line) <= 12 and (place >= line or file.endswith("yaml")) for place in near), (near, line)
    if file.endswith(".csv") and code not in {"plan.row_twice", "plan.competence_overlap"}:
        assert line in near


def test_all_mistakes_are_told_at_once(folder: Path) -> None:
    edit(folder / "bodies.csv", "tax,tax,", "tax,thuế,")
    edit(folder / "calendar.csv", "2023-01-20,no", "2023-01-20,maybe")
    edit(folder / "obligations.yaml", "lead: [police]", "lead: [cong-an]")
    edit(folder / "../law/penalties.csv", ",verified,", ",sure,")
    files = {file for file, _, _ in issues(folder)}
    assert {f"{folder.name}/bodies.csv", f"{folder.name}/calendar.csv", f"{folder.name}/obligations.yaml", "law/penalties.csv"} <= files


def test_a_missing_file_or_folder_is_told(folder: Path, tmp_path: Path) -> None:
    (folder / "competence.csv").unlink()
    assert (f"{folder.name}/competence.csv", 0, "plan.file_missing") in issues(folder)
    assert issues(tmp_path / "nowhere")[0][2] == "plan.folder_missing"


def test_broken_yaml_csv_and_encoding_are_told(folder: Path) -> None:
    (folder / "plan.yaml").write_text("code: [a\nb: c: d\n")
    (folder / "bodies.csv").write_bytes("code,kind\nthuế,tax\n".encode("utf-16"))
    (folder / "calendar.csv").write_text('date,working,name\n2021-01-01,no,"unclosed\n')
    codes = {code for _, _, code in issues(folder)}
    assert {"plan.yaml_wrong", "plan.not_utf8", "plan.csv_wrong"} <= codes


def test_a_circle_of_successors_is_told(tmp_path: Path) -> None:
    shutil.copytree(PLANS / "law", tmp_path / "law")
    folder = Path(shutil.copytree(PLANS / "dong-nai-2025", tmp_path / "dong-nai-2025"))
    edit(folder / "successions.csv", "tax,tax-2025,2025-07-01", "tax-2025,tax-2025,2025-07-01")
    codes = {code for _, _, code in issues(folder)}
    assert {"plan.circle", "plan.succession_early"} <= codes


def test_the_command_prints_the_problems_and_exits_with_1(folder: Path) -> None:
    line = edit(folder / "bodies.csv", "tax,tax,", "tax,thuế,")
    result = CliRunner().invoke(app, ["plan", "check", str(folder)])
    assert result.exit_code == 1
    assert f"dong-nai-2020/bodies.csv:{line}: [plan.value_unknown] “kind”: “thuế” không có trong danh mục" in result.output


def test_the_command_says_that_a_folder_is_fine() -> None:
    result = CliRunner().invoke(app, ["plan", "check", str(PLANS / "dong-nai-2020")])
    assert result.exit_code == 0
    assert "49 nhiệm vụ" in result.output
