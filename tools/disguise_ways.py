"""The ways of hiding a word that `make_disguises.py` applies. Written from what sellers do, not from what the screener can read."""

import random
import re
import unicodedata
from collections.abc import Callable

Way = Callable[[str, random.Random], str]

TONES = {"\u0300": 2, "\u0301": 1, "\u0309": 3, "\u0303": 4, "\u0323": 5}
TELEX_TONE = " sfrxj"  # by the number that VNI gives the tone
VOWELS = "aăâeêioôơuưy"
CYRILLIC = str.maketrans("aceopxyiABCEHKMOPTXY", "асеорхуіАВСЕНКМОРТХУ")
GREEK = str.maketrans("aionuvABEHIKMNOTXYZ", "αιοηυνΑΒΕΗΙΚΜΝΟΤΧΥΖ")
LEET = str.maketrans("aeiouAEIOU" + "tsgTSG", "4310u" + "4310U" + "759" + "759")
SIGNS = str.maketrans("aAsS", "@@$$")
SMALL = str.maketrans("abcdefghijklmnopqrtuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀᴛᴜᴠᴡʏᴢ")
EMOJI = "🔥✨🌸⭐💥🍀💎🎁"
OLD_PLACEMENT = {"óa": "oá", "òa": "oà", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "óe": "oé", "úy": "uý", "ủy": "uỷ", "ùy": "uỳ"}
TEENCODE = [
    (r"\bph", "f"),
    (r"\bgi", "j"),
    (r"\bqu", "w"),
    (r"\bhàng\b", "hg"),
    (r"\bkhông\b", "k"),
    (r"\bkh", "k"),
    (r"\bd", "z"),
    (r"\bc(?!h)", "k"),
]


def folded(text: str) -> str:
    """Without tone and vowel marks, as typed on a phone without a Vietnamese keyboard."""
    bare = "".join(mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark))
    return bare.replace("đ", "d").replace("Đ", "D")


def letters_of(word: str) -> list[str]:
    """The word's letters, each with the combining marks that stand on it."""
    return re.findall(r".[\u0300-\u036f]*", word)


def between(sign: str) -> Way:
    """The sign between the letters of every word."""
    return lambda term, _: " ".join(sign.join(letters_of(word)) for word in term.split())


def styled(upper: int, lower: int, gaps: dict[str, str] | None = None) -> Way:
    """Letters of another Unicode alphabet on the bare letter, marks kept as combining characters."""

    def apply(term: str, _: random.Random) -> str:
        out = []
        for letter in unicodedata.normalize("NFD", term.replace("đ", "d").replace("Đ", "D")):
            if gaps and letter in gaps:
                out.append(gaps[letter])
            elif "A" <= letter <= "Z":
                out.append(chr(upper + ord(letter) - ord("A")))
            elif "a" <= letter <= "z":
                out.append(chr(lower + ord(letter) - ord("a")))
            else:
                out.append(letter)
        return "".join(out)

    return apply


def translated(table: dict[int, int], *, fold: bool = False) -> Way:
    """Letters replaced on the decomposed form, put together again where Unicode has the letter."""

    def apply(term: str, _: random.Random) -> str:
        text = folded(term) if fold else unicodedata.normalize("NFD", term)
        return unicodedata.normalize("NFC", text.translate(table))

    return apply


def noise(signs: str) -> Way:
    """Invisible characters at random places within every word, at least one a word."""

    def apply(term: str, chance: random.Random) -> str:
        words = []
        for word in term.split():
            letters = letters_of(word)
            must = chance.randrange(1, len(letters)) if len(letters) > 1 else 1
            words.append(
                "".join(
                    letter + (chance.choice(signs) if place + 1 == must or (chance.random() < 0.4 and place + 1 < len(letters)) else "")
                    for place, letter in enumerate(letters)
                )
            )
        return " ".join(words)

    return apply


