"""The named cast as tests meet it: `cast["qltt.can-bo"]` has a user, an actor and a signed-in client."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from django.test import Client

from chosach.demo.cast import CAST, OUTSIDE_BODIES, Person
from chosach.desk.accounts.models import Membership, User
from chosach.desk.accounts.selectors import actor_of
from chosach.desk.agencies.models import Body
from chosach.desk.core.access import Actor
from chosach.desk.core.kinds import BodyKind

PLANS = Path(__file__).resolve().parent.parent / "plans"
PASSWORD = "Sông Đồng Nai 2020"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
KIND_OF_OUTSIDE_BODY = {body.code: body.kind for body in OUTSIDE_BODIES}


def kind_of(body_code: str) -> BodyKind:
    """The kind of a body of the cast, by its code."""
    if body_code.startswith("district-"):
        return BodyKind.DISTRICT_COMMITTEE
    return KIND_OF_OUTSIDE_BODY.get(body_code) or BodyKind(body_code.replace("-", "_"))


class Member:
    """One person of the cast."""

    def __init__(self, person: Person, user: User) -> None:
        self.person = person
        self.key = person.key
        self.user = user

    @property
    def actor(self) -> Actor:
        """Who this person acts as now (asked anew each time: roles can change in a test)."""
        return actor_of(self.user)

    @cached_property
    def client(self) -> Client:
        """A client that is signed in as this person."""
        client = Client()
        client.force_login(self.user, backend=BACKEND)
        return client

    @property
    def body(self) -> Body:
        return Body.objects.get(code=self.person.body)

    def __repr__(self) -> str:
        return f"<{self.key}>"


class Cast(Mapping[str, Member]):
    """The whole cast, by key."""

    def __init__(self) -> None:
        users = {user.username: user for user in User.objects.all()}
        self._members = {person.key: Member(person, users[person.key]) for person in CAST}

    def __getitem__(self, key: str) -> Member:
        return self._members[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)


def make_cast() -> None:
    """The people of the cast with their bodies, in the current database, which has the plan of 2020. Everybody's password is `PASSWORD`."""
    for outside in OUTSIDE_BODIES:
        Body.objects.create(code=outside.code, name=outside.name, short_name=outside.short_name, kind=outside.kind)
    bodies = {body.code: body for body in Body.objects.all()}
    for person in CAST:
        user = User.objects.create_user(person.key, PASSWORD, full_name=person.full_name)
        Membership.objects.create(user=user, body=bodies[person.body], role=person.role, title=person.title, duties=list(person.duties))
