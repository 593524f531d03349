"""How well planted rings are found again, and what of honest traders is taken for rings.

    python bench/rings.py [--records 30000] [--rings 60] [--wrong 0.2] [--seeds 1 2 3]

Sellers and rings of `bench/rings_world.py`; the linker sees the records alone. Over traders of the truth: pairs in one ring (an honest
trader taken into a ring counts against), and whole rings, found if the best match has a Jaccard index of 0.5 or more. Then what must not
be a ring: markets, customers of one bank, families (three of one in a ring together), decoys (in the ring that they have one tie to),
rings that came out as one. Roles: how many were told rightly, of those in rings that were found, and how many others were told so.
"""

import argparse
import resource

import polars as pl
import pyarrow as pa
from bench.rings_world import STRUCTURES, plant

from chosach.linking import Linked, link

_FOUND = 0.5


def told_rings(linked: Linked, truth: pa.Table) -> pl.DataFrame:
    """The truth, a row a trader, with `told` (the ring that most of its records are in, null for none) and `told_role`."""
    clusters = pl.DataFrame(linked.clusters).join(pl.DataFrame(linked.members).select("cluster_id", "role"), "cluster_id", how="left")
    joined = pl.DataFrame(truth).join(clusters.rename({"role": "told_role"}), "record_id")
    most = joined.group_by("trader", "ring_id", "told_role").len().sort("trader", "len", "ring_id", descending=[False, True, False])
    most = most.group_by("trader", maintain_order=True).first().select("trader", told="ring_id", told_role="told_role")
    return joined.group_by("trader").agg(pl.col("ring", "role", "structure", "group").first()).join(most, "trader").sort("trader")


def _pairs(frame: pl.DataFrame, *columns: str) -> int:
    counts = frame.drop_nulls(list(columns)).group_by(columns).len()["len"].cast(pl.Int64)
    return int((counts * (counts - 1) // 2).sum())


def _f1(right: float, said: float, true: float) -> tuple[float, float, float]:
    precision, recall = right / max(said, 1), right / max(true, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def pairwise(traders: pl.DataFrame) -> tuple[float, float, float]:
    """Precision, recall, F1 over pairs of traders."""
    return _f1(_pairs(traders, "told", "ring"), _pairs(traders, "told"), _pairs(traders, "ring"))


def by_ring(traders: pl.DataFrame) -> tuple[float, float, float]:
    """Precision, recall, F1 over rings."""
    true, said = (dict(traders.drop_nulls(name).group_by(name).len().iter_rows()) for name in ("ring", "told"))
    both = traders.drop_nulls(["ring", "told"]).group_by("ring", "told").len()
    # a ring that came out as two halves is found once
    found = {ring for ring, told, shared in both.iter_rows() if shared / (true[ring] + said[told] - shared) >= _FOUND}
    return _f1(len(found), len(said), len(true))


def taken_for_rings(traders: pl.DataFrame) -> dict[str, tuple[int, int]]:
    """What is no ring: kind → (taken for one, of how many)."""
    honest = traders.drop_nulls("group").filter(~pl.col("group").str.starts_with("decoy"))
    found: dict[str, tuple[int, int]] = {}
    together = honest.drop_nulls("told").group_by("group", "told").len().filter(pl.col("len") >= 3)["group"].unique()
    for kind in ("market", "bank", "family"):
        all_ = honest["group"].unique().str.starts_with(kind).sum()
        found[kind] = (int(together.str.starts_with(kind).sum()), int(all_))
    main = dict(traders.drop_nulls(["ring", "told"]).group_by("ring").agg(pl.col("told").mode().sort().first()).iter_rows())
    decoys = traders.filter(pl.col("group").str.starts_with("decoy"))
    joined = sum(
        told is not None and told == main.get(int(group.split()[-1])) for group, told in decoys.select("group", "told").iter_rows()
    )
    found["decoy"] = (joined, len(decoys))
    lone = traders.filter(pl.col("ring").is_null() & pl.col("group").is_null())
    found["other honest trader"] = (int(lone["told"].is_not_null().sum()), len(lone))
    fused = traders.drop_nulls(["ring", "told"]).group_by("told", "ring").len().filter(pl.col("len") >= 3).group_by("told").len()
    found["rings that came out as one"] = (int((fused["len"] > 1).sum()), len(main))
    return found


def roles(traders: pl.DataFrame) -> str:
    """For each role of the truth: of how many traders, in rings that were found, what was told."""
    seen = traders.drop_nulls(["ring", "told"])
    lines = []
    for role in sorted(seen["role"].unique()):
        own, said = pl.col("role") == role, pl.col("told_role") == role
        rightly, of, wrongly = (seen.filter(which).height for which in (own & said, own, said & ~own))
        lines.append(f"    {role:<15} {rightly} of {of}, and {wrongly} others told so")
    for (structure, role), own in sorted(seen.group_by("structure", "role")):
        said = own["told_role"].value_counts(sort=True)
        lines.append(f"    {structure:<10} {role:<15} {len(own):>4}: " + ", ".join(f"{name} {count}" for name, count in said.iter_rows()))
    return "\n".join(lines)


def quality(records: int, rings: int, wrong: float, seed: int) -> pl.DataFrame:
    """One world: link and print."""
    made, truth = plant(records, rings, wrong=wrong, seed=seed)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    linked = link(made, edges=False)
    seconds = resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
    traders = told_rings(linked, truth)
    print(
        f"seed {seed}: {made.num_rows:,} records, {len(traders):,} traders, {rings} rings, {wrong:.0%} wrong; {seconds:.1f} s of processor"
    )
    print("  traders, pairs    precision {:.3f}  recall {:.3f}  F1 {:.3f}".format(*pairwise(traders)))
    print("  rings             precision {:.3f}  recall {:.3f}  F1 {:.3f}".format(*by_ring(traders)))
    for structure in STRUCTURES:
        own = traders.filter(pl.col("structure") == structure)
        print(f"    {structure:<12} pairs recall {pairwise(own)[1]:.3f}  rings recall {by_ring(own)[1]:.3f}")
    print("  " + "; ".join(f"{kind} {taken} of {of}" for kind, (taken, of) in taken_for_rings(traders).items()), flush=True)
    print("  roles of the truth, and what was told")
    print(roles(traders), flush=True)
    return traders


def main() -> None:
    """Run all worlds."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--records", type=int, default=30_000)
    asked.add_argument("--rings", type=int, default=60)
    asked.add_argument("--wrong", type=float, nargs="+", default=[0.2])
    asked.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    told = asked.parse_args()
    for wrong in told.wrong:
        for seed in told.seeds:
            quality(told.records, told.rings, wrong, seed)


if __name__ == "__main__":
    main()
