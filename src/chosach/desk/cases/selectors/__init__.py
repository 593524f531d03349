"""What can be asked about cases, always by someone."""

from chosach.desk.cases.selectors.access import Sight, case_for, cases_for, figures_of, sight_of
from chosach.desk.cases.selectors.contents import goods_totals, notes_for, outcomes_for, parties_for, timeline_for, transfers_for
from chosach.desk.cases.selectors.overlap import OpenFile, open_files_on
from chosach.desk.cases.selectors.waiting import Waiting, waiting_for

__all__ = [
    "OpenFile",
    "Sight",
    "Waiting",
    "case_for",
    "cases_for",
    "figures_of",
    "goods_totals",
    "notes_for",
    "open_files_on",
    "outcomes_for",
    "parties_for",
    "sight_of",
    "timeline_for",
    "transfers_for",
    "waiting_for",
]
