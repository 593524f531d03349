"""Frozen sets of listings in the project's own words, for measuring the screener. This package only locates its files.

`tiers.csv`: for each of the ten kinds strong, medium and weak cases, and innocent listings that use the suspicious words honestly.
`disguise.csv`: terms in natural titles, each hidden in one way; half A may be looked at, half B once, at the end.
`disguise_clean.csv`: clean titles that wear the same decorations. `frozen.toml`: their SHA-256. See `docs/sets.md`.
"""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
TIERS = FOLDER / "tiers.csv"
DISGUISE = FOLDER / "disguise.csv"
DISGUISE_CLEAN = FOLDER / "disguise_clean.csv"
FROZEN = FOLDER / "frozen.toml"
