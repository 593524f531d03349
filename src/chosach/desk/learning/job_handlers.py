"""What a worker does: learn from labels and measure."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from chosach.desk.core.errors import Problem, Refused
from chosach.desk.jobs.run import Run
from chosach.desk.learning import limits, measuring
from chosach.desk.learning.models import Label, LabelState, Use, Version, VersionState
from chosach.desk.learning.selectors import may_train
from chosach.desk.ledger.services import record
from chosach.desk.registry.arrow import row_of, table_of
from chosach.desk.registry.models import Capture, Finding
from chosach.desk.screenings import screener
from chosach.desk.screenings.services import keep_correction
from chosach.screening import SCREENER_VERSION, screen
from chosach.screening.correction import Correction, features, moved, self_declared
from chosach.screening.guard import LIKELY

CHUNK = 500
LAST = 2_000_000_000
#: Findings of the registry that are looked at for what a version would change, the newest.
EFFECT = 2000


def train(run: Run) -> None:
    """Read the labels chunk by chunk with the screener alone, then learn and measure."""
    version = Version.objects.select_related("against__correction").get(pk=run.job.params["version"])
    if not may_train(run.actor):
        raise Refused("learning.train")
    if version.state != VersionState.TRAINING:
        raise Problem("learning.given_up", "Lần học này đã bỏ dở; hãy bắt đầu lần mới.")
    if not run.is_done(0):
        with run.chunk(0, rows=0):
            _choose(version)
    ids = list(version.uses.order_by("id").values_list("id", flat=True))
    run.set_total(len(ids))
    for index in range(0, len(ids), CHUNK):
        if not run.is_done(1 + index):
            uses = list(version.uses.filter(id__in=ids[index : index + CHUNK]).select_related("label__listing__channel"))
            for use, _listing, found in _screened(uses):
                use.probability = found["probability"] if found else None
                use.spans = [[reason["field"], reason["start"], reason["end"]] for reason in found["reasons"]] if found else []
            with run.chunk(1 + index, rows=len(uses)):
                Use.objects.bulk_update(uses, ["probability", "spans"], batch_size=100)
    if not run.is_done(LAST):
        learnt, uses, figures, effect = _learnt(version)
        with run.chunk(LAST, rows=0):
            _keep(run, version, learnt, uses=uses, figures=figures, effect=effect)


def _choose(version: Version) -> None:
    """The labels that count now, one for each finding (an outcome before a dismissal, else the newest), with what each counts."""
    found = Label.objects.filter(state=LabelState.COUNTED).select_related("listing__channel")
    chosen: dict[tuple[UUID, str, str], Label] = {}
    for label in sorted(found, key=lambda one: (one.outcome_id is not None, one.on, one.created_at, str(one.id))):
        chosen[label.listing_id, label.content_hash, label.kind] = label
    labels = list(chosen.values())
    votes = [
        limits.Vote(label.kind, tuple(label.terms), label.right, str(label.by_id), str(label.body_id), label.weight) for label in labels
    ]
    Use.objects.bulk_create(
        Use(version=version, label=label, right=label.right, counted=counted, fold=measuring.fold_of(_shop(label)))
        for label, counted in zip(labels, limits.limited(votes), strict=True)
    )


def _shop(label: Label) -> str:
    return str(label.listing.channel.trader_id if label.listing.channel else label.listing_id)


def _screened(uses: Sequence[Use]) -> list[tuple[Use, dict[str, Any], dict[str, Any] | None]]:
    """Each use with the listing as it was decided on, and what the screener alone finds in it of the label's kind."""
    versions = {
        (one.listing_id, one.content_hash): one for one in Capture.objects.filter(listing__in=[use.label.listing_id for use in uses])
    }
    rows = []
    for use in uses:
        label, listing = use.label, use.label.listing
        old = None if label.content_hash == listing.content_hash else versions.get((listing.id, label.content_hash))
        rows.append(row_of(listing, str(use.pk), old))
    found = {(row["listing_id"], row["kind"]): row for row in screen(table_of(rows)).to_pylist()} if rows else {}
    return [(use, row, found.get((str(use.pk), use.label.kind))) for use, row in zip(uses, rows, strict=True)]


