"""What can be done with imports: one file per act."""

from chosach.desk.imports.services.check import check
from chosach.desk.imports.services.confirm import confirm
from chosach.desk.imports.services.discard import discard
from chosach.desk.imports.services.receive import Received, receive
from chosach.desk.imports.services.receive_pictures import ReceivedPictures, receive_pictures
from chosach.desk.imports.services.remap import remap

__all__ = ["Received", "ReceivedPictures", "check", "confirm", "discard", "receive", "receive_pictures", "remap"]
