"""`chosach joints`: pictures in, records for `chosach link` out."""

import errno
import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from bench.pictures import as_jpeg, changed, goods
from PIL import Image
from typer.testing import CliRunner

from chosach.cli import app
from chosach.formats import records
from chosach.linking.joints import facts, images, qr
from tests.linking.joints.making import code, jpeg, poster, vietqr


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["joints", *map(str, arguments)])
    return result.exit_code, result.output


@pytest.fixture
def shops(tmp_path: Path) -> Path:
    """Three shops' pictures: a and b sell one thing and are paid on one account, c has its own."""
    folder = tmp_path / "anh"
    for shop, picture, account in (
        ("a", goods(1), "0071000123456"),
        ("b", changed(goods(1), "crop 20 %", 1), "0071000123456"),
        ("c", goods(2), "19031234567899"),
    ):
        (folder / shop).mkdir(parents=True)
        (folder / shop / "hang.jpg").write_bytes(as_jpeg(picture))
        (folder / shop / "thanh-toan.JPG").write_bytes(jpeg(poster(code(vietqr("970436", account)))))
    return folder


def test_a_folder_of_shops_becomes_records_with_hashes_and_accounts(shops: Path, tmp_path: Path) -> None:
    out = tmp_path / "ho-so.parquet"
    exit_code, told = run(shops, "--out", out)
    assert exit_code == 0
    assert "3 hồ sơ, 6 ảnh" in told
    rows = pq.read_table(out).to_pylist()
    assert [(row["record_id"], row["bank"], row["bank_account"]) for row in rows] == [
        ("a", "VCB", "0071000123456"), ("b", "VCB", "0071000123456"), ("c", "VCB", "19031234567899"),
    ]  # fmt: skip
    assert rows[0]["codes"] == [{"kind": "payment", "value": "0071000123456", "bank": "VCB", "valid": True}]
    near = images.near([row["record_id"] for row in rows], [row["images"] for row in rows]).to_pylist()
    assert ("a", "b") in [(row["l"], row["r"]) for row in near]


def test_files_of_a_folder_that_are_not_read_are_counted_by_their_endings(shops: Path, tmp_path: Path) -> None:
    for name in ("a/IMG_1.HEIC", "a/IMG_2.heic", "b/ghi-chu.txt", "b/Thumbs.db", ".DS_Store", "c/README"):
        (shops / name).write_bytes(b"x")
    (shops / "c" / "hong.png").write_bytes(b"x")
    (shops / "a" / "hang.jpg").rename(shops / "a" / "hang.jfif")
    rejects = shops / "loai.csv"
    code, told = run(shops, "--out", shops / "ho-so.parquet", "--rejects", rejects)
    assert code == 0
    assert "3 hồ sơ, 7 ảnh" in told, "one called .jfif is a JPEG"
    assert "4 tệp trong thư mục không được đọc vì đuôi tệp: .heic (2), .txt (1), không có đuôi (1)." in told
    assert "3 ảnh không đọc được: .heic (2), .png (1)." in told
    rows = rejects.read_text(encoding="utf-8-sig").splitlines()[1:]
    assert sorted(Path(row.rpartition(",")[2]).name for row in rows if "picture.ending" in row) == [
        "IMG_1.HEIC", "IMG_2.heic", "README", "ghi-chu.txt",
    ]  # fmt: skip
    (shops / "c" / "hong.png").unlink()
    assert run(shops, "--out", tmp_path / "ho-so.parquet", "--strict")[0] == 1, "a picture is missing"
    code, told = run(shops / "a" / "IMG_1.HEIC", "--out", tmp_path / "ho-so.parquet")
    assert (code, "[picture.ending]" in told) == (3, True), told


def test_chosach_link_reads_what_it_wrote(shops: Path, tmp_path: Path) -> None:
    out = tmp_path / "ho-so.parquet"
    run(shops, "--out", out, "--quiet")
    file = records.open_file(out)
    (batch,) = file.batches()
    assert batch.table["bank_account"].to_pylist() == ["0071000123456", "0071000123456", "19031234567899"]
    assert all(images.is_hash(told) for mine in batch.table["images"].to_pylist() for told in mine)
    result = CliRunner().invoke(app, ["link", str(out), "--out", str(tmp_path / "thuong-nhan.parquet"), "--quiet"])
    assert result.exit_code == 0, result.output


