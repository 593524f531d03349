"""Forms about bodies."""

from django import forms

from chosach.desk.agencies.models import Body, Level, Territory
from chosach.desk.agencies.selectors import valid_on
from chosach.desk.core import businessdate
from chosach.desk.core.forms import DayInput
from chosach.desk.core.kinds import BodyKind, GoodsGroup, ViolationKind

ANY = [("", "Không thuộc nhóm nào")]


class BodyFilter(forms.Form):
    kind = forms.ChoiceField(label="Loại cơ quan", choices=[("", "Mọi loại"), *BodyKind.choices], required=False)
    q = forms.CharField(label="Tìm theo tên", required=False, max_length=100)


class MatterForm(forms.Form):
    """What is to be routed."""

    kind = forms.ChoiceField(label="Loại vi phạm", choices=ViolationKind.choices)
    goods_group = forms.ChoiceField(label="Nhóm hàng", choices=[*ANY, *GoodsGroup.choices], required=False)
    territory = forms.ChoiceField(label="Địa bàn", required=False)
    value = forms.IntegerField(label="Trị giá hàng (đồng)", required=False, min_value=0)
    criminal = forms.BooleanField(label="Đạt ngưỡng hình sự", required=False)
    on = forms.DateField(label="Vào ngày", required=False, widget=DayInput())

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        today = businessdate.today()
        units = Territory.objects.filter(valid_on(today)).exclude(level=Level.PROVINCE).select_related("parent")
        named = sorted((unit.parent.name if unit.parent else "", unit.level != Level.DISTRICT, unit.name, unit.code) for unit in units)
        field = self.fields["territory"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [("", "Chưa rõ"), *((code, f"{name}, {above}" if above else name) for above, _, name, code in named)]


class ContactForm(forms.Form):
    contact = forms.CharField(
        label="Liên hệ", max_length=200, required=False, help_text="Số trực, địa chỉ nhận công văn. Cơ quan khác nhìn thấy."
    )


class RenameForm(forms.Form):
    name = forms.CharField(label="Tên", max_length=200)
    short_name = forms.CharField(label="Tên ngắn", max_length=60)


class AddForm(forms.Form):
    code = forms.SlugField(label="Mã", max_length=64, help_text="Chữ thường không dấu, số, gạch nối. Không đổi về sau.")
    name = forms.CharField(label="Tên", max_length=200)
    short_name = forms.CharField(label="Tên ngắn", max_length=60)
    kind = forms.ChoiceField(label="Loại cơ quan", choices=BodyKind.choices)
    contact = forms.CharField(label="Liên hệ", max_length=200, required=False)
    valid_from = forms.DateField(label="Có từ ngày", required=False, widget=DayInput())


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(label="Cơ quan kế thừa", queryset=Body.objects.none(), to_field_name="code")
    on = forms.DateField(label="Từ ngày", widget=DayInput())
    ground = forms.CharField(label="Căn cứ", max_length=300, help_text="Số, ngày của nghị quyết hoặc quyết định.")

    def __init__(self, *args: object, body: Body, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["into"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        field.queryset = Body.objects.filter(valid_on(businessdate.today())).exclude(pk=body.pk)
