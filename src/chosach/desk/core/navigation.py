"""The main navigation. Each app registers its entries in its `navigation.py`; a person sees what that person may open.

from chosach.desk.core.navigation import Group, register

register("Đầu mối", "leads:queue", permission="leads.read", group=Group.WORK, order=20, icon="binoculars")
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chosach.desk.core.access import Actor

Label = str | Promise


class Group(Enum):
    """Sections of the navigation, in the order in which they stand."""

    WORK = "work"
    PLAN = "plan"
    DATA = "data"
    SYSTEM = "system"

    @property
    def label(self) -> Label:
        return _GROUP_LABELS[self]


_GROUP_LABELS: dict[Group, Label] = {
    Group.WORK: _("Công việc"),
    Group.PLAN: _("Kế hoạch, báo cáo"),
    Group.DATA: _("Dữ liệu"),
    Group.SYSTEM: _("Hệ thống"),
}


@dataclass(frozen=True)
class Item:
    """One entry. `permissions` empty: everyone who is signed in; several: any of them opens it."""

    label: Label
    url_name: str
    permissions: tuple[str, ...]
    group: Group
    order: int
    icon: str


@dataclass(frozen=True)
class Link:
    """An entry as a page shows it to one person, in that person's language."""

    label: str
    url: str
    icon: str
    current: bool


@dataclass(frozen=True)
class Section:
    label: Label
    links: list[Link]


_items: dict[str, Item] = {}


def register(
    label: Label,
    url_name: str,
    *,
    permission: str | Iterable[str] | None,
    group: Group = Group.WORK,
    order: int = 50,
    icon: str = "circle",
) -> None:
    """Add an entry. `permission` None: everyone who is signed in. An address registered again replaces the earlier entry."""
    permissions = () if permission is None else (permission,) if isinstance(permission, str) else tuple(permission)
    _items[url_name] = Item(label, url_name, permissions, group, order, icon)


def all_items() -> list[Item]:
    """Every entry, in the order of the page."""
    groups = list(Group)
    return sorted(_items.values(), key=lambda item: (groups.index(item.group), item.order, item.url_name))


def sections_for(actor: Actor, path: str) -> list[Section]:
    """What this person's navigation shows. The entry with the longest address that begins `path` is the current one."""
    shown = [
        (item, reverse(item.url_name)) for item in all_items() if not item.permissions or any(actor.may(code) for code in item.permissions)
    ]
    current = max((url for _item, url in shown if _leads_to(url, path)), key=len, default="")
    sections = []
    for group in Group:
        links = [Link(gettext(str(item.label)), url, item.icon, url == current) for item, url in shown if item.group is group]
        if links:
            sections.append(Section(group.label, links))
    return sections


def _leads_to(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def discover() -> None:
    """Import every app's `navigation` module. Called once when Django is ready."""
    autodiscover_modules("navigation")


register(_("Bàn làm việc"), "core:home", permission=None, order=0, icon="house")
