"""The conditions of linking, read from the very SQL that DuckDB runs, for one record at a time.

A query of DuckDB costs some ten milliseconds before it looks at the first row. One record against a hundred others takes less than that in
Python; but the conditions must not be written twice. So this reads the part of SQL that `comparisons`, `blocking` and `tables` are written
in, with its nulls, and turns it into functions of a row. What it does not know it refuses (`ValueError`); tests hold it to DuckDB.
"""

import operator
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import DamerauLevenshtein, Jaro, Levenshtein

#: Column → value.
Row = dict[str, Any]
Function = Callable[[Row], Any]

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<text>'(?:[^']|'')*')|(?P<name>[A-Za-z_]\w*)|(?P<sign>\|\||//|<>|!=|<=|>=|[-+*/=<>(),\[\]:]))"
)
_COMPARED = {
    "=": operator.eq,
    "<>": operator.ne,
    "!=": operator.ne,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}
_COUNTED = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv}


@lru_cache(maxsize=1)
def _contracted() -> bool:
    """Does this machine's DuckDB round a product and a sum once (a processor that multiplies and adds in one step), or twice?"""
    import duckdb

    with duckdb.connect(":memory:") as con:
        return bool(con.execute("SELECT jaro_winkler_similarity('ea 2', 'ed 2') = 0.805").fetchall()[0][0])


def jaro_winkler(a: str, b: str) -> float:
    """As DuckDB counts it: over bytes, four letters of prefix, a tenth each, from 0.7."""
    left, right = a.encode(), b.encode()
    if not left or not right:
        return 0.0
    alike = float(Jaro.similarity(left, right))
    if alike <= 0.7:
        return alike
    prefix = 0
    for first, second in zip(left[:4], right[:4], strict=False):
        if first != second:
            break
        prefix += 1
    told = alike + prefix * 0.1 * (1.0 - alike)
    # a likeness that is a round number but for rounding may stand on a border: here the last figure decides
    if abs(told * 1000 - round(told * 1000)) < 1e-9 and _contracted():
        from fractions import Fraction

        told = float(Fraction(prefix * 0.1) * Fraction(1.0 - alike) + Fraction(alike))
    return told


def _levenshtein(a: str, b: str) -> int:
    return int(Levenshtein.distance(a.encode(), b.encode()))


def _damerau(a: str, b: str) -> int:
    return int(DamerauLevenshtein.distance(a.encode(), b.encode()))


def _hamming(a: str, b: str) -> int:
    return sum(one != other for one, other in zip(a.encode(), b.encode(), strict=True))


def _split_part(text: str, sign: str, at: int) -> str:
    parts = text.split(sign)
    return parts[at - 1] if at <= len(parts) else ""


def _replace(text: str, pattern: str, into: str, options: str) -> str:
    return re.sub(pattern, into, text, count=0 if "g" in options else 1)


def _right(text: str, number: int) -> str:
    return text[-number:] if number else ""


#: Null where any argument is.
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "jaro_winkler_similarity": jaro_winkler,
    "levenshtein": _levenshtein,
    "damerau_levenshtein": _damerau,
    "hamming": _hamming,
    "length": len,
    "strlen": lambda text: len(text.encode()),
    "len": len,
    "contains": lambda text, part: part in text,
    "starts_with": lambda text, part: text.startswith(part),
    "string_split": lambda text, sign: text.split(sign),
    "split_part": _split_part,
    "array_to_string": lambda words, sign: sign.join(words),
    "list_sort": sorted,
    "list_concat": operator.add,
    "list_has_all": lambda words, some: all(word in words for word in some),
    "left": lambda text, number: text[:number],
    "right": _right,
    "regexp_replace": _replace,
    "nullif": lambda one, other: None if one == other else one,
}


def _there(values: list[Any]) -> list[Any]:
    return [value for value in values if value is not None]


#: Given all arguments, nulls too.
_OF_NULLS: dict[str, Callable[[list[Any]], Any]] = {
    "coalesce": lambda values: next(iter(_there(values)), None),
    "least": lambda values: min(_there(values), default=None),
    "greatest": lambda values: max(_there(values), default=None),
    "concat": lambda values: "".join(_there(values)),
    "concat_ws": lambda values: values[0].join(_there(values[1:])),
}


def compiled(sql: str, measures: Mapping[str, Function] | None = None) -> Function:
    """A function of a row. `measures`: names that stand for more than a column; computed once a row and kept in it."""
    return _Reader(sql, measures or {}).whole()


def measure(name: str, sql: str, measures: Mapping[str, Function]) -> Function:
    """A value that several conditions ask for: computed at the first asking, then read from the row."""
    compute = compiled(sql, measures)

    def value(row: Row) -> Any:
        if name not in row:
            row[name] = compute(row)
        return row[name]

    return value


