"""Bands are put in, asked and deleted as rows, alike on DuckDB, SQLite and PostgreSQL."""

import sqlite3

import psycopg
import pytest

from chosach.linking.joints import texts
from chosach.linking.joints.index import MOST, Index, LakeIndex
from tests import postgres
from tests.linking.joints.test_copied_texts_are_near import BAG, SERUM

OTHER = "Nồi chiên không dầu sáu lít, lòng chống dính tháo rửa được, bảng chạm tiếng Việt, tặng kèm kẹp gắp và giấy lót, bảo hành tại nhà."


@pytest.fixture(scope="module")
def server():
    return postgres.start()


@pytest.fixture(params=["duckdb", "sqlite", "postgresql"])
def index(request, tmp_path):
    if request.param == "duckdb":
        with LakeIndex(tmp_path / "bands.duckdb") as made:
            made.create()
            yield made
        return
    if request.param == "sqlite":
        connection = sqlite3.connect(tmp_path / "bands.sqlite")
    else:
        connection = psycopg.connect(request.getfixturevalue("server"))
    made = Index(connection)
    made.create()
    yield made
    connection.rollback()
    connection.close()


def near(index, text):
    return [row["r"] for row in index.query(["?"], [text]).to_pylist()]


def test_what_was_put_in_is_found_by_its_copy(index):
    assert index.insert(["a", "b", "c"], [SERUM, BAG, "quá ngắn"]) == 2
    assert len(index) == 2
    assert near(index, SERUM.upper().replace("BẢY", "MƯỜI")) == ["a"]
    assert near(index, BAG) == ["b"]
    assert near(index, OTHER) == []


def test_deleted_is_gone_and_can_come_back(index):
    index.insert(["a", "b"], [SERUM, SERUM])
    assert index.delete(["a", "unknown"]) == 1
    assert near(index, SERUM) == ["b"]
    index.insert(["a"], [SERUM])
    assert near(index, SERUM) == ["a", "b"]


def test_a_listing_that_changed_its_text_takes_the_place_of_what_it_was(index):
    index.insert(["a"], [SERUM])
    index.insert(["a"], [BAG])
    assert len(index) == 1
    assert near(index, SERUM) == []
    assert near(index, BAG) == ["a"]
    assert index.insert(["a"], ["quá ngắn"]) == 0
    assert len(index) == 0


def test_a_listing_is_not_near_itself_and_an_id_is_only_an_id(index):
    odd = "x'); DROP TABLE text_bands; --"
    index.insert([odd, "b"], [SERUM, SERUM])
    assert index.query([odd], [SERUM]).to_pylist()[0]["r"] == "b"
    assert index.delete([odd]) == 1
    assert len(index) == 1


def test_of_a_text_that_thousands_copied_the_first_are_told(index):
    ids = [f"{k:04}" for k in range(2_000)]
    assert index.insert(ids, [SERUM] * 2_000) == 2_000
    assert near(index, SERUM) == ids[:MOST]


def test_similarity_is_told_a_little_below_the_bound_for_an_exact_check(index):
    changed = SERUM.replace("gia truyền", "nhà trồng").replace("bảy ngày", "ba tuần")
    index.insert(["a"], [changed])
    (row,) = index.query(["?"], [SERUM], least=0.6).to_pylist()
    assert abs(row["similarity"] - texts.similarity([SERUM], [changed])[0]) < 0.2


def test_all_databases_answer_alike(server, tmp_path):
    stored = [SERUM, SERUM.lower() + " Còn hàng.", BAG, BAG.replace("hai năm", "ba năm"), OTHER]
    ids = [f"r{k}" for k in range(len(stored))]
    answers = []
    with LakeIndex(tmp_path / "one.duckdb") as lake, psycopg.connect(server) as pg, sqlite3.connect(":memory:") as lite:
        for index in (lake, Index(pg), Index(lite)):
            index.create()
            index.insert(ids, stored)
            answers.append(index.query(ids, stored, least=0.3))
        pg.rollback()
    assert answers[0].num_rows >= 4
    assert answers[0].equals(answers[1])
    assert answers[0].equals(answers[2])


def test_rows_outlive_the_process_that_wrote_them(tmp_path):
    with LakeIndex(tmp_path / "bands.duckdb") as first:
        first.create()
        first.insert(["a"], [SERUM])
    with LakeIndex(tmp_path / "bands.duckdb") as second:
        second.create()
        assert near(second, SERUM) == ["a"]


def test_what_failed_half_way_left_nothing(tmp_path):
    with LakeIndex(tmp_path / "bands.duckdb") as index:
        index.create()
        index.insert(["a"], [SERUM])
        with pytest.raises(RuntimeError), index._transaction() as con:
            con.execute("DELETE FROM text_bands")
            raise RuntimeError
        assert len(index) == 1


def test_a_tables_name_is_letters_and_figures():
    with pytest.raises(ValueError, match="not a table's name"):
        Index(sqlite3.connect(":memory:"), "bands; DROP TABLE x")
