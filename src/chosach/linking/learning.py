"""Learning a model from the records at hand, without anybody telling which pairs are one trader.

How two traders' records agree is counted on pairs taken blindly (and, for whole values, computed from how often each is met). How one
trader's agree is learnt by expectation and maximisation on the pairs that blocking found: once for each way in which pairs are
found, leaving out the fields that the way itself took care of, and the rounds are averaged. All of it works on counts of patterns,
so the result depends neither on the order of records nor on threads. The shipped model stands behind as if it had been seen on
`BELIEF` pairs: a short list changes it little.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from chosach.linking import blocking, scoring, tables
from chosach.linking.comparisons import Comparison
from chosach.linking.model import MOST_PRIOR, Model

Floats = NDArray[np.float64]
BLIND_PAIRS = 200_000
BELIEF = 200.0
_ROUNDS = 60
_STILL = 1e-7
_LEAST = 1e-7


@dataclass(frozen=True)
class Seen:
    """Patterns among the pairs: levels of each field (a column a field, -1 nothing), bits of the keys that found it, how many pairs."""

    patterns: NDArray[np.int64]
    found: NDArray[np.int64]
    counts: Floats

    def of(self, chosen: NDArray[np.bool_], fields: Sequence[int]) -> "Seen":
        """Some of the patterns, some of the fields."""
        return Seen(self.patterns[chosen][:, fields], self.found[chosen], self.counts[chosen])


def learn(con: duckdb.DuckDBPyConnection, comparisons: Sequence[Comparison], start: Model) -> Model:
    """The model of these records (tables `records`, `tf_…`, `levels`). Of fields that nobody has it says what `start` says."""
    u = _by_chance(con, comparisons, start)
    seen = _patterns(con, comparisons)
    if not len(seen.counts):
        return Model(start.prior, start.m, u).completed(start)
    m = _nothing_for(_of_one_trader(seen, comparisons, start.m, u), u, comparisons)
    return Model(_prior(seen, comparisons, m, u, tables.count(con, "records")), m, u).completed(start)


def _by_chance(con: duckdb.DuckDBPyConnection, comparisons: Sequence[Comparison], start: Model) -> dict[str, dict[str, float]]:
    """How two traders' records agree."""
    records = tables.count(con, "records")
    steps = max(1, min(records - 1, BLIND_PAIRS // max(records, 1) + 1))
    con.execute(
        "CREATE OR REPLACE TEMP TABLE shuffled AS SELECT id, row_number() OVER (ORDER BY hash(record_id), record_id) - 1 AS turn "  # noqa: S608
        f"FROM records QUALIFY turn < {BLIND_PAIRS}"
    )
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE steps AS SELECT id, (turn + step) % {min(records, BLIND_PAIRS)} AS other "  # noqa: S608
        f"FROM shuffled, (SELECT unnest(range(1, {steps + 1})) AS step)"
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE blind AS SELECT least(a.id, b.id) AS l, greatest(a.id, b.id) AS r, 0 AS found "
        "FROM steps a JOIN shuffled b ON a.other = b.turn WHERE a.id <> b.id"
    )
    scoring.levels(con, "blind", comparisons, into="blind_levels")
    told: dict[str, dict[str, float]] = {}
    for one in comparisons:
        seen = dict(con.execute(f"SELECT level_{one.field}, count(*) FROM blind_levels GROUP BY 1").fetchall())  # noqa: S608
        total = sum(number for level, number in seen.items() if level >= 0)
        shares = [(seen.get(at, 0) + BELIEF * start.u[one.field][level.name]) / (total + BELIEF) for at, level in enumerate(one.levels)]
        told[one.field] = _normed(dict(zip((level.name for level in one.levels), shares, strict=True)))
    for name in ("blind", "steps", "shuffled", "blind_levels"):
        con.execute(f"DROP TABLE {name}")
    return told


def _normed(shares: Mapping[str, float]) -> dict[str, float]:
    kept = {name: max(share, _LEAST) for name, share in shares.items()}
    total = sum(kept.values())
    return {name: float(f"{share / total:.6g}") for name, share in kept.items()}


def _patterns(con: duckdb.DuckDBPyConnection, comparisons: Sequence[Comparison]) -> Seen:
    levels = ", ".join(f"level_{one.field}" for one in comparisons)
    told = con.execute(f"SELECT found, {levels}, count(*) AS pairs FROM levels GROUP BY ALL ORDER BY ALL").fetchnumpy()  # noqa: S608
    columns = list(told.values())
    patterns = np.stack([column.astype(np.int64) for column in columns[1:-1]], axis=1)
    return Seen(patterns, columns[0].astype(np.int64), columns[-1].astype(np.float64))


def _of_one_trader(
    seen: Seen,
    comparisons: Sequence[Comparison],
    start: Mapping[str, Mapping[str, float]],
    u: Mapping[str, Mapping[str, float]],
) -> dict[str, dict[str, float]]:
    """Expectation and maximisation, once for each set of fields that pairs were found by."""
    fields = [one.field for one in comparisons]
    sums = {field: np.zeros(len(one.levels)) for field, one in zip(fields, comparisons, strict=True)}
    for group in dict.fromkeys(key.field for key in blocking.KEYS):
        bits = sum(blocking.mask(key) for key in blocking.KEYS if key.field == group)
        chosen = (seen.found & bits) != 0
        left = [at for at, field in enumerate(fields) if field not in group.split("+")]
        if not chosen.any() or not left:
            continue
        expected = _expected(seen.of(chosen, left), [comparisons[at] for at in left], start, u)
        for at, numbers in zip(left, expected, strict=True):
            sums[fields[at]] += numbers
    told = {}
    for field, one in zip(fields, comparisons, strict=True):
        behind = np.array([start[field][level.name] for level in one.levels])
        shares = (sums[field] + BELIEF * behind) / (sums[field].sum() + BELIEF)
        told[field] = _normed({level.name: float(share) for level, share in zip(one.levels, shares, strict=True)})
    return told


def _nothing_for(
    m: Mapping[str, Mapping[str, float]], u: Mapping[str, Mapping[str, float]], comparisons: Sequence[Comparison]
) -> dict[str, dict[str, float]]:
    """What disagrees never speaks for one trader, nor less against than what agrees a little.

    In a list from one province hardly any two addresses differ in the province; the few slips would make that a sign of one trader.
    """
    told = {}
    for one in comparisons:
        shares, chance = dict(m[one.field]), u[one.field]
        *_, before, last = (level.name for level in one.levels)
        most = chance[last] * min(1.0, shares[before] / chance[before])
        if shares[last] > most:
            others = sum(shares.values()) - shares[last]
            shares = {name: share * (1 - most) / others for name, share in shares.items()} | {last: most}
            shares = _normed(shares)
        told[one.field] = shares
    return told


def _expected(
    pairs: Seen,
    comparisons: Sequence[Comparison],
    start: Mapping[str, Mapping[str, float]],
    u: Mapping[str, Mapping[str, float]],
) -> list[Floats]:
    """How often each level is met among the pairs of one trader, as learnt in one round of this way of finding pairs."""
    chance = [np.array([u[one.field][level.name] for level in one.levels]) for one in comparisons]
    behind = [np.array([start[one.field][level.name] for level in one.levels]) for one in comparisons]
    one_trader = [values.copy() for values in behind]
    share = 0.5
    patterns, counts = pairs.patterns, pairs.counts
    seen: list[Floats] = [np.zeros(len(values)) for values in behind]
    for _ in range(_ROUNDS):
        odds = np.full(len(counts), np.log(share / (1 - share)))
        for at in range(len(comparisons)):
            odds += _looked_up(np.log(one_trader[at]) - np.log(chance[at]), patterns[:, at])
        weight = counts / (1 + np.exp(-np.clip(odds, -500, 500)))
        new_share = float(np.clip(weight.sum() / counts.sum(), 1e-6, 1 - 1e-6))
        for at in range(len(comparisons)):
            there = patterns[:, at] >= 0
            seen[at] = np.bincount(patterns[there, at], weights=weight[there], minlength=len(behind[at])).astype(np.float64)
            one_trader[at] = np.maximum((seen[at] + BELIEF * behind[at]) / (seen[at].sum() + BELIEF), _LEAST)
        still = abs(new_share - share) < _STILL
        share = new_share
        if still:
            break
    return seen


def _looked_up(values: Floats, levels: NDArray[np.int64]) -> Floats:
    """The value of each level, 0 where there is nothing to compare."""
    found: Floats = np.append(values, 0.0)[levels]  # -1 takes the last
    return found


def _prior(
    seen: Seen,
    comparisons: Sequence[Comparison],
    m: Mapping[str, Mapping[str, float]],
    u: Mapping[str, Mapping[str, float]],
    records: int,
) -> float:
    """Chance that two records taken blindly are one trader: as many as the pairs make believe, over all pairs there are."""
    weights = np.zeros(len(seen.counts))
    for at, one in enumerate(comparisons):
        values = np.array([np.log(m[one.field][level.name] / u[one.field][level.name]) for level in one.levels])
        weights += _looked_up(values, seen.patterns[:, at])
    everything = max(1.0, records * (records - 1) / 2)
    prior = min(MOST_PRIOR, records / everything)
    for _ in range(50):
        believed = float((seen.counts / (1 + np.exp(-np.clip(weights + np.log(prior / (1 - prior)), -500, 500)))).sum())
        new = float(np.clip(believed / everything, min(MOST_PRIOR, 0.1 / everything), MOST_PRIOR))
        if abs(new - prior) <= 1e-6 * prior:
            break
        prior = new
    return float(f"{min(prior, MOST_PRIOR):.6g}")
