"""What a clock runs on, as people call it, and the page that shows it. Apps above register their nouns here:

from chosach.desk.law import nouns

nouns.register("case", "Vụ việc", lambda actor, object_id: reverse("cases:case", args=[object_id]))
"""

from collections.abc import Callable
from dataclasses import dataclass

from chosach.desk.core.access import Actor

Address = Callable[[Actor, str], str]


@dataclass(frozen=True)
class Shown:
    """An object as a list of clocks shows it. `url` is empty where nobody registered a page, or the actor may not open it."""

    label: str
    url: str


_nouns: dict[str, tuple[str, Address | None]] = {
    "case": ("Vụ việc", None),
    "transfer": ("Chuyển vụ việc", None),
    "lead": ("Đầu mối", None),
    "return": ("Số liệu báo cáo", None),
}


def register(noun: str, label: str, address: Address | None = None) -> None:
    """Say how a noun is called and where its page is. `address` returns an empty string when the actor may not open it."""
    _nouns[noun] = (label, address)


def shown(actor: Actor, noun: str, object_id: str) -> Shown:
    """How this object is shown to this actor."""
    label, address = _nouns.get(noun, (noun, None))
    return Shown(label, address(actor, object_id) if address else "")
