"""An outcome in words, for pages."""

from chosach.desk.cases.models import Outcome
from chosach.desk.cases.outcome_rules import COUNTS, FIELDS, LABELS
from chosach.desk.core import words


def outcome_facts(outcome: Outcome) -> list[tuple[str, str]]:
    """Label and text of everything that this outcome says; zeros are left out."""
    facts = [
        ("Kết quả", outcome.get_kind_display()),
        ("Vì sao", outcome.get_why_display()),
        ("Cơ quan ra kết quả", outcome.body.name),
        ("Ngày", words.date(outcome.date)),
        ("Số văn bản", outcome.reference),
        ("Nội dung, lý do", outcome.reason),
    ]
    for name in FIELDS[outcome.kind]:
        value = getattr(outcome, name)
        if value:
            facts.append((LABELS[name], words.number(value) if name in COUNTS else words.money(value)))
    if outcome.collected_on:
        facts.append(("Ngày thu nộp", words.date(outcome.collected_on)))
    if outcome.handed_to:
        facts.append(("Cơ quan nhận", outcome.handed_to.name))
    if outcome.corrects:
        facts.append(("Đính chính cho", f"{outcome.corrects.get_kind_display()} ngày {words.date(outcome.corrects.date)}"))
    return [*((label, text) for label, text in facts if text), ("Người đề xuất", str(outcome.proposed_by))]
