"""Parts of the lake are whole or not there."""

from pathlib import Path

import pyarrow as pa
import pytest

from chosach.lake import Lake, replacing


def test_a_part_written_again_takes_its_own_place_with_the_same_bytes(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    rows = pa.table({"listing_id": ["a", "b"]})
    first = lake.write("listings", "import-1", 0, rows).read_bytes()
    assert lake.write("listings", "import-1", 0, rows).read_bytes() == first
    lake.write("listings", "import-2", 0, pa.table({"listing_id": ["c"]}))
    assert lake.read("listings", "import-1")["listing_id"].to_pylist() == ["a", "b"]
    assert sorted(lake.read("listings")["source"].to_pylist()) == ["import-1", "import-1", "import-2"]


def test_a_source_can_not_leave_its_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no such part"):
        Lake(tmp_path).part("listings", "../../etc", 0)


def test_what_fails_half_way_leaves_the_target_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("trước")

    def fail() -> None:
        with replacing(target) as temporary:
            temporary.write_text("nửa")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert target.read_text() == "trước"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_what_a_killed_run_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    stale = tmp_path / ".a.txt.999999999.part"
    stale.write_text("nửa")
    with replacing(tmp_path / "a.txt") as temporary:
        temporary.write_text("cả")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
