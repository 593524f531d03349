"""What happens after an import: apps above this one register it here, because this one may not know them.

    from chosach.desk.imports.hooks import after_import
    after_import(record_and_open)          # def record_and_open(import_id: UUID, actor: Actor) -> None

Called once an import, in the transaction that completes it: if it raises, the import is not complete and can be resumed.
"""

from collections.abc import Callable
from uuid import UUID

from chosach.desk.core.access import Actor

Hook = Callable[[UUID, Actor], None]
_hooks: list[Hook] = []


def after_import(hook: Hook) -> Hook:
    """Call this function after each import. May be used as a decorator."""
    if hook not in _hooks:
        _hooks.append(hook)
    return hook


_after_pictures: list[Hook] = []


def after_pictures(hook: Hook) -> Hook:
    """Call this function when pictures of an import's listings have been read: they may have tied sellers."""
    if hook not in _after_pictures:
        _after_pictures.append(hook)
    return hook


def run_picture_hooks(import_id: UUID, actor: Actor) -> None:
    """Call them all, in the order in which they were registered."""
    for hook in _after_pictures:
        hook(import_id, actor)


def run_hooks(import_id: UUID, actor: Actor) -> None:
    """Call them all, in the order in which they were registered."""
    for hook in _hooks:
        hook(import_id, actor)
