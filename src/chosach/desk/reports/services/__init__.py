"""What can be done with reports."""

from chosach.desk.reports.services.freeze import approve_freeze, propose_freeze, withdraw_proposal
from chosach.desk.reports.services.rebuild import Rebuilt, note_download, rebuild
from chosach.desk.reports.services.returns import accept, send_back, submit, write_return
from chosach.desk.reports.services.rounds import open_round, write_words

__all__ = [
    "Rebuilt",
    "accept",
    "approve_freeze",
    "note_download",
    "open_round",
    "propose_freeze",
    "rebuild",
    "send_back",
    "submit",
    "withdraw_proposal",
    "write_return",
    "write_words",
]
