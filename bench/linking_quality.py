"""How well records are linked, ours beside Splink and nomenklatura in the same run.

    python bench/linking_quality.py [--records 300000] [--wrong 0.15 0.2 0.25 0.3] [--real FOLDER] [--nomenklatura PYTHON] [--only PART...]

Parts: `sellers` (made-up sellers of `bench/sellers.py`, pairwise F1), `hard` (the same with more that misleads, `sellers.HARD`),
`couples` and `reworded` (hard, and traders who share phone, account and house; hard, and names with their words in other order or left
out), `tones` (500 pairs of names, average precision), `real`, `names`, `products` (need `--real`: a folder with febrl3, historical_50k,
fake_1000; with name_bench; with Abt-Buy, Walmart-Amazon and two sets of WDC, as Parquet). Columns of the real sets are mapped to ours by
one table; nothing is set for one of them. Splink gets its own examples' settings, and of five thresholds the one that suits it best.

Of name_bench one half (by a hash of the names) was looked at while the comparison of names was written; the other half is told apart.
Goods are no sellers: nothing here was made for them, their figures are told without a target.
"""

import argparse
import hashlib
import random
import sys
import time
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
from bench import linking_peers, sellers_words
from bench.sellers import COUPLES, HARD, PLAIN, REWORDED, Mix, make
from rapidfuzz.distance import JaroWinkler

from chosach.linking import link
from chosach.linking.letters import fold_one
from chosach.linking.names import weigh_names

#: Column of ours ← columns of theirs, joined by blanks or commas.
REAL: dict[str, dict[str, str]] = {
    "febrl3": {
        "record_id": "rec_id", "name": "given_name surname", "tax_code": "soc_sec_id", "bank_account": "date_of_birth",
        "address": "street_number address_1, suburb, postcode",
    },
    "fake_1000": {"record_id": "unique_id", "name": "first_name surname", "bank_account": "dob", "address": "city", "email": "email"},
    "historical_50k": {
        "record_id": "unique_id", "name": "first_and_surname", "bank_account": "dob", "address": "birth_place", "handle": "postcode_fake",
        "seller_name": "occupation",
    },
}  # fmt: skip
#: Given names that differ in tones alone and are both borne.
TONES = (
    "Hà Hạ|Thủy Thúy Thùy|Hùng Hưng|Dũng Dung|An Ân|Tú Tư Từ|Toàn Toán Toản|Tiến Tiên|Quý Quy|Hạnh Hanh|Hoa Hòa Hóa|Lý Ly|Lê Lệ Lễ|"
    "Hiền Hiển Hiến|Thành Thanh Thạnh|Thắng Thăng|Yến Yên|Vân Vạn|Hải Hài|Cường Cương|Khánh Khanh|Nhàn Nhẫn Nhân|Quyên Quyền Quyến|"
    "Trinh Trình|Trường Trương|Sang Sáng|Tâm Tầm|Linh Lĩnh|Ngân Ngạn|Phượng Phương|Tân Tấn|Mỹ My|Phúc Phục|Huệ Huế|Bảo Bào|Sơn Són"
)


