"""Numbers, dates and addresses in a listing's text, with their places and whether they can be what they look like.

    from chosach.text import extract

    for found in extract.find_all("Giá 1tr2, zalo o9l2.345.678, STK 0123456789 VCB, HSD 05/2026"):
        print(found.kind, found.value, found.valid, found.why_not, (found.start, found.end))

One function a kind, each on its own, and ``find_all`` for all of them with overlaps decided. Places are code points of the text as given.
Nothing here is looked up anywhere: ``valid`` means "of a shape that exists", never "given out". docs/extract.md has the forms and codes.
"""

from chosach.text.extract.accounts import accounts
from chosach.text.extract.addresses import addresses
from chosach.text.extract.codes import gtin_check_digit, gtin_prefix, gtins, tax_check_digit, tax_codes
from chosach.text.extract.contacts import emails, handles, links
from chosach.text.extract.expiry import expiries
from chosach.text.extract.found import Account, Address, Email, Expiry, Found, Gtin, Handle, Link, Paper, Phone, Price, TaxCode
from chosach.text.extract.papers import SORTS, papers
from chosach.text.extract.phones import phones
from chosach.text.extract.prices import prices
from chosach.text.extract.whole import KINDS, find_all

__all__ = [
    "KINDS", "SORTS", "Account", "Address", "Email", "Expiry", "Found", "Gtin", "Handle", "Link", "Paper", "Phone", "Price", "TaxCode",
    "accounts", "addresses", "emails", "expiries", "find_all", "gtin_check_digit", "gtin_prefix", "gtins", "handles", "links", "papers",
    "phones", "prices", "tax_check_digit", "tax_codes",
]  # fmt: skip
