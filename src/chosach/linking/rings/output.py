"""Tables of ties, rings and members, with their sentences in Vietnamese."""

import hashlib
from collections.abc import Mapping, Sequence

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from chosach.linking.rings.carried import KINDS, PLACES
from chosach.linking.rings.groups import Grouped
from chosach.linking.rings.roles import Role
from chosach.linking.rings.ties import FURTHER
from chosach.linking.schema import MARKED, MEMBERS, RINGS, TIES

#: Kind → what the two share, and how many carry it. {v}: the value; {n}: traders that carry it; {k}: how many pictures or texts.
SENTENCES: dict[str, str] = {
    "phone": "Cùng dùng số điện thoại {v}. Số này có ở {n} thương nhân.",
    "account": "Cùng nhận tiền vào tài khoản {v}. Tài khoản này có ở {n} thương nhân.",
    "tax_code": "Cùng ghi mã số thuế {v}. Mã này có ở {n} thương nhân.",
    "email": "Cùng dùng thư điện tử {v}. Địa chỉ thư này có ở {n} thương nhân.",
    "handle": "Cùng dùng tài khoản mạng “{v}”. Tài khoản này có ở {n} thương nhân.",
    "url": "Cùng ghi đường dẫn {v}. Đường dẫn này có ở {n} thương nhân.",
    "address": "Cùng địa chỉ “{v}”. Địa chỉ này có ở {n} thương nhân. Chung địa chỉ chỉ là dấu hiệu yếu.",
    "warehouse": "Cùng kho hàng “{v}”. Kho này có ở {n} thương nhân.",
    "ships": "Kho hàng của một bên là địa chỉ của bên kia: “{v}”. Nơi này có ở {n} thương nhân.",
    "near_phone": "Số điện thoại gần trùng {v}: có thể do ghi sai, hoặc là các số gần nhau mua cùng lúc. "
    "Có ở {n} thương nhân, kể cả bên có số gần trùng.",
    "near_account": "Tài khoản nhận tiền gần trùng {v}: có thể do ghi sai, hoặc là các tài khoản mở cùng lúc. "
    "Có ở {n} thương nhân, kể cả bên có tài khoản gần trùng.",
    "near_tax_code": "Mã số thuế gần trùng {v}: có thể do ghi sai, hoặc là các mã được cấp cùng lúc. "
    "Có ở {n} thương nhân, kể cả bên có mã gần trùng.",
    "near_email": "Thư điện tử gần trùng {v}: có thể do ghi sai, hoặc là các địa chỉ thư lập cùng lúc. "
    "Có ở {n} thương nhân, kể cả bên có địa chỉ gần trùng.",
    "near_handle": "Tài khoản mạng gần trùng “{v}”: có thể do ghi sai, hoặc là các tài khoản lập cùng lúc. "
    "Có ở {n} thương nhân, kể cả bên có tài khoản gần trùng.",
    "near_warehouse": "Kho hàng gần trùng “{v}”, có thể do ghi sai. Kho này có ở {n} thương nhân, kể cả bên ghi gần trùng.",
    "near_ships": "Kho hàng của một bên gần trùng địa chỉ của bên kia, có thể do ghi sai: “{v}”. Nơi này có ở {n} thương nhân.",
    "image": "Cùng dùng một ảnh (gần như giống hệt). Ảnh này có ở {n} thương nhân.",
    "images": "Cùng dùng {k} ảnh (gần như giống hệt). Ảnh hiếm nhất có ở {n} thương nhân.",
    "text": "Cùng dùng một đoạn mô tả (gần như giống hệt). Đoạn này có ở {n} thương nhân.",
    "texts": "Cùng dùng {k} đoạn mô tả (gần như giống hệt). Đoạn hiếm nhất có ở {n} thương nhân.",
}
#: Kind → what it is called within a sentence.
CALLED: dict[str, str] = {
    "phone": "số điện thoại", "account": "tài khoản ngân hàng", "tax_code": "mã số thuế", "email": "thư điện tử",
    "handle": "tài khoản mạng", "url": "đường dẫn", "address": "địa chỉ", "warehouse": "kho hàng", "image": "ảnh", "text": "nội dung mô tả",
}  # fmt: skip
#: Role → why. {m}: how many of the others; {k}: kinds; {t}: traders.
WHY: dict[str, str] = {
    "organiser": "Có thể là người tổ chức: {m} thương nhân còn lại dùng {k} của thương nhân này.",
    "account_holder": "Có thể là người đứng tên tài khoản: {m} thương nhân còn lại nhận tiền vào tài khoản của thương nhân này.",
    "supplier": "Có thể là nguồn hàng: {m} thương nhân còn lại lấy hàng tại địa chỉ của thương nhân này.",
    "front": "Có thể chỉ đứng tên bán hàng: dùng {k} của {t} thương nhân khác, không ai trong nhóm dùng lại dữ liệu của thương nhân này.",
    "member": "Có liên hệ với {m} thương nhân còn lại qua {k}; chưa rõ vai trò.",
}


