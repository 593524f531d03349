"""What labels teach moves a probability, never the order of a kind's findings by words of the rules alone, and never makes a finding."""

import pyarrow as pa
import pytest

from chosach.screening import KINDS, Model, screen
from chosach.screening.model import Line, buckets, letters
from chosach.screening.train import fit, labelled

BAD = ["Giày thể thao Nike siêu cấp {} size đủ", "Túi Gucci siêu cấp {} giao nhanh", "Đồng hồ Rolex super fake {}", "Dép Adidas rep 1:1 {}"]
GOOD = ["Giày vải {} cho bé", "Túi đi chợ {} tiện lợi", "Đồng hồ treo tường {}", "Dép nhựa {} đi trong nhà", "Áo thun mềm {} thoáng mát"]


def taught(*, words: bool = True) -> Model:
    titles = [frame.format(f"mẫu {n} màu {n * 7}") for n in range(12) for frame in (*BAD, *GOOD)]
    kinds = [["counterfeit"] if at % len([*BAD, *GOOD]) < len(BAD) else [] for at in range(len(titles))]
    table = pa.table({"listing_id": [str(at) for at in range(len(titles))], "title": titles})
    return fit(labelled(table, kinds, [[]] * len(titles), [str(at) for at in range(len(titles))]), words=words)


def test_a_stronger_sign_is_never_told_as_a_weaker_one() -> None:
    raws = [n / 200 for n in range(10, 199)]
    for model in (Model.shipped(), taught(words=False)):
        for kind in KINDS:
            said = [model.probability(kind, raw) for raw in raws]
            assert said == sorted(said)
            assert len({p for p, raw in zip(said, raws, strict=True) if raw < 0.9}) == sum(raw < 0.9 for raw in raws)
            assert all(0 < p < 1 for p in said)


def test_a_kind_without_labels_stands_as_the_rules_say() -> None:
    assert "banned" not in Model.shipped().lines
    assert Model.shipped().probability("banned", 0.7) == 0.7


def test_the_same_labels_make_the_same_bytes_and_they_can_be_read_again() -> None:
    once = taught().to_bytes()
    assert once == taught().to_bytes()
    assert Model.load(once).to_bytes() == once


def test_labels_that_say_right_raise_what_is_said() -> None:
    model = taught(words=False)
    assert model.lines["counterfeit"].right == model.lines["counterfeit"].findings > 0
    assert model.probability("counterfeit", 0.6) > 0.6


def test_a_listing_without_words_of_the_rules_gets_no_finding_from_the_letters() -> None:
    table = pa.table({"listing_id": ["a", "b"], "title": ["Ấm trà gốm thủ công", "Giày Nike super fake"]})
    plain, learnt = screen(table, model=Model.none()), screen(table)
    pairs = set(zip(plain["listing_id"].to_pylist(), plain["kind"].to_pylist(), strict=True))
    assert set(zip(learnt["listing_id"].to_pylist(), learnt["kind"].to_pylist(), strict=True)) <= pairs
    assert plain["screener"].to_pylist() != learnt["screener"].to_pylist()


def test_a_listing_is_told_the_same_whatever_stands_beside_it() -> None:
    titles = ["Viên uống chữa khỏi tiểu đường 100%", "Kem trị dứt điểm nám", "Giày Nike super fake"]
    together = screen(pa.table({"listing_id": list("abc"), "title": titles}))
    alone = [screen(pa.table({"listing_id": [name], "title": [title]})) for name, title in zip("abc", titles, strict=True)]
    assert pa.concat_tables(alone).equals(together)


def test_letters_are_read_alike_however_accents_are_written() -> None:
    assert buckets(letters("Chữa  khỏi", "", "")).tolist() == buckets(letters("chữa khỏi", "", "")).tolist()
    assert buckets(letters("", "", "")).dtype == buckets("abc").dtype


@pytest.mark.parametrize("harm", ["cut", "changed", "header", "other"])
def test_a_damaged_file_is_refused_with_a_reason(harm: str) -> None:
    data = Model.shipped().to_bytes()
    harmed = {
        "cut": data[:-1] if Model.shipped().words else data + b"\0",
        "changed": data[:-1] + bytes([data[-1] ^ 1]),
        "header": data[:30] + b"\xff" + data[31:],
        "other": b"PK\x03\x04" + data,
    }[harm]
    with pytest.raises(ValueError, match=r"model"):
        Model.load(harmed)


@pytest.mark.parametrize("line", [Line(0.0, -1.0), Line(-3.0, 0.5)])
def test_a_map_that_falls_is_refused(line: Line) -> None:
    with pytest.raises(ValueError, match="does not rise"):
        Model.load(Model({"counterfeit": line}).to_bytes())


def test_a_weak_sign_stays_weak_where_strong_ones_were_right() -> None:
    model = taught(words=False)
    assert model.probability("counterfeit", 0.1) < 0.2


def test_labels_that_say_wrong_lower_what_is_said_and_the_map_still_rises() -> None:
    titles = [frame.format(f"mẫu {n} màu {n * 7}") for n in range(40) for frame in BAD]
    kinds = [["counterfeit"] if at < 40 else [] for at in range(len(titles))]  # a quarter, whatever the words say
    table = pa.table({"listing_id": [str(at) for at in range(len(titles))], "title": titles})
    model = fit(labelled(table, kinds, [[]] * len(titles), [str(at) for at in range(len(titles))]), words=False)
    again = Model.load(model.to_bytes())
    assert again.probability("counterfeit", 0.85) < 0.85
