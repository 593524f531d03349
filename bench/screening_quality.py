"""How right the screener is, on listings labelled by reading, with intervals, and simpler ways beside it in the same run.

    python bench/screening_quality.py LISTINGS.parquet LABELS.csv [--terms TERMS.csv] [--rounds 1000]

LISTINGS: `schema.LISTING`, and `group` (near-duplicates and shops share one) and `shop_key` where there are any.
LABELS: `listing_id`, `kinds` (sure ones joined by `|`, empty: none), `hard_negative` (0/1), `kinds_borderline` (arguable: such a
listing is left out of the figures of that kind). TERMS: a column `term`, for the peer that only knows a list of words.

Figures hold for the mix that was labelled, not for a marketplace. Intervals: 95 %, bootstrap by shop (by group where there is no
shop). What learns, the screener's learnt part and peers, is retrained in five folds by a hash of `group` and pooled, and what it chooses
(how far the maps may leave the raw scores, whether words are read) it chooses by folds within the four others; the screener's rules
are not trained: they were written in sight of labels. Each fold has its own map, so the order of pooled findings is a little worse than
that of any one map: the column "rules" shows the order which a map alone leaves as it is.

Reliability: findings of 0.3 and more in bins of 20 and more by what is said. The interval of a bin is the wider of the bootstrap by shop
and Wilson's at either end (where all are right the bootstrap alone has no width). A score is reliable where every bin's mean lies in its
interval and each kind with 20 labels has a bin: scores that are the same for all are put to the same test and must fail. (One figure for
just the findings of 0.3 and more is no such score: it rests on the screener's choice of them, and fails only where kinds differ.)

Sellers: folds by group keep a seller's listings together, so nobody is judged by what was learnt from himself (unseen). Folds by listing
do not (seen). Both are shown, and both for sellers with several labelled listings alone.
A fifth of the groups (another hash) is shown apart: it says something only of what was made without it, and it was looked at before.
"""

import argparse
import csv
import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("POLARS_MAX_THREADS", "1")

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from chosach.screening import KINDS, train
from chosach.screening.findings import LEAST

Scores = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: Kinds whose mean average precision is the figure to reach; `restricted` is one shop's goods and counts apart.
MACRO = ("counterfeit", "ip_infringing", "conditional", "misleading")
FEWEST = 8  #: labels of a kind, for a figure
WORTH = 0.3  #: what is said, for a finding to stand in the reliability table
BIN = 20  #: findings in a bin of the reliability table, for a figure
ASIDE = "aside|"  #: salt of the fifth that is shown apart


@dataclass(frozen=True)
class Labelled:
    """Labelled listings: `sure` and `unsure` are (listing, kind); `unit` numbers the shops."""

    table: pa.Table
    sure: Flags
    unsure: Flags
    hard: Flags
    unit: NDArray[np.int64]
    fold: NDArray[np.int64]
    aside: Flags

    def counted(self, kind: int) -> Flags:
        return self.sure[:, kind] | ~self.unsure[:, kind]

    @property
    def any_counted(self) -> Flags:
        return np.asarray(self.sure.any(1) | ~self.unsure.any(1))


def hashed(text: str, parts: int) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % parts


def of_kinds(cells: Sequence[str]) -> Flags:
    return np.array([[kind in cell.split("|") for kind in KINDS] for cell in cells], np.bool_).reshape(len(cells), len(KINDS))


