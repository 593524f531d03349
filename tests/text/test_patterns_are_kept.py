"""What was laid out once is read back whole, and laid out anew where it cannot be."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from chosach.text import Matcher, Pattern, kept

PATTERNS = [Pattern("hàng giả"), Pattern("gucci", any_marks=True, compact=True), Pattern("không hóa đơn", by_context=True, fields=1)]
TEXTS = ["Bán hàng giả", "G.u.c.c.i hafng giar", "ko hóa đơn", "khonghoadon", "bàn gỗ"]


def told(matcher: Matcher) -> list[object]:
    hits = matcher.find([pa.array(TEXTS), pa.array(TEXTS)])
    return [getattr(hits, name).tolist() for name in ("row", "field", "pattern", "start", "end", "flags")]


def test_a_matcher_that_is_read_back_finds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = kept.matcher(PATTERNS, lines=1, folder=tmp_path)
    assert len(list(tmp_path.iterdir())) == 1
    monkeypatch.setattr(kept, "Matcher", type("NotLaidOut", (), {"of_arrays": Matcher.of_arrays}))
    again = kept.matcher(PATTERNS, lines=1, folder=tmp_path)
    assert told(again) == told(first) == told(Matcher(PATTERNS, lines=1))
    assert (again.patterns, again.lines) == (first.patterns, 1)
    for name, array in first.arrays().items():
        assert np.array_equal(again.arrays()[name], array) and again.arrays()[name].dtype == array.dtype, name


@pytest.mark.parametrize("held", [b"", b"PK\x03\x04 half", None])
def test_a_spoilt_file_is_laid_out_anew(tmp_path: Path, held: bytes | None) -> None:
    expected = told(kept.matcher(PATTERNS, folder=tmp_path))
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] + b"?" + whole[len(whole) // 2 + 1 :] if held is None else held)
    assert told(kept.matcher(PATTERNS, folder=tmp_path)) == expected
    assert told(kept.matcher(PATTERNS, folder=tmp_path)) == expected
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    "change", [{"fields": 2}, {"compact": False}, {"any_marks": False}, {"needs_marks": True}, {"hidden": False}, {"text": "gucc1"}]
)
def test_other_patterns_or_other_code_have_a_file_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, object]
) -> None:
    import dataclasses

    other = [PATTERNS[0], dataclasses.replace(PATTERNS[1], **change), PATTERNS[2]]
    names = {kept._digest(PATTERNS), kept._digest(other), kept._digest([])}
    (tmp_path / "phrases.py").write_text("# another release\n")
    monkeypatch.setattr(kept, "PACKAGE", tmp_path)
    assert len(names | {kept._digest(PATTERNS)}) == 4


def test_where_nothing_can_be_written_it_is_laid_out_each_time_and_old_files_do_not_pile_up(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert told(kept.matcher(PATTERNS, folder=tmp_path / "file")) == told(Matcher(PATTERNS))
    folder = tmp_path / "kept"
    for word in ("một", "hai", "ba", "bốn", "năm", "sáu"):
        kept.matcher([Pattern(word)], folder=folder)
    assert len(list(folder.iterdir())) == kept.LEFT + 1