def test_records_that_name_pictures_keep_their_columns(shops: Path, tmp_path: Path) -> None:
    (shops / "hong.png").write_bytes(b"<html>")
    (tmp_path / "ngoai.jpg").write_bytes(as_jpeg(goods(3)))
    listed = tmp_path / "gian-hang.csv"
    listed.write_text(
        "Mã hồ sơ,Tên shop,STK,Ngân hàng,Ảnh\n"
        "1,Hoa Nắng,,,a/hang.jpg|a/thanh-toan.JPG\n"
        "2,Hoa Mưa,555666777,ACB,a/thanh-toan.JPG\n"
        "3,Hoa Gió,,,hong.png|../ngoai.jpg|https://example.vn/a.jpg|khong-co.jpg|9f3c5a7e12d4b680\n",
        encoding="utf-8",
    )
    out, rejects = tmp_path / "ra.parquet", tmp_path / "loi.csv"
    exit_code, _ = run(listed, "--pictures", shops, "--out", out, "--rejects", rejects, "--strict")
    assert exit_code == 1
    first, second, third = pq.read_table(out).to_pylist()
    assert (first["seller_name"], first["bank"], first["bank_account"]) == ("Hoa Nắng", "VCB", "0071000123456")
    assert (second["bank"], second["bank_account"]) == ("ACB", "555666777")
    assert third["images"] == ["9f3c5a7e12d4b680"]
    told = rejects.read_text(encoding="utf-8-sig")
    assert all(f"picture.{reason}" in told for reason in ("kind", "outside", "not_here", "not_found"))


def test_pictures_are_found_whatever_the_case_the_form_of_marks_and_the_sort_of_slash(tmp_path: Path) -> None:
    folder = tmp_path / "Ảnh"
    (folder / unicodedata.normalize("NFD", "Túi")).mkdir(parents=True)
    (folder / unicodedata.normalize("NFD", "Túi") / unicodedata.normalize("NFD", "Mặt trước.JPG")).write_bytes(as_jpeg(goods(1)))
    for name in ("HAI.jpg", "hai.JPG"):
        (folder / name).write_bytes(as_jpeg(goods(2)))
    listed, rejects = tmp_path / "gian-hang.csv", tmp_path / "loi.jsonl"
    names = ("túi/mặt TRƯỚC.jpg", ".\\Túi\\Mặt trước.jpg", "hai.JPG", "Hai.jpg", "túi/../../gian-hang.csv", "túi")
    listed.write_text("id,images\n" + "".join(f"{at},{name}\n" for at, name in enumerate(names)), encoding="utf-8")
    out = tmp_path / "ra.parquet"
    assert run(listed, "--pictures", folder, "--out", out, "--rejects", rejects)[0] == 0
    assert [len(row["images"]) for row in pq.read_table(out).to_pylist()] == [1, 1, 1, 0, 0, 0]
    told = {row["row"]: row["code"] for row in map(json.loads, rejects.read_text(encoding="utf-8").splitlines())}
    assert told == {4: "picture.names_alike", 5: "picture.outside", 6: "picture.not_found"}


def test_a_name_that_cannot_be_looked_for_is_not_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "anh"
    (folder / "khoa").mkdir(parents=True)
    (folder / "vong.jpg").symlink_to(folder / "vong.jpg")
    exists = Path.exists

    def locked(path: Path) -> bool:
        if path.parent.name == "khoa":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return exists(path)

    monkeypatch.setattr(Path, "exists", locked)
    listed, rejects = tmp_path / "gian-hang.csv", tmp_path / "loi.jsonl"
    names = ("a" * 300 + ".jpg", "khoa/1.jpg", "vong.jpg", "../ngoai.jpg")
    listed.write_text("id,images\n" + "".join(f"{at},{name}\n" for at, name in enumerate(names)), encoding="utf-8")
    assert run(listed, "--pictures", folder, "--out", tmp_path / "ra.parquet", "--rejects", rejects)[0] == 0
    told = [json.loads(line)["code"] for line in rejects.read_text(encoding="utf-8").splitlines()]
    assert told == ["picture.not_found"] * 3 + ["picture.outside"]


def test_what_nobody_foresaw_prints_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "hong.jpg").write_bytes(as_jpeg(goods(1)))
    program = (
        "import sys\n"
        "from chosach.linking.joints import images\n"
        "images.hashes_of = lambda picture: 1 / 0\n"
        "from chosach.cli import app\n"
        "app(sys.argv[1:])\n"
    )
    command = [sys.executable, "-c", program, "joints", str(tmp_path / "hong.jpg"), "--out", str(tmp_path / "ra.parquet")]
    ended = subprocess.run(command, check=False, capture_output=True, text=True, env=os.environ)
    assert (ended.returncode, "Traceback" in ended.stderr) == (0, False), ended.stderr
    assert "1 ảnh không đọc được" in ended.stdout


def test_a_machine_without_memory_makes_no_picture_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(picture: Image.Image) -> list[str]:
        raise MemoryError

    monkeypatch.setattr(images, "hashes_of", full)
    with pytest.raises(MemoryError):
        facts.of_bytes(as_jpeg(goods(1)))


