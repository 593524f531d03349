"""What the pages show of a report: its figures by indicator and by body, running or frozen, and what is behind a figure."""

from dataclasses import dataclass
from typing import cast

from chosach.desk.core.access import Actor
from chosach.desk.core.kinds import GoodsGroup
from chosach.desk.ledger.selectors import last_seq
from chosach.desk.reports import document, sources
from chosach.desk.reports.comparisons import compared_with
from chosach.desk.reports.document import Figures, Indicator, value_of
from chosach.desk.reports.figures import MEASURES, Cell, Table
from chosach.desk.reports.forms_of_plan import form_named
from chosach.desk.reports.models import Frozen, Return, Round
from chosach.desk.reports.selectors import sees_cell

#: Stands for all bodies together in the address of a figure.
ALL = "tat-ca"
#: Begins what stands for a goods group there; the group follows, or NO_GROUP.
GOODS, NO_GROUP = "hang-", "khac"
MONEY = "đồng"


@dataclass(frozen=True)
class Number:
    """One figure on a page; `open` is true if the actor may open it to its cases."""

    body: str
    key: str
    value: int
    open: bool
    label: str = ""


@dataclass(frozen=True)
class Line:
    """One line of a table: an indicator over the bodies, or a body over the indicators."""

    label: str
    number: str
    unit: str
    cells: list[Number]


@dataclass(frozen=True)
class Block:
    """A table that fits on a page: some of the indicators, each line with its figures in them."""

    title: str
    indicators: list[Indicator]
    lines: list[Line]


@dataclass(frozen=True)
class Overview:
    """A report's figures. `whole` by indicator, with figure and change for each of `comparisons`; `bodies` by body, `goods` by goods group
    where the form asks for that (of the own body alone where the actor sees no more)."""

    frozen: Frozen | None
    indicators: list[Indicator]
    comparisons: list[tuple[str, str, str]]
    whole: list[tuple[Indicator, Number, list[tuple[int, str]]]]
    bodies: "list[Block]"
    goods: "list[Block]"
    memo: list[Number]
    warnings: list[str]
    up_to_seq: int


def overview(actor: Actor, report: Round) -> Overview:
    """The figures that this actor may see: every body's for those who follow the plan and once frozen, else one's own."""
    frozen = Frozen.objects.filter(round=report).first()
    up_to = frozen.up_to_seq if frozen else last_seq()
    _, form = form_named(report.form, on=report.period_from, plan=report.plan)
    indicators = cast("document.Frame", frozen.frame)["indicators"] if frozen else form.indicators
    figures: Figures = frozen.figures if frozen else _running(actor, report, up_to)
    sums = document.sums(figures)
    names = dict(report.returns.values_list("body__code", "body__short_name"))
    comparisons = (
        cast("document.Frame", frozen.frame)["comparisons"] if frozen else compared_with(report, form, up_to, _bodies_seen(actor, report))
    )
    whole = [
        (
            indicator,
            Number(ALL, indicator["id"], value_of(sums, indicator), sees_cell(actor, report, ALL)),
            [
                (value_of(other["figures"], indicator), document.share(value_of(sums, indicator), value_of(other["figures"], indicator)))
                for other in comparisons
            ],
        )
        for indicator in indicators
    ]
    shown = [code for code in [*names, *sorted(figures.keys() - names.keys())] if frozen or sees_cell(actor, report, code)]
    return Overview(
        frozen=frozen,
        indicators=indicators,
        comparisons=[(other["label"], other["name"], document.span(other)) for other in comparisons],
        whole=whole,
        bodies=_blocks([_line(actor, report, (code, names.get(code, code)), figures, indicators) for code in shown], indicators),
        goods=_goods(actor, report, up_to, indicators) if "goods_group" in form.breakdowns else [],
        memo=[
            Number(ALL, measure, sums.get(measure, 0), sees_cell(actor, report, ALL), label)
            for measure, label in MEASURES.items()
            if measure.startswith("memo_")
        ],
        warnings=[check.message for check in form.checks if not check.holds(sums)],
        up_to_seq=up_to,
    )


def _running(actor: Actor, report: Round, up_to: int) -> Figures:
    return _seen(actor, report, sources.by_body(sources.table(report.period_from, report.period_to, up_to)))


def _bodies_seen(actor: Actor, report: Round) -> set[str] | None:
    """Bodies whose running figures this actor may see; None for all."""
    return None if sees_cell(actor, report, ALL) else {actor.body_code}


