"""What follows the approval of an outcome (`core.hooks`)."""

from chosach.desk.cases.models import Outcome
from chosach.desk.core.access import Actor
from chosach.desk.core.hooks import Hooks
from chosach.desk.ledger.models import Entry

after_outcome: Hooks[Outcome, Entry, Actor] = Hooks()