def test_a_folders_name_is_a_records_id_in_whatever_form_a_system_keeps_it(tmp_path: Path) -> None:
    folder = tmp_path / "anh" / unicodedata.normalize("NFD", "Hoa Nắng")
    folder.mkdir(parents=True)
    (folder / "1.jpg").write_bytes(as_jpeg(goods(1)))
    run(tmp_path / "anh", "--out", tmp_path / "ra.parquet")
    assert pq.read_table(tmp_path / "ra.parquet")["record_id"].to_pylist() == ["Hoa Nắng"]


def test_a_picture_that_fails_as_nobody_foresaw_costs_itself_alone(shops: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = qr.codes_of

    def fails_on_one(picture: Image.Image) -> list[qr.Code]:
        if picture.size == (200, 300):
            raise ZeroDivisionError
        return looked_at(picture)

    monkeypatch.setattr(qr, "codes_of", fails_on_one)
    (shops / "a" / "hong.jpg").write_bytes(as_jpeg(goods(1).rotate(90, expand=True).resize((200, 300))))
    out, rejects = tmp_path / "ra.parquet", tmp_path / "loi.jsonl"
    assert run(shops, "--out", out, "--rejects", rejects, "--strict")[0] == 1
    (told,) = map(json.loads, rejects.read_text(encoding="utf-8").splitlines())
    assert (told["code"], told["value"]) == ("picture.unexpected", str(shops / "a" / "hong.jpg"))
    assert [row["bank_account"] for row in pq.read_table(out).to_pylist()] == ["0071000123456", "0071000123456", "19031234567899"]


def test_two_customers_of_a_bank_share_no_picture_for_its_sheet_with_the_code(tmp_path: Path) -> None:
    sheet = poster(code(vietqr("970436", "0071000123456")))
    for shop in ("a", "b"):
        (tmp_path / "anh" / shop).mkdir(parents=True)
        (tmp_path / "anh" / shop / "thanh-toan.jpg").write_bytes(jpeg(sheet))
    (tmp_path / "anh" / "a" / "hang.jpg").write_bytes(as_jpeg(goods(1)))
    out = tmp_path / "ra.parquet"
    assert run(tmp_path / "anh", "--out", out)[0] == 0
    first, second = pq.read_table(out).to_pylist()
    assert (len(first["images"]), second["images"], second["bank_account"]) == (1, [], "0071000123456")


def test_a_picture_that_fails_is_told_where_its_row_stands(tmp_path: Path) -> None:
    listed, rejects = tmp_path / "gian-hang.csv", tmp_path / "loi.jsonl"
    listed.write_text("Mã hồ sơ,Tên shop,Hình ảnh\n,Không mã,\n2,Hoa Mưa,khong-co.jpg\n", encoding="utf-8")
    run(listed, "--out", tmp_path / "ra.parquet", "--rejects", rejects)
    (told,) = [row for row in map(json.loads, rejects.read_text(encoding="utf-8").splitlines()) if row["code"] == "picture.not_found"]
    assert (told["line"], told["row"], told["column"]) == (3, 2, "Hình ảnh")


def test_a_single_picture_and_nothing_at_all(shops: Path, tmp_path: Path) -> None:
    out = tmp_path / "mot.parquet"
    assert run(shops / "a" / "hang.jpg", "--out", out)[0] == 0
    assert pq.read_table(out)["record_id"].to_pylist() == ["hang"]
    (tmp_path / "trong").mkdir()
    exit_code, told = run(tmp_path / "trong", "--out", tmp_path / "khong.parquet")
    assert exit_code == 3
    assert "rows.none" in told
    assert not (tmp_path / "khong.parquet").exists()
    assert run(tmp_path / "khong-co", "--out", out)[0] == 3


def test_an_id_that_stands_twice_counts_once(shops: Path, tmp_path: Path) -> None:
    out = tmp_path / "hai.parquet"
    exit_code, told = run(shops, shops, "--out", out, "--strict")
    assert exit_code == 1
    assert "3 hồ sơ" in told
    assert pq.read_table(out).num_rows == 3


def test_a_picture_with_nothing_to_compare_is_said_to_be_so_and_the_result_is_no_csv(tmp_path: Path) -> None:
    from PIL import Image

    (tmp_path / "anh").mkdir()
    Image.new("RGB", (64, 64), "red").save(tmp_path / "anh" / "a.png")
    told = run(tmp_path / "anh", "--out", tmp_path / "ra.parquet")[1]
    assert "1 ảnh: 0 ảnh có mã băm" in told and "1 ảnh quá đơn giản để so" in told
    code, told = run(tmp_path / "anh", "--out", tmp_path / "ra.csv")
    assert (code, "[out.form]" in told, (tmp_path / "ra.csv").exists()) == (2, True, False)
