"""What can be done with accounts, a file per subject. Every act asks who may do it and writes its ledger entry."""

from chosach.desk.accounts.services.lockouts import lift_lockout
from chosach.desk.accounts.services.people import NewPassword, add_person, deactivate, reactivate, reset_password
from chosach.desk.accounts.services.resets import agree_reset, refuse_reset
from chosach.desk.accounts.services.roles import end_role, give_role
from chosach.desk.accounts.services.second_factor import add_rule, remove_rule, reset_second_factor
from chosach.desk.accounts.services.sessions import end_own_session, end_sessions

__all__ = [
    "NewPassword",
    "add_person",
    "add_rule",
    "agree_reset",
    "deactivate",
    "end_own_session",
    "end_role",
    "end_sessions",
    "give_role",
    "lift_lockout",
    "reactivate",
    "refuse_reset",
    "remove_rule",
    "reset_password",
    "reset_second_factor",
]