def marks(sign: str) -> Way:
    """A combining mark on every letter."""
    return lambda term, _: "".join(letter + sign if letter.isalpha() else letter for letter in term)


def repeated(times: tuple[int, ...], *, vowels: bool) -> Way:
    """One letter of every word drawn out."""

    def apply(term: str, chance: random.Random) -> str:
        words = []
        for word in term.split():
            places = [n for n, letter in enumerate(word) if letter.isalpha() and (folded(letter).lower() in "aeiouy") == vowels]
            place, times_here = (chance.choice(places), chance.choice(times)) if places else (0, 1)
            words.append(word[:place] + word[place] * times_here + word[place + 1 :])
        return " ".join(words)

    return apply


def keyed(word: str, *, telex: bool) -> str:
    """A word as the keys were hit, with the input method switched off."""
    out, tone = [], 0
    for letter in word:
        parts = unicodedata.normalize("NFD", letter)
        base, rest = parts[0], parts[1:]
        key = base
        if base in "đĐ":
            key = ("dd" if base == "đ" else "Dd") if telex else ("d9" if base == "đ" else "D9")
        for mark in rest:
            if mark == "\u0302":
                key += base.lower() if telex else "6"
            elif mark == "\u031b":
                key += "w" if telex else "7"
            elif mark == "\u0306":
                key += "w" if telex else "8"
        for mark in rest:
            if mark in TONES:
                tone = TONES[mark]
                if telex:
                    key += TELEX_TONE[tone]
        out.append(key)
    return "".join(out) + (str(tone) if tone and not telex else "")


def moved_tone(term: str, _: random.Random) -> str:
    """The tone mark on the neighbouring vowel (giả → gỉa, thuốc → thúôc)."""
    words = []
    for word in term.split():
        if any(pair in word.lower() for pair in OLD_PLACEMENT):
            words.append(word)
            continue
        letters = [unicodedata.normalize("NFD", letter) for letter in word]
        for place, letter in enumerate(letters):
            tone = next((mark for mark in letter if mark in TONES), "")
            if not tone:
                continue
            others = [n for n in (place - 1, place + 1) if 0 <= n < len(word) and folded(word[n]).lower() in "aeiouy"]
            if others:
                letters[place] = letter.replace(tone, "")
                letters[others[0]] += tone
            break
        words.append(unicodedata.normalize("NFC", "".join(letters)))
    return " ".join(words)


def old_placement(term: str, _: random.Random) -> str:
    """hóa → hoá."""
    return re.sub("|".join(OLD_PLACEMENT), lambda hit: OLD_PLACEMENT[hit.group()], term)


def teencode(term: str, _: random.Random) -> str:
    """The first two spellings of the young that fit."""
    text, done = term.lower(), 0
    for plain, young in TEENCODE:
        if done < 2 and re.search(plain, text):
            text, done = re.sub(plain, young, text, count=1), done + 1
    return text if done else term


def alternated(term: str, _: random.Random) -> str:
    """hÀnG gIả."""
    return "".join(letter.upper() if place % 2 else letter.lower() for place, letter in enumerate(term))


def emoji(term: str, chance: random.Random) -> str:
    """A picture between the letters."""
    sign = chance.choice(EMOJI)
    return " ".join(sign.join(word) for word in term.split())


def bracketed(term: str, chance: random.Random) -> str:
    """Every letter, or one letter of every word, in brackets."""
    if chance.random() < 0.5:
        return " ".join("".join(f"[{letter}]" for letter in word) for word in term.split())
    words = []
    for word in term.split():
        place = chance.randrange(len(word))
        words.append(f"{word[:place]}({word[place]}){word[place + 1 :]}")
    return " ".join(words)


def gap(term: str, chance: random.Random) -> str:
    """One space inside every word of three letters or more (Cha nel)."""
    words = []
    for word in term.split():
        letters = letters_of(word)
        place = chance.randrange(1, len(letters)) if len(letters) > 2 else 0
        words.append(f"{''.join(letters[:place])} {''.join(letters[place:])}" if place else word)
    return " ".join(words)


