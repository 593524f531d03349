"""Listings → findings: which of the ten kinds a listing shows signs of, why, under which law, and what would clear the seller.

from chosach.screening import screen
findings = screen(table)            # Arrow in, Arrow out; shapes: chosach.screening.LISTING, FINDING
"""

from chosach.screening.engine import SCREENER_VERSION, screen
from chosach.screening.explain import explain, rules
from chosach.screening.model import Model
from chosach.screening.prices import PriceTable
from chosach.screening.schema import FINDING, KINDS, LISTING

__all__ = ["FINDING", "KINDS", "LISTING", "SCREENER_VERSION", "Model", "PriceTable", "explain", "rules", "screen"]
