"""Evidence of progress is a page of this system (a case, a piece of evidence, a report), given by its address."""

from typing import TypedDict
from urllib.parse import urlsplit
from uuid import UUID

from django.urls import Resolver404, resolve

from chosach.desk.core.errors import Problem

#: App → the noun that the ledger knows its objects by, and what people call it.
NOUNS = {
    "cases": ("case", "Vụ việc"),
    "evidence": ("evidence", "Chứng cứ"),
    "reports": ("report", "Báo cáo"),
    "leads": ("lead", "Đầu mối"),
    "registry": ("trader", "Thương nhân"),
    "imports": ("import", "Lần nhập dữ liệu"),
    "jobs": ("job", "Việc dài"),
}
MOST = 20


class Link(TypedDict):
    """One piece of evidence: what it is, its id, and the page that shows it to those who may see it."""

    noun: str
    id: str
    path: str
    label: str


def read(addresses: list[str]) -> list[Link]:
    """The links of these addresses. Raises `Problem` for one that is no page of an object of this system."""
    if len(addresses) > MOST:
        raise Problem("note.links_many", f"Mỗi lần ghi tối đa {MOST} chứng cứ.", where="links")
    return [_link(address.strip()) for address in addresses if address.strip()]


def _link(address: str) -> Link:
    path = urlsplit(address).path
    try:
        match = resolve(path)
    except Resolver404:
        match = None
    known = NOUNS.get(match.app_names[0]) if match and match.app_names else None
    ids = [value for value in match.kwargs.values() if isinstance(value, UUID)] if match else []
    if known is None or not ids:
        text = f"“{address[:80]}” không phải địa chỉ trang vụ việc, chứng cứ hoặc báo cáo trong hệ thống."
        raise Problem("note.link_wrong", text, where="links")
    noun, label = known
    return Link(noun=noun, id=str(ids[-1]), path=path, label=label)
