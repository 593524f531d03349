"""`chosach ftm`: what `chosach link` found goes to investigators' tools, and what they write comes in."""

import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from chosach.cli import app

ROWS = (
    "Mã hồ sơ,Họ tên,Tên shop,SĐT,Địa chỉ\n"
    "a,Nguyễn Thị Quỳnh Lan,Hoa Hướng Dương,0912345678,\"12/3 Lê Lợi, P. Tân Mai, Biên Hòa, Đồng Nai\"\n"
    "b,nguyen thi quynh lan,HOA HƯỚNG DƯƠNG official,0912.345.678,\"12/3 Lê Lợi, Tam Hiệp, Đồng Nai\"\n"
    "c,Trần Văn Bình,Giày Bình,0987654321,\n"
)  # fmt: skip


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*map(str, arguments)])
    return result.exit_code, result.output


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("linked")
    (folder / "ho-so.csv").write_text(ROWS, encoding="utf-8")
    code, _ = run("link", folder / "ho-so.csv", "--out", folder / "clusters.parquet", "--edges", folder / "edges.parquet", "-q")
    assert code == 0
    return folder


@pytest.fixture
def linked(made: Path, tmp_path: Path) -> Path:
    """A list of three and what `chosach link` wrote of it."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_what_link_found_goes_out_and_comes_back(linked: Path) -> None:
    given = ("--clusters", linked / "clusters.parquet", "--edges", linked / "edges.parquet")
    code, told = run("ftm", "export", linked / "ho-so.csv", *given, "--out", linked / "out.json")
    assert code == 0
    assert "dữ liệu cá nhân" in told
    schemata = [json.loads(line)["schema"] for line in (linked / "out.json").read_text(encoding="utf-8").splitlines()]
    assert (schemata.count("MarketShop"), schemata.count("Person"), schemata.count("SellerMatch")) == (3, 2, 1)
    code, told = run("ftm", "import", linked / "out.json", "--out", linked / "back", "--strict")
    assert code == 0
    assert "3 hồ sơ" in told
    for name in ("clusters", "edges"):
        assert pq.read_table(linked / "back" / f"{name}.parquet").to_pylist() == pq.read_table(linked / f"{name}.parquet").to_pylist()
    assert run("link", linked / "back" / "records.parquet", "--out", linked / "again.parquet", "-q") == (0, "")
    assert pq.read_table(linked / "again.parquet").equals(pq.read_table(linked / "clusters.parquet"))


def test_records_that_link_read_by_encoding_or_sheet_are_read_alike(tmp_path: Path) -> None:
    old, book = tmp_path / "cu.csv", tmp_path / "bang.xlsx"
    old.write_bytes("record_id,name\na,Lê Văn Sang\n".encode("windows-1258"))
    workbook = Workbook()
    workbook.create_sheet("Khác").append(["Mã hồ sơ", "Họ tên"])
    wanted = workbook.create_sheet("Gian hàng")
    wanted.append(["Mã hồ sơ", "Họ tên"])
    wanted.append(["b", "Lê Hoàng Nam"])
    workbook.save(book)
    for file, how, name in ((old, ("--encoding", "windows-1258"), "Lê Văn Sang"), (book, ("--sheet", "Gian hàng"), "Lê Hoàng Nam")):
        out = tmp_path / "out.json"
        assert run("ftm", "export", file, *how, "--out", out, "-q") == (0, "")
        assert name in out.read_text(encoding="utf-8")
        assert run("joints", file, *how, "--out", tmp_path / "anh.parquet", "-q") == (0, "")
        assert pq.read_table(tmp_path / "anh.parquet")["name"].to_pylist() == [name]


@pytest.mark.parametrize("rows", ["", ",Không mã\n"])
def test_a_list_without_a_usable_row_is_refused(tmp_path: Path, rows: str) -> None:
    (tmp_path / "ho-so.csv").write_text("Mã hồ sơ,Họ tên\n" + rows, encoding="utf-8")
    code, told = run("ftm", "export", tmp_path / "ho-so.csv", "--out", tmp_path / "out.json")
    assert code == 3
    assert "[rows.none]" in told
    assert not (tmp_path / "out.json").exists()


def test_rings_of_link_go_out_with_their_members_and_come_back(tmp_path: Path) -> None:
    shared = '0011223344,VCB,"Kho 5, KP3, Tân Mai, Biên Hòa"'
    people = ("a,Nguyễn Thị Quỳnh Lan,0912345678", "b,Trần Văn Bình,0987654321", "c,Lê Hoàng Nam,0977654321")
    records = tmp_path / "ho-so.csv"
    records.write_text("Mã hồ sơ,Họ tên,SĐT,STK,Ngân hàng,Kho\n" + "".join(f"{one},{shared}\n" for one in people), encoding="utf-8")
    found = {name: tmp_path / f"{name}.parquet" for name in ("clusters", "ties", "rings")}
    assert run("link", records, "--out", found["clusters"], "--ties", found["ties"], "--rings", found["rings"], "-q") == (0, "")
    given = [argument for name, path in found.items() for argument in (f"--{name}", path)]
    assert run("ftm", "export", records, *given, "--out", tmp_path / "out.json", "-q") == (0, "")
    sheets = [argument for name in found for argument in (f"--{name}", tmp_path / f"{name}.csv")]
    options = ["--out", tmp_path / "clusters.csv", *sheets[2:], "-q"]
    assert run("link", records, *options) == (0, "")
    assert run("ftm", "export", records, *sheets, "--out", tmp_path / "csv.json", "-q") == (0, "")
    assert (tmp_path / "csv.json").read_bytes() == (tmp_path / "out.json").read_bytes(), "CSV says the same"
    assert run("ftm", "import", tmp_path / "out.json", "--out", tmp_path / "back", "--strict", "-q") == (0, "")
    back = {name: pq.read_table(tmp_path / "back" / f"{name}.parquet") for name in ("clusters", "ties", "rings", "members")}
    for name in ("clusters", "ties"):
        assert back[name].to_pylist() == pq.read_table(found[name]).select(back[name].column_names).to_pylist(), name
    told = pq.read_table(found["rings"]).sort_by([("ring_id", "ascending"), ("cluster_id", "ascending")])
    assert back["rings"].num_rows == 1 and back["members"].num_rows == told.num_rows == 3
    assert back["members"].to_pylist() == told.select(back["members"].column_names).to_pylist()
    assert back["rings"]["sentence"].to_pylist() == told["ring_sentence"].to_pylist()[:1]
    again = [
        argument for name in ("clusters", "ties", "rings", "members") for argument in (f"--{name}", tmp_path / "back" / f"{name}.parquet")
    ]
    assert run("ftm", "export", tmp_path / "back" / "records.parquet", *again, "--out", tmp_path / "again.json", "-q") == (0, "")
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "out.json").read_bytes()


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_ties_that_an_officer_cut_do_not_go_out(linked: Path, form: str) -> None:
    records, judged, ties = linked / "ba.csv", linked / "ket-luan.csv", linked / f"ties.{form}"
    people = ("x,Nguyễn Thị Quỳnh Lan,0912345678", "y,Trần Văn Bình,0987654321", "z,Lê Hoàng Nam,0977654321")
    records.write_text("Mã hồ sơ,Họ tên,SĐT,STK\n" + "".join(f"{one},0011223344\n" for one in people), encoding="utf-8")
    judged.write_text("record_id_l,record_id_r,verdict\nx,y,cut\n", encoding="utf-8")
    assert run("link", records, "--out", linked / "o.parquet", "--ties", ties, "--judgements", judged, "-q") == (0, "")
    assert form == "csv" or pq.read_table(ties)["cut"].to_pylist().count(True) == 1
    assert run("ftm", "export", "--ties", ties, "--out", linked / "out.json", "-q") == (0, "")
    items = [json.loads(line) for line in (linked / "out.json").read_text(encoding="utf-8").splitlines()]
    told = [item["properties"]["recordId"] for item in items if item["schema"] == "SellerTie"]
    assert {tuple(sorted(one)) for one in told} == {("x", "z"), ("y", "z")}


def test_listings_go_with_their_shops(linked: Path) -> None:
    (linked / "tin.csv").write_text("Mã tin,Tiêu đề,Giá,Mã shop\n1,Hoa tươi,50000,a\n2,Giày,90000,lạ\n", encoding="utf-8")
    code, _ = run("ftm", "export", linked / "ho-so.csv", "--listings", linked / "tin.csv", "--out", linked / "out.json", "-q")
    assert code == 0
    items = [json.loads(line) for line in (linked / "out.json").read_text(encoding="utf-8").splitlines()]
    listings = [item["properties"] for item in items if item["schema"] == "MarketListing"]
    assert [("shop" in one, one["amount"], one["currency"]) for one in listings] == [
        (True, ["50000"], ["VND"]),
        (False, ["90000"], ["VND"]),
    ]


def test_for_a_server_without_the_extension_there_is_a_plain_form(linked: Path) -> None:
    code, _ = run(
        "ftm", "export", linked / "ho-so.csv", "--clusters", linked / "clusters.parquet", "--out", linked / "out.json", "--plain", "-q"
    )
    schemata = {json.loads(line)["schema"] for line in (linked / "out.json").read_text(encoding="utf-8").splitlines()}
    assert (code, schemata) == (0, {"Asset", "Person", "Ownership"})


def test_traders_and_pairs_of_another_list_are_refused_and_of_a_part_of_it_told(linked: Path) -> None:
    other = linked / "khac.csv"
    other.write_text(ROWS.replace("\na,", "\nx,").replace("\nb,", "\ny,").replace("\nc,", "\nz,"), encoding="utf-8")
    for name in ("clusters", "edges"):
        code, told = run("ftm", "export", other, f"--{name}", linked / f"{name}.parquet", "--out", linked / "out.json")
        assert (code, "[ftm.other_run]" in told, (linked / "out.json").exists()) == (3, True, False), told
    other.write_text(ROWS.replace("\nc,", "\nz,"), encoding="utf-8")
    code, told = run("ftm", "export", other, "--clusters", linked / "clusters.parquet", "--out", linked / "out.json", "-q")
    assert (code, told.count("[ftm.other_run]")) == (0, 1), told
    assert "1 hồ sơ trong đó không có trong tệp hồ sơ (c); 1 hồ sơ trong danh sách không có thương nhân (z)" in told


def test_rings_of_other_traders_are_refused(linked: Path) -> None:
    (linked / "rings.csv").write_text("ring_id,cluster_id,role,score,sentence,ring_sentence\nR1,T9,member,0.5,câu,câu\n", encoding="utf-8")
    given = ("--clusters", linked / "clusters.parquet", "--rings", linked / "rings.csv")
    code, told = run("ftm", "export", linked / "ho-so.csv", *given, "--out", linked / "out.json")
    assert (code, "--rings là của danh sách khác: không thương nhân nào" in told, "[ftm.other_run]" in told) == (3, True, True), told


def test_the_extension_is_printed_as_it_is_shipped() -> None:
    from chosach.formats import followthemoney

    assert run("ftm", "schema") == (0, followthemoney.extension())


def test_bad_lines_go_to_the_rejects_file(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"id": "p", "schema": "Person", "properties": {"name": ["A"]}}\nxin chào\n', encoding="utf-8")
    code, told = run("ftm", "import", tmp_path / "a.json", "--out", tmp_path / "out", "--rejects", tmp_path / "r.jsonl", "--strict")
    assert code == 1
    assert "1 dòng bị loại" in told
    (problem,) = map(json.loads, (tmp_path / "r.jsonl").read_text(encoding="utf-8").splitlines())
    assert (problem["line"], problem["code"], problem["reason"]) == (2, "json.syntax", "Dòng không phải JSON hợp lệ.")


@pytest.mark.parametrize(
    ("arguments", "code", "name"),
    [
        (["export", "--out", "{out}"], 2, "in.none"),
        (["export", "{in}", "--out", "{in}"], 2, "out.is_input"),
        (["export", "{in}", "--out", "{out}", "--clusters", "{in}"], 3, "table.column"),
        (["export", "{in}", "--out", "{out}", "--edges", "{in}"], 3, "table.unreadable"),
        (["export", "{in}", "--out", "{out}", "--clusters", "{in}.none"], 3, "table.unreadable"),
        (["export", "{in}", "--out", "{out}", "--ties", "{edges}"], 3, "table.column"),
        (["export", "{in}.none", "--out", "{out}"], 3, "file.not_found"),
        (["export", "{in}", "--out", "/nowhere/out.json"], 4, "out.unwritable"),
        (["import", "{in}", "--out", "{out}"], 3, "ftm.none"),
        (["import", "{in}.none", "--out", "{out}"], 3, "file.unreadable"),
        (["import", "{in}", "--out", "{in}"], 4, "out.not_folder"),
    ],
)
def test_what_is_wrong_is_said_with_a_code(linked: Path, arguments: list[str], code: int, name: str) -> None:
    places = {"in": linked / "ho-so.csv", "out": linked / "out", "edges": linked / "edges.parquet"}
    ended, told = run("ftm", *(argument.format(**places) for argument in arguments))
    assert (ended, f"[{name}]" in told) == (code, True), told
    assert not (linked / "out").exists()
