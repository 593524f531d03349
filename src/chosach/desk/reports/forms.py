"""Forms of the reports."""

from collections.abc import Mapping
from typing import Any

from django import forms

from chosach.desk.reports.document import PARTS, RETURN_PARTS


def date_field(label: str, help_text: str = "") -> forms.DateField:
    """A date as Vietnamese write it; the browser's own date picker where there is one."""
    return forms.DateField(label=label, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class OpenForm(forms.Form):
    """A new round."""

    form = forms.ChoiceField(label="Loại báo cáo")
    period_from = date_field("Từ ngày")
    period_to = date_field("Đến ngày", "Tính cả hai ngày.")
    due_on = date_field("Hạn đơn vị nộp")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["form"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows the type, declared five lines above
        field.choices = choices


class ReasonForm(forms.Form):
    """A reason that stays for ever."""

    reason = forms.CharField(label="Lý do", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class ProposeForm(forms.Form):
    """Proposing to freeze; a reason where returns are missing."""

    reason_for_missing = forms.CharField(
        label="Lý do chốt khi còn thiếu báo cáo",
        help_text="Chỉ cần khi còn đơn vị chưa được tiếp nhận báo cáo. Lý do được lưu vào sổ cái.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )


class WordsForm(forms.Form):
    """Free text by part. The parts are those of the report, or of a body's return."""

    def __init__(self, *args: Any, parts: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in parts.items():
            self.fields[key] = forms.CharField(label=label, required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}))


def words_form(words: Mapping[str, str], data: Any = None) -> WordsForm:
    """The standing office's words of a report."""
    return WordsForm(data, parts=PARTS, initial=dict(words), prefix="words")


def return_form(words: Mapping[str, str], data: Any = None) -> WordsForm:
    """A body's words in its return."""
    return WordsForm(data, parts=RETURN_PARTS, initial=dict(words), prefix="return")
