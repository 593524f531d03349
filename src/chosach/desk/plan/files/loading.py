"""Loads a checked folder in one transaction. The same files again change nothing and write nothing."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chosach.desk.agencies.models import Body, BodySuccession, Competence, Confidence, Territory, TerritorySuccession
from chosach.desk.core.access import Actor
from chosach.desk.law.models import CalendarDay, CalendarYear, DeadlineRule, Instrument, LegalBasis, Penalty
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.plan.files.folder import Folder, read
from chosach.desk.plan.files.syncing import Change, Values, sync, sync_shared
from chosach.desk.plan.models import DueDate, Obligation, ObligationBody, Origin, Plan, ReportForm, ReportPeriod, Share
from chosach.desk.plan.report_dates import label_of


@dataclass(frozen=True)
class Loaded:
    """The result: the plan, and what changed (empty when the files were the same as before)."""

    plan: Plan
    changes: tuple[Change, ...]

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """Table → how many rows were added and changed."""
        result: dict[str, dict[str, int]] = {}
        for (table, what), number in Counter((c.table, "added" if c.before is None else "changed") for c in self.changes).items():
            result.setdefault(table, {})[what] = number
        return result


@in_turn
def load(path: Path, *, actor: Actor) -> Loaded:
    """Read, check and load a plan's folder. Raises `PlanProblems`; then nothing has changed."""
    actor.require("plan.load")
    folder = read(path)
    plan = Plan.objects.select_for_update().filter(code=folder.head.code).first()
    if plan is not None and plan.digest == folder.digest:
        return Loaded(plan, ())
    changes = _territory(folder) + _bodies(folder)
    plan, own = _plan(folder)
    changes += own + _law(folder) + _competence(folder)
    forms = _forms(folder, plan)
    changes += forms + _obligations(folder, plan)
    _record(plan, folder, changes, actor)
    return Loaded(plan, tuple(changes))


def _newer(folder: Folder) -> list[str]:
    return list(Plan.objects.filter(valid_from__gt=folder.head.valid_from).values_list("code", flat=True))


def _territory(folder: Folder) -> list[Change]:
    ids = dict(Territory.objects.values_list("code", "pk"))
    changes: list[Change] = []
    for level in ("province", "district", "commune"):
        rows = [
            {
                "code": at.row.code, "level": at.row.level.value, "name": at.row.name, "parent_id": ids.get(at.row.parent),
                "valid_from": at.row.valid_from, "valid_to": at.row.valid_to, "source": at.row.source,
            }
            for at in folder.territory if at.row.level == level
        ]  # fmt: skip
        changes += sync_shared(Territory, folder.head.code, _newer(folder), rows)
        ids = dict(Territory.objects.values_list("code", "pk"))
    steps = [
        {"unit_id": ids[at.row.unit], "successor_id": ids[at.row.successor], "on": at.row.on, "default": at.row.default}
        for at in folder.territory_successions
    ]
    units = {step["unit_id"] for step in steps}
    return changes + sync(TerritorySuccession, {"unit_id__in": units} if units else {"pk__in": []}, ("unit_id", "successor_id"), steps)


def _bodies(folder: Folder) -> list[Change]:
    left = [at.row for at in folder.bodies]
    ids = dict(Body.objects.values_list("code", "pk"))
    ready = set(ids)
    changes: list[Change] = []
    while left:
        now = [row for row in left if row.parent is None or row.parent in ready]
        rows: list[Values] = [
            {
                "code": row.code, "kind": row.kind.value, "name": row.name, "name_en": row.name_en, "short_name": row.short_name,
                "parent_id": ids.get(row.parent or ""), "territory": row.territory, "contact": row.contact,
                "valid_from": row.valid_from, "valid_to": row.valid_to, "confidence": row.confidence.value, "note": row.note,
            }
            for row in now
        ]  # fmt: skip
        changes += sync_shared(Body, folder.head.code, _newer(folder), rows)
        left = [row for row in left if row not in now]
        ids = dict(Body.objects.values_list("code", "pk"))
        ready = set(ids)
    steps = [
        {
            "body_id": ids[at.row.body], "successor_id": ids[at.row.successor], "on": at.row.on,
            "kinds": [kind.value for kind in at.row.kinds], "goods_groups": [group.value for group in at.row.goods_groups],
            "ground": at.row.ground, "confidence": at.row.confidence.value,
        }
        for at in folder.successions
    ]  # fmt: skip
    merged = {step["body_id"] for step in steps}
    return changes + sync(BodySuccession, {"body_id__in": merged} if merged else {"pk__in": []}, ("body_id", "successor_id"), steps)


