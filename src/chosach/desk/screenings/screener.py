"""The screener as the desk uses it: the engine's, with a correction that was learnt from decisions.

A long run takes its screener once, when it is begun (`screenings.services.begin_run`), and holds to it (`of_run`); what is put in force
meanwhile is for the next run. Single questions take the one in force (`in_use`).
"""

from dataclasses import dataclass
from functools import lru_cache

import pyarrow as pa

from chosach.desk.core import businessdate
from chosach.desk.screenings.models import Correction, ScreeningRun
from chosach.screening import SCREENER_VERSION, correction, screen


@dataclass(frozen=True)
class Screener:
    """The engine with this correction; None: the engine as it ships."""

    learnt: correction.Correction | None

    @property
    def name(self) -> str:
        """The version that stands in findings: engine + correction."""
        return SCREENER_VERSION if self.learnt is None else correction.corrected_name(SCREENER_VERSION, self.learnt)

    def screened(self, listings: pa.Table) -> pa.Table:
        """Findings of these listings as of the business date."""
        found = screen(listings, as_of=businessdate.today())
        return found if self.learnt is None else correction.correct(listings, found, self.learnt)


def in_use() -> Screener:
    """The screener that a run which begins now would hold to."""
    return Screener(in_force())


def of_run(run: ScreeningRun) -> Screener:
    """The screener that this run holds to."""
    return Screener(None if run.correction is None else loaded(run.correction.digest))


def screened(listings: pa.Table) -> tuple[pa.Table, str]:
    """Findings of these listings by the screener in force, and its version."""
    screener = in_use()
    return screener.screened(listings), screener.name


def version() -> str:
    """The version that screens now."""
    return in_use().name


def in_force() -> correction.Correction | None:
    """The correction that is in force; None while there is none."""
    digest = Correction.objects.filter(in_force=True).values_list("digest", flat=True).first()
    return None if digest is None else loaded(digest)


@lru_cache(maxsize=4)
def loaded(digest: str) -> correction.Correction:
    """The kept correction of this id. A digest names its bytes, so what was read once holds."""
    return correction.Correction.load(bytes(Correction.objects.get(digest=digest).content))
