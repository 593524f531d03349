"""Addresses: house number, street, ward and province, in the units of 2020 and of 2025, with the usual abbreviations."""

import polars as pl

from chosach.linking.letters import composed, folded, lowered
from chosach.linking.normal.streets import streets
from chosach.linking.unit_names import tables
from chosach.linking.units import Place, district_of, resolve

#: Commas before units where the writer left them out, so that "12 Lê Lợi P. Tân Mai Biên Hòa" divides too.
_BEFORE_UNIT = (
    r"[ ,]+((?:phuong|quan|huyen|thi xa|thi tran|thanh pho|tinh)[ .]|(?:tp|tx|tt)[. ]|[pqfhx]\.|[pqf] ?\d|"
    r"(?:tp\.? ?)?(?:hcm|ho chi minh)$)"
)
COLUMNS = ("number", "street", "province", "district", "unit")
_COUNTRY = r"(?:[,. ]+\d{5,6})?[,. ]+(?:viet nam|vietnam|vn)\W*$|[,. ]+\d{5,6}$"
#: Parts that can be used, and more: above it a number says which text was left of a part.
_ROOM = 8
#: What a seller writes before an address, with a colon; two houses that are one ("12 - 14 Lê Duẩn").
_CAPTION = (
    r"^\W*(?:dia chi|d/c|dc|add|address|kho|kho hang|nha kho|tong kho|cua hang|ch|shop|showroom|van phong|vp|tru so|"
    r"(?:chi nhanh|cn|co so|cs) ?\d{0,2}) *: *"
)
#: Names of two that a dash joins, which divides parts elsewhere.
_DOUBLE = r"(ba ria|thua thien|phan rang) +[-\u2013] +(vung tau|hue|thap cham)"
_TWO_HOUSES = r"^(\W*(?:so |sn )?\d+) +[-\u2013] +(\d+)\b"

#: Before the parts are divided: pattern → what takes its place.
BEFORE = ((_COUNTRY, ""), (_CAPTION, ""), (_TWO_HOUSES, "${1}-${2}"), (_DOUBLE, "${1} ${2}"), (_BEFORE_UNIT, ", ${1}"))
#: The same while tones are there: "12 A Lê Lợi" is 12A, "12 ả Lê Lợi" a slip.
TONED = (r"^(\D{0,12}\d+) ([abc]) ", "${1}${2} ")
_PARTS = r"\s*[,;|\n]+\s*|\s+[-\u2013]\s+"


def addresses(column: pl.Series) -> pl.DataFrame:
    """`COLUMNS` of a column of addresses."""
    if column.null_count() == len(column):
        nothing = [column.alias(name) for name in COLUMNS]
        return pl.DataFrame(nothing)
    x = pl.col("x")
    read = pl.DataFrame([composed(column).alias("x")]).select(folded(lowered(x).str.replace(*TONED)).str.strip_chars(" .,"))
    for pattern, joined in BEFORE:
        read = read.select(x.str.replace_all(pattern, joined))
    read = read.select(x, parts=x.str.replace_all(_PARTS, ",").str.strip_chars(",").str.split(","))
    places, lefts = _places(read["parts"])
    read = pl.concat([read, places], how="horizontal")
    head = pl.col("parts").list.head(pl.col("parts").list.len() - pl.col("used") % _ROOM).list.join(" ")
    if len(lefts) > 1:
        left = pl.lit(pl.Series(lefts)).gather(pl.col("used") // _ROOM)
        head = pl.when(pl.col("used") >= _ROOM).then(pl.concat_str(head, left, separator=" ")).otherwise(head)
    made = streets(read.select(head.alias("street")).to_series())
    made = pl.concat([made, read.select("province", "district", "unit")], how="horizontal")
    return made.select(pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in COLUMNS)


def district(place: Place) -> str:
    """The district of July 2025 in which all of the ward lay, or that was told; "" for one of before that was divided."""
    return district_of(place.unit)[1] or tables().became.get(place.district, place.district[1])


def _places(parts: pl.Series) -> tuple[pl.DataFrame, list[str]]:
    """`used`, `province`, `district`, `unit` of each address; what stood before the units in a part.

    `used // _ROOM` is its place in the list. Ends of addresses recur, so each is looked up once: the last two parts, then three.
    """
    lefts = [""]
    made = pl.DataFrame([parts.alias("parts")]).select(
        two=pl.col("parts").list.tail(2).list.join(","), three=pl.col("parts").list.tail(3).list.join(",")
    )
    two = _looked_up(made["two"], "two", lefts)
    made = made.join(two, on="two", how="left", maintain_order="left", nulls_equal=True)
    third = pl.when((pl.col("used") == 2) & (pl.col("unit") == "")).then(pl.col("three"))
    made = made.with_columns(third.alias("three"))
    three = _looked_up(made["three"], "three", lefts)
    made = made.join(three, on="three", how="left", maintain_order="left", suffix="_three")
    return made.select(pl.coalesce(f"{name}_three", name).alias(name) for name in ("used", "province", "district", "unit")), lefts


def _looked_up(ends: pl.Series, name: str, lefts: list[str]) -> pl.DataFrame:
    distinct = ends.drop_nulls().unique()
    places = [resolve(end) for end in distinct]
    used = []
    for place in places:
        if place.left:
            used.append(place.used + _ROOM * len(lefts))
            lefts.append(place.left)
        else:
            used.append(place.used)
    return pl.DataFrame(
        {
            name: distinct,
            "used": pl.Series(used, dtype=pl.Int64),
            "province": pl.Series([place.province for place in places], dtype=pl.String),
            "district": pl.Series([district(place) for place in places], dtype=pl.String),
            "unit": pl.Series([place.unit for place in places], dtype=pl.String),
        }
    )
