"""Forms of the lead's pages. What they check, the services check again."""

from typing import Any

from django import forms

from chosach.desk.core.access import Actor
from chosach.desk.leads import queue
from chosach.desk.leads.models import DismissReason
from chosach.desk.leads.selectors import colleagues, receivers


class FilterForm(forms.Form):
    """The filters above the queue, each choice with its number. The name that is looked for has a form of its own."""

    kind = forms.ChoiceField(label="Loại vi phạm", required=False)
    category = forms.ChoiceField(label="Ngành hàng", required=False)
    channel = forms.ChoiceField(label="Loại kênh", required=False)
    state = forms.ChoiceField(label="Trạng thái", required=False)
    assignee = forms.ChoiceField(label="Người phụ trách", required=False)
    place = forms.CharField(widget=forms.HiddenInput, required=False)
    tim = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, chosen: queue.Filter, counted: dict[str, list[queue.Choice]], actor: Actor) -> None:
        super().__init__(initial=vars(chosen))
        for name in ("kind", "category", "channel", "state"):
            listed = [(choice.value, f"{choice.label} ({choice.count})") for choice in counted[name]]
            known = {value for value, _ in listed}
            current = getattr(chosen, name)
            if current and current not in known:
                listed.append((current, current))
            self._set(name, listed if name == "state" else [("", "Tất cả"), *listed])
        people = [(str(person.id), person.full_name) for person in colleagues(actor)]
        self._set("assignee", [("", "Tất cả"), (queue.MINE, "Tôi"), (queue.NOBODY, "Chưa giao"), *people])

    def _set(self, name: str, listed: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = listed


class FindForm(forms.Form):
    """A name to look for. Sent by POST: names never stand in an address."""

    q = forms.CharField(
        label="Tìm theo tên",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"data-key": "/", "data-key-label": "Tìm theo tên", "autocomplete": "off"}),
    )


class AssignForm(forms.Form):
    assignee = forms.ChoiceField(label="Giao cho")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["assignee"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        own = str(actor.user_id)
        people = sorted(colleagues(actor), key=lambda person: str(person.id) != own)
        field.choices = [(str(person.id), f"{person.full_name} (tôi)" if str(person.id) == own else person.full_name) for person in people]


class WatchForm(forms.Form):
    until = forms.DateField(label="Theo dõi đến ngày", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class PickedField(forms.MultipleChoiceField):
    """Findings that were ticked in the page's own list. Which of them are still the lead's the service knows."""

    def valid_value(self, value: str) -> bool:
        return True


class DismissForm(forms.Form):
    reason = forms.ChoiceField(label="Lý do bỏ qua", choices=[("", "Chọn lý do"), *DismissReason.choices])
    text = forms.CharField(
        label="Diễn giải", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), help_text="Người đọc lại sau này phải hiểu vì sao."
    )


class DismissOneForm(DismissForm):
    """On the lead's own page: its findings may be ticked one by one."""

    findings = PickedField(label="Dấu hiệu báo nhầm", required=False)


class PassForm(forms.Form):
    to_body = forms.ChoiceField(label="Cơ quan nhận")
    reason = forms.CharField(
        label="Lý do chuyển", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), help_text="Vì sao cơ quan đó có thẩm quyền."
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to_body"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [("", "Chọn cơ quan"), *((body.code, body.name) for body in receivers(actor))]


class ReasonForm(forms.Form):
    """One reason, for handing over."""

    reason = forms.CharField(label="Lý do và nơi nhận", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(forms.Form):
    """One answer: not agreeing, sending back."""

    answer = forms.CharField(label="Lý do", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class ViewForm(forms.Form):
    name = forms.CharField(label="Tên bộ lọc", max_length=80)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=900)


class WeightForm(forms.Form):
    subject = forms.ChoiceField(label="Trọng số")
    value = forms.FloatField(label="Giá trị mới", min_value=0)
    ground = forms.CharField(label="Lý do", max_length=300)

    def __init__(self, labels: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["subject"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = list(labels.items())
