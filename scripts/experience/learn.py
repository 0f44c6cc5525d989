"""Logistic regression over sparse traits: proximal gradient descent with momentum (FISTA), in numpy, no randomness."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

ROUNDS = 300
LEAST = 2
"""A trait of one example alone says nothing about others."""

SHRINK = 3.0
"""The weight of the squared weights in what is minimised: holds rare traits near zero."""

SPARSE = 0.1
"""The weight of their absolute values: makes most rare traits exactly zero."""

UNSURE = 0.3
"""How much an example counts of which the judges were not sure."""

Known = Sequence[tuple[Sequence[str], float]]


def learn(known: Known) -> dict[str, float]:
    """Return the weight of each trait; "" is the bias. Labels lie from 0 to 1; 0.5 is unsure."""
    counts = Counter(trait for traits, _ in known for trait in traits)
    index = {trait: at for at, trait in enumerate(sorted(t for t, count in counts.items() if count >= LEAST))}
    cells = [(row, index[t]) for row, (traits, _) in enumerate(known) for t in traits if t in index]
    rows, columns = (np.array(side, dtype=np.int64) for side in zip(*cells, strict=True))
    labels = np.array([label for _, label in known])
    matter = np.where(labels == 0.5, UNSURE, 1.0)  # noqa: PLR2004 - the label of the unsure
    width = int(np.bincount(rows).max())
    steps = 1 / (0.25 * np.bincount(columns, minlength=len(index)) * width / 2 + SHRINK)
    bias_step = 2 / len(known)
    weights, bias = np.zeros(len(index)), 0.0
    ahead, bias_ahead, pace = weights, bias, 1.0
    for _ in range(ROUNDS):
        sums = np.bincount(rows, weights=ahead[columns], minlength=len(known)) + bias_ahead
        miss = matter * (1 / (1 + np.exp(-sums)) - labels)
        slope = np.bincount(columns, weights=miss[rows], minlength=len(index)) + SHRINK * ahead
        moved = ahead - steps * slope
        moved = np.sign(moved) * np.maximum(np.abs(moved) - SPARSE * steps, 0)
        bias_moved = bias_ahead - bias_step * miss.sum()
        quicker = (1 + np.sqrt(1 + 4 * pace**2)) / 2
        push = (pace - 1) / quicker
        ahead, bias_ahead = moved + push * (moved - weights), bias_moved + push * (bias_moved - bias)
        weights, bias, pace = moved, bias_moved, quicker
    found = {trait: float(weights[at]) for trait, at in index.items() if weights[at]}
    return {"": float(bias), **found}
