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


MOST_AT_ONCE = 200


class OrderForm(forms.Form):
    """An order to redact the payloads of entries."""

    document = forms.CharField(label="Số văn bản ra lệnh", max_length=120)
    signed_on = forms.DateField(label="Ngày ký", widget=DayInput())
    seqs = forms.CharField(
        label="Số bút toán", max_length=1000, help_text="Cách nhau bằng dấu phẩy; một khoảng ghi bằng gạch nối, ví dụ 120, 131-134."
    )
    ground = forms.CharField(label="Căn cứ", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_seqs(self) -> list[int]:
        """The numbers, each once, in order."""
        found: set[int] = set()
        for part in self.cleaned_data["seqs"].replace(".", "").split(","):
            first, dash, last = (piece.strip() for piece in part.partition("-"))
            if not _is_number(first) or (dash and not _is_number(last)) or (dash and int(last) < int(first)):
                raise forms.ValidationError("Ghi số bút toán, ví dụ 120, 131-134.")
            if dash and int(last) - int(first) >= MOST_AT_ONCE:
                raise forms.ValidationError(f"Mỗi lệnh tối đa {MOST_AT_ONCE} bút toán.")
            found.update(range(int(first), int(last or first) + 1))
        if len(found) > MOST_AT_ONCE:
            raise forms.ValidationError(f"Mỗi lệnh tối đa {MOST_AT_ONCE} bút toán.")
        return sorted(found)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16
