"""Parts of a text: its sentences, so that an exception in one does not refute what another tells."""

from __future__ import annotations

from itertools import pairwise

from .disguise import Words


def part(words: Words, start: int, end: int) -> Words:
    """The words from `start` to before `end`, with the ends and pauses among them."""
    return Words(words.plain[start:end], *(frozenset(at - start for at in places if start <= at <= end) for places in words[1:]))


def sentences(words: Words) -> list[Words]:
    """The sentences, where there are several."""
    count = len(words.plain)
    edges = sorted({0, *(end for end in words.ends if end < count), count})
    return [part(words, start, end) for start, end in pairwise(edges)] if len(edges) > 2 else []  # noqa: PLR2004