def load(listings: Path, labels: Path) -> Labelled:
    with labels.open(encoding="utf-8", newline="") as file:
        rows = {row["listing_id"]: row for row in reversed(list(csv.DictReader(file)))}
    table = pq.read_table(listings)
    table = table.filter(pc.is_in(table["listing_id"].cast(pa.string()), value_set=pa.array(list(rows), pa.string())))
    if table.num_rows == 0:
        raise SystemExit(f"no listing of {labels} stands in {listings}")
    ids = table["listing_id"].to_pylist()
    groups = table["group"].to_pylist() if "group" in table.column_names else ids
    shops = table["shop_key"].to_pylist() if "shop_key" in table.column_names else groups
    units: dict[str, int] = {}
    for shop, group in zip(shops, groups, strict=True):
        units.setdefault(str(shop or group), len(units))
    return Labelled(
        table=table,
        sure=of_kinds([rows[i]["kinds"] or "" for i in ids]),
        unsure=of_kinds([rows[i].get("kinds_borderline") or "" for i in ids]),
        hard=np.array([(rows[i].get("hard_negative") or "").strip().lower() in {"1", "true", "yes"} for i in ids], np.bool_),
        unit=np.array([units[str(shop or group)] for shop, group in zip(shops, groups, strict=True)]),
        fold=np.array([hashed(str(group), 5) for group in groups]),
        aside=np.array([hashed(ASIDE + str(group), 5) == 0 for group in groups], np.bool_),
    )


def ours(labelled: Labelled) -> tuple[Scores, Scores, Scores]:
    """What the screener says, its learnt part retrained for every fold without the fold's groups; the same with folds by listing, so
    that sellers with several listings were seen; and what its rules say alone."""
    groups = labelled.table["group" if "group" in labelled.table.column_names else "listing_id"].to_pylist()
    ids = labelled.table["listing_id"].to_pylist()
    sure, unsure = ([[KINDS[k] for k in np.flatnonzero(row)] for row in flags] for flags in (labelled.sure, labelled.unsure))
    data = train.labelled(labelled.table, sure, unsure, groups)
    return told(data, labelled.fold), told(data, np.array([hashed(str(listing), 5) for listing in ids])), data.raw


def told(data: train.Labelled, fold: NDArray[np.int64]) -> Scores:
    said = np.zeros(data.raw.shape)
    for part in range(5):
        model = train.fit(data.part(np.flatnonzero(fold != part)))
        for row in np.flatnonzero(fold == part).tolist():
            for kind in np.flatnonzero(data.raw[row] >= LEAST).tolist():
                said[row, kind] = model.probability(KINDS[kind], float(data.raw[row, kind]), data.buckets[row])
    return said


def average_precision(truth: Flags, score: Scores) -> float:
    """Area under the steps of precision over recall; ties count against the scorer."""
    if not truth.any():
        return float("nan")
    hits = truth[np.lexsort((truth, -score))].astype(float)
    return float((hits.cumsum() / np.arange(1, len(hits) + 1) * hits).sum() / hits.sum())


def precision_at_recall(truth: Flags, score: Scores, recall: float) -> float:
    if not truth.any():
        return float("nan")
    hits = truth[np.lexsort((truth, -score))].astype(float)
    return float(hits[: int(np.searchsorted(hits.cumsum(), recall * hits.sum())) + 1].mean())


def interval(labelled: Labelled, rounds: int, figure: Callable[[NDArray[np.int64]], float]) -> tuple[float, float]:
    """2.5 % and 97.5 % of `figure(rows)` over shops drawn with replacement."""
    rng = np.random.default_rng(0)
    order = np.argsort(labelled.unit, kind="stable")
    begins = np.searchsorted(labelled.unit[order], np.arange(labelled.unit.max() + 2))
    rows_of = [order[begins[k] : begins[k + 1]] for k in range(labelled.unit.max() + 1)]
    drawn = [figure(np.concatenate([rows_of[k] for k in rng.integers(0, len(rows_of), len(rows_of))])) for _ in range(rounds)]
    finite = [value for value in drawn if np.isfinite(value)]
    return (float(np.quantile(finite, 0.025)), float(np.quantile(finite, 0.975))) if finite else (float("nan"), float("nan"))


def kind_ap(labelled: Labelled, said: Scores, kind: int, rows: NDArray[np.int64]) -> float:
    rows = rows[labelled.counted(kind)[rows]]
    return average_precision(labelled.sure[rows, kind], said[rows, kind])


def macro(labelled: Labelled, said: Scores, rows: NDArray[np.int64]) -> float:
    found = [kind_ap(labelled, said, KINDS.index(name), rows) for name in MACRO]
    finite = [value for value in found if np.isfinite(value)]
    return float(np.mean(finite)) if finite else float("nan")


