"""A shelf of evidence that market surveillance keeps: a keeper that needs no case."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Refused
from chosach.desk.evidence import keepers, services
from chosach.desk.evidence.models import Evidence

SHELF = uuid.UUID(int=42)


def _own(actor: Actor, object_id: UUID, protected: bool = False) -> None:
    if actor.body_code != "market-surveillance" and not (actor.body_code == "police" and not protected):
        raise Refused("object.not_visible", refs={"shelf": str(object_id)})


@pytest.fixture(autouse=True)
def shelf(settings: Any, tmp_path: Path) -> Iterator[UUID]:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}},
    }
    keepers.register(keepers.Keeper("shelf", "Kệ thử", see=_own, add=_own, hand_over=_own, url=lambda _: "/"))
    yield SHELF
    keepers._keepers.pop("shelf")


@pytest.fixture
def add(cast: Any) -> Callable[..., Evidence]:
    """`add(b"…")`: a piece taken in by market surveillance."""

    def take(content: bytes = b"%PDF-1.4 hoa don", **given: Any) -> Evidence:
        values = {"name": "hoa-don.pdf", "description": "Hóa đơn", "source": "Chủ hàng giao nộp", "actor": cast["qltt.can-bo"].actor}
        return services.add("shelf", SHELF, chunks=[content], **(values | given))

    return take
