"""The tables that go out and come back. A test holds them to the shapes of linking, which stands on formats and cannot be asked."""

from dataclasses import dataclass, field

import pyarrow as pa

from chosach.formats.listings.schema import SCHEMA as LISTINGS

_TEXT, _FLOAT, _WHOLE = pa.string(), pa.float32(), pa.int64()


def _needed(name: str, kind: pa.DataType) -> pa.Field:
    return pa.field(name, kind, nullable=False)


#: Fields of a record that hold one text.
TEXTS: tuple[str, ...] = (
    "name", "seller_name", "phone", "bank_account", "bank", "tax_code", "email", "address", "warehouse", "url", "handle",
)  # fmt: skip
RECORDS = pa.schema(
    [
        _needed("record_id", _TEXT),
        *(pa.field(name, _TEXT) for name in TEXTS),
        pa.field("images", pa.list_(_TEXT)),
        pa.field("texts", pa.list_(_TEXT)),
    ]
)
CLUSTERS = pa.schema([_needed("record_id", _TEXT), _needed("cluster_id", _TEXT), pa.field("ring_id", _TEXT)])
REASON = pa.struct(
    [
        _needed("field", _TEXT),
        _needed("level", _TEXT),
        _needed("agreement", _FLOAT),
        _needed("weight", _FLOAT),
        pa.field("shared_by", _WHOLE),
        _needed("sentence", _TEXT),
    ]
)
EDGES = pa.schema(
    [
        _needed("record_id_l", _TEXT),
        _needed("record_id_r", _TEXT),
        _needed("kind", _TEXT),
        _needed("probability", pa.float64()),
        _needed("weight", _FLOAT),
        _needed("agreement", _FLOAT),
        _needed("reasons", pa.list_(REASON)),
    ]
)
TIES = pa.schema(
    [
        _needed("cluster_id_l", _TEXT),
        _needed("cluster_id_r", _TEXT),
        _needed("kind", _TEXT),
        _needed("weight", _FLOAT),
        pa.field("value", _TEXT),
        _needed("shared_by", _WHOLE),
        _needed("record_id_l", _TEXT),
        _needed("record_id_r", _TEXT),
        _needed("sentence", _TEXT),
    ]
)
RINGS = pa.schema(
    [
        _needed("ring_id", _TEXT),
        _needed("traders", _WHOLE),
        _needed("records", _WHOLE),
        _needed("strength", _FLOAT),
        _needed("sentence", _TEXT),
    ]
)
MEMBERS = pa.schema(
    [_needed("ring_id", _TEXT), _needed("cluster_id", _TEXT), _needed("role", _TEXT), _needed("score", _FLOAT), _needed("sentence", _TEXT)]
)
#: Which record stands for a site under which domain. On the way out also read from the records' own addresses.
DOMAINS = pa.schema([_needed("domain", _TEXT), _needed("record_id", _TEXT)])

SCHEMAS: dict[str, pa.Schema] = {
    "records": RECORDS,
    "clusters": CLUSTERS,
    "edges": EDGES,
    "ties": TIES,
    "rings": RINGS,
    "members": MEMBERS,
    "listings": LISTINGS,
    "domains": DOMAINS,
}
#: What a row is told apart by, and put in order by.
KEYS: dict[str, tuple[str, ...]] = {
    "records": ("record_id",),
    "clusters": ("record_id",),
    "edges": ("record_id_l", "record_id_r"),
    "ties": ("cluster_id_l", "cluster_id_r", "kind", "value", "record_id_l", "record_id_r"),
    "rings": ("ring_id",),
    "members": ("ring_id", "cluster_id"),
    "listings": ("listing_id",),
    "domains": ("domain", "record_id"),
}


@dataclass(frozen=True)
class Tables:
    """What is known of sellers, each table of its schema in `SCHEMAS`; missing columns count as empty, further ones are left out."""

    records: pa.Table = field(default_factory=SCHEMAS["records"].empty_table)
    clusters: pa.Table = field(default_factory=SCHEMAS["clusters"].empty_table)
    edges: pa.Table = field(default_factory=SCHEMAS["edges"].empty_table)
    ties: pa.Table = field(default_factory=SCHEMAS["ties"].empty_table)
    rings: pa.Table = field(default_factory=SCHEMAS["rings"].empty_table)
    members: pa.Table = field(default_factory=SCHEMAS["members"].empty_table)
    listings: pa.Table = field(default_factory=SCHEMAS["listings"].empty_table)
    domains: pa.Table = field(default_factory=SCHEMAS["domains"].empty_table)


def shaped(table: pa.Table, name: str) -> pa.Table:
    """The table in its schema and the order of its keys. `ValueError` names a column that is missing or of another type."""
    schema = SCHEMAS[name]
    columns = []
    for one in schema:
        if one.name in table.column_names:
            try:
                columns.append(table[one.name].cast(one.type))
            except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
                raise ValueError(one.name) from error
        elif one.nullable:
            columns.append(pa.nulls(table.num_rows, one.type))
        else:
            raise ValueError(one.name)
    made = pa.table(columns, schema=schema)
    return made.sort_by([(key, "ascending") for key in KEYS[name]])
