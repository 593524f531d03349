"""Forms of the case pages. They shape input; what is right is checked again by the services."""

import re
from collections.abc import Collection
from typing import Any, cast
from uuid import UUID

from django import forms

from chosach.desk.agencies.models import Body
from chosach.desk.agencies.selectors import valid_on
from chosach.desk.cases import kinds, stages
from chosach.desk.cases.models import Case
from chosach.desk.cases.outcome_rules import FIELDS, OutcomeInput
from chosach.desk.core import businessdate, words
from chosach.desk.core.kinds import ENFORCEMENT, STATE, ViolationKind

Choices = list[tuple[str, str]]


def bodies(of_kinds: Collection[str], *, without: Collection[UUID] = ()) -> Choices:
    """Bodies of these kinds that exist today, to choose from."""
    found = Body.objects.filter(valid_on(businessdate.today()), kind__in=of_kinds).exclude(pk__in=without)
    return [("", "—"), *found.order_by("name").values_list("code", "name")]


def choose(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a choice field its choices."""
    cast("forms.ChoiceField", form.fields[name]).choices = choices


class VndField(forms.IntegerField):
    """Whole đồng, typed with or without dots between thousands."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(min_value=0, widget=widget, localize=False, **options)

    def prepare_value(self, value: Any) -> Any:
        return words.number(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        text = re.sub(r"\s|đồng|đ$", "", str(value or "").strip())
        if not text:
            return None
        if not re.fullmatch(r"\d+|\d{1,3}(\.\d{3})+", text):
            raise forms.ValidationError("Ghi số đồng nguyên, ví dụ 1.250.000.", code="invalid")
        return int(text.replace(".", ""))


class DayField(forms.DateField):
    """A day, picked or typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ReasonForm(forms.Form):
    """Only a reason."""

    reason = forms.CharField(label="Lý do", widget=area())


class ClassForm(forms.Form):
    """Kinds of violation and place."""

    violation_kinds = forms.MultipleChoiceField(
        label="Loại vi phạm",
        choices=ViolationKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Vụ việc tính vào báo cáo một lần, theo loại đứng trước trong thứ tự ưu tiên.",
    )
    place = forms.ChoiceField(label="Địa bàn của đối tượng", choices=kinds.Place.choices, initial=kinds.Place.UNKNOWN)
    place_how = forms.CharField(
        label="Biết địa bàn nhờ",
        label_suffix="bắt buộc nếu địa bàn đã rõ",  # `services.opening` asks for it then
        max_length=300,
        required=False,
        help_text="Địa chỉ đăng ký, kho hàng, địa chỉ gửi hàng…",
    )


class OpenForm(ClassForm):
    """A new case."""

    title = forms.CharField(label="Tên vụ việc", max_length=200, help_text="Ngắn gọn, ví dụ: Gian hàng bán mỹ phẩm nghi giả nhãn hiệu.")
    ground = forms.CharField(label="Căn cứ mở vụ việc", widget=area(), help_text="Đầu mối, tin báo, văn bản của cơ quan khác…")
    overlap_reason = forms.CharField(label="Lý do vẫn mở vụ việc riêng", widget=area(2), required=False)
    field_order = ["title", "ground", "violation_kinds", "place", "place_how", "overlap_reason"]

    def ask_why_apart(self, others: Collection[object]) -> None:
        """Where other bodies have an open file the reason has to be given, as `services.opening` will say too."""
        if others:
            self.fields["overlap_reason"].required = True
            self.fields["overlap_reason"].error_messages["required"] = "Hãy ghi lý do vẫn mở vụ việc riêng, hoặc đề nghị cùng tham gia."


class ReclassifyForm(ClassForm):
    reason = forms.CharField(label="Lý do sửa", widget=area(2))


class StageForm(forms.Form):
    """A move by hand. All stages are offered; one that can't be is answered with why."""

    target = forms.ChoiceField(label="Chuyển sang", choices=stages.Stage.choices)
    reason = forms.CharField(label="Lý do", widget=area(2), required=False, help_text="Bắt buộc với bước có ghi “cần lý do”.")


class PartyForm(forms.Form):
    kind = forms.ChoiceField(label="Là", choices=kinds.PartyKind.choices)
    role = forms.ChoiceField(label="Tư cách", choices=kinds.PartyRole.choices)
    name = forms.CharField(label="Họ tên hoặc tên tổ chức", max_length=200)
    id_number = forms.CharField(label="Số giấy tờ tùy thân", max_length=40, required=False)
    tax_code = forms.CharField(label="Mã số thuế", max_length=20, required=False)
    phone = forms.CharField(label="Điện thoại", max_length=30, required=False)
    account = forms.CharField(label="Tài khoản ngân hàng", max_length=60, required=False)
    social = forms.CharField(label="Tài khoản mạng xã hội, gian hàng", max_length=200, required=False)
    address = forms.CharField(label="Địa chỉ", max_length=300, required=False)

    IDENTIFIERS = ("id_number", "tax_code", "phone", "account", "social")

    def identifiers(self) -> list[dict[str, str]]:
        """The identifiers given, with their names as shown."""
        return [
            {"kind": str(self.fields[name].label), "value": self.cleaned_data[name]} for name in self.IDENTIFIERS if self.cleaned_data[name]
        ]


class GoodsForm(forms.Form):
    name = forms.CharField(label="Tên hàng", max_length=300)
    quantity = forms.DecimalField(
        label="Số lượng", localize=True, max_digits=14, decimal_places=3, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    unit = forms.CharField(label="Đơn vị tính", max_length=30, help_text="chiếc, hộp, kg…")
    unit_value = VndField(label="Đơn giá (đồng)")
    basis = forms.ChoiceField(label="Căn cứ giá", choices=kinds.Basis.choices)
    state = forms.ChoiceField(label="Tình trạng", choices=kinds.GoodsState.choices)


class GoodsStateForm(forms.Form):
    state = forms.ChoiceField(label="Tình trạng mới", choices=kinds.GoodsState.choices)
    reason = forms.CharField(label="Căn cứ (biên bản, quyết định)", widget=area(2))


class NoteForm(forms.Form):
    words = forms.CharField(label="Nội dung", widget=area(4))
    audience = forms.ChoiceField(label="Ai đọc được", choices=kinds.Audience.choices)
    audience_body = forms.ChoiceField(label="Cơ quan được nêu tên", required=False)

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        taking_part = [case.owner, *(joined.body for joined in case.joined.filter(withdrawn_on__isnull=True).select_related("body"))]
        choose(self, "audience_body", [("", "—"), *((body.code, body.name) for body in taking_part)])


class JoinForm(forms.Form):
    body_code = forms.ChoiceField(label="Cơ quan")
    rights = forms.MultipleChoiceField(label="Quyền", choices=kinds.Right.choices, widget=forms.CheckboxSelectMultiple, initial=["read"])
    reason = forms.CharField(label="Lý do, căn cứ phối hợp", widget=area(2))

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "body_code", bodies(STATE, without=[case.owner_id]))


class AnswerJoinForm(forms.Form):
    rights = forms.MultipleChoiceField(
        label="Quyền được cấp",
        choices=kinds.Right.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Không chọn quyền nào nghĩa là không đồng ý.",
    )
    answer = forms.CharField(label="Lý do", widget=area(2))


class TransferForm(forms.Form):
    to_body = forms.ChoiceField(label="Cơ quan nhận")
    reason = forms.CharField(label="Lý do chuyển giao", widget=area())
    ground = forms.CharField(label="Căn cứ pháp luật", max_length=300, help_text="Ví dụ: Điều 62 Luật Xử lý vi phạm hành chính.")

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "to_body", bodies(ENFORCEMENT, without=[case.owner_id]))


class DecideForm(forms.Form):
    """Approve, or return with a reason."""

    approve = forms.ChoiceField(label="Quyết định", choices=[("yes", "Duyệt"), ("no", "Trả lại người đề xuất")], widget=forms.RadioSelect)
    reason = forms.CharField(label="Ý kiến", widget=area(2), required=False, help_text="Bắt buộc khi trả lại.")


class AnswerTransferForm(forms.Form):
    accept = forms.ChoiceField(
        label="Trả lời", choices=[("yes", "Tiếp nhận vụ việc"), ("no", "Trả lại cơ quan gửi")], widget=forms.RadioSelect
    )
    answer = forms.CharField(label="Ý kiến", widget=area(2), required=False, help_text="Bắt buộc khi trả lại.")


#: Figures of an outcome; left empty they are zero.
NUMBERS = (
    "subjects",
    "fine",
    "additional_fine",
    "tax_recovered",
    "sold",
    "collected",
    "prosecuted_cases",
    "prosecuted_persons",
    "goods_held",
    "goods_confiscated",
    "goods_destroyed",
)


class OutcomeForm(forms.Form):
    """An outcome of one kind: only the fields that this kind has."""

    why = forms.ChoiceField(
        label="Vì sao không xử lý",
        choices=[("", "Chọn lý do"), *kinds.NoAction.choices],
        help_text="Chỉ “báo nhầm” dạy bộ sàng lọc rằng dấu hiệu đã sai.",
    )
    body = forms.ChoiceField(label="Cơ quan ra kết quả", required=False)
    date = DayField(label="Ngày kiểm tra hoặc ngày quyết định")
    reference = forms.CharField(label="Số biên bản, quyết định", max_length=100, required=False)
    reason = forms.CharField(label="Nội dung, lý do", widget=area())
    handed_to = forms.ChoiceField(label="Cơ quan nhận")
    subjects = forms.IntegerField(label="Số đối tượng bị xử phạt", min_value=0)
    fine = VndField(label="Tiền phạt (đồng)", required=False)
    additional_fine = VndField(label="Phạt bổ sung bằng tiền (đồng)", required=False)
    tax_recovered = VndField(label="Truy thu thuế (đồng)", required=False)
    sold = VndField(label="Tiền bán hàng tịch thu (đồng)", required=False)
    collected = VndField(
        label="Đã thu nộp ngân sách (đồng)", required=False, help_text="Thu một phần chưa tính vào báo cáo; thu đủ thì ghi bằng đính chính."
    )
    collected_on = DayField(label="Ngày thu nộp", required=False)
    prosecuted_cases = forms.IntegerField(label="Số vụ khởi tố", min_value=0)
    prosecuted_persons = forms.IntegerField(label="Số bị can", min_value=0, required=False)
    goods_held = VndField(label="Trị giá hàng tạm giữ (đồng)", required=False)
    goods_confiscated = VndField(label="Trị giá hàng tịch thu (đồng)", required=False)
    goods_destroyed = VndField(label="Trị giá hàng tiêu hủy (đồng)", required=False)
    corrects = forms.ChoiceField(label="Đính chính cho kết quả", required=False)
    confirmed = forms.BooleanField(label="Tôi xác nhận số liệu bất thường nêu trên là đúng", required=False)

    def __init__(self, *args: Any, case: Case, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        absent = set(NUMBERS) - set(FIELDS[kind])
        if "collected" in absent:
            absent.add("collected_on")
        if kind != kinds.OutcomeKind.OUT_OF_SCOPE:
            absent.add("handed_to")
        if kind != kinds.OutcomeKind.DISMISSED:
            absent.add("why")
        for name in absent:
            del self.fields[name]
        taking_part = [case.owner, *(joined.body for joined in case.joined.select_related("body"))]
        approved = case.outcomes.filter(state=kinds.Decision.APPROVED).exclude(corrections__state=kinds.Decision.APPROVED)
        choose(self, "body", list(dict.fromkeys((body.code, body.name) for body in taking_part)))
        old = [(str(outcome.pk), f"{outcome.get_kind_display()}, {outcome.date:%d/%m/%Y}") for outcome in approved]
        choose(self, "corrects", [("", "Không, đây là kết quả mới"), *old])
        if "handed_to" in self.fields:
            everyone = Body.objects.filter(valid_on(businessdate.today())).exclude(pk=case.owner_id).order_by("name")
            choose(self, "handed_to", [("", "—"), *everyone.values_list("code", "name")])

    def given(self) -> OutcomeInput:
        """What was filled in; what this kind doesn't have is zero or empty."""
        values = self.cleaned_data
        numbers: dict[str, Any] = {name: values.get(name) or 0 for name in NUMBERS}
        words: dict[str, Any] = {name: values.get(name) or "" for name in ("why", "body", "reference", "reason", "handed_to")}
        corrects = UUID(values["corrects"]) if values["corrects"] else None
        return OutcomeInput(
            kind=self.kind, date=values["date"], collected_on=values.get("collected_on"), corrects=corrects, **words, **numbers
        )


class ListForm(forms.Form):
    """Filters of the list. A search by words is posted, so that no name stands in an address."""

    scope = forms.ChoiceField(
        label="Phạm vi", choices=[("", "Tất cả"), ("own", "Cơ quan tôi thụ lý"), ("joined", "Cùng tham gia")], required=False
    )
    stage = forms.ChoiceField(label="Giai đoạn", choices=[("", "Mọi giai đoạn"), *stages.Stage.choices], required=False)
    kind = forms.ChoiceField(label="Loại vi phạm", choices=[("", "Mọi loại"), *ViolationKind.choices], required=False)
    overdue = forms.BooleanField(label="Quá thời hạn", required=False)


class SearchForm(forms.Form):
    words = forms.CharField(label="Tìm theo số hoặc tên vụ việc", max_length=100)
