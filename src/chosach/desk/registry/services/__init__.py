"""What can be done to the registry: one file per act."""

from chosach.desk.registry.services.join import join_traders
from chosach.desk.registry.services.locate import place_again
from chosach.desk.registry.services.regroup import Regrouped, regroup
from chosach.desk.registry.services.rescreen import Moved, replace_findings
from chosach.desk.registry.services.search import search_identifier
from chosach.desk.registry.services.set_place import set_place
from chosach.desk.registry.services.state import state_identifier, withdraw_identifier
from chosach.desk.registry.services.take_batch import BatchCounts, take_batch
from chosach.desk.registry.services.take_pictures import PictureCounts, ReadPicture, take_pictures

__all__ = [
    "BatchCounts", "Moved", "PictureCounts", "ReadPicture", "Regrouped", "join_traders", "place_again", "regroup",
    "replace_findings", "search_identifier", "set_place", "state_identifier", "take_batch", "take_pictures", "withdraw_identifier",
]  # fmt: skip
