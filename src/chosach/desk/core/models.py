"""Tables of the core: the business date."""

import uuid

from django.db import models


def new_id() -> uuid.UUID:
    """A random id. Ids stand in addresses, so they must not be guessable or tell how many there are."""
    return uuid.uuid4()


class Noun(models.Model):
    """Base of every noun: a random id and the real time at which the row was made."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)

    class Meta:
        abstract = True


class SimulatedDate(models.Model):
    """The business date when it is not the real one (the demo, an exercise). At most one row."""

    singleton = models.BooleanField(primary_key=True, default=True)
    date = models.DateField("ngày làm việc giả lập")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(singleton=True), name="one_simulated_date")]
