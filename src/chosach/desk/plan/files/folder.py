"""A plan's folder, read and checked as a whole: every problem at once, with file and line."""

import hashlib
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from chosach.desk.core.kinds import BodyKind, ViolationKind
from chosach.desk.plan.files import rows
from chosach.desk.plan.files.reading import At, Document, Issue, Reader, Row

LEVEL_ABOVE = {"district": {"province"}, "commune": {"district", "province"}}


class PlanProblems(Exception):
    """The folder can't be loaded. `issues` lists everything that is wrong."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = sorted(set(issues))
        super().__init__("\n".join(str(issue) for issue in self.issues))


@dataclass
class Folder:
    """The checked content of a plan's folder and of the law folder that it names."""

    head: rows.PlanHead
    digest: str
    bodies: list[At[rows.BodyRow]] = field(default_factory=list)
    successions: list[At[rows.SuccessionRow]] = field(default_factory=list)
    territory: list[At[rows.TerritoryRow]] = field(default_factory=list)
    territory_successions: list[At[rows.TerritorySuccessionRow]] = field(default_factory=list)
    competence: list[At[rows.CompetenceRow]] = field(default_factory=list)
    calendar: list[At[rows.CalendarRow]] = field(default_factory=list)
    obligations: Document[rows.Obligations] | None = None
    forms: list[Document[rows.FormRow]] = field(default_factory=list)
    law_name: str = ""
    instruments: list[At[rows.InstrumentRow]] = field(default_factory=list)
    kinds: list[At[rows.KindRow]] = field(default_factory=list)
    penalties: list[At[rows.PenaltyRow]] = field(default_factory=list)
    deadlines: list[At[rows.DeadlineRow]] = field(default_factory=list)

    def expand(self, names: Iterable[str]) -> list[str]:
        """Body codes, with `kind:<kind>` replaced by every body of that kind."""
        codes: list[str] = []
        for name in names:
            kind = name.removeprefix("kind:")
            codes += [name] if kind == name else [at.row.code for at in self.bodies if at.row.kind == kind]
        return list(dict.fromkeys(codes))


def read(path: Path) -> Folder:
    """Read and check a plan's folder. Raises `PlanProblems` with every issue found."""
    reader = Reader(path)
    if not path.is_dir():
        raise PlanProblems([Issue(str(path), 0, "plan.folder_missing", "không có thư mục này")])
    head = reader.document("plan.yaml", rows.PlanHead, needed=True)
    is_plan = head is None or head.row.type == "plan"
    folder = Folder(
        head=head.row if head else _no_head(),
        digest="",
        bodies=reader.table("bodies.csv", rows.BodyRow, needed=True),
        successions=reader.table("successions.csv", rows.SuccessionRow),
        territory=reader.table("territory.csv", rows.TerritoryRow, needed=True),
        territory_successions=reader.table("territory-successions.csv", rows.TerritorySuccessionRow),
        competence=reader.table("competence.csv", rows.CompetenceRow, needed=is_plan),
        calendar=reader.table("calendar.csv", rows.CalendarRow),
        obligations=reader.document("obligations.yaml", rows.Obligations, needed=is_plan),
    )
    for file in sorted((path / "reports").glob("*.yaml")):
        form = reader.document(f"reports/{file.name}", rows.FormRow)
        if form is not None:
            folder.forms.append(form)
    digest = hashlib.sha256()
    _digest(path, digest.update)
    issues = reader.issues
    if head is not None and head.row.law:
        law_path = (path / head.row.law).resolve()
        issues = issues + _read_law(law_path, folder)
        _digest(law_path, digest.update)
    folder.digest = digest.hexdigest()
    if head is not None:
        issues = issues + Checker(folder, head, path).issues()
    if issues:
        raise PlanProblems(issues)
    return folder


def _no_head() -> rows.PlanHead:
    """Stands in for an unreadable plan.yaml, so that the other files are still checked; never loaded."""
    return rows.PlanHead.model_construct(code="", type="plan", law="", recipients=[], report_dates=[])


