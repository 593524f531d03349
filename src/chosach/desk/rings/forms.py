"""Forms of the pages of rings. What they check, the services check again."""

from collections.abc import Sequence

from django import forms

from chosach.desk.registry.places import HOME_PROVINCE, units
from chosach.desk.rings.models import Ring, TieKind

SIZES = [("", "Tất cả"), ("3", "Từ 3 thương nhân"), ("5", "Từ 5 thương nhân"), ("10", "Từ 10 thương nhân"), ("50", "Từ 50 thương nhân")]


class RingFilterForm(forms.Form):
    size = forms.ChoiceField(label="Cỡ", required=False, choices=SIZES)
    kind = forms.ChoiceField(label="Liên kết bằng", required=False, choices=[("", "Tất cả"), *TieKind.choices])
    district = forms.ChoiceField(label="Địa bàn", required=False)
    state = forms.ChoiceField(label="Trạng thái", required=False, choices=[*Ring.State.choices, ("all", "Tất cả")])
    tim = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        field = self.fields["district"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        home = [unit for unit in units().values() if unit.province == HOME_PROVINCE and unit.level == "district"]
        field.choices = [("", "Tất cả"), *((unit.code, unit.name) for unit in home)]


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Lý do", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label="Ý kiến", max_length=1000, required=False, help_text="Phải ghi khi không đồng ý.", widget=forms.Textarea(attrs={"rows": 2})
    )


class SplitForm(ReasonForm):
    """Which channels are not this trader's, and why."""

    channels = forms.MultipleChoiceField(label="Kênh bán cần tách ra", widget=forms.CheckboxSelectMultiple)
    field_order = ("channels", "reason")

    def __init__(self, channels: Sequence[tuple[str, str]], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        field = self.fields["channels"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for the type checker
        field.choices = channels
