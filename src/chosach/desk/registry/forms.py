"""Forms of the registry's pages."""

from django import forms

from chosach.desk.registry.models import Identifier, PlaceSource, PlaceState
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


class PlaceForm(forms.Form):
    source = forms.ChoiceField(label="Căn cứ", choices=[(one.value, str(one.label)) for one in PlaceSource if one in STATED])
    address = forms.CharField(label="Địa chỉ", max_length=300, help_text="Ghi đủ huyện, tỉnh.")
    reason = forms.CharField(label="Nguồn của địa chỉ", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