#: Of a ring or member that nothing shared ties.
JUDGED = "theo kết luận của cán bộ"
#: What is said of a tie that a person cut.
CUT = "Cán bộ đã kết luận mối này không tính."


def ring_id(record_id: str, attempt: int = 0) -> str:
    """The id of the ring whose first record (by id) this is: the same in every run. `attempt`: above 0 for another where it is taken."""
    named = record_id.encode("utf-8", "surrogatepass") + (f"\0{attempt}".encode() if attempt else b"")
    return "R" + hashlib.blake2b(named, digest_size=6).hexdigest().upper()


def _listed(kinds: Sequence[int], last: str = " và ") -> str:
    words = [CALLED[KINDS[kind].name] for kind in kinds]
    return last.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0] if words else "dữ liệu chung"


def ties(con: duckdb.DuckDBPyConnection, raw: pa.Table, names: Sequence[str], of: str = "ties") -> pa.Table:
    """schema.TIES of table `ties`, or of another of its form, by the ids of the traders, kind and value."""
    con.register("named", pa.table({"id": np.arange(len(names), dtype=np.int32), "cluster_id": pa.array(names, pa.string())}))
    con.register("read_places", _read(raw))
    content = f"({PLACES['image']}, {PLACES['text']})"
    one = ", ".join(f"min_by({name}, (n, value)) AS {name}" for name in ("first_l", "first_r"))
    swapped = ", ".join(
        f"CASE WHEN a.cluster_id < b.cluster_id THEN {name}_{side} ELSE {name}_{other} END AS {name}_{side}"
        for name in ("first", "lives")
        for side, other in (("l", "r"), ("r", "l"))
    )
    place = (
        f"CASE WHEN kind IN ({PLACES['address']}, {PLACES['warehouse']}) THEN CASE WHEN lives_l THEN "
        "coalesce(p.address, p.warehouse) ELSE p.warehouse END ELSE t.value END"
    )
    names_of = " ".join(f"WHEN {at} THEN '{kind.name}'" for at, kind in enumerate(KINDS))
    told = f"CASE kind {names_of} END AS kind, CAST(w / 1000 AS FLOAT) AS weight, value, CAST(n AS BIGINT) AS shared_by"
    # pictures and texts of two traders together: one row
    single = (
        f"SELECT l, r, kind, value, n, off, w, 1 AS k, first_l, first_r, lives_l, lives_r FROM {of} WHERE kind NOT IN {content} UNION ALL "  # noqa: S608
        f"SELECT l, r, kind, NULL, min(n), 0, max(w) + (sum(w) - max(w)) // {round(1 / FURTHER)}, count(*), {one}, false, false "
        f"FROM {of} WHERE kind IN {content} GROUP BY l, r, kind"
    )
    named = (
        "SELECT least(a.cluster_id, b.cluster_id) AS cluster_id_l, greatest(a.cluster_id, b.cluster_id) AS cluster_id_r, "  # noqa: S608
        f"kind, w, value, n, off, k, {swapped} FROM ({single}) JOIN named a ON l = a.id JOIN named b ON r = b.id"
    )
    query = (
        f"SELECT cluster_id_l, cluster_id_r, {told}, x.record_id AS record_id_l, y.record_id AS record_id_r, {_sentence()} AS sentence "  # noqa: S608
        f"FROM (SELECT t.* EXCLUDE (value), {place} AS value FROM ({named}) t "
        "JOIN records first ON first_l = first.id LEFT JOIN read_places p USING (record_id)) "
        "JOIN records x ON first_l = x.id JOIN records y ON first_r = y.id "
        "ORDER BY cluster_id_l, cluster_id_r, kind, value, record_id_l, record_id_r, weight, shared_by, sentence"
    )
    made = con.sql(query).to_arrow_table().cast(TIES)
    con.unregister("named")
    con.unregister("read_places")
    return made


