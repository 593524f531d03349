"""What follows when traders were joined or parted here: apps above register, and bring what stands on traders up to date (`core.hooks`)."""

from collections.abc import Collection
from uuid import UUID

from chosach.desk.core.access import Actor
from chosach.desk.core.hooks import Hooks

#: The traders whose channels changed, and who acted. Called in the transaction of the change.
after_regrouping: Hooks[Collection[UUID], Actor] = Hooks()
