"""Terms read without their marks: kept where the sentence makes it likely that they were meant (``tones``)."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import exp

import numpy as np

from chosach.screening import syllables
from chosach.screening.data import rows
from chosach.screening.evidence import NEVER, Hit
from chosach.screening.lexicon import FIELDS, NAME, lexicon
from chosach.screening.tones import ToneModel
from chosach.text import letters
from chosach.text.matcher import ALONE, FOLDED

#: Least probability that the term was meant, by what terms.csv says of it (``fold``): few other readings, some, an everyday one.
LEAST = {"yes": 0.1, "weak": 0.2, "no": 0.3}
#: Of that remains so much where the text around has marks.
AMID = 0.6
#: As how many more sightings a pair of syllables in the lexicon counts: of what is forbidden, listings that were left standing hold little.
TERM_WEIGHT = 6.0
#: The same of the everyday phrases that collide with terms (readings.csv).
READING_WEIGHT = 10.0
#: The chain knows pairs only, and a phrase of more syllables as little as the pairs in it. That all of its letters stand there by chance is
#: rarer with each: the odds count e times for each syllable beyond the second, two at most. (Of held-out places with terms of three
#: syllables said to be meant with 0.1 to 0.5 73 % were, of four 85 %, of two 22 %: ``bench/tones.py``.)
MOST_BEYOND = 2

TONED_ONE_IN = 25


@lru_cache(maxsize=1)
def model() -> ToneModel:
    """The model that ships, taught the lexicon's phrases and the everyday ones beside them."""
    return taught(ToneModel.shipped())


def taught(counted: ToneModel) -> ToneModel:
    """``counted``, and the phrases of the lexicon and of readings.csv."""
    phrases = (forms(entry.text) for entry in lexicon().entries if entry.part != NAME)
    pairs = sorted({pair for phrase in phrases for pair in pairwise(phrase)})  # once each: a word of many phrases is no likelier for it
    return counted.taught(
        [*((pair, TERM_WEIGHT) for pair in pairs), *((forms(row["phrase"]), READING_WEIGHT) for row in rows("readings.csv"))]
    )


@lru_cache(maxsize=1 << 12)
def forms(phrase: str) -> tuple[str, ...]:
    return tuple(syllables.forms(phrase))


def settled(hits: Sequence[Hit], text: Mapping[str, str]) -> list[Hit]:
    """``hits`` without those that were hardly meant; of the rest that were read without marks ``meant`` says how likely.

    ``text``: the fields by name. Words that say nothing by themselves stay as they are, and so do those written in a style of their
    own: who hides a word meant it. Amid marked text a bare word counts less (``AMID``): it may be a name.
    """
    asked: dict[int, list[int]] = {}
    for place, hit in enumerate(hits):
        if hit.flags & (FOLDED | ALONE) == FOLDED and NEVER not in hit.entry.needs:
            asked.setdefault(hit.field, []).append(place)
    if not asked:
        return list(hits)
    told = list(hits)
    dropped = set()
    for field, places in asked.items():
        answers = model().meant(text[FIELDS[field]], [(hits[k].start, hits[k].end, forms(hits[k].entry.text)) for k in places])
        amid = _marked(text[FIELDS[field]])
        for place, by_pairs in zip(places, answers, strict=True):
            meant = as_a_whole(by_pairs, len(forms(hits[place].entry.text)))
            if meant < LEAST[hits[place].entry.fold]:
                dropped.add(place)
            else:
                told[place] = hits[place]._replace(meant=meant * AMID if amid else meant)
    return [hit for place, hit in enumerate(told) if place not in dropped]


def as_a_whole(meant: float, syllables: int) -> float:
    """What the chain says of a phrase, and that it is one of so many syllables."""
    if syllables <= 2 or not 0.0 < meant < 1.0:
        return meant
    odds = meant / (1.0 - meant) * exp(min(MOST_BEYOND, syllables - 2))
    return odds / (1.0 + odds)


def _marked(text: str) -> bool:
    """Was more than a word or two of it written with marks? (The matcher's own line between the two: one letter in 25.)"""
    symbols, marks, _ = letters.table()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = codes[codes < len(symbols)]
    is_letter = symbols[codes] < 26
    return bool(TONED_ONE_IN * np.count_nonzero(marks[codes[is_letter]]) > np.count_nonzero(is_letter))
