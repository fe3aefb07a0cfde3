"""Filters: what a text says three words at a time.

A convolution over words with the maximum over the text (Y. Kim 2014, "Convolutional neural networks for sentence classification",
EMNLP, doi 10.3115/v1/D14-1181), which bench/fit_filters.py fits. Clues (`evidence`) know which words stand in a text; a filter
knows words of like meaning in a like order, also such as no statement held, and one place suffices, however long the text.

What a filter makes of three words is the sum of what it makes of each in its place. heard.tsv has these numbers for each word: a
sign for each filter, first those of the first place, then of the second, then of the third. All filters are added at once, as
digits of one whole number: three of the largest still fit into a digit.
"""

from __future__ import annotations

from operator import mul

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .model import FilterTables

EDGE, PAUSE, QUESTION, UNKNOWN = "^", ",", "?", "-"
KINDS = ("crisis", "misconduct")  # what a text may call for
PLACES = 3  # words that a filter hears at a time
LEAST, MOST = "#", "x"  # the signs of the smallest number, 0, and of the largest, 85
FLOOR = "floor"
UNIT = 10_000  # weights are in ten-thousandths of log-odds
_LEVELS = bytes(max(0, sign - ord(LEAST)) for sign in range(256))


class Filters:
    """The tables made ready."""

    def __init__(self, tables: FilterTables) -> None:
        """Take what the filters make of each word, and what they weigh."""
        self.heard = tables.heard
        _, *self.floors = tables.filters.row(FLOOR)
        self.weights = {kind: tables.filters.row(kind) for kind in KINDS}

    def weigh(self, words: Iterable[tuple[str, ...]]) -> dict[str, float]:
        """The log-odds of each kind against none; of a word's names the first counts that heard.tsv has."""
        edge = (EDGE,)
        row = [edge, edge, edge, *words, edge, edge]
        rows = self.heard.rows({UNKNOWN, *(name for name, *_ in row)})
        rows |= self.heard.rows({name for first, *others in row if first not in rows for name in others})
        known = {names: self._numbers(next(rows[name] for name in (*names, UNKNOWN) if name in rows)) for names in {*row}}
        heard = [known[names] for names in row]
        count = len(self.floors)
        sums = [
            (first[0] + second[1] + third[2]).to_bytes(count, "big")
            for first, second, third in zip(heard, heard[1:], heard[2:], strict=False)
        ]
        loudest = map(max, zip(*sums, strict=True))
        loud = [most - floor if most > floor else 0 for most, floor in zip(loudest, self.floors, strict=True)]
        return {kind: (base + sum(map(mul, weights, loud))) / UNIT for kind, (base, *weights) in self.weights.items()}

    def _numbers(self, signs: str) -> tuple[int, ...]:
        """What the filters make of a word in each of the three places."""
        count, levels = len(self.floors), signs.encode("ascii").translate(_LEVELS)
        return tuple(int.from_bytes(levels[start : start + count], "big") for start in range(0, PLACES * count, count))
