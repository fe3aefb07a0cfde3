"""stem(): a word without its ending. Rough on purpose: it only has to treat all words alike."""

from __future__ import annotations


def stem(word: str) -> str:
    """The word without its ending: cries, cried and crying all give "cry". Rough on purpose, and the same for all words."""
    if len(word) > 4 and word.endswith(("ies", "ied")):
        return word[:-3] + "y"
    for ending in ("ing", "ed", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith(("ss", "us", "is")):
            word = _undouble(word[: -len(ending)])
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def _undouble(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiousl" else word
