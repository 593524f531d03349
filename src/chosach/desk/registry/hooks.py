"""What follows an act here: apps above register it, because this one may not know them (`core.hooks`)."""

from collections.abc import Collection
from uuid import UUID

from chosach.desk.core.access import Actor
from chosach.desk.core.hooks import Hooks

#: A body stated an identifier of a trader or took one back: the traders that this concerns (also those that were joined by it), and who
#: acted. Called in the transaction of the act.
after_stating: Hooks[Collection[UUID], Actor] = Hooks()
