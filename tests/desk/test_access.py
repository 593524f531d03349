"""Every address of the site, as every person of the cast and as nobody, answers as the access table says.

On SQLite by everybody; on PostgreSQL each row by one of those who may and by one who may not.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.template import Template, TemplateDoesNotExist
from django.template.loaders.base import Loader
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from chosach.demo.cast import CAST
from tests.desk.access import EVERYONE, Row, tables
from tests.people import Cast

TABLES = tables()
ROLES = {person.key: person.role for person in CAST}


def addresses(resolver: URLResolver, namespace: str = "", route: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    """(name with its namespace, route, pattern) of every address below a resolver."""
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern, inside, here)
        else:
            yield f"{namespace}{pattern.name}" if pattern.name else "", here, pattern


def test_every_address_of_the_site_stands_in_the_access_table() -> None:
    known = {(row.name, row.method) for rows in TABLES.values() for row in rows}
    missing = []
    for name, route, pattern in addresses(get_resolver()):
        wanted = getattr(pattern.callback, "page_methods", None) or {"GET"}
        if not any(known_name == name for known_name, _ in known) or not name:
            missing.append(f"/{route}  ({name or 'without a name'})")
        else:
            missing += [f"/{route}  ({name}) by {method}" for method in sorted(wanted) if (name, method) not in known]
    assert not missing, "no row in tests/desk/access/<app>.py for:\n" + "\n".join(missing)


def test_every_row_of_the_access_table_has_its_address() -> None:
    names = {name for name, _, _ in addresses(get_resolver())}
    stale = sorted({row.name for rows in TABLES.values() for row in rows} - names)
    assert not stale, f"the access table holds addresses that the site has not: {stale}"


def ask(client: Client, row: Row, address: str) -> tuple[int, str]:
    """Status and where it leads; whatever the request changed is undone."""
    client.raise_request_exception = True
    with transaction.atomic():
        call = client.get if row.method == "GET" else client.post
        response = call(address, data=dict(row.data))
        if hasattr(response, "streaming_content"):
            b"".join(response.streaming_content)  # read to its end: closed early, it would take the connection along
        transaction.set_rollback(True)
    return response.status_code, response.headers.get("Location", "")


def wrong(row: Row, address: str, who: str, status: int, location: str) -> str | None:
    """What this answer should have been, or None if it is right."""
    at_sign_in = status == 302 and location.startswith(reverse("account_login"))
    if who == "nobody":
        right = (status in row.fine) if row.public else at_sign_in
        expected = "an answer" if row.public else "a way to the sign-in page"
    elif who in row.who:
        right, expected = status in row.fine and not at_sign_in, f"one of {sorted(row.fine)}"
    else:
        right, expected = status == row.refused, str(row.refused)
    return None if right else f"{row.method} {address} ({row.name}) as {who}: {status} {location}, expected {expected}"


class Blank(Loader):
    """Puts an empty page in the place of every one while `wanted` says so, and always in that of refusals, which most answers here are.

    Whether an address opens is decided before its page is laid out, and laying out is most of the work: one person of each role sees
    the whole page.
    """

    wanted = False

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        if Blank.wanted or template_name == "404.html":
            return Template(template_name, engine=self.engine)
        raise TemplateDoesNotExist(template_name, backend=self.engine)


def with_blank_pages(engine: dict[str, Any]) -> list[dict[str, Any]]:
    """The same templates behind `Blank`."""
    files = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
    loaders = [f"{__name__}.{Blank.__name__}", ("django.template.loaders.cached.Loader", files)]
    options = {**engine["OPTIONS"], "loaders": loaders}
    return [{**{name: value for name, value in engine.items() if name != "APP_DIRS"}, "OPTIONS": options}]


@pytest.fixture
def blank_pages(settings: Any) -> Iterator[None]:
    settings.TEMPLATES = with_blank_pages(settings.TEMPLATES[0])
    yield
    Blank.wanted = False


def who_see_it_whole(row: Row) -> set[str]:
    """The first person of each role among those who may, and nobody."""
    firsts = {role: key for key, role in sorted(ROLES.items(), reverse=True) if key in row.who}
    return {"nobody", *firsts.values()}


@pytest.mark.parametrize("app", TABLES)
def test_only_those_whom_the_table_names_may_open_an_address(app: str, cast: Cast, blank_pages: None) -> None:
    all_of_them = transaction.get_connection().vendor == "sqlite"
    made: dict[object, dict[str, object]] = {}
    mistakes = []
    known: set[str] = set()
    for row in TABLES[app]:
        Blank.wanted = False
        if row.make is not None and row.make not in made:
            made[row.make] = dict(row.make(cast))
        try:
            address = reverse(row.name, kwargs=made[row.make] if row.make else {})
        except NoReverseMatch as error:
            mistakes.append(f"{row.name}: {error}")
            continue
        whole = who_see_it_whole(row)
        for who in ["nobody", *sorted(EVERYONE)] if all_of_them else [*sorted(row.who)[:1], *sorted(EVERYONE - row.who)[:1]]:
            client = Client() if who == "nobody" else cast[who].client
            if who not in known:
                known.add(who)
                client.get("/khong-co/")  # the session is noted in the person's list now, not anew in every undone request
            Blank.wanted = who not in whole
            session = client.session.session_key if who != "nobody" else ""
            mistakes.append(wrong(row, address, who, *ask(client, row, address)) or "")
            if session and "sessionid" in client.cookies:
                client.cookies["sessionid"] = session  # a sign-out that was undone
    found = [line for line in mistakes if line]
    assert not found, "\n".join(found)
