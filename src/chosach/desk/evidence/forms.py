"""Forms of the evidence pages."""

from django import forms


class EvidenceForm(forms.Form):
    """A file and what is known of it."""

    file = forms.FileField(label="Tệp", help_text="Loại tệp được nhận ra theo nội dung. Không nhận tệp chương trình.")
    description = forms.CharField(label="Mô tả", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    source = forms.CharField(label="Nguồn", max_length=300, help_text="Lấy ở đâu, ai cung cấp.")
    taken_at = forms.DateTimeField(
        label="Thu thập lúc",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="Để trống: lúc đưa vào hồ sơ.",
    )
    protected = forms.BooleanField(
        label="Có thông tin cá nhân hoặc thông tin được bảo vệ",
        required=False,
        help_text="Chỉ cơ quan thụ lý và cơ quan được cấp quyền xem thông tin được bảo vệ mới mở được.",
    )


class HandOverForm(forms.Form):
    """To whom and why."""

    to = forms.CharField(label="Người hoặc cơ quan nhận", max_length=200)
    reason = forms.CharField(label="Lý do, căn cứ", widget=forms.Textarea(attrs={"rows": 3}))
