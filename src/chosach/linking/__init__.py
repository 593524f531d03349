"""Records of sellers → traders: which records are one person or firm, and why.

    from chosach.linking import link

    linked = link(table)       # pa.Table with record_id and any of name, seller_name, phone, bank_account, tax_code, email, address…
    linked.clusters            # record_id, cluster_id, ring_id
    linked.edges               # pairs with probability, weight, agreement, and reasons in sentences

Nothing is drawn by lot and nothing depends on the order of the records. docs/linking.md.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chosach.linking.engine import Linked, link, link_batches
    from chosach.linking.model import Model
    from chosach.linking.schema import CLUSTERS, EDGES, MEMBERS, RECORDS, RINGS, TIES

_PLACES = {
    "CLUSTERS": "schema", "EDGES": "schema", "RECORDS": "schema", "Linked": "engine", "link": "engine", "link_batches": "engine",
    "Model": "model", "MEMBERS": "schema", "RINGS": "schema", "TIES": "schema",
}  # fmt: skip

__all__ = ["CLUSTERS", "EDGES", "MEMBERS", "RECORDS", "RINGS", "TIES", "Linked", "Model", "link", "link_batches"]


def __getattr__(name: str) -> Any:
    """Loaded when asked for: databases and frames take a second, which a list of columns does not need."""
    if name in _PLACES:
        return getattr(import_module(f"chosach.linking.{_PLACES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
