"""Where the traders of a ring stand in its drawing: computed when the ring changes, kept with the members, the same for the same ring."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

#: Above this the force between all pairs is not computed; such a ring is drawn in parts (`network`).
MOST = 400
ROUNDS = 120
Floats = NDArray[np.float64]


def places(traders: Sequence[UUID], ties: Mapping[tuple[UUID, UUID], float], centre: UUID | None = None) -> dict[UUID, tuple[float, float]]:
    """Trader → (x, y), both 0 to 1. `ties`: pair → bits. Tied traders stand near each other, others apart; `centre` begins in the middle.

    Begins on a spiral in the order of the traders, so nothing is drawn by lot; forces are those of Fruchterman and Reingold.
    """
    order = sorted(traders, key=lambda one: (one != centre, str(one)))
    total = len(order)
    if total == 1:
        return {order[0]: (0.5, 0.5)}
    at = np.arange(total)
    angle, radius = at * 2.399963, np.sqrt(at / total)
    place = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    if total <= MOST:
        number = {trader: index for index, trader in enumerate(order)}
        pairs = sorted((number[a], number[b], bits) for (a, b), bits in ties.items() if a in number and b in number and a != b)
        place = _settled(place, pairs)
    low, high = place.min(axis=0), place.max(axis=0)
    scaled = (place - low) / np.maximum(high - low, 1e-9)
    return {trader: (round(float(x), 4), round(float(y), 4)) for trader, (x, y) in zip(order, scaled, strict=True)}


def _settled(place: Floats, pairs: Sequence[tuple[int, int, float]]) -> Floats:
    total = len(place)
    wanted = 1.6 / np.sqrt(total)
    left, right = np.array([a for a, _, _ in pairs], dtype=np.int64), np.array([b for _, b, _ in pairs], dtype=np.int64)
    pull = np.array([min(2.0, 0.5 + bits / 12) for _, _, bits in pairs])
    for turn in range(ROUNDS):
        apart = place[:, None, :] - place[None, :, :]
        distance = np.sqrt((apart**2).sum(axis=2)) + 1e-6
        push = (apart * (wanted**2 / distance**2)[:, :, None]).sum(axis=1)
        if len(left):
            along = place[left] - place[right]
            force = along * (np.sqrt((along**2).sum(axis=1)) / wanted * pull)[:, None]
            np.subtract.at(push, left, force)
            np.add.at(push, right, force)
        push -= place * 0.6  # towards the middle, so that parts do not drift away
        length = np.sqrt((push**2).sum(axis=1)) + 1e-9
        step = 0.12 * (1 - turn / ROUNDS)
        place = place + push / length[:, None] * np.minimum(length, step)[:, None]
    return place
