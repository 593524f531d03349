"""Letters that look like a Latin one: of other scripts, turned, small, in circles and squares.

Two sources, both our own layout: a rule on the names that Unicode gives its characters ("LATIN LETTER SMALL CAPITAL N", "LATIN SMALL
LETTER TURNED E", "NEGATIVE SQUARED LATIN CAPITAL LETTER R"), read from Python's ``unicodedata``; and the pairs below, chosen by eye
for the scripts that sellers' keyboards and "fancy text" pages offer. The idea is that of the confusables of UTS 39; its file is not used.
"""

import re
import unicodedata

_SHAPES = "TURNED|REVERSED|SIDEWAYS|INVERTED|DOTLESS|BARRED|SCRIPT|INSULAR|BLACKLETTER|LONG|AFRICAN|CLOSED|SMALL|CAPITAL"
_NAMED = re.compile(
    rf"(?:(?:LATIN|MODIFIER)(?: SMALL| CAPITAL)* LETTER(?: (?:{_SHAPES}))*|(?:NEGATIVE )?(?:CIRCLED|SQUARED) LATIN CAPITAL LETTER)"
    r" ([A-Z])(?: WITH .*)?"
)

#: Latin letter → letters of other scripts and phonetic ones that pass for it, in lower case where the script has one.
_BY_EYE = {
    "a": "аαɑɐᎪᗅꓮ",
    "b": "вβьᏴᗷꓐϐ",
    "c": "сϲᴄɔᏟᑕꓚⲥ",
    "d": "ԁɗᎠᗞꓓժ",
    "e": "еёєεɛǝɘəϵᎬꓰ",
    "f": "ϝꓝғᖴẝ",
    "g": "ɡɢᏀꓖԍց",
    "h": "һнʜᎻᕼꓧհ",
    "i": "іιɩıïΐɪӏᏆ",
    "j": "јϳᎫᒍꓙյ",
    "k": "кκϰᏦꓗ",
    "l": "ʟᏞᒪꓡ",
    "m": "мᎷᗰꓟ",
    "n": "ηпɴꓠող",
    "o": "оοσөᎤꓳօ",
    "p": "рρϱᏢᑭꓑ",
    "q": "ԛզգǫ",
    "r": "гʀᏒꓣᖇ",
    "s": "ѕꜱᏚꓢʂ",
    "t": "тτꓔ",
    "u": "υцսꓴᑌµμ",
    "v": "ѵνᏙꓦᐯ",
    "w": "ԝωшѡᏔꓪ",
    "x": "хχᕽꓫ",
    "y": "уүγʏꓬყ",
    "z": "зʐᏃꓜ",
}
LOOK_ALIKES = {char: letter for letter, chars in _BY_EYE.items() for char in chars}


def by_name(char: str) -> str:
    """The small Latin letter that the character's name says it is a shape of, else nothing."""
    found = _NAMED.fullmatch(unicodedata.name(char, ""))
    return found.group(1).lower() if found else ""
