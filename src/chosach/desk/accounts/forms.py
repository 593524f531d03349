"""Forms of the administrator's pages."""

from typing import Any

from django import forms

from chosach.desk.accounts.permissions import DUTIES
from chosach.desk.agencies.models import Body
from chosach.desk.agencies.selectors import valid_on
from chosach.desk.core import businessdate
from chosach.desk.core.kinds import Role


class BodyField(forms.ModelChoiceField[Body]):
    """Bodies by their whole name."""

    def label_from_instance(self, obj: Body) -> str:
        return str(obj.name)


class RoleForm(forms.Form):
    """A role within a body."""

    role = forms.ChoiceField(label="Vai trò", choices=Role.choices)
    title = forms.CharField(label="Chức danh", max_length=120, required=False)
    duties = forms.MultipleChoiceField(label="Nhiệm vụ", choices=list(DUTIES.items()), required=False, widget=forms.CheckboxSelectMultiple)

    field_order = ["body", "role", "title", "duties"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current_bodies = Body.objects.filter(valid_on(businessdate.today())).order_by("name")
        self.fields["body"] = BodyField(current_bodies, label="Cơ quan", empty_label="— chọn cơ quan —")
        self.order_fields(self.field_order)


class PersonForm(RoleForm):
    """A new person with the first role."""

    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=64,
        help_text="Chữ thường không dấu, số, dấu chấm. Ví dụ: qltt.ha.nguyen.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    full_name = forms.CharField(label="Họ và tên", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    field_order = ["full_name", "username", "body", "role", "title", "duties"]


class ReasonForm(forms.Form):
    """Why an act on an account is done; the reason goes into the ledger."""

    reason = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class FindForm(forms.Form):
    """Looks for people. Sent by POST: names never stand in an address."""

    words = forms.CharField(label="Tên hoặc tên đăng nhập", max_length=120, required=False)
    body = BodyField(Body.objects.order_by("name"), label="Cơ quan", required=False, empty_label="Mọi cơ quan", to_field_name="code")


class RuleForm(forms.Form):
    """Who must have a second factor."""

    role = forms.ChoiceField(label="Vai trò", choices=Role.choices)
    body = BodyField(Body.objects.order_by("name"), label="Cơ quan", required=False, empty_label="Mọi cơ quan")
