"""Forms of the plan board. They read input; the services check it."""

from typing import Any

from django import forms

from chosach.desk.agencies.models import Body
from chosach.desk.core.forms import DayInput
from chosach.desk.plan.models import Progress
from chosach.desk.plan.selectors import Line

PARTS = [("", "Mọi phần"), ("I", "I. Phạm vi, yêu cầu"), ("II", "II. Nhiệm vụ chung"), ("III", "III. Từng cơ quan"), ("IV", "IV. Tổ chức")]
STATES = [("", "Mọi tình trạng"), ("late", "Có cơ quan quá hạn"), ("obstacle", "Có vướng mắc chờ chỉ đạo"), *Progress.choices]


class BoardFilter(forms.Form):
    """What the board shows."""

    body = forms.ChoiceField(label="Cơ quan", required=False)
    part = forms.ChoiceField(label="Phần của kế hoạch", choices=PARTS, required=False)
    state = forms.ChoiceField(label="Tình trạng", choices=STATES, required=False)

    def __init__(self, *args: Any, bodies: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [("", "Mọi cơ quan"), *((body.code, body.short_name) for body in bodies)]

    def chosen(self) -> dict[str, str]:
        """The filters that make sense; what does not is left out."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _area(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, widget=forms.Textarea(attrs={"rows": 4}))


class ProgressForm(forms.Form):
    progress = forms.ChoiceField(label="Tiến độ", choices=Progress.choices, initial=Progress.ONGOING)
    text = _area("Đã làm được gì", "Nêu việc, số liệu, thời gian. Không ghi dữ liệu cá nhân.")
    done_for = forms.TypedChoiceField(label="Hoàn thành mốc", required=False, empty_value=None, coerce=str)
    links = forms.CharField(
        label="Chứng cứ",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Mỗi dòng dán một địa chỉ trang vụ việc, chứng cứ hoặc báo cáo trong hệ thống này.",
    )

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["done_for"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [("", "Không mốc nào"), *((str(due.pk), f"{due.date:%d/%m/%Y} {due.label}") for due in line.due_dates)]


class ObstacleForm(forms.Form):
    text = _area("Vướng mắc và đề nghị", "Nêu việc gì bị cản trở, vì sao, đề nghị ai làm gì.")


class DirectionForm(forms.Form):
    answers = forms.TypedChoiceField(label="Trả lời vướng mắc", required=False, empty_value=None, coerce=str)
    text = _area("Ý kiến chỉ đạo")

    def __init__(self, *args: Any, obstacles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["answers"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [("", "Chỉ đạo chung cho nhiệm vụ"), *obstacles]


class DueForm(forms.Form):
    date = forms.DateField(label="Hạn", widget=DayInput())
    label = forms.CharField(label="Việc phải xong", max_length=200)


class WithdrawForm(forms.Form):
    due = forms.UUIDField(widget=forms.HiddenInput())
    reason = forms.CharField(label="Lý do rút hạn", max_length=300)


class ReminderForm(forms.Form):
    bodies = forms.MultipleChoiceField(label="Cơ quan cần nhắc", widget=forms.CheckboxSelectMultiple())
    text = _area("Nội dung nhắc")

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        late = {found.body.code for found in line.late}
        field = self.fields["bodies"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [
            (standing.body.code, f"{standing.body.short_name} (quá hạn)" if standing.body.code in late else standing.body.short_name)
            for standing in line.standings
        ]
        if not self.is_bound:
            self.initial["bodies"] = sorted(late)
