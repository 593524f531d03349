"""Forms above the lists."""

from django import forms

from chosach.desk.agencies.models import Body
from chosach.desk.core.forms import DayInput
from chosach.desk.ledger.chain import NOUN, REF
from chosach.desk.ledger.events import all_events
from chosach.desk.ledger.selectors import Search


def _events() -> list[tuple[str, str]]:
    return [("", "Mọi sự kiện"), *sorted(((event.code, event.label) for event in all_events()), key=lambda pair: pair[1])]


def _bodies() -> list[tuple[str, str]]:
    return [("", "Mọi cơ quan"), *Body.objects.order_by("name").values_list("code", "name")]


class SearchForm(forms.Form):
    """What to look for in the ledger."""

    event = forms.ChoiceField(label="Sự kiện", required=False, choices=_events)
    body = forms.ChoiceField(label="Cơ quan", required=False, choices=_bodies)
    date_from = forms.DateField(label="Từ ngày", required=False, widget=DayInput())
    date_to = forms.DateField(label="Đến ngày", required=False, widget=DayInput())
    object = forms.RegexField(
        label="Đối tượng",
        regex=rf"^{NOUN.pattern}:{REF.pattern}$",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "case:3f2b…"}),
        error_messages={"invalid": "Ghi loại và mã cách nhau bằng dấu hai chấm, ví dụ case:3f2b…"},
    )
    actor = forms.CharField(required=False, widget=forms.HiddenInput())

    def search(self, **page: int | None) -> Search:
        """The search that the filled-in fields ask for; fields with errors don't narrow."""
        data = self.cleaned_data
        noun, _, ref = (data.get("object") or "").partition(":")
        return Search(
            event=data.get("event") or "",
            body=data.get("body") or "",
            actor=data.get("actor") or "",
            noun=noun,
            ref=ref,
            date_from=data["date_from"].isoformat() if data.get("date_from") else "",
            date_to=data["date_to"].isoformat() if data.get("date_to") else "",
            **page,
        )
