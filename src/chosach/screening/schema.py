"""The shapes of what goes in and what comes out."""

import pyarrow as pa

#: The ten kinds, in the order of the plan. A test holds them equal to the desk's.
KINDS: tuple[str, ...] = (
    "banned",
    "smuggled",
    "counterfeit",
    "ip_infringing",
    "substandard",
    "restricted",
    "conditional",
    "expired",
    "unknown_origin",
    "misleading",
)

#: Listings: only ``listing_id`` and ``title`` must be there; missing columns count as empty.
LISTING = pa.schema(
    [
        pa.field("listing_id", pa.string(), nullable=False),
        pa.field("platform", pa.string()),
        pa.field("url", pa.string()),
        pa.field("seller_id", pa.string()),
        pa.field("seller_name", pa.string()),
        pa.field("title", pa.string(), nullable=False),
        pa.field("description", pa.string()),
        pa.field("price", pa.int64()),
        pa.field("original_price", pa.int64()),
        pa.field("brand", pa.string()),
        pa.field("category", pa.string()),
        pa.field("origin", pa.string()),
        pa.field("sold", pa.int64()),
        pa.field("location", pa.string()),
        pa.field("images", pa.list_(pa.string())),
        pa.field("captured_at", pa.timestamp("us", "UTC")),
    ]
)

#: What a price was compared with. ``floor``: VND under which such goods are hardly genuine. ``n``, ``p5`` … ``p90``, ``date``: the price
#: table's cell of the brand and group (VND; listings as they are offered, copies among them); null where it has none.
REFERENCE = pa.struct(
    [
        pa.field("brand", pa.string()),
        pa.field("group", pa.string()),
        pa.field("floor", pa.int64()),
        pa.field("n", pa.int32()),
        pa.field("p5", pa.int64()),
        pa.field("p25", pa.int64()),
        pa.field("p50", pa.int64()),
        pa.field("p75", pa.int64()),
        pa.field("p90", pa.int64()),
        pa.field("date", pa.string()),
    ]
)

REASON = pa.struct(
    [
        pa.field("field", pa.string()),
        pa.field("start", pa.int32()),
        pa.field("end", pa.int32()),
        pa.field("text", pa.string()),
        pa.field("term", pa.string()),
        pa.field("rule", pa.string()),
        pa.field("reference", REFERENCE),
    ]
)

#: ``clause`` and ``point`` (khoản, điểm) are null where they are not sure.
LAW = pa.struct(
    [
        pa.field("instrument", pa.string()),
        pa.field("article", pa.string()),
        pa.field("clause", pa.string()),
        pa.field("point", pa.string()),
        pa.field("valid_from", pa.date32()),
        pa.field("as_of", pa.date32()),
        pa.field("as_of_source", pa.string()),
    ]
)

#: Findings: one row a (listing, kind), in the order of the listings, then of ``KINDS``. Probability in (0, 1].
FINDING = pa.schema(
    [
        pa.field("listing_id", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("probability", pa.float64(), nullable=False),
        pa.field("reasons", pa.list_(REASON), nullable=False),
        pa.field("law", pa.list_(LAW), nullable=False),
        pa.field("clears", pa.list_(pa.string()), nullable=False),
        pa.field("screener", pa.string(), nullable=False),
    ]
)
