"""Pictures of the made-up marketplace, sent on the last day and left for the worker that the site starts.

Reading them ties three more sellers to the network, and shows that two shops are paid into one account.
"""

import zipfile
from pathlib import Path

from django.conf import settings

from chosach.demo.market.make import Market
from chosach.demo.market.pictures import planted
from chosach.demo.marketplace import ANALYST, LATE, arrived, market_file
from chosach.demo.world import actors
from chosach.desk.imports import services
from chosach.desk.imports.models import Import, PictureFile

#: A file that is no picture and one that no listing names, as such files have them.
STRAY = {"doc-truoc.txt": "Ảnh chụp màn hình các gian hàng.".encode(), "anh-khong-ro.jpg": b""}


def pictures_file() -> Path:
    """Where the ZIP lies; an officer can send it again to see that nothing is added twice."""
    return Path(settings.HOME) / "demo" / "anh-cho-gia-lap.zip"


def write_pictures(market: Market) -> None:
    """Draw the pictures and pack them."""
    with zipfile.ZipFile(pictures_file(), "w") as archive:
        for name, content in (planted(market, late=LATE) | STRAY).items():
            archive.writestr(zipfile.ZipInfo(name), content)


def send_pictures() -> PictureFile:
    """Send the ZIP for the first import, as the analyst would. Its job is left for the worker."""
    found = Import.objects.get(file_name=market_file().name)
    return services.receive_pictures(arrived(pictures_file()), found.id, actor=actors()[ANALYST]).file
