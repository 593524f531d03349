"""The site stands: pages and static files, in a browser, on the database of the run."""

from tests.browser import sign_in


def test_a_person_of_the_cast_signs_in(cast, visitor) -> None:
    page = visitor()
    sign_in(page, "qltt.can-bo")
    page.wait_for_url("**/")
    assert page.locator("h1").inner_text()


def test_a_signed_in_page_opens_on_a_phone(page_as) -> None:
    page = page_as("qltt.can-bo", phone=True)
    assert page.goto("/").status == 200


def test_what_another_process_commits_is_seen(desk_home, cast) -> None:
    from chosach.desk.agencies.models import Body

    desk_home.python("from chosach.desk.agencies.models import Body; Body.objects.create(code='x', name='X', short_name='X', kind='tax')")
    assert Body.objects.filter(code="x").exists()
