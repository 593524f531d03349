"""All kinds together."""

from collections.abc import Callable, Collection, Sequence

from chosach.text.extract.accounts import accounts
from chosach.text.extract.addresses import addresses
from chosach.text.extract.codes import gtins, tax_codes
from chosach.text.extract.contacts import emails, handles, links
from chosach.text.extract.expiry import expiries
from chosach.text.extract.found import Found
from chosach.text.extract.papers import papers
from chosach.text.extract.phones import phones
from chosach.text.extract.prices import prices

#: Where two kinds claim the same words, the earlier one has them: it stands after a word that says what it is.
_BY_RIGHT: dict[str, Callable[[str], Sequence[Found]]] = {
    "email": emails,
    "tax_code": tax_codes,
    "account": accounts,
    "paper": papers,
    "expiry": expiries,
    "gtin": gtins,
    "phone": phones,
    "price": prices,
}
#: These are told besides: an address holds a house number, a Zalo account is a phone, a link holds a name.
_BESIDES: dict[str, Callable[[str], Sequence[Found]]] = {"handle": handles, "link": links, "address": addresses}

KINDS: tuple[str, ...] = (*_BY_RIGHT, *_BESIDES)


def find_all(text: str, kinds: Collection[str] = KINDS) -> list[Found]:
    """Everything found in a text, by place, or only these ``kinds`` (of ``KINDS``; ``ValueError`` for another).

    Words that two numeric kinds claim are one's alone (*STK 0912…* is an account, not a phone), whichever kinds are asked for;
    handles, links and addresses may lie over others.
    """
    unknown = set(kinds) - set(KINDS)
    if unknown:
        raise ValueError(f"no such kind: {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}")
    taken: list[tuple[int, int]] = []
    found: list[Found] = []
    for kind, extractor in _BY_RIGHT.items():
        for one in extractor(text):
            if any(one.start < end and start < one.end for start, end in taken):
                continue
            taken.append((one.start, one.end))
            if kind in kinds:
                found.append(one)
    for kind, extractor in _BESIDES.items():
        if kind in kinds:
            found += extractor(text)
    return sorted(found, key=lambda one: (one.start, one.end, one.kind))
