"""Keep and remove a person's own sets of filters."""

from uuid import UUID

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.leads.models import SavedView
from chosach.desk.leads.selectors import view_for, views_of
from chosach.desk.leads.services.common import needed
from chosach.desk.ledger.services import in_turn, record

MOST_VIEWS = 30


@in_turn
def save_view(*, name: str, query: str, actor: Actor) -> SavedView:
    """Keep the filters under a name; the same name again replaces them."""
    actor.require("leads.read")
    name = needed(name, "view.name_missing", "Hãy đặt tên cho bộ lọc.", "name")[:80]
    own = views_of(actor)
    if own.exclude(name=name).count() >= MOST_VIEWS:
        raise Problem("view.too_many", f"Mỗi người lưu tối đa {MOST_VIEWS} bộ lọc; hãy xóa bớt.", where="name")
    view, _ = SavedView.objects.update_or_create(user_id=actor.seat[0], name=name, defaults={"query": query[:900]})
    record("leads.view_saved", actor=actor, refs={"view": view.id})
    return view


@in_turn
def remove_view(view_id: UUID, *, actor: Actor) -> None:
    """Remove one of the person's own views."""
    actor.require("leads.read")
    view = view_for(actor, view_id)
    record("leads.view_removed", actor=actor, refs={"view": view.id})
    view.delete()
