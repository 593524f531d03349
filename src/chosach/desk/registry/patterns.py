"""The seller's pattern beside a finding: of how many of this channel's listings the same is said.

The desk counts what it holds now; `chosach.screening.sellers` says when so many of so many are worth telling. It weighs nothing: a
finding's probability depends on its listing alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count

from chosach.desk.core.words import number
from chosach.desk.registry.models import Finding, Listing
from chosach.screening.sellers import LIKELY, RULE, TOLD, is_pattern

_Counts = tuple[int, Mapping[str, int]]


@dataclass
class Patterns:
    """What channels have, asked once for each and told once for each kind. For one page: what it holds is not refreshed."""

    _of: dict[UUID, _Counts] = field(default_factory=dict)
    _told: set[tuple[UUID, str]] = field(default_factory=set)

    def told(self, finding: Finding, channel: UUID | None) -> str:
        """The sentence beside this finding; "" where there is nothing to tell, where the page told it already, or where the finding came
        with one of its own."""
        if channel is None or finding.probability < TOLD or any(reason.get("rule") == RULE for reason in finding.reasons):
            return ""
        total, likely = self._counts(channel)
        same = likely.get(finding.kind, 0)
        if (channel, finding.kind) in self._told or not is_pattern(same, total):
            return ""
        self._told.add((channel, finding.kind))
        return f"Cùng dấu hiệu: {number(same)} trong {number(total)} tin của người bán này."

    def _counts(self, channel: UUID) -> _Counts:
        if channel not in self._of:
            likely = Finding.objects.filter(listing__channel=channel, current=True, probability__gte=LIKELY).order_by()
            by_kind = dict(likely.values("kind").annotate(n=Count("listing", distinct=True)).values_list("kind", "n"))
            self._of[channel] = (Listing.objects.filter(channel=channel).count(), by_kind)
        return self._of[channel]