def f1(labels: np.ndarray, truth: np.ndarray) -> tuple[float, float, float]:
    """Pairwise precision, recall, F1."""

    def pairs(*columns: np.ndarray) -> float:
        counts = pl.DataFrame(list(columns)).group_by(pl.all()).len()["len"].cast(pl.Float64)
        return float((counts * (counts - 1) / 2).sum())

    right, said, true = pairs(labels, truth), pairs(labels), pairs(truth)
    precision, recall = right / max(said, 1), right / max(true, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def average_precision(scores: list[float], labels: list[bool]) -> float:
    """Area under precision and recall; ties are taken together."""
    pairs = pl.DataFrame({"score": scores, "label": labels})
    order = pairs.group_by("score").agg(pl.col("label").sum().alias("hits"), pl.len()).sort("score", descending=True)
    hits, seen = order["hits"].cum_sum().to_numpy(), order["len"].cum_sum().to_numpy()
    return float((order["hits"].to_numpy() * hits / seen).sum() / max(1, sum(labels)))


def told(what: str, values: tuple[float, float, float], seconds: float, more: str = "") -> None:
    """One line of the table."""
    print(f"  {what:<28} precision {values[0]:.4f}  recall {values[1]:.4f}  F1 {values[2]:.4f}  {seconds:6.1f} s {more}", flush=True)


def ours(records: pa.Table, truth: dict[str, object]) -> tuple[tuple[float, float, float], float]:
    """Ours on any records."""
    start = time.perf_counter()
    clusters = link(records, edges=False).clusters
    seconds = time.perf_counter() - start
    ids = clusters["record_id"].to_pylist()
    return f1(clusters["cluster_id"].to_numpy(), np.array([str(truth[one]) for one in ids])), seconds


def best_of_splink(
    records: pa.Table, id_name: str, truth: dict[str, object], name: str = ""
) -> tuple[tuple[float, float, float], float, str]:
    """Splink at the threshold that suits it best."""
    with duckdb.connect() as con:
        if name:
            settings = linking_peers.real_settings(name)
        else:
            records = linking_peers.cleaned(records, con)
            settings = linking_peers.sellers_settings()
        start = time.perf_counter()
        clusters = linking_peers.run_splink(con, records, settings)
        seconds = time.perf_counter() - start
    known = np.array([str(truth[one]) for one in records[id_name].to_pylist()])
    figures = {threshold: f1(labels, known) for threshold, labels in clusters.items()}
    best = max(figures, key=lambda threshold: figures[threshold][2])
    return figures[best], seconds, f"(threshold {best}; at 0.95 F1 {figures[0.95][2]:.4f})"


def sellers(number: int, shares: list[float], mix: Mix) -> None:
    """The curve over the share of wrong values."""
    print(f"made-up sellers, {number:,} records, {mix}: pairwise, by the share of records in which a value is wrong")
    for wrong in shares:
        records, answer = make(number, wrong=wrong, mix=mix)
        truth = dict(zip(answer["record_id"].to_pylist(), answer["trader"].to_pylist(), strict=True))
        print(f" {wrong:.0%} wrong")
        told("chosach", *ours(records, truth))
        told("Splink, three plain rules", *best_of_splink(records, "record_id", truth))


def mapped(name: str, frame: pl.DataFrame) -> pa.Table:
    """A real set in our columns."""
    columns = []
    for ours_name, theirs in REAL[name].items():
        parts = []
        for part in theirs.split(", "):
            words = [pl.col(column).fill_null("") for column in part.split()]
            joined = pl.concat_str(words, separator=" ").str.strip_chars()
            parts.append(pl.when(joined != "").then(joined))
        columns.append(pl.concat_str(parts, separator=", ", ignore_nulls=True).alias(ours_name))
    return frame.select(columns).to_arrow()


def real(folder: Path) -> None:
    """Sets that others made."""
    print("real sets: pairwise")
    for name in REAL:
        frame = pl.read_parquet(folder / f"{name}.parquet")
        id_name = REAL[name]["record_id"]
        groups = pl.col("rec_id").str.extract(r"rec-(\d+)-") if name == "febrl3" else pl.col("cluster")
        truth = dict(frame.select(pl.col(id_name), groups.alias("c")).iter_rows())
        print(f" {name}, {len(frame):,} records")
        told("chosach", *ours(mapped(name, frame), truth))
        told("Splink, its own settings", *best_of_splink(frame.drop("source").to_arrow(), id_name, truth, name))


def names(what: str, pairs: list[tuple[str, str, str]], labels: list[bool], python: str, kept: list[bool] | None = None) -> None:
    """Average precision of pairs of names; `kept`: those that nobody looked at before."""
    print(
        f"{what}: {len(pairs)} pairs, {sum(labels)} the same; average precision" + (", beside it of the half not looked at" if kept else "")
    )

    def line(name: str, scores: list[float]) -> None:
        apart = [(score, label) for score, label, chosen in zip(scores, labels, kept or [], strict=False) if chosen]
        more = f"   {average_precision([score for score, _ in apart], [label for _, label in apart]):.4f}" if apart else ""
        print(f"  {name:<28} {average_precision(scores, labels):.4f}{more}", flush=True)

    line("chosach", weigh_names([(a, b) for _, a, b in pairs]))
    for algorithm in ("logic-v2", "logic-v1", "name-based"):
        scores = linking_peers.nomenklatura(python, algorithm, pairs)
        if scores is not None:
            line("nomenklatura " + algorithm, scores)


def name_bench(folder: Path, python: str) -> None:
    """Names of all scripts and of firms of the world."""
    bench = pl.read_parquet(folder / "name_bench.parquet")
    pairs = list(bench.select("schema", "name1", "name2").iter_rows())
    kept = [int(hashlib.sha256(f"{a}|{b}".encode()).hexdigest(), 16) % 2 == 1 for _, a, b in pairs]
    names("name_bench", pairs, [value == "true" for value in bench["is_match"]], python, kept)


def products(folder: Path) -> None:
    """Offers of goods by their titles alone, the pairs that the sets keep for testing."""
    print("goods, pairs of titles, average precision, without a target: names are what is compared here, and goods have models and sizes")
    for name, title in (("abt_buy", "name"), ("walmart_amazon", "title")):
        records = pl.read_parquet(folder / f"{name}_records.parquet")
        titles = {(table, at): text or "" for table, at, text in records.select("table", "id", title).iter_rows()}
        asked = pl.read_parquet(folder / f"{name}_pairs.parquet").filter(part="test")
        told_ids = asked.select("ltable_id", "rtable_id", "label").iter_rows()
        goods(name, [(titles["A", left], titles["B", right], str(label) == "1") for left, right, label in told_ids])
    for name in ("wdc_shoes", "wdc_watches"):
        asked = pl.read_parquet(folder / f"{name}_pairs.parquet").filter(part="test")
        told_titles = asked.select("left_title", "right_title", "label").iter_rows()
        goods(name, [(left, right, str(label) == "1") for left, right, label in told_titles])


def goods(name: str, pairs: list[tuple[str, str, bool]]) -> None:
    """One set of offers, Jaro and Winkler's likeness of the whole titles beside ours."""
    labels = [label for *_, label in pairs]
    ours_said = average_precision(weigh_names([(a, b) for a, b, _ in pairs]), labels)
    plain = average_precision([JaroWinkler.similarity(a, b) for a, b, _ in pairs], labels)
    print(f"  {name:<16} {len(pairs):,} pairs, {sum(labels):,} the same: chosach {ours_said:.3f}   Jaro-Winkler {plain:.3f}", flush=True)


def tone_pairs(number: int = 500, seed: int = 1) -> tuple[list[tuple[str, str, str]], list[bool]]:
    """A third each: two people whose names differ in tones alone; one typed without tones; one typed with a slip."""
    draw = random.Random(seed)
    groups = [group.split() for group in TONES.split("|")]
    pairs: list[tuple[str, str, str]] = []
    labels: list[bool] = []
    for at in range(number):
        first, second = draw.sample(draw.choice(groups), 2)
        lead = f"{draw.choice(list(sellers_words.SURNAMES))} {draw.choice(('Thị', 'Văn', 'Minh', 'Ngọc', 'Thị Kim', 'Đức'))}"
        name = f"{lead} {first}"
        if at % 3 == 0:
            other = f"{lead} {second}"
        elif at % 3 == 1:
            other = fold_one(name).title() if at % 2 else fold_one(name)
        else:
            place = draw.choice([place for place, char in enumerate(name) if char.isalpha() and place])
            other = name[:place] + draw.choice(("", name[place] * 2, draw.choice("bcdghklmnprstvx"))) + name[place + 1 :]
        pairs.append(("Person", name, other))
        labels.append(at % 3 != 0)
    return pairs, labels


def main() -> None:
    """Print what was asked for."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--records", type=int, default=300_000)
    asked.add_argument("--wrong", type=float, nargs="+", default=[0.15, 0.2, 0.25, 0.3])
    asked.add_argument("--real", type=Path)
    asked.add_argument("--nomenklatura", default=sys.executable, help="a Python that has nomenklatura")
    parts = ("tones", "names", "real", "products", "sellers", "hard", "couples", "reworded")
    asked.add_argument("--only", nargs="+", choices=parts, default=parts)
    given = asked.parse_args()
    if "tones" in given.only:
        names("tones", *tone_pairs(), given.nomenklatura)
    if given.real and "names" in given.only:
        name_bench(given.real, given.nomenklatura)
    if given.real and "real" in given.only:
        real(given.real)
    if given.real and "products" in given.only:
        products(given.real)
    for part, mix in (("sellers", PLAIN), ("hard", HARD), ("couples", COUPLES), ("reworded", REWORDED)):
        if part in given.only:
            sellers(given.records, given.wrong, mix)


if __name__ == "__main__":
    main()
