"""How well marks are restored, above all those of the lexicon's terms: `python bench/tones.py LISTINGS.parquet [--titles 6000]`.

LISTINGS: `title`, `description`, and `group` where there is one. A fifth of the groups (by hash) is held out; the model is built from the
rest by the code that built the one that ships, and taught the same phrases. The marks of the held-out texts are taken off and restored.
Beside it in the same run: the most frequent form of each syllable; for terms *always meant*, *never where `fold` says no* (the ban) and
the more frequent reading of each term's letters in the texts that the model was built from.
"""

import argparse
import itertools
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from chosach.screening import syllables  # noqa: E402 - the script runs from anywhere
from chosach.screening.evidence import NEVER  # noqa: E402
from chosach.screening.lexicon import TERM, Entry, lexicon  # noqa: E402
from chosach.screening.meaning import LEAST, as_a_whole, forms, taught  # noqa: E402
from chosach.screening.tones import ToneModel  # noqa: E402
from chosach.screening.tones_build import Builder  # noqa: E402
from chosach.text import Matcher, Pattern  # noqa: E402

MOST = 100  #: occurrences of one term in one reading that are looked at: frequent ones must not drown the others
SHOWN = 5  #: occurrences of each reading, for a term to be shown by itself


def held_out(group: object) -> bool:
    return sha256(f"tones|{group}".encode()).digest()[0] % 5 == 0


def bare(text: str) -> str:
    """Without marks; the n-th code point stays the n-th."""
    return "".join(unicodedata.normalize("NFD", char)[0] for char in text).replace("đ", "d").replace("Đ", "D")


def marked(text: str) -> bool:
    told = [piece.form for piece in syllables.pieces(text) if syllables.is_syllable(piece.form)]
    return len(told) >= 3 and 2 * sum(form != syllables.fold(form) for form in told) >= len(told)


def split(path: Path) -> tuple[Builder, list[str], list[str], Counter[str]]:
    """The builder fed with four fifths; held-out titles; held-out texts with any term's letters; readings of terms in the four fifths."""
    builder = Builder()
    titles: dict[str, None] = {}
    texts: dict[str, None] = {}
    file = pq.ParquetFile(path)
    names = [name for name in ("title", "description", "group") if name in file.schema_arrow.names]
    readings: Counter[str] = Counter()
    number = 0
    for batch in file.iter_batches(batch_size=8192, columns=names):
        learnt: list[str] = []
        for row in batch.to_pylist():
            number += 1
            group = row.get("group", number)
            both = [unicodedata.normalize("NFC", text) for text in (row.get("title"), row.get("description")) if text]
            if held_out(group):
                titles.update(dict.fromkeys(both[:1]))
                texts.update(dict.fromkeys(both))
            else:
                for text in both:
                    builder.add(text, group)
                learnt += both[:1]
        readings.update(" ".join(told) for _, told, _ in occurrences(learnt))
    return builder, [t for t in titles if marked(t)], [t for t in texts if marked(t)], readings


def terms() -> list[Entry]:
    """Those that the screener asks about: with marks, not mere company."""
    found = [e for e in lexicon().entries if e.part == TERM and NEVER not in e.needs]
    return [e for e in found if list(forms(e.text)) != [syllables.fold(form) for form in forms(e.text)]]


def occurrences(texts: Sequence[str]) -> Iterator[tuple[Entry, list[str], tuple[str, int, int]]]:
    """Where a term's letters stand, once the marks are off: the term, the forms that were really written, the bare text and the place."""
    asked = terms()
    if not hasattr(occurrences, "matcher"):
        occurrences.matcher = Matcher([Pattern(entry.text, by_context=True) for entry in asked])  # type: ignore[attr-defined]
    for begin in range(0, len(texts), 4096):
        part = texts[begin : begin + 4096]
        plain = [bare(text) for text in part]
        hits = occurrences.matcher.find([pa.array(plain, pa.large_string())])  # type: ignore[attr-defined]
        for row, pattern, start, end in zip(hits.row.tolist(), hits.pattern.tolist(), hits.start.tolist(), hits.end.tolist(), strict=True):
            told = syllables.forms(part[row][start:end])
            if len(told) == len(forms(asked[pattern].text)):
                yield asked[pattern], told, (plain[row], start, end)


def by_syllable(model: ToneModel, titles: Sequence[str]) -> None:
    frequent: dict[str, str] = {}
    for k in np.argsort(model.counts, kind="stable"):
        frequent[syllables.fold(model.forms[k])] = model.forms[k]
    right = plain = total = whole = 0
    began = time.process_time()
    for title in titles:
        truth = syllables.forms(title)
        told = model.restored(bare(title))
        if len(told) != len(truth):
            continue
        at = [k for k, form in enumerate(truth) if syllables.is_syllable(form)]
        good = sum(told[k] == truth[k] for k in at)
        right, total, whole = right + good, total + len(at), whole + (good == len(at))
        plain += sum(frequent.get(syllables.fold(truth[k])) == truth[k] for k in at)
    took = time.process_time() - began
    print(f"held-out titles: {len(titles)}, syllables {total}")
    print(f"  restored rightly, by syllable        {right / total:.3f}   whole titles {whole / len(titles):.3f}")
    print(f"  most frequent form of each syllable  {plain / total:.3f}")
    print(f"  processor time                       {1e6 * took / total:.0f} µs a syllable")