def _plan(folder: Folder) -> tuple[Plan, list[Change]]:
    head = folder.head
    row = {
        "code": head.code, "type": head.type, "title": head.title, "title_en": head.title_en,
        "issuer_id": Body.objects.values_list("pk", flat=True).get(code=head.issuer), "issued_on": head.issued_on,
        "valid_from": head.valid_from, "valid_to": head.valid_to, "carries_out": head.carries_out, "province": head.province,
        "letterhead": head.letterhead.model_dump(mode="json") if head.letterhead else {},
        "recipients": [recipient.model_dump(mode="json") for recipient in head.recipients], "digest": folder.digest,
    }  # fmt: skip
    changes = sync(Plan, {}, ("code",), [row])
    return Plan.objects.get(code=head.code), changes


def _law(folder: Folder) -> list[Change]:
    days = [
        {
            "date": at.row.date,
            "working": at.row.working,
            "name": at.row.name,
            "ground": at.row.ground,
            "confidence": at.row.confidence.value,
        }
        for at in folder.calendar
    ]
    own = {"source": folder.head.code}
    years = [{"year": year, "confidence": Confidence.VERIFIED.value} for year in folder.head.decreed_years]
    changes = sync(CalendarDay, own, ("date",), days) + sync(CalendarYear, own, ("year",), years)
    if not folder.law_name:
        return changes
    scope = {"source": folder.law_name}

    def rows(table: Any, **renamed: str) -> list[dict[str, Any]]:
        plain_rows = []
        for at in table:
            values = {renamed.get(name, name): getattr(value, "value", value) for name, value in at.row}
            plain_rows.append({name: "" if value is None and name == "replaced_by" else value for name, value in values.items()})
        return plain_rows

    changes += sync(Instrument, scope, ("code",), rows(folder.instruments))
    changes += sync(LegalBasis, scope, ("kind", "instrument", "article"), rows(folder.kinds))
    changes += sync(Penalty, scope, ("code",), rows(folder.penalties, id="code", source="origin"))
    return changes + sync(DeadlineRule, scope, ("code",), rows(folder.deadlines, id="code"))


def _competence(folder: Folder) -> list[Change]:
    rows = [
        {
            "code": at.row.id, "body_kind": at.row.body_kind.value, "kind": at.row.kind.value if at.row.kind else "",
            "goods_group": at.row.goods_group.value if at.row.goods_group else "", "territory": at.row.territory,
            "max_value": at.row.max_value, "criminal": at.row.criminal, "valid_from": at.row.valid_from, "valid_to": at.row.valid_to,
            "ground": at.row.ground, "section": at.row.section, "confidence": at.row.confidence.value,
        }
        for at in folder.competence
    ]  # fmt: skip
    return sync(Competence, {"source": folder.head.code}, ("code",), rows)


