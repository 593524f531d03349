"""A made-up marketplace: sellers, rings, honest goods and violations of every kind, from a seed.

Everything here is invented for the project: shops, people, phone numbers (in the range 095, which has no subscribers), texts.
"""

from chosach.demo.market.make import Market, make_market

__all__ = ["Market", "make_market"]