@dataclass
class Tally:
    meant: list[float] = field(default_factory=list)
    true: list[bool] = field(default_factory=list)
    usual: list[bool] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


def asked(model: ToneModel, texts: Sequence[str], readings: Counter[str]) -> Tally:
    seen: Counter[tuple[str, bool]] = Counter()
    usual: dict[str, tuple[int, str]] = {}
    for told, many in readings.items():
        fold = " ".join(map(syllables.fold, told.split()))
        usual[fold] = max(usual.get(fold, (0, "")), (many, told))
    tally = Tally()
    for entry, told, (text, start, end) in occurrences(texts):
        wanted = forms(entry.text)
        true = tuple(told) == wanted
        seen[entry.text, true] += 1
        if seen[entry.text, true] > MOST:
            continue
        tally.meant += [as_a_whole(meant, len(wanted)) for meant in model.meant(text, [(start, end, wanted)])]
        tally.true.append(true)
        fold = " ".join(map(syllables.fold, wanted))
        tally.usual.append(usual.get(fold, (0, " ".join(wanted)))[1] == " ".join(wanted))
        tally.entries.append(entry)
    return tally


def area(true: Sequence[bool], score: Sequence[float]) -> float:
    """Of a true and a false occurrence drawn at random, how often the true one scores higher (a tie: half)."""
    yes, no = [s for s, t in zip(score, true, strict=True) if t], [s for s, t in zip(score, true, strict=True) if not t]
    if not yes or not no:
        return float("nan")
    order = np.sort(np.array(no))
    below = np.searchsorted(order, yes, "left") + np.searchsorted(order, yes, "right")
    return float(below.sum() / 2 / len(yes) / len(no))


def line(name: str, true: Sequence[bool], said: Sequence[bool], extra: str = "") -> None:
    both = sum(t and s for t, s in zip(true, said, strict=True))
    precision = both / sum(said) if any(said) else float("nan")
    right = sum(t == s for t, s in zip(true, said, strict=True)) / len(true)
    print(f"  {name:<40}{precision:9.3f}{both / max(1, sum(true)):9.3f}{right:9.3f}   {extra}")


def by_term(tally: Tally) -> None:
    for fold in ("", "yes", "weak", "no"):
        at = [k for k, entry in enumerate(tally.entries) if fold in ("", entry.fold)]
        true = [tally.true[k] for k in at]
        if not at:
            continue
        name = f"fold = {fold}" if fold else "all terms"
        print(f"{name}: {len(at)} places, {sum(true)} meant; {len({tally.entries[k].text for k in at})} terms")
        print(f"  {'':<40}{'precision':>9}{'recall':>9}{'right':>9}")
        meant = [tally.meant[k] for k in at]
        kept = [tally.meant[k] >= LEAST[tally.entries[k].fold] for k in at]
        line("by the words around, as screened", true, kept, f"area {area(true, meant):.3f}")
        line("by the words around, at 0.5", true, [value >= 0.5 for value in meant])
        line("always meant", true, [True] * len(at))
        line("never where fold = no (the ban)", true, [tally.entries[k].fold != "no" for k in at])
        line(
            "the term's more frequent reading",
            true,
            [tally.usual[k] for k in at],
            f"area {area(true, [float(tally.usual[k]) for k in at]):.3f}",
        )
    print("said, of so many, meant in truth")
    edges = [0.0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98, 1.01]
    for low, high in itertools.pairwise(edges):
        at = [k for k, value in enumerate(tally.meant) if low <= value < high]
        if at:
            said, truth = np.mean([tally.meant[k] for k in at]), np.mean([tally.true[k] for k in at])
            print(f"  {low:4.2f}–{min(high, 1):4.2f} {said:7.3f} {len(at):7} {truth:7.3f}")
    print("the same of terms of three syllables and more")
    for low, high in itertools.pairwise(edges):
        at = [k for k, value in enumerate(tally.meant) if low <= value < high and len(forms(tally.entries[k].text)) > 2]
        if at:
            said, truth = np.mean([tally.meant[k] for k in at]), np.mean([tally.true[k] for k in at])
            print(f"  {low:4.2f}–{min(high, 1):4.2f} {said:7.3f} {len(at):7} {truth:7.3f}")
    each: dict[str, list[int]] = defaultdict(list)
    for k, entry in enumerate(tally.entries):
        each[entry.text].append(k)
    print("terms with both readings: places, meant, area")
    for text, at in sorted(each.items()):
        true = [tally.true[k] for k in at]
        if min(sum(true), len(true) - sum(true)) >= SHOWN:
            print(f"  {text:<24}{len(at):6}{sum(true):6}   {area(true, [tally.meant[k] for k in at]):.3f}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("listings", type=Path)
    arguments.add_argument("--titles", type=int, default=6000, help="held-out titles to restore")
    told = arguments.parse_args()
    builder, titles, texts, readings = split(told.listings)
    model = taught(builder.model({}))
    print(f"built from {builder.sentences} sentences: {len(model.forms)} forms, {len(model.pairs)} pairs")
    by_syllable(model, titles[: told.titles])
    by_term(asked(model, texts, readings))


if __name__ == "__main__":
    main()
