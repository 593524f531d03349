"""The rejects file."""

import csv
import json
from pathlib import Path

from chosach.formats.listings import RejectsWriter, RowProblem


def test_cells_that_a_spreadsheet_would_run_are_neutralised(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    with RejectsWriter(path) as writer:
        writer.write("a.csv", [RowProblem(3, 2, "price", "number.unclear", "=cmd|' /C calc'!A0"), RowProblem(4, 3, "@x", "id.empty")])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(path.open(encoding="utf-8-sig")))
    assert rows[0]["value"] == "'=cmd|' /C calc'!A0"
    assert rows[1]["column"] == "'@x"
    assert [row["severity"] for row in rows] == ["warning", "reject"]
    assert (writer.rejected, writer.warnings) == (1, 1)


def test_rejects_can_be_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    with RejectsWriter(path, as_json=True) as writer:
        writer.write("a.csv", [RowProblem(3, 2, "id", "id.empty")])
    assert json.loads(path.read_text(encoding="utf-8"))["line"] == 3
