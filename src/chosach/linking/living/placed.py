"""Where records belong, as rows of `schema.PLACED` and in words."""

from collections.abc import Iterable

import pyarrow as pa

from chosach.linking.living.index import Candidate, Placed
from chosach.linking.schema import PLACED

#: Bits from which a candidate that was not chosen is worth a word.
_WORTH = -3.0


def table(rows: Iterable[tuple[str, Placed, bool]]) -> pa.Table:
    """PLACED of ids of records, where each belongs, and whether that trader was there before."""
    return pa.Table.from_pylist([_row(record_id, placed, known) for record_id, placed, known in rows], schema=PLACED)


def _row(record_id: str, placed: Placed, known: bool) -> dict[str, object]:
    return {
        "record_id": record_id, "cluster_id": placed.trader_id, "ring_id": placed.ring_id, "known": known,
        "probability": placed.probability, "judged": placed.judged, "candidates": [_candidate(one) for one in placed.candidates],
    }  # fmt: skip


def _candidate(one: Candidate) -> dict[str, object]:
    return {
        "cluster_id": one.trader_id, "ring_id": one.ring_id, "record_id": one.record_id, "probability": one.probability,
        "weight": one.weight, "agreement": one.agreement, "mean": one.mean, "barred": one.barred, "reasons": one.reasons,
    }  # fmt: skip


def sentences(record_id: str, placed: Placed) -> list[str]:
    """What is to be said of one record, a line each."""
    told = []
    if placed.trader_id is None:
        told.append(f"Hồ sơ {record_id}: chưa thấy thương nhân nào trong danh sách là cùng một người.")
    else:
        ring = f", thuộc đường dây {placed.ring_id}" if placed.ring_id else ""
        why = "theo kết luận của cán bộ" if placed.judged else f"xác suất {_share(placed.probability)}"
        told.append(f"Hồ sơ {record_id}: có thể là thương nhân {placed.trader_id} ({why}){ring}.")
    for one in placed.candidates:
        chosen = one.trader_id == placed.trader_id
        if not chosen and one.weight < _WORTH:
            continue
        if not chosen:
            barred = "; cán bộ đã kết luận không phải" if one.barred else ""
            told.append(f"Cũng nên xem: thương nhân {one.trader_id} (xác suất {_share(one.probability)}{barred}).")
        told.append(f"  So với hồ sơ {one.record_id} của thương nhân này:")
        told += [f"  - {reason['sentence']}" for reason in sorted(one.reasons, key=lambda reason: -reason["weight"])]
    return told


def _share(probability: float) -> str:
    """97,3 %; what is nearly sure is never told as sure."""
    return f"{min(probability, 0.999) * 100:.1f} %".replace(".", ",") if probability >= 0.001 else "dưới 0,1 %"
