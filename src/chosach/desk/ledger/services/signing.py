"""Sign heads and bring them outside the database."""

import logging

from django.db import transaction
from django.utils import timezone

from chosach.desk.ledger import chain, heads
from chosach.desk.ledger.models import Entry, Head
from chosach.desk.ledger.services.writing import in_turn

log = logging.getLogger("chosach.ledger")


@in_turn
def sign_head(*, even_if_unchanged: bool = False) -> Head:
    """Sign the ledger as it stands and, once committed, export the head. Returns the newest head if it says the same already.

    Signing writes no entry: heads are a numbered chain of their own, append-only like the ledger.
    """
    newest = heads.current()
    seq, last_hash = Entry.objects.order_by("-seq").values_list("seq", "hash").first() or (0, chain.GENESIS)
    if newest is None or newest.seq != seq or even_if_unchanged:
        key = heads.signing_key()
        head = Head(
            number=newest.number + 1 if newest else 1,
            at=chain.stamp(timezone.now()),
            seq=seq,
            hash=last_hash,
            entries=seq,
            prev=heads.digest(newest) if newest else chain.GENESIS,
            public_key=key.public_key().public_bytes_raw().hex(),
        )
        head.signature = key.sign(heads.signed_form(head)).hex()
        head.save(force_insert=True)
        newest = head
    transaction.on_commit(bring_outside)
    return newest


def bring_outside() -> None:
    """Export the heads that have no file yet. A folder that can't be written does not undo the act: the next round tries again."""
    try:
        heads.export_missing()
    except OSError:
        log.exception("heads could not be exported")
