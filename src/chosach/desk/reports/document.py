"""The report as an official document and as a workbook. Pure functions of a frame and a table of figures."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from chosach.formats import official, sheet

#: The parts of a six-month report that people write; part III is made of the figures.
PARTS: Mapping[str, str] = {
    "situation": "I. TÌNH HÌNH",
    "direction": "II. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH",
    "assessment": "IV. ĐÁNH GIÁ",
    "outlook": "V. PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI",
    "proposals": "VI. ĐỀ XUẤT, KIẾN NGHỊ",
}

#: What a body writes in its own return.
RETURN_PARTS: Mapping[str, str] = {
    "situation": "Tình hình trên địa bàn, lĩnh vực",
    "assessment": "Kết quả nổi bật, tồn tại, nguyên nhân",
    "proposals": "Khó khăn, đề xuất, kiến nghị",
}


class Indicator(TypedDict):
    """One line of the form."""

    id: str
    name: str
    unit: str
    measures: list[str]
    parent: str


class Comparison(TypedDict):
    """Figures of another period, all bodies together, beside which those of the report are set."""

    id: str
    label: str
    name: str
    period_from: str
    period_to: str
    figures: dict[str, int]


class Frame(TypedDict):
    """All that a report says besides its figures. Plain JSON: frozen with the report, so that it can be rebuilt."""

    title: str
    subject: str
    period_from: str
    period_to: str
    letterhead: dict[str, Any]
    recipients: list[str]
    indicators: list[Indicator]
    bodies: list[list[str]]
    words: dict[str, str]
    comparisons: list[Comparison]
    notes: list[str]
    missing: list[str]
    up_to_seq: int
    ledger_hash: str
    head_number: int
    frozen_on: str


#: body code → measure → value
Figures = Mapping[str, Mapping[str, int]]


def value_of(cells: Mapping[str, int], indicator: Indicator) -> int:
    """An indicator's value: the sum of the measures that its form names."""
    return sum(cells.get(measure, 0) for measure in indicator["measures"])


def day(text: str) -> str:
    """An ISO date as Vietnamese read it."""
    return dt.date.fromisoformat(text).strftime("%d/%m/%Y")


def figure(value: int) -> str:
    """A whole number with dots: 1.250.000."""
    return f"{value:,}".replace(",", ".")


def share(now: int, before: int) -> str:
    """Change against an earlier period in percent, signed where there is any; a dash where there was nothing to compare with."""
    if before == 0:
        return "–"
    if now == before:
        return "0,0%"
    return f"{(now - before) * 100 / before:+.1f}%".replace(".", ",")


def span(other: Comparison) -> str:
    """The other period's first and last day."""
    return f"{day(other['period_from'])}–{day(other['period_to'])}"


def sums(figures: Figures) -> dict[str, int]:
    """Every measure over all bodies."""
    found: dict[str, int] = {}
    for cells in figures.values():
        for measure, value in cells.items():
            found[measure] = found.get(measure, 0) + value
    return found


def _created(frame: Frame) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(frame["frozen_on"]), dt.time())


def _overview(frame: Frame, figures: Figures) -> list[list[str]]:
    whole = sums(figures)
    rows = [["TT", "Chỉ tiêu", "Đơn vị tính", "Kỳ này", *(other["name"] for other in frame["comparisons"])]]
    for indicator in frame["indicators"]:
        now = value_of(whole, indicator)
        changes = (share(now, value_of(other["figures"], indicator)) for other in frame["comparisons"])
        rows.append([indicator["id"], indicator["name"], indicator["unit"], figure(now), *changes])
    return rows


def _other_periods(frame: Frame) -> list[list[str]]:
    rows = [["TT", "Chỉ tiêu", *(f"{other['label']} ({span(other)})" for other in frame["comparisons"])]]
    for indicator in frame["indicators"]:
        rows.append(
            [indicator["id"], indicator["name"], *(figure(value_of(other["figures"], indicator)) for other in frame["comparisons"])]
        )
    return rows


def _by_body(frame: Frame, figures: Figures, indicators: Sequence[Indicator]) -> list[list[str]]:
    rows = [["Đơn vị", *(f"{i['id']}. {i['name']}" for i in indicators)]]
    for code, name in frame["bodies"]:
        cells = figures.get(code, {})
        rows.append([name, *(figure(value_of(cells, i)) for i in indicators)])
    whole = sums(figures)
    rows.append(["Tổng cộng", *(figure(value_of(whole, i)) for i in indicators)])
    return rows


