"""Parts of a text: the sentences and the clauses of its words, so that what is told beside a danger does not drown it."""

from __future__ import annotations

from itertools import pairwise

from .disguise import Words

# A clause begins before one of these words, or at a pause.
_JOINTS = frozenset(
    "and but because when while although though so that which who if until till since or then as cause cos cuz except even where "
    "plus yet whether what how why".split()
)
_LEAST = 3  # words of a clause; a shorter one is told with its neighbour
_MOST = 40  # clauses of a text that are looked at


def part(words: Words, start: int, end: int) -> Words:
    """The words from `start` to before `end`, with the ends and pauses among them."""
    return Words(words.plain[start:end], *(frozenset(at - start for at in places if start <= at <= end) for places in words[1:]))


def sentences(words: Words) -> list[Words]:
    """The sentences, where there are several."""
    count = len(words.plain)
    return _parts(words, sorted({0, *(end for end in words.ends if end < count), count}))


def clauses(words: Words) -> list[Words]:
    """The clauses, where there are several: a text is cut at its pauses and before conjunctions."""
    count = len(words.plain)
    cuts = {place for place in words.pauses if place < count} | {place for place, word in enumerate(words.plain) if word in _JOINTS}
    edges = [0]
    for cut in sorted({*cuts, count}):
        if cut - edges[-1] >= _LEAST or (cut == count and cut > edges[-1]):
            edges.append(cut)
    if len(edges) > 2 and edges[-1] - edges[-2] < _LEAST:  # noqa: PLR2004 (one clause has two edges)
        del edges[-2]
    return _parts(words, edges)[:_MOST]


def _parts(words: Words, edges: list[int]) -> list[Words]:
    return [part(words, start, end) for start, end in pairwise(edges)] if len(edges) > 2 else []  # noqa: PLR2004
