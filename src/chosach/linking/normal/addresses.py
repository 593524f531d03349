"""Addresses: house number, street, ward and province, in the units of 2020 and of 2025, with the usual abbreviations."""

import polars as pl

from chosach.linking.letters import composed, folded, lowered
from chosach.linking.units import resolve

#: Commas before units where the writer left them out, so that "12 Lê Lợi P. Tân Mai Biên Hòa" divides too.
_BEFORE_UNIT = (
    r"[ ,]+((?:phuong|quan|huyen|thi xa|thi tran|thanh pho|tinh)[ .]|(?:tp|tx|tt)[. ]|[pqfhx]\.|[pqf] ?\d|"
    r"(?:tp\.? ?)?(?:hcm|ho chi minh)$)"
)
_COUNTRY = r"[,. ]+(?:viet nam|vietnam|vn)\W*$"
#: Words below the ward and their short forms, joined with what they number: "khu phố 3", "kp.3" → "kp3".
_BELOW = (
    (r"\b(?:khu pho|kp|k\.p)[. ]*(\d+)", " kp$1"),
    (r"\b(?:to dan pho|tdp|to|t)[. ]*(\d+)", " to$1"),
    (r"\b(ap|thon|xom|ngo|ngach|hem|kiet|lo|khu) (\d+)", " $1$2"),
)
#: Other words of streets that have a short form; streets named by a day ("30/4", "30 tháng 4").
_SHORT = ((r"\bkhu cong nghiep\b", "kcn"), (r"\bcum cong nghiep\b", "ccn"), (r"\b(\d{1,2}) thang (\d{1,2})\b", "$1 $2"))
#: Words that say only that a street or number follows.
_SAY_NOTHING = r"\b(?:so nha|so|sn|duong|d|pho|dia chi|dc)\b[. ]*"
#: Parts that can be used, and more: above it a number says which text was left of a part.
_ROOM = 8
_NUMBER = r"^\W*([a-z]?\d+[a-z]?(?:[/-]\d+[a-z]?)*)\b"


def addresses(column: pl.Series) -> pl.DataFrame:
    """`number`, `street`, `province`, `unit`."""
    if column.null_count() == len(column):
        nothing = [column.alias(name) for name in ("number", "street", "province", "unit")]
        return pl.DataFrame(nothing)
    x = pl.col("x")
    read = pl.DataFrame([composed(column).alias("x")]).select(folded(lowered(x)).str.strip_chars(" .,"))
    read = read.select(x.str.replace(_COUNTRY, "").str.replace_all(_BEFORE_UNIT, ", $1"))
    read = read.select(x, parts=x.str.replace_all(r"\s*[,;\n]+\s*|\s+[-\u2013]\s+", ",").str.strip_chars(",").str.split(","))
    places, lefts = _places(read["parts"])
    read = pl.concat([read, places], how="horizontal")
    head = pl.col("parts").list.head(pl.col("parts").list.len() - pl.col("used") % _ROOM).list.join(" ")
    if len(lefts) > 1:
        left = pl.lit(pl.Series(lefts)).gather(pl.col("used") // _ROOM)
        head = pl.when(pl.col("used") >= _ROOM).then(pl.concat_str(head, left, separator=" ")).otherwise(head)
    read = read.with_columns(head.alias("street"))
    street = pl.col("street")
    for pattern, joined in (*_BELOW, *_SHORT):
        read = read.with_columns(street.str.replace_all(pattern, joined))
    read = read.with_columns(street.str.replace_all(_SAY_NOTHING, " ").str.strip_chars(" "))
    read = read.with_columns(street.str.extract(_NUMBER, 1).alias("number"), street.str.replace(_NUMBER, ""))
    read = read.with_columns(street.str.replace_all(r"[^\pL\pN]+", " ").str.strip_chars(" "))
    return read.select(pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in ("number", "street", "province", "unit"))


def _places(parts: pl.Series) -> tuple[pl.DataFrame, list[str]]:
    """`used`, `province`, `unit` of each address; what stood before the units in a part: `used // _ROOM` is its place in the list.

    Ends of addresses recur, so each is looked up once: the last two parts, then three.
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
    return made.select(pl.coalesce(f"{name}_three", name).alias(name) for name in ("used", "province", "unit")), lefts


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
            "unit": pl.Series([place.unit for place in places], dtype=pl.String),
        }
    )
