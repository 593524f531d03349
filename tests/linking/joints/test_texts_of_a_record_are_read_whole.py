"""A cell of the column `texts` is one text, whatever stands in it: cut to pieces it would be near to nothing."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from chosach.formats import records
from chosach.linking.joints import texts
from tests.linking.joints.test_copied_texts_are_near import BAG, SERUM


def texts_of(path: Path) -> list[list[str] | None]:
    (batch,) = records.open_file(path).batches()
    return batch.table["texts"].to_pylist()


def test_lines_and_semicolons_belong_to_the_text(tmp_path: Path) -> None:
    path = tmp_path / "ho-so.csv"
    broken = SERUM.replace(", ", ";\n")
    path.write_text(f'record_id,name,texts\na,An,"{broken}"\nb,Bình,"{SERUM}"\nc,Chi,\n', encoding="utf-8")
    told = texts_of(path)
    assert told == [[broken], [SERUM], None]
    assert texts.near(["a", "b", "c"], pa.array(told))["similarity"].to_pylist() == [1.0]


def test_a_list_stays_a_list(tmp_path: Path) -> None:
    rows = [
        {"record_id": "a", "name": "An", "texts": [SERUM, BAG]},
        {"record_id": "b", "name": "Bình", "texts": json.dumps([BAG, "\ud800 lẻ"])},
    ]
    lines = tmp_path / "ho-so.jsonl"
    lines.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    assert texts_of(lines) == [[SERUM, BAG], [BAG, "\ufffd lẻ"]]
    parquet = tmp_path / "ho-so.parquet"
    pq.write_table(pa.table({"record_id": ["a"], "name": ["An"], "texts": [[SERUM, BAG]]}), parquet)
    assert texts_of(parquet) == [[SERUM, BAG]]