def _results(frame: Frame, figures: Figures) -> official.Part:
    whole = sums(figures)
    period = f"Từ ngày {day(frame['period_from'])} đến ngày {day(frame['period_to'])}"
    summary = (
        f"{period}, các đơn vị đã kiểm tra {figure(whole.get('inspections', 0))} vụ, xử lý "
        f"{figure(whole.get('handled', 0))} vụ vi phạm; thu nộp ngân sách nhà nước {figure(whole.get('collected', 0))} đồng; "
        f"trị giá hàng hóa vi phạm {figure(whole.get('goods', 0))} đồng. Số liệu chi tiết ở Bảng 1 và Phụ lục I."
    )
    memo = (
        f"Không tính vào số liệu trên: {figure(whole.get('memo_out_of_scope', 0))} vụ ngoài phạm vi kế hoạch, "
        f"{figure(whole.get('memo_outside', 0))} vụ của thương nhân ngoài tỉnh đã chuyển nơi có thẩm quyền, "
        f"{figure(whole.get('memo_unknown_place', 0))} vụ chưa rõ địa bàn, "
        f"{figure(whole.get('memo_dismissed', 0))} vụ kết thúc không có vi phạm."
    )
    blocks: list[official.Block] = [summary, memo]
    blocks += [f"Lưu ý khi đọc số liệu: {note}" for note in frame["notes"]]
    if frame["missing"]:
        blocks.append(f"Chưa có báo cáo của: {', '.join(frame['missing'])}.")
    others = len(frame["comparisons"])
    wide = (12.0, 100.0 - 24 * others, 20.0, 32.0, *([24.0] * others))
    blocks.append(official.Table(_overview(frame, figures), wide, "Bảng 1. Kết quả chung"))
    if others:
        narrow = (12.0, 152.0 - 42 * others, *([42.0] * others))
        blocks.append(official.Table(_other_periods(frame), narrow, "Bảng 2. Số liệu của kỳ so sánh"))
    return official.Part("III. KẾT QUẢ THỰC HIỆN", blocks)


def docx(frame: Frame, figures: Figures) -> bytes:
    """The report laid out by Decree 30/2020, as a draft to be numbered, dated and signed."""
    words = frame["words"]
    written = [
        official.Part(heading, [text for text in words.get(key, "").splitlines() if text.strip()] or ["(Không có nội dung.)"])
        for key, heading in PARTS.items()
    ]
    parts = [*written[:2], _results(frame, figures), *written[2:]]
    head = frame["letterhead"]
    counts = [i for i in frame["indicators"] if i["unit"] != "đồng"]
    money = [i for i in frame["indicators"] if i["unit"] == "đồng"]
    annexes = [
        official.Part(
            f"PHỤ LỤC {roman}",
            [f"{title} (Kèm theo Báo cáo số      /{head['symbol']})", official.Table(_by_body(frame, figures, chosen), widths)],
        )
        for roman, title, chosen, widths in (
            ("I", "Số vụ, số đối tượng theo đơn vị", counts, _widths(len(counts))),
            ("II", "Tiền và trị giá hàng hóa theo đơn vị (đồng)", money, _widths(len(money))),
        )
    ]
    document = official.OfficialDocument(
        parent=head["parent"],
        issuer=head["issuer"],
        symbol=head["symbol"],
        place=head["place"],
        kind="Báo cáo",
        subject=frame["subject"],
        parts=parts,
        recipients=frame["recipients"],
        signature=head["signature"],
        annexes=annexes,
        footer=(
            f"Số liệu tính từ sổ cái đến bút toán {frame['up_to_seq']}, mã băm {frame['ledger_hash']}, "
            f"đầu sổ đã ký số {frame['head_number']}, chốt ngày {day(frame['frozen_on'])}. "
            "Bản dự thảo: số, ngày và chữ ký do người có thẩm quyền điền."
        ),
    )
    return official.render(document, created=_created(frame))


def _widths(columns: int) -> tuple[float, ...]:
    first = 52.0
    return (first, *([(247 - first) / columns] * columns))


def _beside(frame: Frame, indicator: Indicator, now: int) -> list[sheet.Cell]:
    """The figure of each other period and the change against it."""
    cells: list[sheet.Cell] = []
    for other in frame["comparisons"]:
        before = value_of(other["figures"], indicator)
        cells += [before, sheet.Percent((now - before) / before) if before else "–"]
    return cells


def xlsx(frame: Frame, figures: Figures) -> bytes:
    """The report's tables as a workbook: the whole, and every indicator by body, as numbers."""
    whole = sums(figures)
    overview: list[list[sheet.Cell]] = [
        [i["id"], i["name"], i["unit"], value_of(whole, i), *_beside(frame, i, value_of(whole, i))] for i in frame["indicators"]
    ]
    others = [label for other in frame["comparisons"] for label in (other["label"], other["name"])]
    by_body: list[list[sheet.Cell]] = [
        [name, *(value_of(figures.get(code, {}), i) for i in frame["indicators"])] for code, name in frame["bodies"]
    ]
    by_body.append(["Tổng cộng", *(value_of(whole, i) for i in frame["indicators"])])
    period = f"Từ ngày {day(frame['period_from'])} đến ngày {day(frame['period_to'])}"
    notes = [
        period,
        f"Số liệu tính từ sổ cái đến bút toán {frame['up_to_seq']}, mã băm {frame['ledger_hash']}.",
        *(f"{other['label']}: {span(other)}." for other in frame["comparisons"]),
        *frame["notes"],
        *(f"Chưa có báo cáo của: {name}" for name in frame["missing"]),
    ]
    sheets = [
        sheet.Sheet(
            "Kết quả chung",
            frame["title"],
            ["TT", "Chỉ tiêu", "Đơn vị tính", "Kỳ này", *others],
            overview,
            notes,
            (8, 44, 14, 20, *([20, 14] * len(frame["comparisons"]))),
        ),
        sheet.Sheet(
            "Theo đơn vị",
            f"{frame['title']} – theo đơn vị",
            ["Đơn vị", *(f"{i['id']}. {i['name']} ({i['unit']})" for i in frame["indicators"])],
            by_body,
            notes[:2],
            (40, *([16] * len(frame["indicators"]))),
        ),
    ]
    return sheet.workbook(sheets, created=_created(frame), title=frame["title"])
