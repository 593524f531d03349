"""What can be done with labels and versions: a file per act."""

from chosach.desk.learning.services.correcting import restore_label, turn_label, withdraw_label
from chosach.desk.learning.services.masses import refuse_changes, refuse_mass, release_changes, release_mass
from chosach.desk.learning.services.promoting import promote, put_back
from chosach.desk.learning.services.rescreening import start_rescreening
from chosach.desk.learning.services.training import train

__all__ = [
    "promote",
    "put_back",
    "refuse_changes",
    "refuse_mass",
    "release_changes",
    "release_mass",
    "restore_label",
    "start_rescreening",
    "train",
    "turn_label",
    "withdraw_label",
]
