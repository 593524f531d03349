"""Addresses of keys, and of the API for programs (which knows keys, not sessions)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from chosach.demo.cast import CAST
from chosach.desk.core.kinds import Role
from tests.desk.access import EVERYONE, Row, permitted
from tests.people import Cast


def a_key(cast: Cast) -> Mapping[str, Any]:
    from chosach.desk.api.selectors import today
    from chosach.desk.api.services import make_key

    body, ends = cast["qltt.can-bo"].body, today() + dt.timedelta(days=30)
    return {"key_id": make_key(actor=cast["quantri"].actor, body=body, name="Phần mềm thử", expires_on=ends).key.pk}


def a_probing(cast: Cast) -> Mapping[str, Any]:
    from chosach.desk.api.models import Key, Probing
    from chosach.desk.api.selectors import today
    from chosach.desk.api.services import note_probing

    key = Key.objects.first() or Key.objects.get(pk=a_key(cast)["key_id"])
    note_probing(key, 20)
    return {"probing_id": Probing.objects.get(key=key, on=today()).pk}


BODY = next(person.body for person in CAST if person.key == "qltt.can-bo")
MANAGE = permitted("api.manage")
#: A head sees the keys of the own body only.
OTHER_HEADS = frozenset(person.key for person in CAST if person.role == Role.HEAD and person.body != BODY)
SEE_THIS, REVOKE_THIS = permitted("api.see") - OTHER_HEADS, permitted("api.revoke") - OTHER_HEADS

ROWS = [
    Row("api_keys:list", permitted("api.see")),
    Row("api_keys:add", MANAGE),
    Row("api_keys:add", MANAGE, method="POST"),
    Row("api_keys:key", SEE_THIS, a_key),
    Row("api_keys:revoke", REVOKE_THIS, a_key),
    Row("api_keys:revoke", REVOKE_THIS, a_key, "POST", data={"reason": "Thay phần mềm"}),
    Row("api_keys:review", MANAGE, a_probing, "POST", data={"reason": "Đã hỏi, gian hàng có nhiều tin giống nhau"}),
    # Nobody comes in by a session: whoever asks without a key is told so.
    Row("api:screen", EVERYONE, method="POST", public=True, fine=frozenset({401, 429})),
    Row("api:openapi", EVERYONE, public=True),
]
