"""words(): a text as plain words, in one spelling of everything that carries no meaning."""

from __future__ import annotations

import re
import unicodedata

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Of a longer text only the beginning and the end are read: that is where people put their question.
READ_CHARACTERS = 6_000
# The same of words: a wall of emoji has one a character, prose of that length about 1,200.
READ_WORDS = 2_000
# The end of a sentence, among the words.
STOP = "."

# Compiled when a text needs it: most have nothing but ASCII.
_INVISIBLE = "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)*|%|[.?!;\n]+|[^\x00-\x7f]")
_KEY = re.compile(r"[^\W_]+")
_QUOTES = str.maketrans("\u2018\u2019\u02bc\u201b\u00b4\uff07", "''''''")
_REPEATED = re.compile(r"([a-z])\1{2,}")
# "my T" is how clients write it among themselves; not what is left of "don t", nor a T-shirt.
_T = re.compile(r"(?<=[a-mo-z0-9])([^\S\n]+)t(?='s\b|[^\w'-]|$)")
_CONTRACTED = {"n't": "not", "'m": "am", "'ve": "have", "'re": "are", "'ll": "will", "'d": "would", "'s": ""}
# Politeness at either end says nothing about the question.
_GREETINGS = frozenset(("please", "hi", "hello", "hey", "hiya"))
# A longer one stands before one that it ends in.
_THANKS = ("many thanks", "thanks in advance", "thank you", "thanks", "thx", "ty", "cheers", "please", "pls", "plz")
_EDGE = " \t\r\n,.!?;:~-)"


def normalise(asked: str) -> str:
    """The text in lower case, one kind of quote, composed alike, without invisible characters or politeness at the ends."""
    text = _ends(asked).replace("`", "'")
    if not text.isascii():
        text = re.sub(_INVISIBLE, "", text)
        text = unicodedata.normalize("NFKD", text.translate(_QUOTES))
        text = "".join(letter for letter in text if not unicodedata.combining(letter)).translate(_QUOTES)
    text = _T.sub(r"\1therapist", _REPEATED.sub(r"\1\1", _ends(text.casefold())))  # some letters are written out as eighteen
    return _without_politeness(text) or text


def _ends(text: str) -> str:
    """The text, or of a long one its beginning and its end."""
    half = READ_CHARACTERS // 2
    return text if len(text) <= READ_CHARACTERS else f"{text[:half]}\n{text[-half:]}"


def _without_politeness(text: str) -> str:
    while True:
        before = text
        text = text.strip(_EDGE[:5]).lstrip(_EDGE)
        first = text.split(maxsplit=1)
        if len(first) > 1 and first[0].strip(_EDGE) in _GREETINGS:
            text = first[1]
        bare = text.rstrip(_EDGE)
        for thanks in _THANKS:
            if bare.endswith(thanks) and bare[: -len(thanks)].rstrip(_EDGE) != bare[: -len(thanks)]:
                text = bare[: -len(thanks)].rstrip(" ,;:~-")
                break
        if text == before:
            return text


def key(asked: str) -> str:
    """The letters and digits of the text: two texts that differ in case, spacing or punctuation have the same key."""
    return " ".join(_KEY.findall(normalise(asked).replace("'", "")))


def words(asked: str, spellings: Mapping[str, str], emoji: Mapping[str, str]) -> list[str]:
    """The words of the text, contractions and short forms written out; `STOP` ends a sentence."""
    text = normalise(asked)
    if emoji and not text.isascii():
        text = "".join(f" {emoji[letter]} " if letter in emoji else letter for letter in text)
    found = [word for word in _split(text, spellings) if word.isascii()]
    half = READ_WORDS // 2
    return found if len(found) <= READ_WORDS else [*found[:half], STOP, *found[-half:]]


def _split(text: str, spellings: Mapping[str, str]) -> Iterator[str]:
    for word in _WORD.findall(text):
        if word in spellings:
            yield from spellings[word].split()
        elif word[0] in ".?!;\n":
            yield STOP
        elif "'" in word:
            yield from _expand(word, spellings)
        else:
            yield word


def _expand(word: str, spellings: Mapping[str, str]) -> Iterator[str]:
    """A word with an apostrophe: a contraction written out, a possessive without its ending."""
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
