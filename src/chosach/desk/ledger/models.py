"""Tables of the ledger. All but the tally are append-only; triggers of the database hold that (`triggers.py`)."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from chosach.desk.ledger import chain

if TYPE_CHECKING:
    BigInteger = models.BigIntegerField[int, int]
else:
    BigInteger = models.BigIntegerField


class SeqField(BigInteger):
    """A 64-bit number that is the row's own place on disk: on SQLite the rowid itself, so that reading in order is fast."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


class Entry(models.Model):
    """One line of the ledger. Every field is text exactly as hashed (docs/ledger.md); nothing is ever changed or removed."""

    seq = SeqField("số", primary_key=True)
    at = models.CharField("thời điểm (UTC)", max_length=27)
    business_date = models.CharField("ngày làm việc", max_length=10)
    event = models.CharField("sự kiện", max_length=100)
    actor = models.CharField("người thực hiện", max_length=100)
    body = models.CharField("cơ quan", max_length=64, blank=True)
    refs = models.TextField("đối tượng")
    payload_hash = models.CharField("mã băm nội dung", max_length=64, blank=True)
    prev_hash = models.CharField("mã băm trước", max_length=64)
    hash = models.CharField("mã băm", max_length=64)

    class Meta:
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["event", "seq"], name="ledger_entry_event"),
            models.Index(fields=["actor", "seq"], name="ledger_entry_actor"),
            models.Index(fields=["body", "seq"], name="ledger_entry_body"),
            models.Index(fields=["business_date", "seq"], name="ledger_entry_date"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.event}"

    @property
    def moment(self) -> dt.datetime:
        """The real time as a datetime."""
        return chain.moment(self.at)

    @property
    def business_day(self) -> dt.date:
        """The business date as a date."""
        return dt.date.fromisoformat(self.business_date)


class Payload(models.Model):
    """What an entry's act changed. Lies apart so that it can be redacted; the entry keeps its hash.

    `text` is canonical JSON; redacted: text and salt are null and `redacted_by` is the number of the redacting entry.
    """

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, db_column="seq", related_name="payload")
    salt = models.BinaryField("muối", max_length=chain.SALT_BYTES, null=True)
    text = models.TextField("nội dung", null=True)  # noqa: DJ001 - null says "redacted", the empty string would not
    redacted_by = models.BigIntegerField("xóa theo bút toán", null=True)


class Ref(models.Model):
    """Index from an object to the entries that refer to it; can be made anew from the entries."""

    pk = models.CompositePrimaryKey("noun", "ref", "entry")
    noun = models.CharField(max_length=40)
    ref = models.CharField(max_length=128)
    entry = models.ForeignKey(Entry, models.PROTECT, db_column="seq", related_name="index")


class Head(models.Model):
    """A signed statement: at this time the ledger had so many entries and ended in this hash. Heads are chained too."""

    number = SeqField("số", primary_key=True)
    at = models.CharField("thời điểm (UTC)", max_length=27)
    seq = models.BigIntegerField("bút toán cuối")
    hash = models.CharField("mã băm của bút toán cuối", max_length=64)
    entries = models.BigIntegerField("số bút toán")
    prev = models.CharField("mã băm của đầu sổ trước", max_length=64)
    public_key = models.CharField("khóa công khai", max_length=64)
    signature = models.CharField("chữ ký", max_length=128)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["seq"], name="ledger_head_seq")]

    def __str__(self) -> str:
        return f"Đầu sổ {self.number}"

    @property
    def moment(self) -> dt.datetime:
        """The real time of signing as a datetime."""
        return chain.moment(self.at)


class RefusalTally(models.Model):
    """How often an actor was refused within an hour; not part of the ledger, only keeps refusals from bloating it."""

    actor = models.CharField(max_length=100)
    hour = models.CharField(max_length=13)
    written = models.PositiveIntegerField(default=0)
    folded = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "hour"], name="one_tally_an_hour")]
