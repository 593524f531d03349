"""Forms of the pages about keys."""

import datetime as dt
from typing import Any

from django import forms

from chosach.desk.accounts.forms import BodyField
from chosach.desk.api import selectors, services
from chosach.desk.core.errors import Problem
from chosach.desk.core.forms import DayInput

HALF_A_YEAR = dt.timedelta(days=180)


class KeyForm(forms.Form):
    """A new key."""

    name = forms.CharField(label="Tên khóa", max_length=80, help_text="Tên phần mềm sẽ dùng khóa, để sau này biết thu hồi khóa nào.")
    reasons = forms.BooleanField(
        label="Kèm lý do",
        required=False,
        help_text="Cho biết từ ngữ, quy tắc và giá làm căn cứ. Chỉ cấp khi cần: ai biết lý do thì biết cách né tránh.",
    )
    expires_on = forms.DateField(label="Dùng đến hết ngày", widget=DayInput(), help_text="Lâu nhất một năm.")
    per_minute = forms.IntegerField(
        label="Số lượt mỗi phút", min_value=1, max_value=services.MOST_PER_MINUTE, initial=services.PER_MINUTE,
        help_text=f"Nhiều nhất {services.MOST_PER_MINUTE}.",
    )  # fmt: skip
    per_day = forms.IntegerField(
        label="Số lượt mỗi ngày", min_value=1, max_value=services.MOST_PER_DAY, initial=services.PER_DAY,
        help_text=f"Nhiều nhất {services.MOST_PER_DAY:,}.".replace(",", ".", 1),
    )  # fmt: skip

    field_order = ["body", "name", "reasons", "expires_on", "per_minute", "per_day"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = BodyField(selectors.holders(), label="Cơ quan", empty_label="— chọn cơ quan —")
        self.fields["expires_on"].initial = selectors.today() + HALF_A_YEAR
        self.order_fields(self.field_order)

    def clean_expires_on(self) -> dt.date:
        """Told together with what is wrong in other fields, not in a round of its own."""
        day: dt.date = self.cleaned_data["expires_on"]
        try:
            services.check_end(day)
        except Problem as problem:
            raise forms.ValidationError(problem.message, code=problem.code) from problem
        return day


class ReasonForm(forms.Form):
    """Why; the words go into the ledger."""

    reason = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
