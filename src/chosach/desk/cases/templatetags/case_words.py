"""Words of the case pages."""

from collections.abc import Mapping
from typing import Any

from django import template

from chosach.desk.cases.models import Outcome
from chosach.desk.cases.views.facts import outcome_facts

register = template.Library()

TONES = {"closed": "neutral", "transferring": "warn", "deciding": "info", "inspecting": "info", "verifying": "info"}


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    """The value under a key."""
    return mapping.get(key, "")


@register.filter
def stage_tone(stage: str) -> str:
    """The tone of a stage's badge."""
    return TONES.get(stage, "neutral")


@register.filter
def decision_tone(state: str) -> str:
    """The tone of a decision's badge."""
    return {"proposed": "warn", "sent": "warn", "approved": "ok", "accepted": "ok"}.get(state, "neutral")


@register.filter
def facts_of(outcome: Outcome) -> list[tuple[str, str]]:
    """What an outcome says, label and text."""
    return outcome_facts(outcome)
