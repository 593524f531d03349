"""A file of pictures belongs to the listing that names it, or whose id its folder has; what can't be told is not guessed."""

import unicodedata
from uuid import UUID

import pytest

from chosach.desk.imports.picture_names import Names
from chosach.linking.joints.pictures import Unusable

ONE, TWO, THREE = UUID(int=1), UUID(int=2), UUID(int=3)


def names(*sent: str, **listings: tuple[UUID, list[str]]) -> Names:
    made = Names()
    for external_id, (listing, images) in listings.items():
        made.add(listing, external_id, images)
    made.expect(sent)
    return made


@pytest.mark.parametrize(
    ("column", "sent"),
    [
        ("tui-den.jpg", "tui-den.jpg"),
        ("tui-den.jpg", "anh thang 5/tui-den.jpg"),
        ("Túi Đen.JPG", unicodedata.normalize("NFD", "túi đen.jpg")),
        ("https://cdn.example/a/b/t%C3%BAi.jpg?w=200", "túi.jpg"),
        ("anh/tui.jpg", "anh/tui.jpg"),
        ("./anh\\tui.jpg", "anh/tui.jpg"),
        ("anh/tui.jpg", "tui.jpg"),
    ],
)
def test_a_picture_is_known_by_the_name_in_the_column(column: str, sent: str) -> None:
    assert list(names(sent, t1=(ONE, [column])).claim(sent).listings) == [ONE]


def test_a_folder_named_by_the_listings_id_says_whose_the_picture_is() -> None:
    made = names("T1/1.jpg", "T2/1.jpg", t1=(ONE, ["1.jpg"]), t2=(TWO, ["1.jpg"]))
    assert list(made.claim("T1/1.jpg").listings) == [ONE]
    assert list(made.claim("T2/1.jpg").listings) == [TWO]


def on_platforms(*held: tuple[UUID, str]) -> Names:
    made = Names()
    for listing, platform in held:
        made.add(listing, "123", ["1.jpg"], platform)
    return made


@pytest.mark.parametrize(
    ("sent", "whose"),
    [
        ("shopee/123/1.jpg", ONE),
        ("anh/123/Shopee/1.jpg", ONE),
        ("Chợ Tốt/123/1.jpg", TWO),
        ("chotot/123/1.jpg", TWO),
        ("banbe.example/123/1.jpg", THREE),
        ("banbe/123/1.jpg", THREE),
    ],
)
def test_where_platforms_give_one_id_the_folder_of_a_platform_says_whose_the_picture_is(sent: str, whose: UUID) -> None:
    made = on_platforms((ONE, "shopee"), (TWO, "chotot"), (THREE, "www.banbe.example"))
    assert list(made.claim(sent).listings) == [whose]


@pytest.mark.parametrize("sent", ["123/1.jpg", "lazada/123/1.jpg"])
def test_where_no_folder_says_which_platform_the_picture_is_nobodys(sent: str) -> None:
    with pytest.raises(Unusable) as told:
        on_platforms((ONE, "shopee"), (TWO, "chotot")).claim(sent)
    assert told.value.code == "picture.two_platforms"
    assert list(on_platforms((ONE, "shopee")).claim("lazada/123/1.jpg").listings) == [ONE], "one listing needs no platform"


def test_a_name_in_one_column_alone_tells_whose_a_picture_in_an_ambiguous_folder_is() -> None:
    made = Names()
    made.add(ONE, "123", ["123/a.jpg", "x.jpg"], "shopee")
    made.add(TWO, "123", ["123/b.jpg", "123/c.jpg"], "lazada")
    made.add(THREE, "9", ["123/c.jpg", "cua-9.jpg"], "lazada")
    assert list(made.claim("123/a.jpg").listings) == [ONE]
    assert list(made.claim("anh/123/b.jpg").listings) == [TWO]
    assert list(made.claim("123/x.jpg").listings) == [ONE]
    assert set(made.claim("123/c.jpg").listings) == {TWO, THREE}
    for sent in ("123/la.jpg", "123/cua-9.jpg"):
        with pytest.raises(Unusable) as told:
            made.claim(sent)
        assert told.value.code == "picture.two_platforms"


def test_ids_of_one_platform_that_differ_in_case_alone_are_told_as_such() -> None:
    made = Names()
    made.add(ONE, "Ab", ["Ab/1.jpg", "tui.jpg"], "facebook")
    made.add(TWO, "aB", ["aB/1.jpg"], "facebook")
    for sent in ("Ab/1.jpg", "facebook/ab/1.jpg"):
        with pytest.raises(Unusable) as told:
            made.claim(sent)
        assert told.value.code == "picture.two_ids"
    assert list(made.claim("ab/tui.jpg").listings) == [ONE]


def test_one_name_that_several_listings_give_is_one_picture_of_all() -> None:
    assert set(names("kho.jpg", t1=(ONE, ["kho.jpg"]), t2=(TWO, ["kho.jpg"])).claim("kho.jpg").listings) == {ONE, TWO}


@pytest.mark.parametrize(
    ("sent", "column", "other"),
    [
        ("1.jpg", "a/1.jpg", "b/1.jpg"),  # two pictures of that name are known, and which is meant is not said
        ("x/1.jpg", "1.jpg", "1.jpg"),  # two files of that name come
    ],
)
def test_what_cannot_be_told_is_not_guessed(sent: str, column: str, other: str) -> None:
    with pytest.raises(Unusable) as told:
        names(sent, "y/1.jpg", t1=(ONE, [column]), t2=(TWO, [other])).claim(sent)
    assert told.value.code == "picture.ambiguous"


def test_a_picture_that_nobody_names_belongs_to_nobody() -> None:
    with pytest.raises(Unusable) as told:
        names("la.jpg", t1=(THREE, ["tui.jpg"])).claim("la.jpg")
    assert told.value.code == "picture.unclaimed"
