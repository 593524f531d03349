"""Sign-in, one's own account, and the administrator's pages."""

from collections.abc import Mapping
from typing import Any

from chosach.desk.accounts.services import add_rule
from tests.desk.access import EVERYONE, FINE, NO_ONE, Row, permitted
from tests.people import Cast


def an_officer(cast: Cast) -> Mapping[str, Any]:
    return {"user_id": cast["qltt.can-bo"].user.pk}


def an_act(cast: Cast) -> Mapping[str, Any]:
    return {"user_id": cast["qltt.can-bo"].user.pk, "code": "ngung"}


def a_rule(cast: Cast) -> Mapping[str, Any]:
    return {"rule_id": add_rule(actor=cast["quantri"].actor, role="auditor", body=cast["qltt.can-bo"].body).pk}


def a_request(cast: Cast) -> Mapping[str, Any]:
    from chosach.desk.accounts.models import ResetRequest

    head, other = cast["qltt.lanh-dao"].user, cast["qltt.can-bo"].user
    return {"request_id": ResetRequest.objects.create(user=head, act="password", reason="Quên", by=other).pk}


MANAGE = permitted("accounts.manage")
REASON = {"reason": "Chuyển công tác"}

ROWS = [
    Row("account_login", EVERYONE, public=True),
    Row("account_login", EVERYONE, method="POST", public=True, fine=FINE | {429}),
    Row("account_logout", EVERYONE, public=True),
    Row("account_logout", EVERYONE, method="POST", public=True),
    Row("account_change_password", EVERYONE),
    Row("account_change_password", EVERYONE, method="POST"),
    Row("account_reauthenticate", EVERYONE),
    Row("account_reauthenticate", EVERYONE, method="POST"),
    Row("mfa_index", EVERYONE),
    Row("mfa_activate_totp", EVERYONE),
    Row("mfa_activate_totp", EVERYONE, method="POST"),
    # Only half-way through a sign-in, or with a second factor set up, is there anything behind these.
    Row("mfa_authenticate", EVERYONE),
    Row("mfa_reauthenticate", EVERYONE),
    Row("mfa_deactivate_totp", NO_ONE),
    Row("mfa_view_recovery_codes", NO_ONE),
    Row("mfa_generate_recovery_codes", EVERYONE),
    Row("mfa_download_recovery_codes", NO_ONE),
    Row("usersessions_list", EVERYONE),
    Row("usersessions_list", EVERYONE, method="POST"),
    Row("people:list", MANAGE),
    Row("people:list", MANAGE, method="POST"),
    Row("people:own_body", permitted("accounts.see_own_body")),
    Row("people:add", MANAGE),
    Row("people:add", MANAGE, method="POST"),
    Row("people:person", MANAGE, an_officer),
    Row("people:give_role", MANAGE, an_officer),
    Row("people:give_role", MANAGE, an_officer, "POST"),
    Row("people:act", MANAGE, an_act),
    Row("people:act", MANAGE, an_act, "POST", data=REASON),
    Row("people:agree", MANAGE, a_request, "POST"),
    Row("people:refuse", MANAGE, a_request, "POST", data=REASON),
    Row("people:lockouts", MANAGE),
    Row("people:second_factor", MANAGE),
    Row("people:second_factor", MANAGE, method="POST"),
    Row("people:remove_rule", MANAGE, a_rule, "POST"),
]
