"""What follows a decision to dismiss a lead, once it is in effect, and a second look of the standing office at one (`core.hooks`)."""

from chosach.desk.core.access import Actor
from chosach.desk.core.hooks import Hooks
from chosach.desk.leads.models import Dismissal
from chosach.desk.ledger.models import Entry

after_dismissal: Hooks[Dismissal, Entry, Actor] = Hooks()
