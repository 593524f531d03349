"""What can be done with leads: one file per act."""

from chosach.desk.leads.services.accept import accept, attach_to_case, take_back_acceptance
from chosach.desk.leads.services.assign import assign, watch
from chosach.desk.leads.services.dismiss import dismiss
from chosach.desk.leads.services.hand_over import hand_over
from chosach.desk.leads.services.open_leads import open_leads
from chosach.desk.leads.services.pass_on import accept_passed, pass_on, return_passed, withdraw_passed
from chosach.desk.leads.services.review import confirm_review, send_back
from chosach.desk.leads.services.second import agree, refuse
from chosach.desk.leads.services.take_back import take_back, take_back_findings, withdraw_dismissal
from chosach.desk.leads.services.views import remove_view, save_view
from chosach.desk.leads.services.weigh import set_weight

__all__ = [
    "accept",
    "accept_passed",
    "agree",
    "assign",
    "attach_to_case",
    "confirm_review",
    "dismiss",
    "hand_over",
    "open_leads",
    "pass_on",
    "refuse",
    "remove_view",
    "return_passed",
    "save_view",
    "send_back",
    "set_weight",
    "take_back",
    "take_back_acceptance",
    "take_back_findings",
    "watch",
    "withdraw_dismissal",
    "withdraw_passed",
]