def _read_law(path: Path, folder: Folder) -> list[Issue]:
    reader = Reader(path)
    folder.law_name = path.name
    folder.instruments = reader.table("instruments.csv", rows.InstrumentRow, needed=True)
    folder.kinds = reader.table("kinds.csv", rows.KindRow, needed=True)
    folder.penalties = reader.table("penalties.csv", rows.PenaltyRow, needed=True)
    folder.deadlines = reader.table("deadlines.csv", rows.DeadlineRow, needed=True)
    return reader.issues


def _digest(path: Path, update: Callable[[bytes], object]) -> None:
    for file in sorted(path.rglob("*")):
        if file.is_file() and file.suffix in {".yaml", ".csv"}:
            content = file.read_bytes()
            update(f"{file.relative_to(path).as_posix()}\0{len(content)}\0".encode())
            update(content)


class Checker:
    """The checks that need more than one row."""

    def __init__(self, folder: Folder, head: Document[rows.PlanHead], path: Path) -> None:
        self.folder, self.head, self.path = folder, head, path
        self.codes = {at.row.code for at in folder.bodies}
        self.units = {at.row.code: at.row for at in folder.territory}
        self.found: list[Issue] = []

    def issues(self) -> list[Issue]:
        """Every issue between the rows of this folder."""
        folder = self.folder
        self._twice(folder.bodies, lambda row: row.code)
        self._twice(folder.territory, lambda row: row.code)
        self._twice(folder.successions, lambda row: (row.body, row.successor))
        self._twice(folder.competence, lambda row: row.id)
        self._twice(folder.calendar, lambda row: row.date)
        self._twice(folder.instruments, lambda row: row.code)
        self._twice(folder.kinds, lambda row: (row.kind, row.instrument, row.article))
        self._twice(folder.penalties, lambda row: row.id)
        self._twice(folder.deadlines, lambda row: row.id)
        self._dates()
        self._territory()
        self._bodies()
        self._successions()
        self._competence()
        self._law()
        self._head()
        self._obligations()
        self._forms()
        return self.found

    def _add(self, file: str, line: int, code: str, message: str) -> None:
        self.found.append(Issue(file, line, code, message))

    def _twice(self, table: Iterable[At[Row]], key: Callable[[Row], Hashable]) -> None:
        seen: dict[Hashable, int] = {}
        for at in table:
            name = key(at.row)
            first = seen.setdefault(name, at.line)
            if first != at.line:
                shown = " + ".join(map(str, name)) if isinstance(name, tuple) else name
                self._add(at.file, at.line, "plan.row_twice", f"“{shown}” đã có ở dòng {first}")

    def _dates(self) -> None:
        folder = self.folder
        for table in (folder.bodies, folder.territory, folder.competence, folder.kinds, folder.penalties, folder.deadlines):
            for at in table:
                if at.row.valid_from and at.row.valid_to and at.row.valid_from > at.row.valid_to:
                    self._add(at.file, at.line, "plan.dates_crossed", "ngày bắt đầu sau ngày kết thúc")

    def _territory(self) -> None:
        for at in self.folder.territory:
            above = self.units.get(at.row.parent)
            if at.row.level == "province" and not at.row.parent:
                continue
            if above is None:
                self._add(at.file, at.line, "plan.unit_unknown", f"đơn vị cấp trên “{at.row.parent}” không có trong tệp")
            elif above.level not in LEVEL_ABOVE.get(at.row.level, set()):
                self._add(at.file, at.line, "plan.level_wrong", f"“{at.row.name}” không thể thuộc “{above.name}”")
        for succession in self.folder.territory_successions:
            for code in (succession.row.unit, succession.row.successor):
                if code not in self.units:
                    self._add(succession.file, succession.line, "plan.unit_unknown", f"không có đơn vị “{code}” trong territory.csv")

    def _bodies(self) -> None:
        parents = {at.row.code: at.row.parent for at in self.folder.bodies}
        for at in self.folder.bodies:
            if at.row.parent and at.row.parent not in self.codes:
                self._add(at.file, at.line, "plan.body_unknown", f"cơ quan cấp trên “{at.row.parent}” không có trong tệp")
            if at.row.territory and at.row.territory not in self.units:
                self._add(at.file, at.line, "plan.unit_unknown", f"không có địa bàn “{at.row.territory}” trong territory.csv")
            if at.row.parent and _leads_to(at.row.parent, at.row.code, lambda code: [parents.get(code)]):
                self._add(at.file, at.line, "plan.circle", f"“{at.row.code}” trở thành cấp trên của chính mình")
        if not any(at.row.kind == BodyKind.STANDING_OFFICE for at in self.folder.bodies):
            self._add(f"{self.path.name}/bodies.csv", 0, "plan.no_standing_office", "thiếu Văn phòng Thường trực (kind = standing_office)")

    def _successions(self) -> None:
        steps: dict[str, list[str | None]] = {}
        for at in self.folder.successions:
            steps.setdefault(at.row.body, []).append(at.row.successor)
        ends = {at.row.code: at.row.valid_to for at in self.folder.bodies}
        for at in self.folder.successions:
            for code in (at.row.body, at.row.successor):
                if code not in self.codes:
                    self._add(at.file, at.line, "plan.body_unknown", f"không có cơ quan “{code}” trong bodies.csv")
            end = ends.get(at.row.body)
            if at.row.body in ends and (end is None or end >= at.row.on):
                self._add(at.file, at.line, "plan.succession_early", f"“{at.row.body}” chưa kết thúc trước ngày {at.row.on:%d/%m/%Y}")
            if _leads_to(at.row.successor, at.row.body, lambda code: steps.get(code, [])):
                self._add(at.file, at.line, "plan.circle", f"“{at.row.body}” kế thừa vòng tròn")

    def _competence(self) -> None:
        taken: list[At[rows.CompetenceRow]] = []
        for at in self.folder.competence:
            row = at.row
            if row.territory and row.territory not in self.units:
                self._add(at.file, at.line, "plan.unit_unknown", f"không có địa bàn “{row.territory}” trong territory.csv")
            for other in taken:
                if other.row.matter() == row.matter() and other.row.overlaps(row):
                    text = f"trùng phạm vi và thời gian với dòng {other.line}: chỉ một cơ quan có thẩm quyền"
                    self._add(at.file, at.line, "plan.competence_overlap", text)
            taken.append(at)

    def _law(self) -> None:
        codes = {at.row.code for at in self.folder.instruments}
        for at in self.folder.instruments:
            if at.row.replaced_by and at.row.replaced_by not in codes:
                self._add(at.file, at.line, "plan.instrument_unknown", f"không có văn bản “{at.row.replaced_by}”")
        for bracket in self.folder.penalties:
            for low, high in ((bracket.row.value_from, bracket.row.value_to), (bracket.row.fine_min, bracket.row.fine_max)):
                if low is not None and high is not None and low > high:
                    self._add(bracket.file, bracket.line, "plan.bounds_crossed", "mức dưới lớn hơn mức trên")
        if self.folder.law_name:
            for kind in set(ViolationKind.values) - {at.row.kind for at in self.folder.kinds}:
                self._add(f"{self.folder.law_name}/kinds.csv", 0, "plan.kind_without_law", f"chưa có căn cứ pháp lý cho loại “{kind}”")

    def _head(self) -> None:
        head, place = self.head.row, self.head.file
        if head.valid_to and head.valid_from > head.valid_to:
            self._add(place, self.head.line("valid_to"), "plan.dates_crossed", "ngày bắt đầu sau ngày kết thúc")
        if head.issuer not in self.codes:
            self._add(place, self.head.line("issuer"), "plan.body_unknown", f"không có cơ quan “{head.issuer}” trong bodies.csv")
        if head.province not in self.units:
            self._add(place, self.head.line("province"), "plan.unit_unknown", f"không có địa bàn “{head.province}” trong territory.csv")
        for number, recipient in enumerate(head.recipients):
            if recipient.body and recipient.body not in self.codes:
                line = self.head.line("recipients", number)
                self._add(place, line, "plan.body_unknown", f"không có cơ quan “{recipient.body}” trong bodies.csv")
        forms = {form.row.code for form in self.folder.forms}
        for number, period in enumerate(head.report_dates):
            line = self.head.line("report_dates", number)
            if period.form not in forms:
                self._add(place, line, "plan.form_unknown", f"không có biểu mẫu “{period.form}” trong reports/")
            if period.first_day > period.last_day:
                self._add(place, line, "plan.dates_crossed", "ngày đầu kỳ sau ngày cuối kỳ")

    def _obligations(self) -> None:
        document = self.folder.obligations
        if document is None:
            return
        seen: set[str] = set()
        kinds = {at.row.kind for at in self.folder.bodies}
        for number, row in enumerate(document.row.obligations):
            line = document.line("obligations", number)
            if row.id in seen:
                self._add(document.file, line, "plan.row_twice", f"nhiệm vụ “{row.id}” ghi hai lần")
            seen.add(row.id)
            if not row.lead and not row.each:
                self._add(document.file, line, "plan.nobody_in_charge", f"nhiệm vụ “{row.id}” chưa có cơ quan chủ trì")
            for share in ("lead", "each", "cooperate"):
                for name in getattr(row, share):
                    known = name.removeprefix("kind:") in kinds if name.startswith("kind:") else name in self.codes
                    if not known:
                        here = document.line("obligations", number, share)
                        self._add(document.file, here, "plan.body_unknown", f"không có cơ quan “{name}” trong bodies.csv")
            both = set(self.folder.expand([*row.lead, *row.each])) & set(self.folder.expand(row.cooperate))
            if both:
                text = f"vừa chủ trì vừa phối hợp: {', '.join(sorted(both))}"
                self._add(document.file, document.line("obligations", number, "cooperate"), "plan.share_twice", text)

    def _forms(self) -> None:
        forms = {form.row.code: form.row for form in self.folder.forms}
        for form in self.folder.forms:
            row = form.row
            base = forms.get(row.indicators_of or "")
            if row.indicators_of and (base is None or not base.indicators):
                self._add(form.file, form.line("indicators_of"), "plan.form_unknown", f"không lấy được chỉ tiêu của “{row.indicators_of}”")
            if not row.indicators and not row.indicators_of:
                self._add(form.file, 0, "plan.no_indicators", "biểu mẫu không có chỉ tiêu")
            ids: set[str] = set()
            counted: set[str] = set()
            for number, indicator in enumerate(row.indicators):
                line = form.line("indicators", number)
                if indicator.id in ids:
                    self._add(form.file, line, "plan.row_twice", f"chỉ tiêu “{indicator.id}” ghi hai lần")
                if indicator.parent and indicator.parent not in ids:
                    self._add(form.file, line, "plan.indicator_unknown", f"chỉ tiêu cấp trên “{indicator.parent}” chưa có ở trên")
                twice = counted & set(indicator.kinds)
                if twice:
                    self._add(form.file, line, "plan.kind_twice", f"loại vi phạm tính hai lần: {', '.join(sorted(twice))}")
                counted |= set(indicator.kinds)
                ids.add(indicator.id)
            if counted and counted != set(ViolationKind.values):
                left = ", ".join(sorted(set(ViolationKind.values) - counted))
                self._add(form.file, form.line("indicators"), "plan.kind_uncounted", f"loại vi phạm chưa vào nhóm nào: {left}")
            for number, check in enumerate(row.checks):
                unknown = {check.total, *check.parts} - ids
                if unknown:
                    text = f"không có chỉ tiêu: {', '.join(sorted(unknown))}"
                    self._add(form.file, form.line("checks", number), "plan.indicator_unknown", text)


def _leads_to(start: str, goal: str, steps: Callable[[str], Iterable[str | None]]) -> bool:
    seen: set[str] = set()
    todo = [start]
    while todo:
        here = todo.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            todo += [step for step in steps(here) if step]
    return False
