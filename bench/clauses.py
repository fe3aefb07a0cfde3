"""Clauses: a danger is often told in one clause of a longer text, and fit_safety.py learns from it apart."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from therapycry.sentences import part

if TYPE_CHECKING:
    from therapycry.disguise import Words

# A clause begins before one of these words, or at a pause.
JOINTS = frozenset(
    "and but because when while although though so that which who if until till since or then as cause cos cuz except even where "
    "plus yet whether what how why".split()
)
LEAST = 3  # words of a clause; a shorter one is told with its neighbour
MOST = 40  # clauses of a text that are looked at


def clauses(words: Words) -> list[Words]:
    """The clauses, where there are several: a text is cut at its pauses and before conjunctions."""
    count = len(words.plain)
    cuts = {place for place in words.pauses if place < count} | {place for place, word in enumerate(words.plain) if word in JOINTS}
    edges = [0]
    for cut in sorted({*cuts, count}):
        if cut - edges[-1] >= LEAST or (cut == count and cut > edges[-1]):
            edges.append(cut)
    if len(edges) > 2 and edges[-1] - edges[-2] < LEAST:
        del edges[-2]
    return [part(words, start, end) for start, end in pairwise(edges)][:MOST] if len(edges) > 2 else []