def _seen(actor: Actor, report: Round, figures: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    return {body: cells for body, cells in figures.items() if sees_cell(actor, report, body)}


def _line(actor: Actor, report: Round, name: tuple[str, str], figures: Figures, indicators: list[Indicator]) -> Line:
    code, label = name
    may = sees_cell(actor, report, code)
    cells = [Number(code, i["id"], value_of(figures.get(code, {}), i), may) for i in indicators]
    return Line(label, code, "", cells)


def _blocks(lines: list[Line], indicators: list[Indicator]) -> list[Block]:
    """The lines in two tables, numbers and money: side by side they would be wider than a screen."""
    found = []
    for title, money in (("Số vụ, số đối tượng", False), ("Tiền và hàng hóa (đồng)", True)):
        at = [place for place, indicator in enumerate(indicators) if (indicator["unit"] == MONEY) == money]
        if at and lines:
            part = [Line(line.label, line.number, line.unit, [line.cells[place] for place in at]) for line in lines]
            found.append(Block(title, [indicators[place] for place in at], part))
    return found


def _goods(actor: Actor, report: Round, up_to: int, indicators: list[Indicator]) -> list[Block]:
    """The figures by goods group, in the order of `GoodsGroup`, goods of no group last; groups without a figure are left out."""
    body = None if sees_cell(actor, report, ALL) else actor.body_code
    figures = sources.by_body(sources.goods_table(report.period_from, report.period_to, up_to, body))
    may = body is None
    lines = []
    for group in [*GoodsGroup.values, ""]:
        cells = [Number(GOODS + (group or NO_GROUP), i["id"], value_of(figures.get(group, {}), i), may) for i in indicators]
        if any(cell.value for cell in cells):
            lines.append(Line(_goods_label(group), group, "", cells))
    return _blocks(lines, indicators)


def _goods_label(group: str) -> str:
    return str(GoodsGroup(group).label) if group else "Hàng hóa khác, chưa xếp nhóm"


def of_return(actor: Actor, found: Return) -> list[tuple[Indicator, Number, int | None]]:
    """A body's figures: what the ledger says now, and what the body handed in (None before it has)."""
    report = found.round
    _, form = form_named(report.form, on=report.period_from, plan=report.plan)
    now = sources.by_body(sources.table(report.period_from, report.period_to, last_seq())).get(found.body.code, {})
    handed_in = found.figures if found.submitted_on else None
    return [
        (
            indicator,
            Number(found.body.code, indicator["id"], value_of(now, indicator), sees_cell(actor, report, found.body.code)),
            None if handed_in is None else value_of(handed_in, indicator),
        )
        for indicator in form.indicators
    ]


def label_of_figure(report: Round, key: str) -> str | None:
    """What a figure's key (an indicator's id, or a memo measure) stands for; None if the report has no such figure."""
    if key.startswith("memo_"):
        return MEASURES.get(key)
    return next((indicator["name"] for indicator in _indicators(report) if indicator["id"] == key), None)


def goods_of(body: str) -> str | None:
    """The goods group that stands in an address in a body's place ("": of none); None where it is a body."""
    group = body.removeprefix(GOODS)
    if group == body or (group != NO_GROUP and group not in GoodsGroup.values):
        return None
    return "" if group == NO_GROUP else group


def label_with_goods(label: str, body: str) -> str:
    """The figure's name, with the goods group that it is of."""
    group = goods_of(body)
    return label if group is None else f"{label}: {_goods_label(group)}"


def _indicators(report: Round) -> list[Indicator]:
    frozen = Frozen.objects.filter(round=report).first()
    if frozen:
        return cast("document.Frame", frozen.frame)["indicators"]
    return form_named(report.form, on=report.period_from, plan=report.plan)[1].indicators


def behind(report: Round, body: str, key: str) -> Cell:
    """The cases and ledger entries behind a figure; `body` ALL for all bodies together."""
    measures = next((indicator["measures"] for indicator in _indicators(report) if indicator["id"] == key), [key])
    frozen = Frozen.objects.filter(round=report).first()
    span = (report.period_from, report.period_to, frozen.up_to_seq if frozen else last_seq())
    group = goods_of(body)
    table: Table = sources.table(*span) if group is None else sources.goods_table(*span)
    body = body if group is None else group
    found = Cell()
    for (code, name), cell in table.items():
        if name in measures and body in {ALL, code}:
            found.value += cell.value
            found.seqs |= cell.seqs
            for case, amount in cell.cases.items():
                found.cases[case] = found.cases.get(case, 0) + amount
    return found
