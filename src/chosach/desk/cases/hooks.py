"""What follows the approval of an outcome: apps above this one register it here.

    from chosach.desk.cases.hooks import after_outcome
    after_outcome(note)            # def note(outcome: Outcome, entry: Entry, actor: Actor) -> None

Called in the transaction of the approval, after its entry in the ledger.
"""

from collections.abc import Callable

from chosach.desk.cases.models import Outcome
from chosach.desk.core.access import Actor
from chosach.desk.ledger.models import Entry

Hook = Callable[[Outcome, Entry, Actor], None]
_hooks: list[Hook] = []


def after_outcome(hook: Hook) -> Hook:
    """Call this function after each approved outcome. May be used as a decorator."""
    if hook not in _hooks:
        _hooks.append(hook)
    return hook


def run_hooks(outcome: Outcome, entry: Entry, actor: Actor) -> None:
    """Call them all, in the order in which they were registered."""
    for hook in _hooks:
        hook(outcome, entry, actor)
