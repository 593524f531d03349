"""House number and street of an address: what stands before its units, in one writing.

The rules are for a column (`streets`); `living.one` reads the same for one record. A number that has its word (*tổ 5*, *hẻm 34*,
*ki-ốt 12*) is one word with it (*to5*).
"""

import re
from functools import lru_cache

import polars as pl

#: Phrases that have another writing → that writing. Whole words, without tones; between two of them stands a blank.
PHRASES: dict[str, str] = {
    # an export processing zone is an industrial park by law (decree 35/2022), a cluster is none
    "khu cong nghiep": "kcn", "khu cn": "kcn", "k c n": "kcn", "khu che xuat": "kcn", "kcx": "kcn",
    "cum cong nghiep": "ccn", "cum cn": "ccn", "c c n": "ccn",
    "khu dan cu": "kdc", "khu do thi": "kdt", "khu tai dinh cu": "ktdc", "chung cu": "cc", "c/c": "cc", "trung tam thuong mai": "tttm",
    "khu pho": "kp", "k/p": "kp", "k p": "kp", "to dan pho": "to", "tdp": "to",
    "toa nha": "toa", "can ho": "can", "gian hang": "gian", "quay hang": "quay",
    "ki ot": "kiot", "ki-ot": "kiot", "kiosk": "kiot", "kios": "kiot",
    "quoc lo": "ql", "q lo": "ql", "xa lo": "xl", "xlhn": "xl ha noi", "dai lo": "dl",
    "tinh lo": "dt", "duong tinh": "dt", "huong lo": "hl", "lien tinh lo": "ltl", "duong huyen": "dh",
    "xvnt": "xo viet nghe tinh", "nkkn": "nam ky khoi nghia", "ntmk": "nguyen thi minh khai", "ng": "nguyen",
    **dict.fromkeys(("cmt8", "cmt 8", "cm thang 8", "cm thang tam", "cach mang thang 8", "cach mang t8"), "cach mang thang tam"),
    # names that end in a word of alleys or rooms
    "ly thuong kiet": "ly thuongkiet", "le hong phong": "le hongphong",
    "ii": "2", "iii": "3", "iv": "4",
    "so nha": "so", "nha so": "so", "sn": "so",
    # these say only that a street follows
    "dia chi": "", "d/c": "", "dc": "",
}  # fmt: skip
_DAY, _MONTH = r"0?([1-9]|[12]\d|3[01])", r"0?([1-9]|1[0-2])"
_HOUSE = r"([a-z]?\d+(?:bis|[a-z]?)(?:[/-]\d+[a-z]?)*)"
_ALLEY = r"(\d+[a-z]?(?:/\d+[a-z]?)*)"
#: Pattern → what takes its place, one after another. Streets are called after days: "đường 30/4" is one, "30/4 Lê Lợi" is a house.
#: Those of `NUMBERED` find nothing in a street with one number, at its beginning.
NUMBERED: tuple[tuple[str, str], ...] = (
    (r"(\d[a-z]?) ?/ ?(\d)", "${1}/${2}"),
    (rf"^ *(?:duong|d|pho) ([a-z]{{2,}}(?: [a-z]{{2,}}){{1,4}}) so {_HOUSE} *$", "${2} ${1}"),
    (rf"\b(?:duong|d|pho) {_DAY}[/-]{_MONTH}\b", " ${1}thang${2}"),
    (rf"\b{_DAY} thang {_MONTH}\b", "${1}thang${2}"),
    (rf"^ *((?:so )?{_HOUSE}) {_DAY}[/-]{_MONTH}\b", "${1} ${3}thang${4}"),
    (r"\b(?:tl|dt) ?(\d)", "dt${1}"),
    (r"\b(ql|hl|dh|ltl) (\d)", "${1}${2}"),
    (r"\bql1a\b", "ql1"),
    (r"\b(?:duong|pho|d)\b", " "),
    (r"\b(?:to|t) *(?:so )?(\d+[a-z]?)\b", " to${1}"),
    (
        r"\b(kp|ap|thon|xom|ngo|ngach|hem|kiet|lo|khu|tang|lau|phong|can|sap|quay|kiot|gian|day) *(?:so )?([a-z]?\d+[a-z]?)\b",
        " ${1}${2}",
    ),
    (r"\bp ?(\d{3,4})\b", " phong${1}"),
    # the smaller before what it lies in
    (r"\b((?:kp|ap|thon|khu|xom)\d+[a-z]?) +(to\d+[a-z]?)\b", "${2} ${1}"),
    (r"\b((?:lo|day|tang|lau)[a-z]?\d+[a-z]?) +((?:sap|quay|kiot|gian|can|phong)[a-z]?\d+[a-z]?)\b", "${2} ${1}"),
    # the house 5 of the alley 12 is 12/5, however it is told
    (rf"^ *(?:so )?(?:hem|kiet|k){_ALLEY[:-2]}+)\b", "${1} "),
    (rf"^ *(?:so )?([a-z]?\d+[a-z]?(?:/\d+[a-z]?)*) +(?:hem|kiet){_ALLEY}\b", "${2}/${1} "),
    (rf"^ *(?:hem|kiet){_ALLEY} +so {_ALLEY}\b", "${1}/${2} "),
    (rf"^ *((?:ngo|ngach)[a-z0-9/]+) +so {_ALLEY}\b", "${2} ${1} "),
    (rf"^ *(?:kho hang|nha kho|tong kho|cua hang|nha|kho) +(?:so )?{_HOUSE}\b", "${1} "),
)
PLAIN: tuple[tuple[str, str], ...] = (
    (r"\b(?:duong|pho|d|so)\b", " "),
    (r"(\d) bis\b", "${1}bis"),
    (r"\b([kc]cn(?: [a-z]{2,}){1,4}) i\b", "${1} 1"),
    (r"\b([kc]cn(?: [a-z]{2,}){1,4}) v\b", "${1} 5"),
    (r"\b([kc]cn(?: [a-z]{2,}){1,4}) vi\b", "${1} 6"),
)
#: "K12/5" is an alley, "P1205" a room, "T5" a group of houses.
_ONE_NUMBER = r"^ *(?:so )?[a-jl-oq-su-z]?\d+(?:bis|[a-z]?)(?:[/-]\d+[a-z]?)* [^0-9]*$"
#: The number of the house, at the beginning.
NUMBER = rf"^\W*0*{_HOUSE}\b"
_THANG = " thang "
_MONTHS = {
    "gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "muoi mot": 11, "muoi hai": 12, "chap": 12,
}  # fmt: skip