class _Reader:
    """Precedence climbing over tokens."""

    def __init__(self, sql: str, measures: Mapping[str, Function]) -> None:
        self._sql = sql
        self._measures = measures
        self._tokens: list[tuple[str, str]] = []
        at = 0
        while sql[at:].strip():
            found = _TOKEN.match(sql, at)
            if not found:
                raise ValueError(f"not understood: {sql[at : at + 40]}")
            self._tokens.append((str(found.lastgroup), found[str(found.lastgroup)]))
            at = found.end()
        self._at = 0

    def whole(self) -> Function:
        told = self._either()
        if self._at < len(self._tokens):
            raise self._odd()
        return told

    def _odd(self) -> ValueError:
        return ValueError(f"not understood at word {self._at}: {self._sql}")

    def _is(self, *words: str) -> bool:
        """Is this what comes next? Then go past it."""
        for step, word in enumerate(words):
            if self._at + step >= len(self._tokens) or self._tokens[self._at + step][1].lower() != word:
                return False
        self._at += len(words)
        return True

    def _must(self, word: str) -> None:
        if not self._is(word):
            raise self._odd()

    def _either(self) -> Function:
        told = self._both()
        while self._is("or"):
            told = _or(told, self._both())
        return told

    def _both(self) -> Function:
        told = self._not()
        while self._is("and"):
            told = _and(told, self._not())
        return told

    def _not(self) -> Function:
        if self._is("not"):
            inner = self._not()
            return lambda row: None if (value := inner(row)) is None else not value
        return self._comparison()

    def _comparison(self) -> Function:
        left = self._sum()
        for words, wanted in ((("is", "not", "null"), False), (("is", "null"), True)):
            if self._is(*words):
                return lambda row: (left(row) is None) == wanted
        for sign, compare in _COMPARED.items():
            if self._is(sign):
                return _strict(compare, left, self._sum())
        return left

    def _sum(self) -> Function:
        told = self._product()
        while True:
            sign = next((sign for sign in ("||", "+", "-") if self._is(sign)), None)
            if sign is None:
                return told
            told = _strict(operator.add if sign == "||" else _COUNTED[sign], told, self._product())

    def _product(self) -> Function:
        told = self._one()
        while True:
            sign = next((sign for sign in ("//", "*", "/") if self._is(sign)), None)
            if sign is None:
                return told
            told = _strict(_COUNTED[sign], told, self._one())

    def _one(self) -> Function:
        told = self._bare()
        while self._is("["):
            place = self._sum()
            self._must("]")
            told = _strict(_element, told, place)
        return told

    def _bare(self) -> Function:
        if self._at >= len(self._tokens):
            raise self._odd()
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "number":
            number = float(text) if "." in text or "e" in text.lower() else int(text)
            return lambda _: number
        if kind == "text":
            literal = text[1:-1].replace("''", "'")
            return lambda _: literal
        if text == "-":
            inner = self._one()
            return lambda row: None if (value := inner(row)) is None else -value
        if text == "(":
            told = self._either()
            self._must(")")
            return told
        if text == "[":
            items = self._list("]")
            return lambda row: [item(row) for item in items]
        if kind != "name":
            raise self._odd()
        return self._named(text.lower())

    def _named(self, name: str) -> Function:
        if name == "case":
            return self._case()
        if name in ("true", "false", "null"):
            constant = {"true": True, "false": False, "null": None}[name]
            return lambda _: constant
        if self._is("("):
            return self._filter() if name == "list_filter" else self._call(name)
        if name in self._measures:
            return self._measures[name]
        return operator.itemgetter(name)

    def _list(self, end: str) -> list[Function]:
        items: list[Function] = []
        if self._is(end):
            return items
        items.append(self._either())
        while self._is(","):
            items.append(self._either())
        self._must(end)
        return items

    def _call(self, name: str) -> Function:
        arguments = self._list(")")
        if name in _OF_NULLS:
            of_nulls = _OF_NULLS[name]
            return lambda row: of_nulls([argument(row) for argument in arguments])
        if name not in _FUNCTIONS:
            raise ValueError(f"no such function here: {name}")
        return _strict(_FUNCTIONS[name], *arguments)

    def _filter(self) -> Function:
        """list_filter(list, lambda name: condition)"""
        words = self._either()
        self._must(",")
        self._must("lambda")
        name = self._tokens[self._at][1]
        self._at += 1
        self._must(":")
        condition = self._either()
        self._must(")")

        def kept(row: Row) -> Any:
            found = words(row)
            return None if found is None else [word for word in found if condition({**row, name: word})]

        return kept

    def _case(self) -> Function:
        cases: list[tuple[Function, Function]] = []
        while self._is("when"):
            condition = self._either()
            self._must("then")
            cases.append((condition, self._either()))
        otherwise = self._either() if self._is("else") else (lambda _: None)
        self._must("end")

        def chosen(row: Row) -> Any:
            for condition, value in cases:
                if condition(row):
                    return value(row)
            return otherwise(row)

        return chosen


def _element(words: list[Any], place: int) -> Any:
    """Counted from 1, or from the end."""
    at = place - 1 if place > 0 else len(words) + place
    return words[at] if 0 <= at < len(words) else None


def _strict(function: Callable[..., Any], *arguments: Function) -> Function:
    if len(arguments) == 2:
        first, second = arguments

        def of_two(row: Row) -> Any:
            left = first(row)
            if left is None:
                return None
            right = second(row)
            return None if right is None else function(left, right)

        return of_two

    def of_all(row: Row) -> Any:
        values = [argument(row) for argument in arguments]
        return None if None in values else function(*values)

    return of_all


def _and(first: Function, second: Function) -> Function:
    def both(row: Row) -> Any:
        left = first(row)
        if left is False:
            return False
        right = second(row)
        if right is False:
            return False
        return None if left is None or right is None else True

    return both


def _or(first: Function, second: Function) -> Function:
    def either(row: Row) -> Any:
        left = first(row)
        if left is True:
            return True
        right = second(row)
        if right is True:
            return True
        return None if left is None or right is None else False

    return either
