"""Vietnamese text as it is written in listings: a normal form that keeps marks and places, and fast matching on it."""

from chosach.text.matcher import DISGUISED, FOLDED, Hits, Matcher, Pattern, normalise

__all__ = ["DISGUISED", "FOLDED", "Hits", "Matcher", "Pattern", "normalise"]
