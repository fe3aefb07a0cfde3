"""read(): what a person asked: words, repaired spelling, concepts, who cries, what is asked, and the signals that follow.

The lexicon (`data/lexicon.toml`) says which words carry which concepts; this module only finds them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from .crying import speaks_as_clinician, who_cries
from .model import Reading
from .signals import signals
from .stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# Of a longer text only the beginning and the end are read: that is where people put their question.
READ_CHARACTERS = 6_000
# What a question asks about its subject; the other concepts say what it is about.
ASKS = ("why", "common", "how_often", "meaning", "allowed", "what_happens", "breakthrough", "first", "between")

_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)*|%|[.?!;\n]+|[^\x00-\x7f]")
_QUOTES = str.maketrans("\u2018\u2019\u02bc\u201b\u0060\u00b4\uff07", "'''''''")
_REPEATED = re.compile(r"([a-z])\1{2,}")
_CLOSING = re.compile(r"(?:[\s,.!?;:~-]*\b(?:please|pls|plz|thanks|thank you|thx|ty|cheers|many thanks|thanks in advance)\b)+[\s,.!?;:~)-]*$")
_OPENING = re.compile(r"^(?:[\s,.!?]*\b(?:please|hi|hello|hey|hiya|good morning|good evening)\b[\s,.!?:-]+)+")
_CONTRACTED = {"n't": "not", "'m": "am", "'ve": "have", "'re": "are", "'ll": "will", "'d": "would", "'s": ""}
_MIN_REPAIR = 3


class Token(NamedTuple):
    """A word as read: its stem, the word, and the concepts it carries on its own or with its neighbours."""

    stem: str
    word: str
    concepts: frozenset[str]


class Lexicon:
    """The lexicon made ready for reading: built once for each handbook."""

    def __init__(self, data: Mapping[str, Any], known: Iterable[str] = ()) -> None:
        """Take the tables of lexicon.toml, and the stems that the weights know."""
        concepts: Mapping[str, list[str]] = data.get("concepts", {})
        self.spellings: Mapping[str, str] = data.get("spellings", {})
        self.emoji: Mapping[str, str] = data.get("emoji", {})
        self.singles: dict[str, set[str]] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self.vocabulary: dict[str, None] = {}
        for concept, texts in concepts.items():
            for text in texts:
                self._add(concept, text)
        self.targets = [word for word in self.vocabulary if len(word) >= _MIN_REPAIR]
        self.known = {stem(word) for word in self.vocabulary} | set(known)
        self._common: str | frozenset[str] = data.get("common", "")

    @property
    def common(self) -> frozenset[str]:
        """The stems of common words, which repair leaves alone; made ready when the first strange word turns up."""
        if isinstance(self._common, str):
            self._common = frozenset(self._common.split())
        return self._common

    def _add(self, concept: str, text: str) -> None:
        words = [word for word in _split(text, self.spellings) if word != "."]
        stems = tuple(map(stem, words))
        self.vocabulary.update(dict.fromkeys(words))
        if len(stems) == 1:
            self.singles.setdefault(stems[0], set()).add(concept)
        elif stems:
            self.phrases.setdefault(stems[0], []).append((stems, concept))


def normalise(asked: str) -> str:
    """The text in one spelling of everything that carries no meaning: case, quotes, composition, invisible characters."""
    if len(asked) > READ_CHARACTERS:
        asked = f"{asked[: READ_CHARACTERS // 2]}\n{asked[-READ_CHARACTERS // 2 :]}"
    text = _INVISIBLE.sub("", asked)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_QUOTES))
        text = "".join(letter for letter in text if not unicodedata.combining(letter)).translate(_QUOTES)
    text = _REPEATED.sub(r"\1\1", text.replace(" T ", " therapist ").casefold())
    stripped = _OPENING.sub("", _CLOSING.sub("", text))
    return stripped if stripped.strip(" .?!,") else text


def _split(text: str, spellings: Mapping[str, str]) -> Iterator[str]:
    """The words of normalised text, contractions taken apart; "." stands for the end of a sentence."""
    for word in _WORD.findall(text):
        if word in spellings:
            yield from spellings[word].split()
        elif word[0] in ".?!;\n":
            yield "."
        elif "'" in word:
            yield from _expand(word, spellings)
        else:
            yield word


def _expand(word: str, spellings: Mapping[str, str]) -> Iterator[str]:
    whole = word.replace("'", "")
    if whole in spellings and not word.endswith("'d"):
        yield from spellings[whole].split()
        return
    for ending, full in _CONTRACTED.items():
        if word.endswith(ending):
            yield word[: -len(ending)].replace("'", "")
            if full:
                yield full
            return
    yield whole


def words_of(asked: str, lexicon: Lexicon) -> list[str]:
    """The words of the question, before repair."""
    text = normalise(asked)
    if lexicon.emoji and not text.isascii():
        text = "".join(f" {lexicon.emoji[letter]} " if letter in lexicon.emoji else letter for letter in text)
    return [word for word in _split(text, lexicon.spellings) if word == "." or word.isascii()]


def read(asked: str, lexicon: Lexicon) -> Reading:
    """What was understood of `asked`; never raises, whatever the text."""
    words, repaired = _repair(words_of(asked, lexicon), lexicon)
    tokens = annotate(words, lexicon)
    cries = who_cries(tokens)
    concepts = tuple(dict.fromkeys(concept for token in tokens for concept in sorted(token.concepts)))
    return Reading(
        words=tuple(word for word in words if word != "."),
        repaired=tuple(repaired),
        concepts=concepts,
        cries=cries,
        asks=tuple(ask for ask in ASKS if ask in concepts),
        signals=signals(tokens, cries, clinician=speaks_as_clinician(tokens)),
    )


def annotate(words: list[str], lexicon: Lexicon) -> list[Token]:
    """The words with the concepts that they and the phrases around them carry."""
    stems = [stem(word) for word in words]
    found: list[set[str]] = [set(lexicon.singles.get(item, ())) for item in stems]
    for start, first in enumerate(stems):
        for phrase, concept in lexicon.phrases.get(first, ()):
            end = start + len(phrase)
            if tuple(stems[start:end]) == phrase:
                if concept == "work_other":
                    for at in range(start, end):
                        found[at].clear()
                found[start].add(concept)
    return [Token(item, word, frozenset(concepts)) for item, word, concepts in zip(stems, words, found, strict=True)]


def _repair(words: list[str], lexicon: Lexicon) -> tuple[list[str], list[tuple[str, str]]]:
    """The words with misspelt ones replaced by the nearest word of the lexicon; common words stay as they are."""
    strange = {word for word in words if len(word) >= _MIN_REPAIR and word.isalpha() and stem(word) not in lexicon.known}
    unknown = {word for word in strange if stem(word) not in lexicon.common} if strange else strange
    if not unknown:
        return words, []
    replace = {word: _nearest(word, lexicon) for word in sorted(unknown)[:200]}
    repaired = [(word, new) for word, new in replace.items() if new]
    return [replace.get(word) or word for word in words], repaired


def _nearest(word: str, lexicon: Lexicon) -> str | None:
    """The word of the vocabulary that `word` most likely stands for: one slip up to five letters, two up to nine, then three.

    A word of three letters is only found with the same letters, swapped ("hgu") or doubled ("huug").
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    most = 1 if len(word) < 6 else 2 if len(word) < 10 else 3
    near = extract(word, lexicon.targets, scorer=OSA.distance, score_cutoff=most, limit=8)
    best = [(distance + (new[0] != word[0]), rank, new) for new, distance, rank in near if len(new) > 3 or set(new) == set(word)]
    return min(best)[2] if best and min(best)[0] < most + 0.9 else None
