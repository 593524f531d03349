"""`chosach place`: new records find their traders without a run over all."""

import csv
import io
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from chosach.linking.living.index import Index
from chosach.linking.schema import PLACED
from tests.commands.indexes import run, trader


def test_new_records_are_placed_with_reasons_and_the_index_stays_as_it_is(made: Path, index: Path, new: Path, tmp_path: Path) -> None:
    code, told = run("place", new, "--index", index, "--out", tmp_path / "out.parquet")
    assert code == 0
    assert "3 hồ sơ mới, 0 dòng bị loại" in told
    assert "1 hồ sơ có thể là của thương nhân đã biết, 2 chưa thấy của ai" in told
    placed = pq.read_table(tmp_path / "out.parquet")
    assert placed.schema.equals(PLACED)
    rows = {row["record_id"]: row for row in placed.to_pylist()}
    assert rows["n1"]["cluster_id"] == rows["n1"]["candidates"][0]["cluster_id"] == trader(made, "a")
    assert rows["n1"]["known"] and rows["n1"]["probability"] > 0.9
    assert "Cùng số điện thoại" in " ".join(reason["sentence"] for reason in rows["n1"]["candidates"][0]["reasons"])
    assert [(rows[name]["cluster_id"], rows[name]["known"]) for name in ("n2", "n3")] == [(None, False)] * 2
    with Index(index) as kept:
        assert (len(kept), kept.log()) == (3, [])


def test_one_record_is_told_on_the_command_line_and_answered_in_sentences(made: Path, index: Path) -> None:
    code, told = run("place", "--index", index, "--record", "name=Nguyễn Thị Quỳnh Lan", "--record", "phone=0912345678")
    assert code == 0
    assert f"có thể là thương nhân {trader(made, 'a')} (xác suất 99,9 %)" in told
    assert "  - Cùng số điện thoại" in told
    assert told.endswith("Kết quả là dấu hiệu để cán bộ kiểm tra, không phải kết luận.\n")
    code, told = run("place", "--index", index, "--record", "phone=0999888777")
    assert (code, "chưa thấy thương nhân nào" in told) == (0, True)


