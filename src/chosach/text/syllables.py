"""What stands for itself: Vietnamese syllables without marks, and English words that a key left over on a word would look like."""

from functools import lru_cache

_ONSETS = "b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_CLOSED = "a e i o u y ie ye oa oe ua ue uo uy uye"
_CODAS = "c ch m n ng nh p t"
_OPEN = """
a e i o u y ai ao au ay eo eu ia ie iu oa oe oi oai oay oao oeo ua ue ui uo uu uy uoi uou uya uay uyu ieu yeu uau uao uai
"""
_RARE = "xoong boong goong moong"

#: English words that end in a Telex key, double a letter or begin as teencode does, of those that listings use.
_ENGLISH = """
a i as is us was has gas bus plus less loss boss miss kiss mass pass class glass bass press dress cross ross moss
bar car far war star hair pair fair air for or her per our tour your over under ever near ear year wear bear gear
box fox max mix fix tax wax sex six next text ex relax
all call ball wall small tall will still till bill fill full pull well cell sell tell hello pro
see fee free tree bee coffee green been seen need feed seed speed deep keep sleep sheet feet meet week
too zoo moon soon room book look cook good wood food cool pool tool school boot foot root door floor
new now how show low slow view crew raw law draw saw paw jaw few flow snow row grow know own down town brown
off of if beef chef self golf wolf half add odd kid dad mad had read head
man mans cans fans pans sets lets pets tips tops caps maps laps hops hang hangs things pants tans vans bans
data date dates day days do does did dot dots zip zone zoom zero size
combo way fan fun teen ver ok maxi cow kong kai ps ms tv vs xs
"""


@lru_cache(maxsize=1)
def vietnamese() -> frozenset[str]:
    """Letters a–z only. A few syllables more than the language has."""
    rimes = [*_OPEN.split(), *(vowel + coda for vowel in _CLOSED.split() for coda in _CODAS.split())]
    onsets = ["", *_ONSETS.split()]
    before_front = ("k", "gh", "ngh")
    syllables = {
        onset + rime
        for onset in onsets
        for rime in rimes
        if (rime[0] in "eiy" or onset not in before_front) and not (onset == "gi" and rime[0] == "i")
    }
    return frozenset(syllables) | frozenset(_RARE.split())


@lru_cache(maxsize=1)
def known() -> frozenset[str]:
    """Words that stand for themselves."""
    return vietnamese() | frozenset(_ENGLISH.split())
