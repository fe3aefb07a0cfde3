"""read(): what a person asked: words, repaired spelling, concepts, who cries, what is asked, and the signals that follow.

The lexicon (`data/lexicon.toml`) says which words carry which concepts; this module only finds them.
"""

from __future__ import annotations

from .crying import Scene
from .lexicon import REPAIR_FROM
from .model import Reading
from .records import NamedTuple
from .signals import signals
from .stems import stem
from .words import STOP, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .lexicon import Lexicon

# What a question asks about its subject; the other concepts say what it is about.
ASKS = ("why", "common", "how_often", "meaning", "allowed", "what_happens", "breakthrough", "first", "between")
# Phrases of this concept mean somebody else by a therapist's word ("massage therapist", "therapy dog"), so the words lose theirs.
ELSEWHERE = "work_other"
# Strange words that are looked up for repair; a text with more is no question.
REPAIR_AT_MOST = 60
# Up to so many words that may be near are compared here: to load rapidfuzz for them would cost two bare start-ups.
_FEW = 32


class Token(NamedTuple):
    """A word as read: its stem, the word, and the concepts it carries on its own or with its neighbours."""

    stem: str
    word: str
    concepts: tuple[str, ...]


def read(asked: str, lexicon: Lexicon) -> Reading:
    """What was understood of `asked`; never raises, whatever the text."""
    spelt, repaired = _repair(words(asked, lexicon.spellings, lexicon.emoji), lexicon)
    tokens = annotate(spelt, lexicon)
    scene = Scene(tokens)
    cries = scene.who_cries()
    concepts = tuple(dict.fromkeys(concept for token in tokens for concept in token.concepts))
    return Reading(
        words=tuple(word for word in spelt if word != STOP),
        repaired=tuple(repaired),
        concepts=concepts,
        cries=cries,
        asks=tuple(ask for ask in ASKS if ask in concepts),
        signals=signals(tokens, cries, clinician=scene.clinician),
    )


def annotate(spelt: Sequence[str], lexicon: Lexicon) -> list[Token]:
    """The words with the concepts that they and the phrases around them carry."""
    stems = [stem(word) for word in spelt]
    found: list[list[str]] = [list(lexicon.singles.get(item, ())) for item in stems]
    for start, first in enumerate(stems):
        for phrase, concept in lexicon.phrases.get(first, ()):
            if stems[start : start + len(phrase)] == phrase:
                if concept == ELSEWHERE:
                    found[start : start + len(phrase)] = [[] for _ in phrase]
                found[start].append(concept)
    return [Token(item, word, tuple(sorted(set(concepts)))) for item, word, concepts in zip(stems, spelt, found, strict=True)]


def _repair(spelt: list[str], lexicon: Lexicon) -> tuple[list[str], list[tuple[str, str]]]:
    """The words with misspelt ones replaced by the nearest word of the lexicon; words that are known stay as they are."""
    strange = [word for word in dict.fromkeys(spelt) if len(word) >= REPAIR_FROM and word.isalpha() and not lexicon.knows(word)]
    replaced = {word: new for word in strange[:REPAIR_AT_MOST] if (new := _nearest(word, lexicon))}
    return [replaced.get(word, word) for word in spelt] if replaced else spelt, list(replaced.items())


def _nearest(word: str, lexicon: Lexicon) -> str | None:
    """The word of the vocabulary that `word` most likely stands for: one slip up to five letters, two up to nine, then three.

    A word of three letters is only found with the same letters, swapped ("hgu") or doubled ("huug").
    """
    # Most slips are one letter, and no other word is nearer.
    for new in lexicon.targets:
        if new[0] == word[0] and -2 < len(new) - len(word) < 2 and (len(new) > 3 or set(new) == set(word)) and _one_slip(word, new):
            return new
    most = 1 if len(word) < 6 else 2 if len(word) < 10 else 3
    letters = set(word)
    near = [new for new in lexicon.targets if _may_be_near(word, letters, new, most - (new[0] != word[0]))] if most > 1 else []
    found = _by_rapidfuzz(word, near, most) if len(near) > _FEW else [(_slips(word, new), rank) for rank, new in enumerate(near)]
    best = [
        (slips + (near[rank][0] != word[0]), rank) for slips, rank in found if len(near[rank]) > 3 or set(near[rank]) == letters
    ]
    return near[min(best)[1]] if best and min(best)[0] <= most else None


def _by_rapidfuzz(word: str, near: list[str], most: int) -> list[tuple[int, int]]:
    """The distance and the place of those words that are at most so far: where there are many, it is worth loading a library."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    return [(distance, rank) for _, distance, rank in extract(word, near, scorer=OSA.distance, score_cutoff=most, limit=None)]


def _slips(word: str, other: str) -> int:
    """How many letters are added, left out or changed, or neighbours swapped: the optimal string alignment distance."""
    before, last = list[int](), list(range(len(other) + 1))
    for row, letter in enumerate(word, 1):
        now = [row]
        for column, there in enumerate(other, 1):
            least = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != there))
            if row > 1 < column and letter == other[column - 2] and word[row - 2] == there:
                least = min(least, before[column - 2] + 1)
            now.append(least)
        before, last = last, now
    return last[-1]


def _may_be_near(word: str, letters: set[str], other: str, most: int) -> bool:
    """Whether two words may lie within `most` slips: each slip brings either at most one letter that it had too few of."""
    others = set(other)
    return (
        -most <= len(word) - len(other) <= most
        and len(letters - others) <= most >= len(others - letters)
        and sum(max(0, word.count(letter) - other.count(letter)) for letter in letters) <= most
        and sum(max(0, other.count(letter) - word.count(letter)) for letter in others) <= most
    )


def _one_slip(word: str, other: str) -> bool:
    """Whether one letter is added, left out or changed, or two neighbours are swapped: a distance (OSA) of 1."""
    least = min(len(word), len(other))
    start = next((at for at in range(least) if word[at] != other[at]), least)
    end = next((at for at in range(least - start) if word[-1 - at] != other[-1 - at]), least - start)
    here, there = word[start : len(word) - end], other[start : len(other) - end]
    return max(len(here), len(there)) == 1 or (len(here) == 2 and here == there[::-1])