@pytest.fixture(scope="module")
def made_of_a_ring(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ring")
    from tests.linking.rings.making import pool, table, trader

    shared = {"bank_account": "19036666777888", "warehouse": "45/6 Bùi Văn Hòa, phường Long Bình, Đồng Nai"}
    alike = [trader(60 + at, name="Nguyễn Thị Quỳnh Lan", seller_name=None) for at in range(7)]
    pq.write_table(table([*pool(0, 9, **shared), *alike, *(trader(100 + at) for at in range(20))]), folder / "ho-so.parquet")
    run("link", folder / "ho-so.parquet", "--out", folder / "t.parquet", "-q")
    arguments = ["--clusters", folder / "t.parquet", "--out", folder / "i", "-q"]
    assert run("index", "build", folder / "ho-so.parquet", *arguments) == (0, "")
    return folder


@pytest.fixture
def ringed(made_of_a_ring: Path, tmp_path: Path) -> Path:
    """Nine traders with an account and a warehouse, a ring, and one of them with seven name-alikes."""
    shutil.copytree(made_of_a_ring, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_who_is_asked_about_is_told_with_names_shops_and_rings(ringed: Path) -> None:
    told = run("place", "--index", ringed / "i", "--record", "bank_account=19036666777888", "--record", "name=Trần Văn Bình")[1]
    ring = {row["record_id"]: row["ring_id"] for row in pq.read_table(ringed / "t.parquet").to_pylist()}["t0000"]
    assert ring and f", Trần Văn Bình, gian hàng “Giày dép Bình 0”, thuộc đường dây {ring}." in told, told


def test_traders_that_are_not_listed_are_counted_and_listed_when_asked_for(ringed: Path) -> None:
    asked = ["place", "--index", ringed / "i", "--record", "bank_account=19036666777888"]
    assert "Còn 4 thương nhân khác nên xem, không nêu ở đây (--candidates để nêu thêm)." in run(*asked)[1]
    told = run(*asked, "--candidates", "9", "--out", ringed / "o.parquet")[1]
    assert "thương nhân khác" not in told and told.count("So với hồ sơ") == 9
    (row,) = pq.read_table(ringed / "o.parquet").to_pylist()
    assert (len(row["candidates"]), row["more"]) == (9, 0)


def test_a_warehouse_is_asked_for_and_its_traders_are_told_with_their_ring(ringed: Path) -> None:
    asked = ["place", "--index", ringed / "i", "--record", "warehouse=45/6 Bùi Văn Hòa, P. Long Bình, Biên Hòa, Đồng Nai"]
    code, told = run(*asked, "--out", ringed / "o.csv")
    assert (code, told.count("Cùng nơi gửi hàng: thương nhân ")) == (0, 5), told
    assert "Còn 4 thương nhân khác cùng nơi gửi hàng" in told and "Kho này có ở 9 thương nhân." in told
    assert "gian hàng “Giày dép Bình 0”, thuộc đường dây R" in told and "là cùng một người" not in told
    (row,) = csv.DictReader(io.StringIO((ringed / "o.csv").read_bytes().decode("utf-8-sig"), newline=""))
    assert row["sharing"].count("; đường dây R") == 5 and row["more_sharing"] == "4"
    assert "Trần Văn Bình; gian hàng “Giày dép Bình 0”; đường dây R" in row["sharing"]
    (ringed / "m.csv").write_text('Mã hồ sơ,Kho\nx,"45/6 Bùi Văn Hòa, phường Long Bình, Đồng Nai"\ny,kho\n', encoding="utf-8")
    told = run("place", ringed / "m.csv", "--index", ringed / "i", "--out", ringed / "o.csv")[1]
    assert "1 hồ sơ cùng nơi gửi hàng với thương nhân khác (cột sharing)." in told
    told = run("place", "--index", ringed / "i", "--record", "warehouse=3 Lê Lợi, phường Tam Hiệp, Đồng Nai")[1]
    assert "Chưa thấy thương nhân nào khác dùng nơi gửi hàng này." in told
    code, told = run("place", "--index", ringed / "i", "--record", "warehouse=kho")
    assert (code, "warehouse “kho” (cần nơi gửi hàng, như" in told) == (2, True), told


def test_a_field_that_cannot_be_asked_for_is_refused_with_those_that_can(index: Path) -> None:
    for field in ("images=ff00", "texts=a", "age=3"):
        code, told = run("place", "--index", index, "--record", field)
        assert code == 2
        for name in (
            "name",
            "seller_name",
            "phone",
            "bank_account",
            "tax_code",
            "email",
            "address",
            "warehouse",
            "url",
            "handle",
            "record_id",
        ):
            assert name in told


def test_the_probability_is_that_of_the_trader_that_was_chosen_and_empty_without_one(made: Path, index: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    (tmp_path / "m.csv").write_text(
        "Mã hồ sơ,Họ tên,SĐT\nn1,Nguyễn Thị Quỳnh Lan,0912345678\nn2,Nguyễn Thị Quỳnh Lan,0988\n", encoding="utf-8"
    )
    run("place", tmp_path / "m.csv", "--index", index, "--out", out)
    rows = {row["record_id"]: row for row in csv.DictReader(io.StringIO(out.read_bytes().decode("utf-8-sig"), newline=""))}
    assert float(rows["n1"]["probability"]) > 0.9 and rows["n1"]["known"] == "true"
    assert (rows["n2"]["probability"], rows["n2"]["cluster_id"], rows["n2"]["known"]) == ("", "", "false")
    assert "xác suất" in rows["n2"]["candidates"], "each candidate has its own"


def test_a_value_is_told_with_the_records_that_carry_it_and_not_the_one_asked_about(index: Path) -> None:
    told = run("place", "--index", index, "--record", "name=Trần Văn Bình", "--record", "phone=0987654321")[1]
    assert "Cùng số điện thoại 0987654321. Số này có ở 1 hồ sơ." in told
    assert "Số này có ở 2 hồ sơ" in run("place", "--index", index, "--record", "phone=0912345678")[1]


def test_what_cannot_be_read_in_a_record_is_said_and_not_taken_for_nobody(made: Path, index: Path) -> None:
    code, told = run("place", "--index", index, "--record", "phone=abc", "--record", "tax_code=12")
    assert (code, "phone “abc” (cần số điện thoại, như 0912345678)" in told, "tax_code “12”" in told) == (2, True, True), told
    code, told = run("place", "--index", index, "--record", "phone=abc", "--record", "name=Nguyễn Thị Quỳnh Lan")
    assert (code, "[record.unread]" in told) == (0, True)
    assert "So với hồ sơ a của thương nhân này" in told or "chưa thấy thương nhân nào" in told


def test_results_are_a_csv_file_where_the_name_says_so(made: Path, index: Path, new: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert run("place", new, "--index", index, "--out", out)[0] == 0
    text = out.read_bytes().decode("utf-8-sig")
    rows = {row["record_id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert rows["n1"]["cluster_id"] == trader(made, "a")
    assert rows["n1"]["candidates"].startswith(
        f"{trader(made, 'a')} – b (xác suất 99,9 %; nguyen thi quynh lan; gian hàng “HOA HƯỚNG DƯƠNG official”): "
    )
    assert "Cùng số điện thoại" in rows["n1"]["candidates"]
    assert rows["n2"] == {**rows["n2"], "cluster_id": "", "known": "false"}


def test_a_record_whose_letters_are_broken_is_read_as_far_as_it_can_be(made: Path, index: Path) -> None:
    """A terminal that does not speak UTF-8 hands over half letters."""
    code, told = run("place", "--index", index, "--record", "name=Nguy\udcffn Th\udcff Qu\udcffnh Lan", "--record", "phone=0912345678")
    assert code == 0
    assert f"thương nhân {trader(made, 'a')}" in told


def test_a_field_is_asked_for_as_people_call_it(made: Path, index: Path) -> None:
    told = run("place", "--index", index, "--record", "SĐT=0912345678", "--record", "Họ và tên=Nguyễn Thị Quỳnh Lan")[1]
    assert f"có thể là thương nhân {trader(made, 'a')}" in told
    assert "[record.twice]" in run("place", "--index", index, "--record", "SĐT=0912345678", "--record", "phone=0912345678")[1]