@lru_cache(maxsize=1)
def _days() -> dict[str, int]:
    ones = {"mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9}
    tens = {"muoi": 10, "hai muoi": 20, "ba muoi": 30}
    more = {f"{ten} {one}": tens[ten] + ones[one] for ten in tens for one in ones if tens[ten] + ones[one] < 32}
    return ones | tens | more | {"ba muoi mot": 31, "hai muoi mot": 21}


@lru_cache(maxsize=1)
def _written_day() -> re.Pattern[str]:
    days, months = ("|".join(sorted(names, key=len, reverse=True)) for names in (_days(), _MONTHS))
    return re.compile(rf"(?<![^ ])(?:(\d{{1,2}})|({days}))( thang )(?:(\d{{1,2}})|({months}))(?![^ ])")


@lru_cache(maxsize=16_384)
def in_figures(text: str) -> str:
    """Days that are written in words ("ba mươi tháng tư") in figures ("30 thang 4")."""

    def told(found: re.Match[str]) -> str:
        return f"{found[1] or _days()[found[2]]}{found[3]}{found[4] or _MONTHS[found[5]]}"

    return _written_day().sub(told, text)


@lru_cache(maxsize=1)
def phrases() -> tuple[list[str], list[str]]:
    """`PHRASES` longest first, with double blanks (see `_spaced`), and what takes their places."""
    known = sorted(PHRASES, key=lambda phrase: (-len(phrase), phrase))
    return [f" {phrase.replace(' ', '  ')} " for phrase in known], [f" {PHRASES[phrase].replace(' ', '  ')} " for phrase in known]


def streets(column: pl.Series) -> pl.DataFrame:
    """`number`, `street` of a column of what stands before the units, in lower case without tones. "" where there is none."""
    street = pl.col("street")
    read = pl.DataFrame([column.alias("street")]).select(street.str.replace_all(r"[^\pL\pN/-]+", " ").str.strip_chars(" "))
    months = read["street"].str.contains(_THANG, literal=True).fill_null(False)
    if months.any():
        told = read["street"].filter(months).unique()
        read = read.with_columns(street.replace({text: in_figures(text) for text in told}))
    spaced = pl.concat_str(pl.lit(" "), street.str.replace_all(" ", "  ", literal=True), pl.lit(" "))
    read = read.with_columns(spaced.str.replace_many(*phrases(), leftmost=True).str.replace_all(" +", " ").alias("street"))
    more = (~read["street"].str.contains(_ONE_NUMBER)).fill_null(False).arg_true()
    numbered = read.select(street.gather(more))
    for pattern, joined in NUMBERED:
        numbered = numbered.select(street.str.replace_all(pattern, joined))
    read = read.with_columns(read["street"].scatter(more, numbered["street"]))
    for pattern, joined in PLAIN:
        read = read.with_columns(street.str.replace_all(pattern, joined))
    read = read.select(street.str.extract(NUMBER, 1).fill_null("").alias("number"), street.str.replace(NUMBER, ""))
    return read.with_columns(street.str.replace_all(r"[^\pL\pN]+", " ").str.strip_chars(" "))
