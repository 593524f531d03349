"""What is said for and against each pair."""

import math
from pathlib import Path

import pyarrow as pa
import pytest
from bench.sellers import make

from chosach.linking import EDGES, link
from chosach.linking.comparisons import COMPARISONS
from chosach.linking.living.index import Index
from chosach.linking.model import Model, shipped
from chosach.linking.reasons import SENTENCES
from tests.linking.making import LAN, table


def edge(*records: dict[str, str | None]) -> dict[str, object]:
    """The one pair of two records, in a list with others who have nothing to do with them."""
    others, _ = make(600, seed=5)
    both = pa.concat_tables([table(*records), others], promote_options="default")
    edges = link(both, model=shipped()).edges
    assert edges is not None
    found: list[dict[str, object]] = [row for row in edges.to_pylist() if {row["record_id_l"], row["record_id_r"]} == {"0000", "0001"}]
    return found[0]


def test_every_way_to_agree_has_its_sentence_and_its_parameters() -> None:
    ways = {(one.field, level.name) for one in COMPARISONS for level in one.levels}
    assert ways == set(SENTENCES)
    for field, level in ways:
        assert 0 < shipped().m[field][level] < 1
        assert 0 < shipped().u[field][level] < 1


def test_a_pair_tells_what_agreed_how_rare_it_is_and_what_spoke_against() -> None:
    told = edge(LAN, {**LAN, "phone": "0988777666", "name": "nguyen thi quynh lan"})
    reasons = {reason["field"]: reason for reason in told["reasons"]}  # type: ignore[attr-defined]
    assert reasons["bank_account"]["sentence"] == "Cùng tài khoản ngân hàng 0071000123456. Tài khoản này có ở 2 hồ sơ."
    assert reasons["bank_account"]["shared_by"] == 2
    assert reasons["name"]["level"] == "no_tones"
    assert "“nguyen thi quynh lan”" in reasons["name"]["sentence"]
    assert reasons["phone"]["sentence"] == "Số điện thoại khác nhau: 0912345678 và 0988777666."
    assert reasons["phone"]["weight"] < 0
    assert reasons["phone"]["shared_by"] is None


def test_the_weights_of_the_reasons_and_the_prior_are_the_weight() -> None:
    records, _ = make(1_000, seed=6)
    linked = link(records)
    assert linked.edges is not None
    assert linked.edges.schema.equals(EDGES)
    prior = math.log2(linked.model.prior / (1 - linked.model.prior))
    for row in linked.edges.slice(0, 200).to_pylist():
        assert row["weight"] == pytest.approx(prior + sum(reason["weight"] for reason in row["reasons"]), abs=0.01)
        assert row["probability"] == pytest.approx(1 / (1 + 2 ** -row["weight"]), abs=1e-6)
        assert 0 <= row["agreement"] <= 1


def test_agreement_and_evidence_are_two_things() -> None:
    bare = {"name": LAN["name"], "phone": LAN["phone"]}
    full, less = edge(LAN, LAN), edge(bare, bare)
    assert full["agreement"] == less["agreement"] == pytest.approx(1.0)
    assert full["weight"] > less["weight"] + 5  # type: ignore[operator]


def said(field: str, one: str, other: str) -> str:
    told = edge({**LAN, field: one}, {**LAN, field: other})
    return next(str(reason["sentence"]) for reason in told["reasons"] if reason["field"] == field)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("field", "one", "other", "sentence"),
    [
        ("name", "Lê Thị Mai", "Lê Minh Tuấn", "Tên chỉ giống ở chữ đầu (họ)"),
        ("name", "Lê Thị Minh Mai", "Lê Thị Minh Châu", "Tên chỉ giống nhau một phần chữ"),
        ("seller_name", "Nam Gạo", "Gạo Nam", "Tên gian hàng có cùng các chữ nhưng khác thứ tự"),
        ("seller_name", "Nam Gạo", "Sữa Ngoại", "Tên gian hàng khác nhau"),
        ("address", "Khu phố 3, Tam Hiệp, Đồng Nai", "Khu phố 3, Tam Phước, Đồng Nai", "Địa chỉ gần giống nhưng ở hai phường xã khác nhau"),
    ],
)
def test_a_sentence_says_what_differs_and_an_index_says_the_same(field: str, one: str, other: str, sentence: str, tmp_path: Path) -> None:
    told = said(field, one, other)
    assert told.startswith(sentence)
    records = pa.concat_tables([table({**LAN, field: one}), make(600, seed=5)[0]], promote_options="default")
    Index.build(tmp_path / "i", records, link(records, model=shipped(), edges=False).clusters, shipped())
    with Index(tmp_path / "i") as index:
        placed = index.place({**LAN, field: other, "record_id": "0001"})
    assert [reason["sentence"] for reason in placed.candidates[0].reasons if reason["field"] == field] == [told]


def test_a_rare_name_says_more_than_a_common_one() -> None:
    def weight(name: str) -> float:
        told = edge({"name": name, "phone": "0912345678"}, {"name": name, "phone": "0912345678"})
        return float(next(reason["weight"] for reason in told["reasons"] if reason["field"] == "name"))  # type: ignore[attr-defined]

    assert weight("Tạ Uyển Khuê") > weight("Nguyễn Thị Lan") + 2


def test_a_quotation_mark_in_a_name_does_no_harm() -> None:
    told = edge({**LAN, "seller_name": "Mẹ 'Bống' ; DROP"}, {**LAN, "seller_name": "Mẹ 'Bống' ; DROP"})
    assert "“Mẹ 'Bống' ; DROP”" in next(reason["sentence"] for reason in told["reasons"] if reason["field"] == "seller_name")  # type: ignore[attr-defined]


def test_a_model_is_read_as_it_was_written() -> None:
    assert Model.from_json(shipped().to_json()) == shipped()
    with pytest.raises(ValueError):
        Model.from_json('{"prior": 1}')
    with pytest.raises(ValueError):
        Model.from_json("[]")


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("3 Phạm Văn Thuận, Đồng Nai", "7 Phạm Văn Thuận, Đồng Nai", "province"),  # a letter apart, and two houses
        ("12 Phạm Văn Thuận, Đồng Nai", "121 Phạm Văn Thuận, Đồng Nai", "province"),
        ("3 Phạm Văn Thuận, phường Tam Hiệp, Đồng Nai", "7 Phạm Văn Thuận, phường Tam Hiệp, Đồng Nai", "street"),
        ("Phạm Văn Thuận, Đồng Nai", "Phạm Văn Thuậnn, Đồng Nai", "letters"),
        ("Trảng Bom, Đồng Nai", "Đồng Nai", "province"),  # no house and no street: all who live there have this
        ("Đồng Nai", "Đồng Nai", "province"),
        ("xã Bàu Hàm, Trảng Bom, Đồng Nai", "Bàu Hàm, Trảng Bom, Đồng Nai", "unit"),
    ],
)
def test_two_places_that_are_written_alike_are_not_one_address(one: str, other: str, level: str) -> None:
    told = edge({**LAN, "address": one}, {**LAN, "address": other})
    assert next(reason["level"] for reason in told["reasons"] if reason["field"] == "address") == level  # type: ignore[attr-defined]
