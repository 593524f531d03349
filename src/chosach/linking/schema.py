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

#: Which trader each record is. `ring_id`: the ring of the trader, null where it belongs to none.
CLUSTERS: pa.Schema = pa.schema(
    [pa.field("record_id", _TEXT, nullable=False), pa.field("cluster_id", _TEXT, nullable=False), pa.field("ring_id", _TEXT)]
)

#: Why two records are one trader, field by field. `level`: see `comparisons`; `agreement`: 0 to 1, how far the two values agree;
#: `weight`: bits of evidence, negative against; `shared_by`: records that carry the value, null where the two values differ.
#: What a person judged is a reason of its own: `judgement`, level `same`, weight 0.
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

#: Pairs that hold a cluster together; what ties one trader to another stands in TIES. `kind`: `identity` (the evidence says one trader) or
#: `judgement` (a person said so, whatever the evidence says). `weight`: bits of evidence together with the prior; `probability`: the
#: same as a probability, 1 for a judgement; `agreement`: 0 to 1.
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

#: What two traders share that is evidence but not identity.
TIE_KINDS: tuple[str, ...] = (
    "phone", "account", "tax_code", "email", "handle", "url", "address", "warehouse", "image", "text",
)  # fmt: skip

#: One row for two traders and a value that both carry; `cluster_id_l` < `cluster_id_r`. `kind`: of TIE_KINDS. `weight`: bits that the
#: value alone says for the two working together; 0 where so many carry it that it says nothing. `value`: the value as the left trader
#: wrote it (of two numbers with a slip between them that of the commoner), null for image and text. `shared_by`: how many traders carry it.
#: `record_id_…`: the first record of each that carries it.
TIES: pa.Schema = pa.schema(
    [
        pa.field("cluster_id_l", _TEXT, nullable=False),
        pa.field("cluster_id_r", _TEXT, nullable=False),
        pa.field("kind", _TEXT, nullable=False),
        pa.field("weight", pa.float32(), nullable=False),
        pa.field("value", _TEXT),
        pa.field("shared_by", pa.int64(), nullable=False),
        pa.field("record_id_l", _TEXT, nullable=False),
        pa.field("record_id_r", _TEXT, nullable=False),
        pa.field("sentence", _TEXT, nullable=False),
    ]
)

#: TIES as a file for people has them: also those that a person cut, marked. They counted for nothing.
MARKED: pa.Schema = pa.schema([*TIES, pa.field("cut", pa.bool_(), nullable=False)])

#: Traders that are tied closely enough to be looked at together. `traders`, `records`: how many; `strength`: bits of the weakest of the
#: links that hold the ring together.
RINGS: pa.Schema = pa.schema(
    [
        pa.field("ring_id", _TEXT, nullable=False),
        pa.field("traders", pa.int64(), nullable=False),
        pa.field("records", pa.int64(), nullable=False),
        pa.field("strength", pa.float32(), nullable=False),
        pa.field("sentence", _TEXT, nullable=False),
    ]
)

#: What a trader seems to be in its ring.
ROLES: tuple[str, ...] = ("organiser", "supplier", "account_holder", "front", "member")

#: Traders of rings, each once. `role`: of ROLES; `score`: 0 to 1, how clearly structure and flow say so; `sentence`: why.
MEMBERS: pa.Schema = pa.schema(
    [
        pa.field("ring_id", _TEXT, nullable=False),
        pa.field("cluster_id", _TEXT, nullable=False),
        pa.field("role", _TEXT, nullable=False),
        pa.field("score", pa.float32(), nullable=False),
        pa.field("sentence", _TEXT, nullable=False),
    ]
)

#: Traders that a record might be, the best first (see `living.answers.Candidate`). `record_id`: the trader's record that agrees best;
#: `name`, `seller_name`: what the trader and its shop are called.
CANDIDATE = pa.struct(
    [
        pa.field("cluster_id", _TEXT, nullable=False),
        pa.field("ring_id", _TEXT),
        pa.field("record_id", _TEXT, nullable=False),
        pa.field("probability", pa.float64(), nullable=False),
        pa.field("weight", pa.float32(), nullable=False),
        pa.field("agreement", pa.float32(), nullable=False),
        pa.field("mean", pa.float32(), nullable=False),
        pa.field("barred", pa.bool_(), nullable=False),
        pa.field("reasons", pa.list_(REASON), nullable=False),
        pa.field("name", _TEXT),
        pa.field("seller_name", _TEXT),
    ]
)

#: Traders that a record shares a place with that goods are sent from (see `living.answers.Sharing`).
SHARING = pa.struct(
    [
        pa.field("cluster_id", _TEXT, nullable=False),
        pa.field("ring_id", _TEXT),
        pa.field("record_id", _TEXT, nullable=False),
        pa.field("kind", _TEXT, nullable=False),
        pa.field("value", _TEXT, nullable=False),
        pa.field("shared_by", pa.int64(), nullable=False),
        pa.field("sentence", _TEXT, nullable=False),
        pa.field("name", _TEXT),
        pa.field("seller_name", _TEXT),
    ]
)

#: Where records belong in an index. `known`: to a trader that was there before; `cluster_id`: which, null for none (of a record that was
#: put in: the trader of its own). `probability`: of the best pair with the known trader, null where there is none. `judged`: a person said
#: so. `more`, `more_sharing`: how many traders beyond `candidates` are worth a look, and are tied by the same place (null: so many show it
#: that it ties nobody).
PLACED: pa.Schema = pa.schema(
    [
        pa.field("record_id", _TEXT, nullable=False),
        pa.field("cluster_id", _TEXT),
        pa.field("ring_id", _TEXT),
        pa.field("known", pa.bool_(), nullable=False),
        pa.field("probability", pa.float64()),
        pa.field("judged", pa.bool_(), nullable=False),
        pa.field("candidates", pa.list_(CANDIDATE), nullable=False),
        pa.field("more", pa.int64(), nullable=False),
        pa.field("sharing", pa.list_(SHARING), nullable=False),
        pa.field("more_sharing", pa.int64()),
    ]
)
