"""weigh(): how much the words of a text speak for a notice, where no saying of the safety data is met.

Each word and pair of words, each field of meaning and the shape of the text (a statement or a question, who is in it, whether it
is about crying) has a weight in evidence.tsv, as the signals of a question have in weights.tsv. bench/fit_safety.py fits them.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .disguise import Words
    from .model import Weights

PEOPLE = ("partner", "child", "kin", "friend", "they", "them", "client", "therapist", "i")
KINDS = ("crisis", "misconduct")
# What a text's clues share between them.
STRENGTH = 4.0

_ASKING = frozenset(
    "how what why when where who which whose is are am do does did can could should would will shall has have was were may might "
    "any anyone".split()
)
_CRYING = frozenset(
    "cry cries cried crying tears tear teary tearful weep weeps wept weeping sob sobs sobbed sobbing bawl bawled bawling well "
    "welled wells welling eyes blub blubbed emotional upset hug hugs hugged hugging breakthrough session first".split()
)
_ENDINGS = ("ings", "ing", "ed", "es", "s", "ly")
_SHORT, _MIDDLING = 4, 30  # words


class Evidence:
    """The weights made ready."""

    def __init__(self, weights: Weights | None, fields: Mapping[str, Iterable[tuple[str, ...]]], people: Mapping[str, str]) -> None:
        """Take the weights, the words of each field of meaning, and the sort of person that a word stands for."""
        self.weights = weights
        self.people = people
        self.fields: dict[str, list[str]] = {}
        for field, rows in fields.items():
            for row in rows:
                self.fields.setdefault(row[0], []).append(field.removeprefix("field_"))

    def weigh(self, words: Words, *, asks: bool) -> dict[str, float]:
        """The likelihood that the words call for each kind of notice, from 0 to 1."""
        if self.weights is None:
            return dict.fromkeys(KINDS, 0.0)
        likelihood = self.weights.likelihood(self.weights.rows(sorted(self.clues(words, asks=asks))), STRENGTH)
        return {kind: likelihood[kind] for kind in KINDS}

    def clues(self, words: Words, *, asks: bool) -> set[str]:
        """What counts: words by their stem, people, fields of meaning and whom they meet, and the shape of the text."""
        present = set(words.plain)
        people = {self.people[word] for word in present if word in self.people}
        stems = [_stem(word) for word in words.plain]
        clues = {f"word {stem}" for stem in stems} | {f"words {first} {second}" for first, second in pairwise(stems)}
        clues |= {f"={sort}" for sort in people}
        asks = asks or any(word in _ASKING for place, word in enumerate(words.plain) if not place or place in words.pauses)
        clues |= _shape(words.plain, present, people, asks=asks)
        counts = Counter(field for word in present for field in self.fields.get(word, ()))
        for field, count in counts.items():
            clues |= {f"{field}", f"{field} asked" if asks else f"{field} told"}
            clues |= {f"{field} x{number}" for number in (2, 3) if count >= number}
            clues |= {f"{field} & {sort}" for sort in people}
            if "therapist" not in people:
                clues.add(f"{field} & no therapist")
        return {clue for clue in clues if clue}


def _shape(plain: list[str], present: set[str], people: set[str], *, asks: bool) -> set[str]:
    length = "short" if len(plain) <= _SHORT else "middling" if len(plain) <= _MIDDLING else "long"
    way = "asked" if asks else "told"
    about = " ".join(
        name
        for name, true in (("me", "i" in people), ("therapist", "therapist" in people), ("crying", not present.isdisjoint(_CRYING)))
        if true
    )
    others = "kin" if people & {"partner", "kin", "child", "friend"} else "they" if "they" in people else "nobody"
    first = plain[0] if plain else ""
    return {f"@{way} {length} {about}", f"@{way} {'me' if 'i' in people else ''}", f"@{way} {others} {about}", f"^{first}"}


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:  # noqa: PLR2004 (a stem has three letters)
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2]:  # noqa: PLR2004
                word = word[:-1]
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word  # noqa: PLR2004