def marked(counting: pa.Table, cut: pa.Table) -> pa.Table:
    """schema.MARKED: ties that count and ties that a person cut, together, in the order of TIES; the sentences of the latter say so."""
    told = pc.binary_join_element_wise(cut["sentence"], CUT, " ")
    cut = cut.set_column(cut.column_names.index("sentence"), TIES.field("sentence"), told)
    parts = [
        table.append_column(MARKED.field("cut"), pa.array([is_cut] * table.num_rows, pa.bool_()))
        for table, is_cut in ((counting, False), (cut, True))
    ]
    order = ("cluster_id_l", "cluster_id_r", "kind", "value", "record_id_l", "record_id_r", "weight", "shared_by", "sentence")
    return pa.concat_tables(parts).sort_by([(name, "ascending") for name in order])


def _read(raw: pa.Table) -> pa.Table:
    """Places as they were written."""
    nothing = pa.nulls(raw.num_rows, pa.string())
    columns = {name: raw[name] if name in raw.column_names else nothing for name in ("record_id", "address", "warehouse")}
    return pa.table(columns)


def _sentence() -> str:
    """SQL: the sentence of a tie."""
    ships = f"kind = {PLACES['warehouse']} AND (lives_l OR lives_r)"
    special = {
        "near_ships": f"off > 0 AND {ships}",
        **{f"near_{name}": f"off > 0 AND kind = {at}" for name, at in PLACES.items() if f"near_{name}" in SENTENCES},
        "ships": ships,
        "images": f"kind = {PLACES['image']} AND k > 1",
        "texts": f"kind = {PLACES['text']} AND k > 1",
    }
    cases = []
    for name in [*special, *(name for name in SENTENCES if name not in special)]:
        said = SENTENCES[name]
        for mark, column in (("v", "coalesce(value, '')"), ("n", "n"), ("k", "k")):
            said = said.replace(f"{{{mark}}}", f"', {column}, '")
        cases.append(f"WHEN {special.get(name) or f'kind = {PLACES[name]}'} THEN concat('{said}')")
    return f"CASE {' '.join(cases)} END"


def rings(con: duckdb.DuckDBPyConnection, grouped: Grouped, ids: Sequence[str]) -> pa.Table:
    """schema.RINGS, by id."""
    records = dict(con.execute("SELECT ring, count(*) FROM ring_of JOIN trader_of USING (trader) GROUP BY ring").fetchall())
    kinds: dict[int, list[int]] = {}
    for ring, kind in con.execute(
        "SELECT a.ring, kind FROM ties JOIN ring_of a ON l = a.trader JOIN ring_of b ON r = b.trader WHERE a.ring = b.ring "
        "GROUP BY a.ring, kind ORDER BY a.ring, count(*) DESC, kind"
    ).fetchall():
        kinds.setdefault(ring, []).append(kind)
    rows = []
    for ring, members in enumerate(grouped.members()):
        shared = f"có dấu hiệu hoạt động chung, dùng chung {_listed(kinds[ring][:4])}" if ring in kinds else JUDGED
        sentence = f"{len(members)} thương nhân với {records[ring]} hồ sơ {shared}. Cần kiểm tra, xác minh trước khi kết luận."
        rows.append((ids[ring], len(members), records[ring], float(grouped.strength[ring]), sentence))
    return _table(sorted(rows), RINGS)


def members(told: Mapping[int, Role], grouped: Grouped, ids: Sequence[str], names: Sequence[str]) -> pa.Table:
    """schema.MEMBERS, by ring and trader."""
    rows = []
    for trader, ring in zip(grouped.trader.tolist(), grouped.ring.tolist(), strict=True):
        role = told[trader]
        share = f"cả {role.others}" if role.count == role.others > 1 else f"{role.count} trong {role.others}"
        # of an organiser some use the phone and others the account; a front uses all that is named
        kinds = _listed(role.kinds, " hoặc " if role.role == "organiser" else " và ")
        sentence = WHY[role.role].format(m=share, t=role.count, k=kinds) if role.kinds else f"Thuộc đường dây {JUDGED}."
        rows.append((ids[ring], names[trader], role.role, role.score, sentence))
    return _table(sorted(rows), MEMBERS)


def _table(rows: Sequence[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    return pa.Table.from_pylist([dict(zip(schema.names, row, strict=True)) for row in rows], schema=schema)