def shown(figure: Callable[[NDArray[np.int64]], float], labelled: Labelled, rounds: int) -> str:
    low, high = interval(labelled, rounds, figure)
    return f"{figure(np.arange(len(labelled.hard))):.3f} [{low:.3f}, {high:.3f}]"


def print_kinds(labelled: Labelled, said: Scores, raw: Scores, rounds: int) -> None:
    every = np.arange(len(labelled.hard))
    print(f"{'kind':16}{'n':>5}  {'average precision':22}{'rules':>7}{'P@0.5':>7}{'R@0.5':>7}")
    for kind, name in enumerate(KINDS):
        keep = labelled.counted(kind)
        truth, alarm = labelled.sure[keep, kind], said[keep, kind] >= 0.5
        if truth.sum() < FEWEST:
            print(f"{name:16}{truth.sum():5}  too few labels")
            continue
        text = shown(lambda rows, kind=kind: kind_ap(labelled, said, kind, rows), labelled, rounds)  # type: ignore[misc]
        precision, recall = (alarm & truth).sum() / max(1, alarm.sum()), (alarm & truth).sum() / truth.sum()
        print(f"{name:16}{truth.sum():5}  {text:22}{kind_ap(labelled, raw, kind, every):7.3f}{precision:7.3f}{recall:7.3f}")
    figure = shown(lambda rows: macro(labelled, said, rows), labelled, rounds)
    print(f"macro over {', '.join(MACRO)}: {figure}; rules {macro(labelled, raw, every):.3f}")


def print_any(labelled: Labelled, said: Scores, rounds: int) -> None:
    truth, top, keep = labelled.sure.any(1), said.max(1), labelled.any_counted

    def over(figure: Callable[[Flags, Scores], float], of: Flags) -> str:
        def of_rows(rows: NDArray[np.int64]) -> float:
            rows = rows[of[rows]]
            return figure(truth[rows], top[rows]) if len(rows) else float("nan")

        return shown(of_rows, labelled, rounds)

    def alarms(_: Flags, score: Scores) -> float:
        return float((score >= 0.5).mean())

    print(f"any violation, {(truth & keep).sum()} of {keep.sum()} listings:")
    print(f"  average precision           {over(average_precision, keep)}")
    print(f"  precision at recall 0.6     {over(lambda t, s: precision_at_recall(t, s, 0.6), keep)}")
    print(f"  precision in the first 100  {over(lambda t, s: float(t[np.lexsort((t, -s))][:100].mean()), keep)}")
    print(f"  false alarms, easy clean    {over(alarms, keep & ~truth & ~labelled.hard)}")
    print(f"  false alarms, hard negatives{over(alarms, keep & ~truth & labelled.hard):>23}")


@dataclass(frozen=True)
class Bin:
    kind: str
    findings: int
    shops: int
    said: float
    right: float
    low: float
    high: float

    @property
    def holds(self) -> bool:
        return self.low <= self.said <= self.high


