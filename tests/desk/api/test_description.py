"""The API describes itself, and the documentation says the same."""

import json
import re
from pathlib import Path

from django.test import Client

from chosach.desk.api.wire.problems import STATUSES
from chosach.desk.api.wire.schemas import Law, Question, Reason, Reference
from chosach.screening import schema as engine
from tests.desk.api.asking import CLEAN, FLAGGED, a_key, ask

DOCS = Path(__file__).resolve().parents[3] / "docs" / "api.md"


def described() -> dict:
    return json.loads(Client().get("/api/openapi.json").content)


def test_the_description_is_openapi_3_1_and_names_every_answer(db) -> None:
    schema = described()
    assert schema["openapi"].startswith("3.1")
    operation = schema["paths"]["/api/screen"]["post"]
    assert operation["security"] == [{"BearerKey": []}]
    assert set(operation["responses"]) == {"200", *map(str, STATUSES.values())}
    assert "application/problem+json" in operation["responses"]["422"]["content"]
    assert schema["components"]["securitySchemes"]["BearerKey"]["scheme"] == "bearer"


def test_answers_hold_nothing_that_the_description_does_not_name(cast) -> None:
    shapes = described()["components"]["schemas"]

    def check(value: object, shape: dict) -> None:
        if "$ref" in shape:
            return check(value, shapes[shape["$ref"].rsplit("/", 1)[1]])
        if "anyOf" in shape:
            return None if value is None else check(value, next(one for one in shape["anyOf"] if one.get("type") != "null"))
        if isinstance(value, dict):
            assert set(value) <= set(shape["properties"]), set(value) - set(shape["properties"])
            assert set(shape.get("required", ())) <= set(value)
            for name, inner in value.items():
                check(inner, shape["properties"][name])
        elif isinstance(value, list):
            for inner in value:
                check(inner, shape["items"])
        return None

    for key in (a_key(cast).text, a_key(cast, name="Khác", reasons=False).text):
        for content in (FLAGGED, CLEAN, {"title": "Giày Nike nam chạy bộ", "price": 99_000}):
            check(json.loads(ask(key, content).content), shapes["Answer"])
    check(json.loads(ask(key, {}).content), shapes["Trouble"])


def test_whatever_the_screener_tells_is_told_on() -> None:
    kinds = {"REASON": Reason, "LAW": Law, "REFERENCE": Reference}
    for name, shape in kinds.items():
        assert {field.name for field in getattr(engine, name)} <= set(shape.model_fields), name


def test_the_documentation_names_every_code_and_every_field() -> None:
    said = set(re.findall(r"`([a-z_.]+)`", DOCS.read_text(encoding="utf-8")))
    assert set(STATUSES) - said == set()
    assert set(Question.model_fields) - said == set()
