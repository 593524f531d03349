"""A program that asks `POST /api/screen`, for the tests."""

import datetime as dt
import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from chosach.desk.api.selectors import today
from chosach.desk.api.services import NewKey, make_key
from tests.people import Cast

ADDRESS = "/api/screen"
#: In own words, with a strong sign and none.
FLAGGED = {"title": "Bán túi da super fake loại 1", "price": 250_000}
CLEAN = {"title": "Ghế gỗ sồi cho bàn ăn, bốn chân chắc", "price": 900_000}


def a_key(cast: Cast, *, body: str = "qltt.can-bo", **how: Any) -> NewKey:
    how = {"name": "Phần mềm của đội", "expires_on": today() + dt.timedelta(days=30), "reasons": True, **how}
    return make_key(actor=cast["quantri"].actor, body=cast[body].body, **how)


def ask(key: str | None, content: object, **how: Any) -> HttpResponse:
    headers = {"Authorization": f"Bearer {key}"} if key is not None else {}
    data = content if isinstance(content, str | bytes) else json.dumps(content)
    answer = how.pop("client", Client()).post(
        ADDRESS, data=data, content_type=how.pop("content_type", "application/json"), headers=headers, **how
    )
    return answer


def problem(answer: HttpResponse) -> tuple[int, str]:
    """Status and code of a problem; fails for what is none."""
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content
    content = json.loads(answer.content)
    assert content["status"] == answer.status_code
    assert content["title"]
    return answer.status_code, content["code"]
