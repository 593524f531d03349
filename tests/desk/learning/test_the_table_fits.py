"""The table of a learnt version has ten columns: none of them is cut on a small desktop."""

import pytest
from django.urls import reverse

from chosach.desk.core import businessdate
from chosach.desk.core.kinds import LEAD_ORDER
from chosach.desk.learning.models import Version
from tests.browser import cut

pytestmark = pytest.mark.once
ROW = {
    "labels": 1_234, "confirmed": 210, "ap_before": 0.873, "ap_after": 0.912, "false_before": 1_210, "false_after": 1_044, "fell": 1_166,
    "lost": 1_012, "rose": 1_010,
}  # fmt: skip


def test_no_column_is_cut_at_1280(cast, page_as) -> None:
    office = cast["vptt.can-bo"]
    figures = {"kinds": {str(kind.value): ROW for kind in LEAD_ORDER[:10]}, "guard": {"cases": 240, "lost": 0, "first": []}}
    version = Version.objects.create(
        number=1, state="given_up", by=office.user, body=office.body, on=businessdate.today(), figures=figures,
        effect={"looked": 5_000, "fell": 3, "rose": 2, "changes": []},
    )  # fmt: skip
    page = page_as("vptt.can-bo")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(reverse("learning:version", args=[version.id]))
    assert not cut(page)
