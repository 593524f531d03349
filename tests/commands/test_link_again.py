"""`chosach link` run after run: what officers judged holds, and traders keep their ids."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.commands.test_link import ROWS, run


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "ho-so.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def traders(path: Path) -> dict[str, str]:
    table = pq.read_table(path)
    return dict(zip(table["record_id"].to_pylist(), table["cluster_id"].to_pylist(), strict=True))


def test_a_judgement_holds_is_told_of_and_leaves_no_trace_when_it_is_taken_out(records: Path, tmp_path: Path) -> None:
    out, events, judged = tmp_path / "out.parquet", tmp_path / "events.parquet", tmp_path / "ket-luan.csv"
    run(records, "--out", out)
    first = traders(out)
    judged.write_text("record_id_l,record_id_r,verdict,decided\nb,c,same,2021-03-01\na,c,different,2021-02-01\n", encoding="utf-8")
    code, told = run(records, "--out", out, "--previous", out, "--judgements", judged, "--events", events)
    assert code == 0
    assert traders(out)["b"] == traders(out)["c"] != traders(out)["a"]
    assert "So với lần trước: " in told
    assert "b và c" in " ".join(pq.read_table(events)["sentence"].to_pylist())
    code, told = run(records, "--out", out, "--previous", out, "--events", events)
    assert traders(out) == first


def test_a_judgement_that_a_newer_one_contradicts_is_told(records: Path, tmp_path: Path) -> None:
    judged = tmp_path / "ket-luan.csv"
    judged.write_text("record_id_l,record_id_r,verdict,decided\na,b,same,2021-03-02\na,b,different,2021-02-01\n", encoding="utf-8")
    code, told = run(records, "--out", tmp_path / "out.parquet", "--judgements", judged)
    assert code == 0
    assert "[judgement.overruled]" in told


@pytest.mark.parametrize(
    ("option", "content", "code"),
    [
        ("--judgements", "record_id_l,record_id_r,verdict\na,b,maybe\n", "judgement.verdict"),
        ("--judgements", "record_id_l,record_id_r\na,b\n", "judgement.column_missing"),
        ("--previous", "record_id\na\n", "previous.column_missing"),
        ("--previous", "", "file.form"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_before_anything_is_read(
    records: Path, tmp_path: Path, option: str, content: str, code: str
) -> None:
    file = tmp_path / "tep.csv"
    file.write_text(content, encoding="utf-8")
    status, told = run(records, "--out", tmp_path / "out.parquet", option, file)
    assert status != 0
    assert code in told
    assert not (tmp_path / "out.parquet").exists()
    status, told = run(records, "--out", tmp_path / "out.parquet", option, tmp_path / "none.csv")
    assert status != 0
