"""Make the model that linking starts from: learnt on made-up sellers, then softened, because real traders have more than one of everything.

    PYTHONPATH=src python -m tools.link_model

Written: `src/chosach/linking/data/model.json`. The records are 120,000 of `bench/sellers.py`, seed 7; their truth is not told.
"""

from pathlib import Path

from bench.sellers import make

from chosach.linking.comparisons import BY_FIELD, COMPARISONS, Comparison
from chosach.linking.engine import link
from chosach.linking.model import Model, uninformed

TARGET = Path(__file__).resolve().parents[1] / "src/chosach/linking/data/model.json"
#: In this share of pairs a trader shows another name, shop, phone, account or address than before.
ANOTHER = {"name": 0.03, "seller_name": 0.15, "phone": 0.15, "bank_account": 0.15, "address": 0.15}
#: Fields that the made-up records lack: set by hand. One trader has another handle and link on every site.
BY_HAND = {
    "tax_code": ({"same": 0.85, "figure": 0.08, "figures": 0.02, "other": 0.05}, 1e-5),
    "email": ({"same": 0.7, "other_host": 0.04, "letters": 0.08, "near": 0.03, "other": 0.15}, 1e-5),
    "handle": ({"same": 0.45, "letter": 0.08, "other": 0.47}, 1e-5),
    "url": ({"same": 0.2, "other": 0.8}, 1e-5),
}


def _by_hand(one: Comparison) -> tuple[dict[str, float], dict[str, float]]:
    m, chance = BY_HAND[one.field]
    rare = len(m) - 1
    return m, {name: 1 - rare * chance if name == "other" else chance for name in m}


def main() -> None:
    """Learn, soften, write."""
    records, _ = make(120_000, seed=7)
    learnt = link(records, model=None, edges=False, start=uninformed(COMPARISONS)).model
    m: dict[str, dict[str, float]] = {}
    u: dict[str, dict[str, float]] = {}
    for field, one in BY_FIELD.items():
        if field in BY_HAND:
            m[field], u[field] = _by_hand(one)
            continue
        u[field] = dict(learnt.u[field])
        m[field] = {
            name: float(f"{(1 - ANOTHER[field]) * learnt.m[field][name] + ANOTHER[field] * u[field][name]:.4g}") for name in learnt.m[field]
        }
    TARGET.write_text(Model(1e-4, m, u).to_json(), encoding="utf-8")


if __name__ == "__main__":
    main()
