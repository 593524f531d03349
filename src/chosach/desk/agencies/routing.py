"""Who is competent: the competence table, then the body on the ground, then its successors on the day."""

import datetime as dt
from dataclasses import dataclass

from chosach.desk.agencies import selectors
from chosach.desk.agencies.models import Body, BodySuccession, Competence
from chosach.desk.core import businessdate
from chosach.desk.core.kinds import BodyKind

TO_BE_CONFIRMED = "Đề xuất của phần mềm, cần kiểm chứng trước khi chuyển."
LOCAL_COMMITTEES = (BodyKind.DISTRICT_COMMITTEE, BodyKind.COMMUNE_COMMITTEE)


@dataclass(frozen=True)
class Matter:
    """What is to be routed."""

    kind: str
    goods_group: str
    territory: str
    criminal: bool
    value: int | None


@dataclass(frozen=True)
class Proposal:
    """The body proposed, why (legal text and section of the plan), a note on how sure this is, and what to look at."""

    body: Body
    ground: str
    note: str
    warnings: tuple[str, ...] = ()
    rule: str = ""

    @property
    def warning(self) -> str:
        """All warnings in one string; empty when there is none."""
        return " ".join(self.warnings)


def propose_body(
    *,
    kind: str,
    goods_group: str = "",
    territory: str = "",
    criminal: bool = False,
    value: int | None = None,
    on: dt.date | None = None,
) -> Proposal:
    """The one competent body for a matter.

    `territory` is a code of a loaded administrative unit, `value` the goods' value in VND (small cases go to the local committee
    first), `on` the day of the step (the business date by default). Where no row fits, the standing office, with a warning.
    """
    day = on or businessdate.today()
    matter = Matter(kind, goods_group, territory, criminal, value)
    rows, base, warnings = _rows_in_force(day)
    if territory and not selectors.territory_line(territory):
        office = selectors.standing_office(day)
        outside = "Địa bàn không thuộc tỉnh hoặc chưa rõ: chuyển Ban Chỉ đạo 389 nơi có địa chỉ qua Văn phòng Thường trực."
        return Proposal(office, "Kế hoạch, mục II.1 và III: chỉ đối tượng trên địa bàn tỉnh.", TO_BE_CONFIRMED, (*warnings, outside))
    place = selectors.territory_line(selectors.territory_at(territory, base)) if territory else []
    for row in _by_fit(rows, matter, place):
        start = (
            _body_on_the_ground(row.body_kind, place, base)
            or _ended_body(row.body_kind, territory, base)
            or _local_committee(row.body_kind, territory, day)
        )
        if start is None:
            continue
        today, steps = _follow(start, day, matter)
        if today is None:
            warnings.append(f"{start.short_name} đã kết thúc hoạt động và chưa xác định được cơ quan kế thừa tại địa bàn này.")
            continue
        return Proposal(today, _ground(row), TO_BE_CONFIRMED, (*warnings, *steps), row.code)
    none = "Bảng thẩm quyền không có dòng phù hợp: Văn phòng Thường trực xem xét, chuyển cơ quan có thẩm quyền."
    return Proposal(
        selectors.standing_office(day), "Kế hoạch, mục III.12: đầu mối tiếp nhận, phối hợp.", TO_BE_CONFIRMED, (*warnings, none)
    )


def _rows_in_force(day: dt.date) -> tuple[list[Competence], dt.date, list[str]]:
    """The rows for a day and the day that they speak of. Outside every table: the nearest one, with a warning."""
    rows = list(Competence.objects.filter(selectors.valid_on(day), withdrawn=False))
    if rows:
        return rows, day, []
    ended = list(Competence.objects.filter(valid_to__lt=day, withdrawn=False).order_by("-valid_to"))
    if ended:
        last = ended[0].valid_to or day
        text = f"Ngày {day:%d/%m/%Y} nằm ngoài thời hạn của bảng thẩm quyền (đến {last:%d/%m/%Y}); đã theo cơ quan kế thừa."
        return [row for row in ended if row.valid_to == last], last, [text]
    coming = list(Competence.objects.filter(withdrawn=False).order_by("valid_from"))
    if coming:
        first = coming[0].valid_from
        text = f"Ngày {day:%d/%m/%Y} trước khi bảng thẩm quyền có hiệu lực ({first:%d/%m/%Y})."
        return [row for row in coming if row.valid_from == first], first, [text]
    return [], day, []


