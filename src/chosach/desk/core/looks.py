"""How codes look: signs and tones of kinds, classes of form widgets."""

from dataclasses import dataclass

from django import forms

from chosach.desk.core.kinds import ViolationKind, report_group

SPRITE = "vendor/bootstrap-icons-1.13.2/sprite.svg"

TONE_ICONS = {"info": "info-circle", "ok": "check-circle", "warn": "exclamation-triangle", "danger": "exclamation-octagon"}


@dataclass(frozen=True)
class KindLook:
    """The sign of a violation kind and the report group (2a, 2b, 2c) that gives its colour."""

    icon: str
    group: str


_KIND_ICONS = {
    ViolationKind.BANNED: "slash-circle",
    ViolationKind.SMUGGLED: "box-seam",
    ViolationKind.COUNTERFEIT: "patch-exclamation",
    ViolationKind.IP_INFRINGING: "c-circle",
    ViolationKind.SUBSTANDARD: "graph-down",
    ViolationKind.RESTRICTED: "shield-exclamation",
    ViolationKind.CONDITIONAL: "card-checklist",
    ViolationKind.EXPIRED: "hourglass-bottom",
    ViolationKind.UNKNOWN_ORIGIN: "question-diamond",
    ViolationKind.MISLEADING: "chat-square-quote",
    ViolationKind.TAX_EVASION: "cash-coin",
    ViolationKind.UNREGISTERED_SITE: "window-x",
}
KIND_LOOKS = {kind: KindLook(icon, str(report_group(kind).value)) for kind, icon in _KIND_ICONS.items()}


@dataclass(frozen=True)
class FieldLook:
    """How a form field is laid out: `box` label after the input, `group` several inputs under one legend, else label above."""

    css: str
    shape: str = "line"


def field_look(bound: forms.BoundField) -> FieldLook:
    """The classes and layout of a bound field, by its widget."""
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return FieldLook("", "group")
    if isinstance(widget, forms.CheckboxInput):
        return FieldLook("form-check-input", "box")
    if isinstance(widget, forms.Select):
        return FieldLook("form-select")
    return FieldLook("form-control")
