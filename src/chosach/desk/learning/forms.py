"""Forms of the pages of learning. What they check, the services check again."""

from django import forms

from chosach.desk.agencies.models import Body
from chosach.desk.core.access import Actor
from chosach.desk.core.kinds import LEAD_ORDER
from chosach.desk.learning.models import Label, LabelState
from chosach.screening.schema import KINDS

ALL = ("", "Tất cả")


class LabelFilterForm(forms.Form):
    kind = forms.ChoiceField(
        label="Loại vi phạm", required=False, choices=[ALL, *((str(kind), kind.label) for kind in LEAD_ORDER if kind in KINDS)]
    )
    verdict = forms.ChoiceField(label="Kết luận", required=False, choices=[ALL, ("right", "Dấu hiệu đúng"), ("wrong", "Báo nhầm")])
    state = forms.ChoiceField(label="Trạng thái", required=False, choices=[ALL, *LabelState.choices])
    body = forms.ChoiceField(label="Cơ quan", required=False)

    def __init__(self, actor: Actor, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        if not actor.may("learning.oversee"):
            del self.fields["body"]
            return
        field = self.fields["body"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        bodies = Body.objects.filter(id__in=Label.objects.order_by().values("body")).order_by("name")
        field.choices = [ALL, *((body.code, body.name) for body in bodies)]


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Lý do", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class MassForm(ReasonForm):
    by = forms.UUIDField(widget=forms.HiddenInput)
    on = forms.DateField(widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])


class NoteForm(forms.Form):
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)
