"""Entities against the rules of FollowTheMoney's model: its own schemata and ours beside them."""

import pytest
import yaml

from chosach.formats import followthemoney as ftm
from chosach.formats.followthemoney import values
from tests.formats.followthemoney.making import everything


@pytest.mark.parametrize("plain", [False, True])
def test_every_entity_has_what_its_schema_asks_and_nothing_else(plain: bool) -> None:
    entities = list(ftm.entities(everything(), plain=plain))
    assert [(entity.schema, ftm.MODEL.faults(entity)) for entity in entities if ftm.MODEL.faults(entity)] == []


@pytest.mark.parametrize("plain", [False, True])
def test_every_link_leads_to_an_entity_of_the_right_kind(plain: bool) -> None:
    by_id = {entity.id: entity for entity in ftm.entities(everything(), plain=plain)}
    for entity in by_id.values():
        for name, prop in ftm.MODEL.schemata[entity.schema].properties.items():
            for value in entity.all(name) if prop.type == "entity" else ():
                assert ftm.MODEL.is_a(by_id[value].schema, prop.range), f"{entity.schema}.{name}"


def test_the_plain_form_knows_nothing_of_the_extension() -> None:
    own = yaml.safe_load(ftm.extension())
    schemata = {entity.schema for entity in ftm.entities(everything(), plain=True)}
    assert not schemata & set(own)
    assert {"Person", "Company", "BankAccount", "Ownership", "UnknownLink", "Asset", "Similar"} <= schemata


def test_every_schema_of_the_extension_is_used_and_stands_on_one_of_the_models() -> None:
    own = yaml.safe_load(ftm.extension())
    assert set(own) <= {entity.schema for entity in ftm.entities(everything())}
    for name in own:
        assert any(not ftm.MODEL.schemata[other].extension for other in ftm.MODEL.schemata[name].ancestors), name


def test_the_extension_says_of_its_edges_and_captions_only_what_it_has() -> None:
    for name, spec in yaml.safe_load(ftm.extension()).items():
        known = set(ftm.MODEL.schemata[name].properties)
        edge = spec.get("edge", {})
        told = {*spec.get("featured", []), *spec.get("required", []), *spec.get("caption", []), *edge.get("caption", [])}
        assert told | ({edge["source"], edge["target"]} if edge else set()) <= known, name


def test_a_person_a_firm_and_what_is_neither_are_told_apart() -> None:
    assert values.schema_of(["Nguyễn Thị Hà", "nguyen thi ha"]) == "Person"
    assert values.schema_of(["Công ty TNHH Giày Xịn"]) == "Company"
    assert values.schema_of(["Hoàng Phúc Store"]) == values.schema_of(["Hộ kinh doanh Lê A"]) == values.schema_of([]) == "LegalEntity"


def test_a_link_is_told_as_a_sign_and_not_as_a_finding() -> None:
    words = {entity.schema: " ".join(entity.all("summary") + entity.all("description")) for entity in ftm.entities(everything())}
    for schema in ("Person", "Ownership", "SellerMatch", "SellerRing"):
        assert "chưa phải kết luận" in words[schema], schema


def test_proof_stands_in_the_words_of_a_link() -> None:
    match = next(entity for entity in ftm.entities(everything()) if entity.schema == "SellerMatch")
    assert match.all("description") == ["Cùng số điện thoại 0912345678.", "Hai thư điện tử khác nhau."]
    tie = next(entity for entity in ftm.entities(everything()) if entity.schema == "SellerTie" and entity.all("sharedValue"))
    assert (tie.all("role"), tie.all("summary"), tie.all("recordId")) == (["Chung kho hàng"], ["Cùng kho hàng."], ["shp:2", "tt/3"])


@pytest.mark.parametrize(
    ("read", "kept"),
    [
        ("0912.345.678", "+84912345678"),
        ("01212345678", "+84792345678"),
        ("(0251) 3822000", "+842513822000"),
        ("12", None),
        ("1900 1234", None),
    ],
)
def test_phones_are_kept_as_they_are_dialled_from_abroad(read: str, kept: str | None) -> None:
    assert values.phone(read) == kept


def test_a_marketplace_is_nobodys_domain() -> None:
    assert [values.domain(url) for url in ("shopee.vn/a", "https://www.facebook.com/a", "giayha.vn", "10.0.0.1/x")] == [
        None, None, "giayha.vn", None,
    ]  # fmt: skip
