"""A page with every building block, for tests and for whoever works on the look: no address of the site.

DJANGO_SETTINGS_MODULE=chosach.desk.settings python -m tests.desk.look.gallery    # serves http://127.0.0.1:8399/mau/
"""

import datetime as dt
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from django.utils import timezone

from chosach.desk.core.forms import DayInput
from chosach.desk.core.kinds import ViolationKind
from chosach.desk.urls import handler400, handler403, handler404, handler500
from chosach.desk.urls import urlpatterns as desk_urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


class Sample(forms.Form):
    name = forms.CharField(label="Tên thương nhân", help_text="Như ghi trên giấy đăng ký kinh doanh.")
    kind = forms.ChoiceField(label="Loại dấu hiệu", choices=[("", "Tất cả"), *ViolationKind.choices], required=False)
    place = forms.ChoiceField(
        label="Địa bàn", choices=[("in", "Trong tỉnh"), ("out", "Ngoài tỉnh"), ("?", "Chưa rõ")], widget=forms.RadioSelect
    )
    goods = forms.MultipleChoiceField(
        label="Nhóm hàng", choices=[("a", "Mỹ phẩm"), ("b", "Thực phẩm")], widget=forms.CheckboxSelectMultiple, required=False
    )
    urgent = forms.BooleanField(label="Cần làm ngay", help_text="Báo cho lãnh đạo đơn vị.", required=False)
    file = forms.FileField(label="Tệp chứng cứ", required=False)
    day = forms.DateField(label="Ngày", required=False, widget=DayInput(), initial=dt.date(2021, 3, 15))
    reason = forms.CharField(label="Lý do", widget=forms.Textarea(attrs={"rows": 3}))


TEXT = "TÚI XÁCH HIỆU G*CCI SUPER FAKE loại 1 🔥 giá chỉ 450k\nHàng giả\u200bm giá, không hóa đơn, bao chuẩn <b>như auth</b>"


def place(word: str, term: str, rule: str) -> dict[str, object]:
    start = TEXT.index(word)
    return {"start": start, "end": start + len(word), "text": word, "term": term, "rule": rule}


SPANS = [
    place("G*CCI SUPER", "nhãn hiệu viết trại", "xâm phạm quyền"),
    place("SUPER FAKE", "super fake", "hàng giả"),
    place("Hàng giả\u200bm giá", "hàng giảm giá", "không phải dấu hiệu"),
    place("không hóa đơn", "không hóa đơn", "không rõ nguồn gốc"),
]


def gallery(request: HttpRequest) -> HttpResponse:
    """Every block, with content that is hard on the layout."""
    if request.method == "POST":
        return HttpResponse("chỉ cho người đã đăng nhập") if request.user.is_authenticated else redirect("account_login")
    day = dt.date(2021, 3, 15)
    values: dict[str, Any] = {
        "form": Sample(data={"name": "", "place": "in"}) if "errors" in request.GET else Sample(),
        "search": Sample(auto_id="loc_%s"),
        "kinds": list(ViolationKind.values),
        "page": Paginator(range(1, 1251), 50).get_page(request.GET.get("page", 3)),
        "rows": [
            (f"Cửa hàng Thời trang và Phụ kiện Nguyễn Thị Phương Thảo {number}", kind, 0.97 - number / 14, 12_600_000 * number**4, day)
            for number, kind in enumerate(ViolationKind.values, 1)
        ],
        "text": TEXT,
        "spans": SPANS,
        "days": [day + dt.timedelta(step) for step in (-2, 0, 3, 12)],
        "now": timezone.now(),
        "business_date": day,
    }
    source = (Path(__file__).parent / "gallery.html").read_text(encoding="utf-8")
    return HttpResponse(engines["django"].from_string(source).render(values, request))


urlpatterns = [path("mau/", gallery), *desk_urlpatterns]
