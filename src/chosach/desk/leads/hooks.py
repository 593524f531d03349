"""What follows a decision to dismiss a lead, and a second look at it: apps above this one register it here.

    from chosach.desk.leads.hooks import after_dismissal
    after_dismissal(note)          # def note(dismissal: Dismissal, entry: Entry, actor: Actor) -> None

Called in the transaction of the act, after its entry in the ledger: when a dismissal has come into effect, and when the standing office
has looked at one again.
"""

from collections.abc import Callable

from chosach.desk.core.access import Actor
from chosach.desk.leads.models import Dismissal
from chosach.desk.ledger.models import Entry

Hook = Callable[[Dismissal, Entry, Actor], None]
_hooks: list[Hook] = []


def after_dismissal(hook: Hook) -> Hook:
    """Call this function after each such decision. May be used as a decorator."""
    if hook not in _hooks:
        _hooks.append(hook)
    return hook


def run_hooks(dismissal: Dismissal, entry: Entry, actor: Actor) -> None:
    """Call them all, in the order in which they were registered."""
    for hook in _hooks:
        hook(dismissal, entry, actor)