def broken_line(term: str, chance: random.Random) -> str:
    """The term over two lines, between words or in the middle of one."""
    words = term.split()
    if len(words) > 1 and chance.random() < 0.5:
        return words[0] + "\n" + " ".join(words[1:])
    place = chance.randrange(1, len(words[-1]))
    return " ".join([*words[:-1], words[-1][:place] + "-\n" + words[-1][place:]])


def chained(*ways: Way) -> Way:
    """One way after the other."""

    def apply(term: str, chance: random.Random) -> str:
        for way in ways:
            term = way(term, chance)
        return term

    return apply


def fold(term: str, _: random.Random) -> str:
    return folded(term)


def circled(term: str, chance: random.Random) -> str:
    return styled(0x24B6, 0x24D0)(folded(term), chance)


SCRIPT_GAPS = dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True))
DOUBLE_GAPS = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))
ITALIC_GAPS = {"h": "ℎ"}

MIXED: tuple[Way, ...] = (
    chained(fold, between(".")),
    chained(translated(LEET), noise("\u200b\u200c")),
    chained(styled(0xFF21, 0xFF41), between("-")),
    chained(repeated((3, 4), vowels=True), translated(CYRILLIC)),
    chained(alternated, between("_")),
    chained(fold, translated(SIGNS), between("*")),
    chained(marks("\u0336"), gap),
)


def mixed(term: str, chance: random.Random) -> str:
    """Two ways at once."""
    return chance.choice(MIXED)(term, chance)


# name → what it does to the term; WHOLE does it to the whole title, because there it is the writer's habit and not one word
WAYS: dict[str, Way] = {
    "dots": between("."),
    "dotted-capitals": lambda term, _: ".".join(letter for letter in term.upper() if letter != " "),
    "spaces": lambda term, _: "  ".join(" ".join(word) for word in term.split()),
    "gap": gap,
    "hyphens": between("-"),
    "underscores": between("_"),
    "slashes": between("/"),
    "asterisks": between("*"),
    "joined": lambda term, _: "".join(term.split()),
    "zero-width": noise("\u200b\u200c"),
    "joiners": noise("\u200d\u2060\ufeff"),
    "soft-hyphen": noise("\u00ad"),
    "variation-selectors": noise("\ufe0e\ufe0f"),
    "combining-marks": marks("\u0336"),
    "full-width": styled(0xFF21, 0xFF41),
    "math-bold": styled(0x1D400, 0x1D41A),
    "math-italic": styled(0x1D434, 0x1D44E, ITALIC_GAPS),
    "math-script": styled(0x1D49C, 0x1D4B6, SCRIPT_GAPS),
    "double-struck": styled(0x1D538, 0x1D552, DOUBLE_GAPS),
    "circled": circled,
    "small-capitals": lambda term, _: folded(term).lower().translate(SMALL),
    "cyrillic": translated(CYRILLIC),
    "greek": translated(GREEK),
    "leet": translated(LEET),
    "signs": translated(SIGNS),
    "stretched": repeated((3, 4, 5), vowels=True),
    "doubled": repeated((2,), vowels=False),
    "moved-tone": moved_tone,
    "old-placement": old_placement,
    "telex": lambda term, _: " ".join(keyed(word, telex=True) for word in term.split()),
    "vni": lambda term, _: " ".join(keyed(word, telex=False) for word in term.split()),
    "emoji": emoji,
    "brackets": bracketed,
    "alternated": alternated,
    "teencode": teencode,
    "broken-line": broken_line,
    "mixed": mixed,
}
WHOLE: dict[str, Callable[[str], str]] = {
    "nfd": lambda title: unicodedata.normalize("NFD", title),
    "no-diacritics": folded,
}
