"""The world before the first day of work: database, plan, bodies, one account per member of the cast."""

import datetime as dt
from collections.abc import Iterator

from django.core.management import call_command

from chosach.demo.cast import CAST, OUTSIDE_BODIES
from chosach.desk.accounts.models import User
from chosach.desk.accounts.selectors import actor_of
from chosach.desk.accounts.services.people import add_person
from chosach.desk.agencies.models import Body
from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor, system
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.plan.files.loading import load
from chosach.desk.plan.files.shipped import plans_folder

#: The demo's half year: the plan's first six months.
FIRST_DAY = dt.date(2020, 11, 13)
LAST_DAY = dt.date(2021, 5, 13)
ACTOR = system("demo")


def make_database() -> None:
    """Make the tables; on a database that has them, bring them up to date."""
    call_command("migrate", interactive=False, verbosity=0)


def load_plan() -> None:
    """Load the plan of Đồng Nai 2020 and set the business date to its first day."""
    load(plans_folder() / "dong-nai-2020", actor=ACTOR)
    set_day(FIRST_DAY)


@in_turn
def set_day(day: dt.date) -> None:
    """Move the business date, and say so in the ledger."""
    businessdate.simulate(day)
    record("calendar.simulated", actor=ACTOR, payload={"date": day})


def make_people() -> Iterator[tuple[str, str]]:
    """Make the outside bodies and the accounts; yields user name and fresh password of each person."""
    for body in OUTSIDE_BODIES:
        Body.objects.get_or_create(code=body.code, defaults={"name": body.name, "short_name": body.short_name, "kind": body.kind})
    bodies = {body.code: body for body in Body.objects.all()}
    for person in CAST:
        made = add_person(
            actor=ACTOR,
            username=person.key,
            full_name=person.full_name,
            body=bodies[person.body],
            role=person.role,
            title=person.title,
            duties=person.duties,
            must_change=False,
        )
        yield person.key, made.password


def actors() -> dict[str, Actor]:
    """The cast as actors, by key."""
    users = {user.username: user for user in User.objects.all()}
    return {person.key: actor_of(users[person.key]) for person in CAST}