def _learnt(version: Version) -> tuple[Correction, list[Use], dict[str, Any], dict[str, Any]]:
    """Outside any transaction: fit, measure, look at what would change."""
    uses = list(version.uses.filter(probability__isnull=False).select_related("label__listing__channel").order_by("label__entry", "id"))
    now = version.against.correction if version.against else None
    in_force = screener.loaded(now.digest) if now else None
    known = dict(version.against.uses.values_list("label_id", "step")) if version.against else {}
    examples = []
    for use, row, found in _screened(uses):
        reasons = found["reasons"] if found else []
        shown, strong = features(row, reasons), self_declared(reasons)
        # What is in force has learnt from some of these labels: there the step counts that was measured without their shop.
        step = known.get(use.label_id, in_force.step(use.label.kind, shown, strong=strong) if in_force else 0.0)
        examples.append(
            measuring.Example(
                use.label.kind,
                use.right,
                use.counted,
                use.fold,
                use.probability or 0.0,
                shown,
                step,
                by=str(use.label.by_id),
                strong=strong,
            )
        )
    steps = measuring.held_out_steps(examples)
    for use, step in zip(uses, steps, strict=True):
        use.step = step
    by_kind = measuring.figures(examples, steps)
    card = {
        "version": version.number,
        "screener": SCREENER_VERSION,
        "labels": {kind: {"labels": f["labels"], "confirmed": f["confirmed"]} for kind, f in by_kind.items()},
        "counted": {kind: round(sum(e.counted for e in examples if e.kind == kind), 2) for kind in by_kind},
    }
    learnt = measuring.learn(examples, card)
    return (
        learnt,
        uses,
        {"kinds": by_kind, "guard": measuring.guard_check(learnt), "unfound": version.uses.filter(probability=None).count()},
        (_effect(learnt, in_force)),
    )


def _effect(learnt: Correction, in_force: Correction | None) -> dict[str, Any]:
    """What the version would change among present findings of the registry, the newest `EFFECT`: numbers, and `changes`, those that would
    fall below the likely ones or rise to them: [listing's id, kind, before, after, the seller says it himself]. `listings` were read again
    for it; of the findings `gone` could not be measured, for the screener finds them no more."""
    newest = Finding.objects.filter(current=True).select_related("listing__channel").order_by("-created_at", "id")[:EFFECT]
    listings, present = {}, set()
    for finding in newest:
        listings[finding.listing_id] = finding.listing
        present.add((str(finding.listing_id), finding.kind))
    rows = {str(pk): row_of(listing, str(pk)) for pk, listing in listings.items()}
    counts: Counter[str] = Counter(looked=0, fell=0, rose=0, declared=0)
    changes = []
    for found in screen(table_of(rows.values())).to_pylist() if rows else []:
        shown, strong = features(rows[found["listing_id"]], found["reasons"]), self_declared(found["reasons"])
        kind, said = found["kind"], found["probability"]
        present.discard((found["listing_id"], kind))
        before = moved(said, in_force.step(kind, shown, strong=strong) if in_force else 0.0)
        after = moved(said, learnt.step(kind, shown, strong=strong))
        fell, rose = before >= LIKELY > after, after >= LIKELY > before
        counts.update(looked=1, fell=int(fell), rose=int(rose), declared=int(fell and strong))
        if fell or rose:
            changes.append([found["listing_id"], kind, round(before, 4), round(after, 4), strong])
    changes.sort(key=lambda change: (change[3] >= LIKELY, not change[4], -change[2], change[0], change[1]))
    return {**counts, "listings": len(listings), "gone": len(present), "changes": changes}


def _keep(run: Run, version: Version, learnt: Correction, *, uses: list[Use], figures: dict[str, Any], effect: dict[str, Any]) -> None:
    Use.objects.bulk_update(uses, ["step"], batch_size=200)
    version.correction = keep_correction(learnt)
    version.figures, version.effect, version.screener, version.state = figures, effect, SCREENER_VERSION, VersionState.READY
    version.save(update_fields=["correction", "figures", "effect", "screener", "state"])
    payload = {"correction": learnt.id, "labels": len(uses), "guard_lost": figures["guard"]["lost"]}
    record("learning.measured", actor=run.actor, refs={"version": version.id, "job": run.job.id}, payload=payload)
