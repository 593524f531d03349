"""What follows an act of a lower app: apps above it register here, so that nothing below has to know them.

after_outcome: Hooks[Outcome, Entry, Actor] = Hooks()      # in the lower app
after_outcome(note)                                        # in the upper one, when it is ready
after_outcome.run(outcome, entry, actor)                   # in the act's transaction, after its entry in the ledger
"""

from collections.abc import Callable
from typing import Generic, TypeVarTuple

Told = TypeVarTuple("Told")


class Hooks(Generic[*Told]):
    """Functions of these arguments, called in the order in which they were registered; each once, however often it was registered."""

    def __init__(self) -> None:
        self._hooks: list[Callable[[*Told], None]] = []

    def __call__(self, hook: Callable[[*Told], None]) -> Callable[[*Told], None]:
        """Register this function. May be used as a decorator."""
        if hook not in self._hooks:
            self._hooks.append(hook)
        return hook

    def run(self, *told: *Told) -> None:
        """Call them all."""
        for hook in self._hooks:
            hook(*told)
