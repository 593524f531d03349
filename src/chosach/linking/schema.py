"""Columns that go in and come out of linking."""

import pyarrow as pa

_TEXT = pa.string()

#: A record of a seller: any subset of these, `record_id` always. `name`: the person or firm, `seller_name`: the shop. Texts as read.
RECORDS: pa.Schema = pa.schema(
    [
        pa.field("record_id", _TEXT, nullable=False),
        *(
            pa.field(name, _TEXT)
            for name in (
                "name", "seller_name", "phone", "bank_account", "bank", "tax_code", "email", "address", "warehouse", "url", "handle",
            )
        ),
        pa.field("images", pa.list_(_TEXT)),
        pa.field("texts", pa.list_(_TEXT)),
    ]
)  # fmt: skip

#: Which trader each record is. `ring_id`: the ring of the trader, null where none is known (rings are not looked for yet).
CLUSTERS: pa.Schema = pa.schema(
    [pa.field("record_id", _TEXT, nullable=False), pa.field("cluster_id", _TEXT, nullable=False), pa.field("ring_id", _TEXT)]
)

#: Why two records are one trader, field by field. `level`: see `comparisons`; `agreement`: 0 to 1, how far the two values agree;
#: `weight`: bits of evidence, negative against; `shared_by`: records that carry the value, null where the two values differ.
REASON = pa.struct(
    [
        pa.field("field", _TEXT, nullable=False),
        pa.field("level", _TEXT, nullable=False),
        pa.field("agreement", pa.float32(), nullable=False),
        pa.field("weight", pa.float32(), nullable=False),
        pa.field("shared_by", pa.int64()),
        pa.field("sentence", _TEXT, nullable=False),
    ]
)

#: Pairs that hold a cluster together. `kind`: `identity` (one trader); evidence of rings will be further kinds of the same table.
#: `weight`: bits of evidence together with the prior; `probability`: the same as a probability; `agreement`: 0 to 1.
EDGES: pa.Schema = pa.schema(
    [
        pa.field("record_id_l", _TEXT, nullable=False),
        pa.field("record_id_r", _TEXT, nullable=False),
        pa.field("kind", _TEXT, nullable=False),
        pa.field("probability", pa.float64(), nullable=False),
        pa.field("weight", pa.float32(), nullable=False),
        pa.field("agreement", pa.float32(), nullable=False),
        pa.field("reasons", pa.list_(REASON), nullable=False),
    ]
)
