"""Who may open which address: the access table.

One file per app, named like the app, with a list `ROWS`. A row says: this address, by this method, is for these people of the
cast; everybody else who is signed in gets 404, and who is not is sent to the sign-in page.

    from tests.desk.access import Row, kinds, role, people

    def a_lead(cast):                       # kwargs of the address; runs once, inside the test's transaction
        return {"lead_id": make_lead(owner="market-surveillance").pk}

    ROWS = [
        Row("leads:queue", kinds(ENFORCEMENT)),
        Row("leads:lead", people("qltt.can-bo", "qltt.lanh-dao"), a_lead),
        Row("leads:dismiss", people("qltt.can-bo"), a_lead, "POST", data={"reason": "…"}),
    ]

An address of the site without a row fails `test_access.py`, and so does a method that the page takes and no row names.
What a permitted POST changes is undone before the next person tries.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from chosach.demo.cast import CAST
from chosach.desk.core.kinds import BodyKind, Role
from tests.people import Cast, kind_of

Who = frozenset[str]
#: Everybody of the cast.
EVERYONE: Who = frozenset(person.key for person in CAST)
#: Not even the cast: an address that stands closed.
NO_ONE: Who = frozenset()
#: What a permitted request may answer: a page, a move elsewhere, or a form that wants better input.
FINE = frozenset({200, 204, 302, 303, 400, 409, 422})


@dataclass(frozen=True)
class Row:
    """One address by one method. `make(cast)` gives the address's kwargs; `public` addresses are for visitors too."""

    name: str
    who: Who
    make: Callable[[Cast], Mapping[str, Any]] | None = None
    method: str = "GET"
    data: Mapping[str, Any] = field(default_factory=dict)
    public: bool = False
    fine: frozenset[int] = FINE
    #: What the others get who are signed in. 404, as if it did not exist; change it only for the library's own pages.
    refused: int = 404


def people(*keys: str) -> Who:
    """These people of the cast."""
    unknown = set(keys) - EVERYONE
    if unknown:
        raise KeyError(f"not in the cast: {sorted(unknown)}")
    return frozenset(keys)


def kinds(*wanted: BodyKind | Collection[BodyKind]) -> Who:
    """Everybody of bodies of these kinds (single kinds or sets such as STATE and ENFORCEMENT)."""
    flat = {kind for item in wanted for kind in ([item] if isinstance(item, str) else item)}
    return frozenset(person.key for person in CAST if kind_of(person.body) in flat)


def bodies(*codes: str) -> Who:
    """Everybody of these bodies."""
    return frozenset(person.key for person in CAST if person.body in codes)


def role(*roles: Role) -> Who:
    """Everybody with one of these roles, in whatever body."""
    return frozenset(person.key for person in CAST if person.role in roles)


def duty(*duties: str) -> Who:
    """Everybody with one of these duties."""
    return frozenset(person.key for person in CAST if set(person.duties) & set(duties))


def permitted(code: str) -> Who:
    """Everybody whose role, body kind and duties carry this permission: what `actor.may(code)` says of them."""
    from chosach.desk.core.access import Actor, permission_named

    permission_named(code)
    return frozenset(
        person.key
        for person in CAST
        if Actor(
            id=person.key, body_code=person.body, body_kind=kind_of(person.body), role=person.role, duties=frozenset(person.duties)
        ).may(code)
    )


def tables() -> dict[str, list[Row]]:
    """The rows of every app, by the name of their file."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem != "__init__")
    return {name: import_module(f"{__name__}.{name}").ROWS for name in names}
