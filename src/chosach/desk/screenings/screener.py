"""The screener as the desk uses it: the engine's, with the correction that is in force."""

from functools import lru_cache

import pyarrow as pa

from chosach.desk.core import businessdate
from chosach.desk.screenings.models import Correction
from chosach.screening import SCREENER_VERSION, correction, screen


def screened(listings: pa.Table) -> tuple[pa.Table, str]:
    """Findings of these listings as of the business date, and the version that found them (engine + correction)."""
    found = screen(listings, as_of=businessdate.today())
    learnt = in_force()
    if learnt is None:
        return found, SCREENER_VERSION
    return correction.correct(listings, found, learnt), correction.corrected_name(SCREENER_VERSION, learnt)


def version() -> str:
    """The version that screens now."""
    learnt = in_force()
    return SCREENER_VERSION if learnt is None else correction.corrected_name(SCREENER_VERSION, learnt)


def in_force() -> correction.Correction | None:
    """The correction that is in force; None while there is none."""
    digest = Correction.objects.filter(in_force=True).values_list("digest", flat=True).first()
    return None if digest is None else loaded(digest)


@lru_cache(maxsize=4)
def loaded(digest: str) -> correction.Correction:
    """The kept correction of this id. A digest names its bytes, so what was read once holds."""
    return correction.Correction.load(bytes(Correction.objects.get(digest=digest).content))
