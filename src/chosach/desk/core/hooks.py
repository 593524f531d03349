"""What follows an act of a lower app: apps above it register here, so that nothing below has to know them.

after_outcome: Hooks[Outcome, Entry, Actor] = Hooks()      # in the lower app
after_outcome(note)                                        # in the upper one, when it is ready
after_outcome.run(outcome, entry, actor)                   # in the act's transaction, after its entry in the ledger

What the upper app does may need the engine, which takes a second to load. `later("chosach.desk.learning.services.noting.note_outcome")`
names it instead: it is loaded when it is first called, and a command that never comes to it starts without it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVarTuple

from django.utils.module_loading import import_string

Told = TypeVarTuple("Told")


@dataclass(frozen=True)
class later:  # noqa: N801 - called as a function is
    """The function of this name, loaded at its first call. Two of one name are equal, so registering twice is registering once."""

    name: str

    def __call__(self, *given: Any) -> Any:
        return self.function(*given)

    @property
    def function(self) -> Callable[..., Any]:
        """What the name stands for. Raises ImportError where there is nothing of this name."""
        found: Callable[..., Any] = import_string(self.name)
        return found


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
