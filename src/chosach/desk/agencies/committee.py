"""The committee that uses this installation, by name."""

from chosach.desk.agencies.models import Body
from chosach.desk.core.kinds import BodyKind


def name() -> str:
    """The name of the committee whose leaders the plan names ("Lãnh đạo Ban Chỉ đạo …" → "Ban Chỉ đạo …"); empty without a plan."""
    leaders = Body.objects.filter(kind=BodyKind.LEADERS, valid_to__isnull=True).values_list("name", flat=True).first() or ""
    return leaders.removeprefix("Lãnh đạo ")
