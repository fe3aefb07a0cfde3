"""weigh(): how much the words of a text speak for a notice.

Each word, each pair of words, the class of meaning that a word belongs to, each field of meaning and the shape of the text (a
statement or a question, who is in it, whether it is about crying) has a weight in evidence.tsv, as the signals of a question have
in weights.tsv. bench/fit_safety.py fits them. A class of meaning lets a word speak that no statement held from which the weights
were fitted; senses.tsv has them (bench/senses.py). What these clues say and what `filters` hear is added.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import exp, log, sqrt

from .filters import KINDS, PAUSE, QUESTION, Filters
from .model import ALWAYS, HUNDRED
from .records import NamedTuple
from .stems import stem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .disguise import Words
    from .model import EvidenceTables, Weights

    Names = Mapping[str, tuple[str, str]]

PEOPLE = ("partner", "child", "kin", "friend", "they", "them", "client", "therapist", "i")
# What a text's clues share between them, and how many there are in thought beside them: a few clues are no certainty.
STRENGTH, SPARE = 4.0, 10
# How much the odds by the clues count, and those by the filters.
CLUES, HEARD = 0.85, 0.5

_ASKING = frozenset(
    "how what why when where who which whose is are am do does did can could should would will shall has have was were may might "
    "any anyone".split()
)
_CRYING = frozenset(
    "cry cries cried crying tears tear teary tearful weep weeps wept weeping sob sobs sobbed sobbing bawl bawled bawling well "
    "welled wells welling eyes blub blubbed emotional upset hug hugs hugged hugging breakthrough session first".split()
)
_SHORT, _MIDDLING = 4, 30  # words


class Weighed(NamedTuple):
    """The log-odds that a text calls for a notice, and the kind that is likelier."""

    odds: float
    kind: str


class Evidence:
    """The tables made ready."""

    def __init__(
        self,
        tables: EvidenceTables | None,
        fields: Mapping[str, Iterable[tuple[str, ...]]],
        people: Mapping[str, str],
    ) -> None:
        """Take the tables, the words of each field of meaning, and whom a word stands for."""
        self.tables = tables
        self.filters = Filters(tables.filters) if tables and tables.filters else None
        self.people = people
        self.fields: dict[str, list[str]] = {}
        for field, rows in fields.items():
            for row in rows:
                self.fields.setdefault(row[0], []).append(field.removeprefix("field_"))

    def weigh(self, words: Words, *, asks: bool) -> Weighed | None:
        """What the words speak for; `asks` says that there is a question mark. None without weights."""
        if self.tables is None:
            return None
        names = self._names(words)
        sums = _sums(self._clues(words, names, asks=asks), self.tables.kinds)
        if self.filters is None:
            return Weighed(_odds(sums), max(KINDS, key=sums.__getitem__))
        heard = self.filters.weigh(_row(words, names, asks=asks))
        both = {kind: CLUES * sums[kind] + HEARD * heard[kind] for kind in KINDS}
        return Weighed(CLUES * _odds(sums) + HEARD * _odds(heard), max(KINDS, key=both.__getitem__))

    def variants(self, words: Words, *, asks: bool) -> dict[str, float]:
        """How well each of the notices on a crisis fits the words, in log-odds; empty without weights."""
        if self.tables is None:
            return {}
        return _sums(self.clues(words, asks=asks), self.tables.variants)

    def clues(self, words: Words, *, asks: bool) -> set[str]:
        """What counts of a text."""
        return self._clues(words, self._names(words), asks=asks)

    def _names(self, words: Words) -> Names:
        """The stem of each word and its class of meaning, or ""."""
        stems = {word: stem(word) for word in words.plain}
        senses = self.tables.senses.rows(stems.values()) if self.tables else {}
        return {word: (found, f"#{senses[found]}" if found in senses else "") for word, found in stems.items()}

    def heard(self, words: Words, *, asks: bool) -> list[tuple[str, ...]]:
        """The words as the filters hear them: each with its class; pauses and a question mark too."""
        return _row(words, self._names(words), asks=asks)

    def _clues(self, words: Words, names: Names, *, asks: bool) -> set[str]:
        """Words by stem, pairs with and without one between, classes beside words, people and classes, fields, the shape."""
        present = set(words.plain)
        people = {self.people[word] for word in present if word in self.people}
        row = [names[word][0] for word in words.plain]
        kinds = [names[word][1] for word in words.plain]
        clues = {*row, *(f"={sort}" for sort in people)}
        clues |= {f"{first} {second}" for first, second in pairwise(["^", *row, "$"])}
        clues |= {f"{first} _ {third}" for first, third in zip(row, row[2:], strict=False)}
        clues |= {f"{first} {kind}" for first, kind in zip(row, kinds[1:], strict=False) if kind}
        clues |= {f"{kind} {second}" for kind, second in zip(kinds, row[1:], strict=False) if kind}
        for kind in {*kinds} - {""}:
            clues.add(kind)
            clues |= {f"{kind} & {sort}" for sort in people}
        asks = asks or any(word in _ASKING for place, word in enumerate(words.plain) if not place or place in words.pauses)
        return clues | _shape(words.plain, present, people, asks=asks) | self._fields(present, people, asks=asks)

    def _fields(self, present: set[str], people: set[str], *, asks: bool) -> set[str]:
        """The fields of meaning that are touched, how often, and who is there."""
        clues = set()
        counts = Counter(field for word in present for field in self.fields.get(word, ()))
        for field, count in counts.items():
            clues |= {f"+{field}", f"+{field} asked" if asks else f"+{field} told"}
            clues |= {f"+{field} x{number}" for number in (2, 3) if count >= number}
            clues |= {f"+{field} & {sort}" for sort in people}
            if "therapist" not in people:
                clues.add(f"+{field} & no therapist")
        return clues


def _row(words: Words, names: Names, *, asks: bool) -> list[tuple[str, ...]]:
    row: list[tuple[str, ...]] = []
    for place, word in enumerate(words.plain):
        if place and place in words.pauses:
            row.append((PAUSE,))
        row.append((word, names[word][1]))
    return [*row, (QUESTION,)] if asks else row


def _sums(clues: set[str], weights: Weights) -> dict[str, float]:
    """The log-odds by column."""
    known = weights.rows(clues).values()
    share = STRENGTH / sqrt(len(known) + SPARE)
    return {
        column: (base + share * sum(row[place] for row in known)) / HUNDRED
        for place, (column, base) in enumerate(zip(weights.columns, weights.row(ALWAYS), strict=True))
    }


def _odds(sums: Mapping[str, float]) -> float:
    """The log-odds of any kind against none."""
    top = max(sums.values())
    return top + log(sum(exp(value - top) for value in sums.values()))


def _shape(plain: list[str], present: set[str], people: set[str], *, asks: bool) -> set[str]:
    length = "short" if len(plain) <= _SHORT else "middling" if len(plain) <= _MIDDLING else "long"
    way = "asked" if asks else "told"
    about = " ".join(
        name
        for name, true in (("me", "i" in people), ("therapist", "therapist" in people), ("crying", not present.isdisjoint(_CRYING)))
        if true
    )
    others = "kin" if people & {"partner", "kin", "child", "friend"} else "they" if "they" in people else "nobody"
    return {f"@{way} {length} {about}", f"@{way} {'me' if 'i' in people else ''}", f"@{way} {others} {about}"}