def bins(labelled: Labelled, said: Scores, order: Scores, rounds: int) -> list[Bin]:
    """Per kind, of findings of 0.3 and more, by what is said and where that is the same for two by `order`."""
    found = []
    for kind, name in enumerate(KINDS):
        rows = np.flatnonzero(labelled.counted(kind) & (said[:, kind] >= WORTH))
        rows = rows[np.lexsort((order[rows, kind], said[rows, kind]))]
        for part in np.array_split(rows, len(rows) // BIN) if len(rows) >= BIN else []:
            right, unit = labelled.sure[part, kind], labelled.unit[part]
            low, high = wilson(int(right.sum()), len(part))
            drawn = by_shop(right, unit, rounds)
            found.append(Bin(name, len(part), len(set(unit.tolist())), float(said[part, kind].mean()), float(right.mean()),
                             min(low, drawn[0]), max(high, drawn[1])))  # fmt: skip
    return found


def by_shop(right: Flags, unit: NDArray[np.int64], rounds: int) -> tuple[float, float]:
    """2.5 % and 97.5 % of the share that is right, over shops drawn with replacement."""
    _, place = np.unique(unit, return_inverse=True)
    count, hits = np.bincount(place), np.bincount(place, right)
    drawn = np.random.default_rng(0).integers(0, len(count), (max(rounds, 1), len(count)))
    low, high = np.quantile(hits[drawn].sum(1) / count[drawn].sum(1), (0.025, 0.975))
    return float(low), float(high)


def verdict(labelled: Labelled, found: list[Bin]) -> str:
    """Reliable or not, and why."""
    outside = sum(not one.holds for one in found)
    seen = {one.kind for one in found}
    missing = [name for kind, name in enumerate(KINDS) if labelled.sure[:, kind].sum() >= BIN and name not in seen]
    if missing:
        return f"FAILS: no bin of {', '.join(missing)}" + (f"; {outside} of {len(found)} bins outside" if found else "")
    return f"FAILS: {outside} of {len(found)} bins outside" if outside else f"holds: all {len(found)} bins within"


def print_reliability(labelled: Labelled, said: Scores, raw: Scores, rounds: int) -> None:
    print(f"reliability as of the labelled mix, findings >= {WORTH} in bins of {BIN} and more: said, right, 95 % interval")
    found = bins(labelled, said, said, rounds)
    for one in found:
        told = f"{one.said:.2f}  {one.right:.2f}  [{one.low:.2f}, {one.high:.2f}]{'' if one.holds else '   outside'}"
        print(f"  {one.kind:16}{one.findings:4} of {one.shops:3} shops  {told}")
    worth = said >= WORTH
    counted = np.stack([labelled.counted(kind) for kind in range(len(KINDS))], axis=1)
    out = said >= LEAST
    share, put = (float(labelled.sure[some & counted].mean()) if (some & counted).any() else 0.0 for some in (worth, out))
    base = np.where(counted, labelled.sure, False).sum(0) / np.maximum(1, counted.sum(0))
    rows: list[tuple[str, Scores]] = [
        ("the screener", said),
        ("the rules without the learnt part", raw),
        ("a half, of every listing and kind", np.full(said.shape, 0.5)),
        ("how frequent the kind is, of every listing", np.repeat(base[None, :], len(said), axis=0)),
        (f"{put:.2f}, of all that is put out alike", np.where(out, put, 0.0)),
        (f"{share:.2f}, of our findings >= {WORTH} alike", np.where(worth, share, 0.0)),
    ]
    for name, score in rows:
        print(f"  {name:46}{verdict(labelled, bins(labelled, score, said, rounds))}")


def print_sellers(labelled: Labelled, unseen: Scores, seen: Scores, rounds: int) -> None:
    several = np.bincount(labelled.unit)[labelled.unit] > 1
    print(f"{'sellers':46}{'macro, unseen':>24}{'seen':>24}")
    for name, rows in (("all", np.ones(len(several), np.bool_)), ("those with several labelled listings", several)):
        some = part(labelled, rows)
        figures = [shown(lambda r, s=some, m=m[rows]: macro(s, m, r), some, rounds) for m in (unseen, seen)]  # type: ignore[misc]
        print(f"{f'{name}, {rows.sum()} listings':46}{figures[0]:>24}{figures[1]:>24}")


def wilson(hits: int, of: int) -> tuple[float, float]:
    z, share = 1.96, hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * (share * (1 - share) / of + z * z / (4 * of * of)) ** 0.5 / (1 + z * z / of)
    return middle - half, middle + half


def texts(labelled: Labelled) -> list[str]:
    columns = [labelled.table[name].to_pylist() for name in ("title", "description") if name in labelled.table.column_names]
    return [" ".join(part or "" for part in parts) for parts in zip(*columns, strict=True)]


def word_list(labelled: Labelled, words: Sequence[str]) -> Scores:
    """How many of the words the text holds: one score for every kind."""
    wanted = [word.casefold() for word in words]
    counts = np.array([sum(word in text for word in wanted) for text in (t.casefold() for t in texts(labelled))], float)
    return np.repeat(counts[:, None], len(KINDS), axis=1)


def tfidf(labelled: Labelled) -> Scores:
    """TF-IDF of words and character n-grams, the logarithm of the price, logistic regression per kind; five folds by group."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    written = texts(labelled)
    price = np.log1p(np.array([float(value or 0) for value in labelled.table["price"].to_pylist()]).clip(0, 2e8))[:, None] / 20
    said = np.zeros(labelled.sure.shape)
    for fold in range(5):
        train, test = np.flatnonzero(labelled.fold != fold), np.flatnonzero(labelled.fold == fold)
        makers: list[Any] = [
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5)),
        ]
        known = hstack([m.fit_transform([written[i] for i in train]) for m in makers] + [csr_matrix(price[train])]).tocsr()
        asked = hstack([m.transform([written[i] for i in test]) for m in makers] + [csr_matrix(price[test])]).tocsr()
        for kind in range(len(KINDS)):
            rows = labelled.counted(kind)[train]
            truth = labelled.sure[train, kind][rows]
            if truth.any():
                model = LogisticRegression(C=10, class_weight="balanced", max_iter=1000).fit(known[rows], truth)
                said[test, kind] = model.predict_proba(asked)[:, 1]
    return said


def print_peers(labelled: Labelled, mine: Scores, terms: Path | None) -> None:
    from chosach.screening.data import rows as data_rows

    print(f"{'in the same run':52}{'macro':>7}{'any: AP':>9}{'first 100':>11}")
    words = [row["term"] for row in data_rows("terms.csv")]
    ways: list[tuple[str, Callable[[], Scores]]] = [
        ("the screener", lambda: mine),
        ("its own words as a plain list", lambda: word_list(labelled, words)),
    ]
    if terms is not None:
        with terms.open(encoding="utf-8", newline="") as file:
            listed = [row["term"] for row in csv.DictReader(file)]
        ways.append((f"the {len(listed)} words of {terms.name} as a plain list", lambda: word_list(labelled, listed)))
    ways.append(("TF-IDF and logistic regression, five folds", lambda: tfidf(labelled)))
    keep, everything = labelled.any_counted, np.arange(len(labelled.hard))
    truth = labelled.sure.any(1)[keep]
    for name, way in ways:
        try:
            said = way()
        except ModuleNotFoundError as error:
            print(f"{name:52} left out: {error.name} is not installed (pip install scikit-learn)")
            continue
        top = said.max(1)[keep]
        first = truth[np.lexsort((truth, -top))][:100].mean()
        print(f"{name:52}{macro(labelled, said, everything):7.3f}{average_precision(truth, top):9.3f}{first:11.2f}")


def part(labelled: Labelled, rows: Flags) -> Labelled:
    units = {unit: place for place, unit in enumerate(dict.fromkeys(labelled.unit[rows].tolist()))}
    return Labelled(
        labelled.table.filter(pa.array(rows)),
        labelled.sure[rows],
        labelled.unsure[rows],
        labelled.hard[rows],
        np.array([units[unit] for unit in labelled.unit[rows].tolist()]),
        labelled.fold[rows],
        labelled.aside[rows],
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("listings", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--terms", type=Path, help="a CSV with a column `term`: the peer that is a list of words")
    parser.add_argument("--rounds", type=int, default=1000, help="draws of the bootstrap")
    args = parser.parse_args()
    labelled = load(args.listings, args.labels)
    said, seen, raw = ours(labelled)
    print(f"{len(labelled.hard)} labelled listings of {labelled.unit.max() + 1} shops or groups; {args.rounds} draws of shops\n")
    print_kinds(labelled, said, raw, args.rounds)
    print()
    print_any(labelled, said, args.rounds)
    print()
    print_reliability(labelled, said, raw, args.rounds)
    print()
    print_sellers(labelled, said, seen, args.rounds)
    for name, rows in (("four fifths of the groups", ~labelled.aside), ("the other fifth", labelled.aside)):
        some = part(labelled, rows)
        print(f"\n{name}, {rows.sum()} listings: macro {shown(lambda r, s=some, m=said[rows]: macro(s, m, r), some, args.rounds)}")  # type: ignore[misc]
    print()
    print_peers(labelled, said, args.terms)


if __name__ == "__main__":
    main()
