"""Who acts, and what that person may do.

Two questions are asked everywhere and in this order: may this actor do this *kind* of act (a permission, declared by each app
in `permissions.py`), and may it be done to *this* object (the app's selectors, which only ever return what the actor may see).
A refusal of either sort raises `Refused`, is answered as if the thing did not exist (404) and is written to the ledger.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.module_loading import autodiscover_modules

from chosach.desk.core.errors import Refused
from chosach.desk.core.kinds import BodyKind, Role


@dataclass(frozen=True)
class Permission:
    """One kind of act. `kinds` None means bodies of every kind; `duties` None means every duty."""

    code: str
    label: str
    roles: frozenset[Role]
    kinds: frozenset[BodyKind] | None = None
    duties: frozenset[str] | None = None


@dataclass(frozen=True)
class Actor:
    """Who acts: a person in a body, or the system itself. Holds plain values only, so that every room can use it.

    `id` is what the ledger keeps: `user:<uuid>`, `system:<name>` or `nobody`.
    """

    id: str
    name: str = ""
    user_id: UUID | None = None
    body_id: UUID | None = None
    body_code: str = ""
    body_name: str = ""
    body_kind: str = ""
    role: str = ""
    duties: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_system(self) -> bool:
        return self.id.startswith("system:")

    @property
    def seat(self) -> tuple[UUID, UUID]:
        """Ids of the person and of the body acted for. Raises `Refused` when there is none: what is signed needs a person."""
        if self.user_id is None or self.body_id is None:
            raise Refused("actor.no_seat")
        return self.user_id, self.body_id

    def may(self, code: str) -> bool:
        """True if this actor's role, body kind and duty carry the permission."""
        permission = permission_named(code)
        if self.is_system:
            return True
        return (
            self.role in permission.roles
            and (permission.kinds is None or self.body_kind in permission.kinds)
            and (permission.duties is None or bool(self.duties & permission.duties))
        )

    def require(self, code: str, **refs: object) -> None:
        """Raise `Refused` unless this actor has the permission. `refs` (noun=id) go into the ledger with the refusal."""
        if not self.may(code):
            raise Refused(code, refs={noun: str(value) for noun, value in refs.items()})


NOBODY = Actor(id="nobody")
_permissions: dict[str, Permission] = {}


def system(name: str) -> Actor:
    """The system acting by itself (a worker, a command), named for the ledger."""
    return Actor(id=f"system:{name}", name=name)


def register(
    code: str,
    label: str,
    *,
    roles: Iterable[Role],
    kinds: Collection[BodyKind] | None = None,
    duties: Collection[str] | None = None,
) -> Permission:
    """Declare a permission (in an app's `permissions.py`). A code declared twice with another meaning is an error."""
    permission = Permission(
        code,
        label,
        frozenset(roles),
        None if kinds is None else frozenset(kinds),
        None if duties is None else frozenset(duties),
    )
    if _permissions.setdefault(code, permission) != permission:
        raise ValueError(f"permission {code} is declared twice")
    return permission


def permission_named(code: str) -> Permission:
    """The permission of this code; KeyError names the code when no app declares it."""
    if code not in _permissions:
        raise KeyError(f"no app declares the permission {code!r}")
    return _permissions[code]


def all_permissions() -> list[Permission]:
    """Every declared permission, by code."""
    return [_permissions[code] for code in sorted(_permissions)]


def discover() -> None:
    """Import every app's `permissions` module. Called once when Django is ready."""
    autodiscover_modules("permissions")