def _by_fit(rows: list[Competence], matter: Matter, place: list[str]) -> list[Competence]:
    """The rows that apply, the most particular first: crime, goods, small case, place, kind."""
    small = matter.value is not None and bool(place)

    def applies(row: Competence) -> bool:
        return (
            (matter.criminal or not row.criminal)
            and row.kind in {"", matter.kind}
            and row.goods_group in {"", matter.goods_group}
            and (not row.territory or row.territory in place)
            and (row.max_value is None or (small and (matter.value or 0) < row.max_value))
        )

    def fit(row: Competence) -> tuple[bool, bool, bool, int, bool, str]:
        depth = len(place) - place.index(row.territory) if row.territory else 0
        return (not row.criminal, not row.goods_group, row.max_value is None, -depth, not row.kind, row.code)

    return sorted(filter(applies, rows), key=fit)


def _body_on_the_ground(kind: str, place: list[str], day: dt.date) -> Body | None:
    """The body of a kind that covers the place most closely; for local committees a place is needed."""
    bodies = list(selectors.bodies_of_kind(kind, day))
    if not place:
        return bodies[0] if bodies and kind not in LOCAL_COMMITTEES else None
    covering: list[tuple[int, str, Body]] = []
    for body in bodies:
        ground = selectors.territory_at(body.territory, day) if body.territory else ""
        if ground in place:
            covering.append((place.index(ground), body.code, body))
        elif not ground and kind not in LOCAL_COMMITTEES:
            covering.append((len(place), body.code, body))
    return min(covering)[2] if covering else None


def _ended_body(kind: str, territory: str, day: dt.date) -> Body | None:
    """The last body of a kind that ended before a day (merged or renamed meanwhile), to follow its successors from."""
    for body in selectors.bodies_ended(kind, day):
        then = body.valid_to or day
        place = selectors.territory_line(selectors.territory_at(territory, then)) if territory else []
        ground = selectors.territory_at(body.territory, then) if body.territory else ""
        if ground in place or (kind not in LOCAL_COMMITTEES and not (place and ground)):
            return body
    return None


def _local_committee(kind: str, territory: str, day: dt.date) -> Body | None:
    """The committee of today's unit, for a place that no committee of the table's day covered (the merged neighbour province)."""
    if kind not in LOCAL_COMMITTEES or not territory:
        return None
    place = selectors.territory_line(selectors.territory_at(territory, day))
    return _body_on_the_ground(BodyKind.COMMUNE_COMMITTEE, place, day)


def _follow(body: Body, day: dt.date, matter: Matter) -> tuple[Body | None, list[str]]:
    """The body that answers for `body`'s matter on a day, and a sentence for each step. None when it can't be told."""
    steps: list[str] = []
    for _ in range(10):
        if selectors.is_current(body, day) or (body.valid_from is not None and body.valid_from > day):
            return body, steps
        step = _step(body, day, matter)
        if step is None:
            return None, steps
        steps.append(f"{body.short_name} không còn hoạt động; {step.successor.name} kế thừa từ {step.on:%d/%m/%Y} ({step.ground}).")
        body = step.successor
    return None, steps


def _step(body: Body, day: dt.date, matter: Matter) -> BodySuccession | None:
    options = list(BodySuccession.objects.filter(body=body, on__lte=day).select_related("successor"))
    if body.kind in LOCAL_COMMITTEES and len(options) > 1:
        place = selectors.territory_line(selectors.territory_at(matter.territory, day)) if matter.territory else []
        return next((step for step in options if step.successor.territory in place), None)

    def fits(step: BodySuccession) -> bool:
        return (not step.kinds or matter.kind in step.kinds) and (not step.goods_groups or matter.goods_group in step.goods_groups)

    particular = [step for step in options if (step.kinds or step.goods_groups) and fits(step)]
    rest = [step for step in options if not step.kinds and not step.goods_groups]
    return next(iter(particular or rest), None)


def _ground(row: Competence) -> str:
    return f"{row.ground} (Kế hoạch, mục {row.section})" if row.section else row.ground
