"""Forms of the registry's pages."""

from collections.abc import Iterable
from typing import Any

from django import forms

from chosach.desk.registry.common import JOINING
from chosach.desk.registry.models import Channel, Identifier, PlaceSource, PlaceState
from chosach.desk.registry.services.locate import STATED


class TraderFilter(forms.Form):
    place = forms.ChoiceField(label="Địa bàn", required=False, choices=[("", "Tất cả"), *PlaceState.choices])
    tim = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)


class FindForm(forms.Form):
    """A name to look for. Sent by POST: names never stand in an address."""

    q = forms.CharField(
        label="Tên thương nhân, kênh bán", required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class IdentifierForm(forms.Form):
    """Sent by POST: a phone or account never stands in an address."""

    kind = forms.ChoiceField(label="Loại định danh", choices=Identifier.Kind.choices)
    value = forms.CharField(
        label="Giá trị", max_length=300, help_text="Viết cách nào cũng được: 0951 234 567 hay +84951234567.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class StateForm(forms.Form):
    """An identifier that nobody published, of one of a trader's channels."""

    channel = forms.ChoiceField(label="Kênh bán")
    kind = forms.ChoiceField(label="Loại định danh", choices=[one for one in Identifier.Kind.choices if one[0] in JOINING])
    value = forms.CharField(label="Giá trị", max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    ground = forms.CharField(
        label="Căn cứ",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Số vụ việc, bút lục hoặc văn bản. Không ghi tên người báo tin.",
    )

    def __init__(self, *given: Any, channels: Iterable[Channel], **named: Any) -> None:
        super().__init__(*given, **named)
        choices = [(str(one.id), f"{one}, {one.platform}" if one.platform else str(one)) for one in channels]
        self.fields["channel"] = forms.ChoiceField(label="Kênh bán", choices=choices)


class WithdrawForm(forms.Form):
    reason = forms.CharField(label="Lý do rút lại", max_length=500)


class PlaceForm(forms.Form):
    source = forms.ChoiceField(label="Căn cứ", choices=[(one.value, str(one.label)) for one in PlaceSource if one in STATED])
    address = forms.CharField(label="Địa chỉ", max_length=300, help_text="Ghi đủ huyện, tỉnh.")
    reason = forms.CharField(label="Nguồn của địa chỉ", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
