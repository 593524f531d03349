"""Where records belong, as rows of `schema.PLACED` and in words."""

from collections.abc import Iterable

import pyarrow as pa

from chosach.linking.living.answers import Candidate, Placed, Sharing
from chosach.linking.living.index import WORTH
from chosach.linking.schema import PLACED


def table(rows: Iterable[tuple[str, Placed, bool]]) -> pa.Table:
    """PLACED of ids of records, where each belongs, and whether that trader was there before."""
    return pa.Table.from_pylist([_row(record_id, placed, known) for record_id, placed, known in rows], schema=PLACED)


def _row(record_id: str, placed: Placed, known: bool) -> dict[str, object]:
    return {
        "record_id": record_id, "cluster_id": placed.trader_id, "ring_id": placed.ring_id, "known": known,
        "probability": placed.probability if known else None, "judged": placed.judged,
        "candidates": [_candidate(one) for one in placed.candidates], "more": placed.more,
        "sharing": [_sharing(one) for one in placed.sharing], "more_sharing": placed.more_sharing,
    }  # fmt: skip


def _candidate(one: Candidate) -> dict[str, object]:
    return {
        "cluster_id": one.trader_id, "ring_id": one.ring_id, "record_id": one.record_id, "probability": one.probability,
        "weight": one.weight, "agreement": one.agreement, "mean": one.mean, "barred": one.barred, "reasons": one.reasons,
        "name": one.name, "seller_name": one.seller_name,
    }  # fmt: skip


def _sharing(one: Sharing) -> dict[str, object]:
    return {
        "cluster_id": one.trader_id, "ring_id": one.ring_id, "record_id": one.record_id, "kind": one.kind, "value": one.value,
        "shared_by": one.shared_by, "sentence": one.sentence, "name": one.name, "seller_name": one.seller_name,
    }  # fmt: skip


def sentences(record_id: str, placed: Placed, *, place: bool = False, alone: bool = False) -> list[str]:
    """What is to be said of one record, a line each. `place`: it tells where goods are sent from, `alone`: and nothing to compare."""
    first = next((one for one in placed.candidates if one.trader_id == placed.trader_id), None)
    told = []
    if placed.trader_id is not None:
        why = "theo kết luận của cán bộ" if placed.judged else f"xác suất {_share(placed.probability)}"
        called = _called(first) if first else ""
        told.append(f"Hồ sơ {record_id}: có thể là thương nhân {placed.trader_id} ({why}){called}{_ring(placed.ring_id)}.")
    elif not alone:
        told.append(f"Hồ sơ {record_id}: chưa thấy thương nhân nào trong danh sách là cùng một người.")
    for one in placed.candidates:
        if one is not first and one.weight < WORTH:
            continue
        if one is not first:
            barred = "; cán bộ đã kết luận không phải" if one.barred else ""
            why = f"xác suất {_share(one.probability)}{barred}"
            told.append(f"Cũng nên xem: thương nhân {one.trader_id} ({why}){_called(one)}{_ring(one.ring_id)}.")
        told.append(f"  So với hồ sơ {one.record_id} của thương nhân này:")
        told += [f"  - {reason['sentence']}" for reason in sorted(one.reasons, key=lambda reason: -reason["weight"])]
    if placed.more:
        told.append(f"Còn {placed.more} thương nhân khác nên xem, không nêu ở đây (--candidates để nêu thêm).")
    return [*told, *_places(placed, place=place)]


def _places(placed: Placed, *, place: bool) -> list[str]:
    told = [
        f"Cùng nơi gửi hàng: thương nhân {one.trader_id} (hồ sơ {one.record_id}){_called(one)}{_ring(one.ring_id)}. {one.sentence}"
        for one in placed.sharing
    ]
    if placed.more_sharing:
        told.append(f"Còn {placed.more_sharing} thương nhân khác cùng nơi gửi hàng, không nêu ở đây (--candidates để nêu thêm).")
    if placed.public:
        others = "khác " if placed.sharing else ""
        told.append(
            f"Có {placed.public} thương nhân {others}cùng dùng nơi gửi hàng, nhưng đó là nơi của nhiều người nên không nói lên điều gì."
        )
    elif place and not placed.sharing:
        told.append("Chưa thấy thương nhân nào khác dùng nơi gửi hàng này.")
    return told


def _called(one: Candidate | Sharing) -> str:
    """, Nguyễn Thị Lan, gian hàng “Hoa Hướng Dương”"""
    names = [one.name] if one.name else []
    names += [f"gian hàng “{one.seller_name}”"] if one.seller_name else []
    return "".join(f", {name}" for name in names)


def _ring(ring_id: str | None) -> str:
    return f", thuộc đường dây {ring_id}" if ring_id else ""


def _share(probability: float) -> str:
    """97,3 %; what is nearly sure is never told as sure."""
    return f"{min(probability, 0.999) * 100:.1f} %".replace(".", ",") if probability >= 0.001 else "dưới 0,1 %"