def _forms(folder: Folder, plan: Plan) -> list[Change]:
    by_code = {form.row.code: form.row for form in folder.forms}
    rows = []
    for form in folder.forms:
        definition = form.row.model_dump(mode="json", exclude={"code", "name", "name_en", "fixed"})
        if form.row.indicators_of:
            base = by_code[form.row.indicators_of].model_dump(mode="json", include={"indicators", "checks", "comparisons", "breakdowns"})
            definition |= {part: value for part, value in base.items() if not definition.get(part)}
        rows.append(
            {
                "code": form.row.code, "name": form.row.name, "name_en": form.row.name_en, "fixed": form.row.fixed,
                "definition": definition,
            }
        )  # fmt: skip
    changes = sync(ReportForm, {"plan_id": plan.pk}, ("code",), rows)
    ids = dict(ReportForm.objects.filter(plan=plan).values_list("code", "pk"))
    periods = [
        {
            "form_id": ids[p.form], "first_day": p.first_day, "last_day": p.last_day, "due": p.due, "origin": p.origin.value,
        }
        for p in folder.head.report_dates
    ]  # fmt: skip
    return changes + sync(ReportPeriod, {"plan_id": plan.pk}, ("form_id", "first_day", "last_day"), periods)


def _part(section: str) -> str:
    """The part of the plan (I to IV) in which a section stands; the recipients at its end belong to the last."""
    part = section.replace(",", ".").split(".")[0]
    return part if part in {"I", "II", "III"} else "IV"


def _obligations(folder: Folder, plan: Plan) -> list[Change]:
    if folder.obligations is None:
        return []
    listed = folder.obligations.row.obligations
    rows = [
        {
            "code": row.id, "order": number, "part": _part(row.section),
            "section": row.section, "title": row.title, "title_en": row.title_en, "text": row.text, "text_en": row.text_en,
        }
        for number, row in enumerate(listed)
    ]  # fmt: skip
    changes = sync(Obligation, {"plan_id": plan.pk}, ("code",), rows)
    ids = dict(Obligation.objects.filter(plan=plan).values_list("code", "pk"))
    bodies = dict(Body.objects.values_list("code", "pk"))
    shares, dues = [], []
    forms = {form.row.code: form.row.name for form in folder.forms}
    for row in listed:
        for share, names in ((Share.LEAD, row.lead), (Share.EACH, row.each), (Share.COOPERATE, row.cooperate)):
            for code in folder.expand(names):
                shares.append({"obligation_id": ids[row.id], "body_id": bodies[code], "share": share.value})
        for due in row.due:
            dues.append({"obligation_id": ids[row.id], "date": due.date, "label": due.label, "origin": due.origin.value})
        for period in folder.head.report_dates if row.due_from_reports else []:
            label = label_of(forms[period.form], period.first_day, period.last_day)
            dues.append({"obligation_id": ids[row.id], "date": period.due, "label": label, "origin": period.origin.value})
    titles = {pk: code for code, pk in [*ids.items(), *bodies.items()]}

    def named(values: Values) -> str:
        return " ".join(str(titles.get(value, value)) for part, value in values.items() if part in {"obligation_id", "body_id", "date"})

    changes += sync(ObligationBody, {"obligation__plan_id": plan.pk}, ("obligation_id", "body_id", "share"), shares, called=named)
    scope = {"obligation__plan_id": plan.pk, "origin__in": [Origin.PLAN.value, Origin.INFERRED.value]}
    return changes + sync(DueDate, scope, ("obligation_id", "date", "label"), dues, called=named)


def _record(plan: Plan, folder: Folder, changes: list[Change], actor: Actor) -> None:
    """One entry for the plan with the whole history, and one for every body that came or changed."""
    counts = Loaded(plan, tuple(changes)).counts
    history = [{"table": c.table, "key": c.key, "before": c.before, "after": c.after} for c in changes if c.before is not None]
    record("plan.loaded", actor=actor, refs={"plan": plan.code}, payload={"digest": folder.digest, "counts": counts, "changed": history})
    for change in changes:
        if change.table == "body" and change.before is None:
            record("body.added", actor=actor, refs={"body": change.key, "plan": plan.code}, payload=change.after)
        elif change.table == "body":
            payload = {"before": change.before, "after": change.after}
            record("body.changed", actor=actor, refs={"body": change.key, "plan": plan.code}, payload=payload)
