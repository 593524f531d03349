"""Set a weight of the score, with a reason; every lead is ranked anew."""

import math

from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor, system
from chosach.desk.core.errors import Problem
from chosach.desk.leads import weights
from chosach.desk.leads.models import Weight
from chosach.desk.leads.services.common import needed
from chosach.desk.leads.services.open_leads import open_leads
from chosach.desk.ledger.services import in_turn, record

LARGEST = 10_000_000.0


@in_turn
def set_weight(*, subject: str, value: float, ground: str, actor: Actor) -> Weight:
    """Set one weight. The earlier ones stay as history; scores and ranks follow at once."""
    actor.require("leads.weigh")
    if subject not in weights.defaults():
        raise Problem("weight.unknown", "Không có trọng số này.", where="subject")
    ground = needed(ground, "weight.ground_missing", "Hãy ghi lý do đổi trọng số.", "ground")[:300]
    if not math.isfinite(value) or not 0 <= value <= LARGEST:
        raise Problem("weight.out_of_range", "Trọng số phải là số không âm.", where="value")
    before = weights.current()[subject]
    weight = Weight.objects.create(subject=subject, value=value, ground=ground, on=businessdate.today(), by_id=actor.seat[0])
    record("leads.weight_set", actor=actor, refs={"weight": subject}, payload={"from": before, "to": value, "ground": ground})
    open_leads(actor=system("ranking"))
    return weight
