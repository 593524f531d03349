"""The words of labelled listings are weighed as the figures of a plain logistic regression say, however many listings there are."""

import numpy as np

from chosach.screening.linear import Texts, logistic


def some(texts: int, seed: int = 0) -> tuple[list[np.ndarray], np.ndarray]:
    rng = np.random.default_rng(seed)
    found = [np.unique(rng.integers(0, 40, rng.integers(0, 9))) for _ in range(texts)]
    right = np.array([float(7 in places or rng.random() < 0.1) for places in found])
    return found, right


def test_no_other_weights_make_the_loss_smaller() -> None:
    found, right = some(60)
    count = 1.0 + 4.0 * right
    weights = logistic(Texts.of(found, 40), right, count, 0.1)
    dense = np.zeros((60, 41))
    for row, places in enumerate(found):
        dense[row, places] = 1.0 / max(1.0, len(places)) ** 0.5
    dense[:, 40] = 1.0
    p = 1.0 / (1.0 + np.exp(-(dense @ weights)))
    slope = dense.T @ (count * (p - right)) + 0.1 * weights
    assert np.abs(slope).max() < 1e-5


def test_the_same_texts_give_the_same_weights_to_the_last_bit() -> None:
    found, right = some(200, 1)
    once, again = (logistic(Texts.of(found, 40), right, np.ones(200), 0.1) for _ in range(2))
    assert once.tobytes() == again.tobytes()


def test_a_text_without_letters_is_told_by_the_base_alone() -> None:
    texts = Texts.of([np.array([1, 2]), np.zeros(0, np.int64)], 4)
    assert texts.times(np.array([1.0, 2.0, 3.0, 4.0, 0.5])).tolist() == [5.0 / 2**0.5 + 0.5, 0.5]
