"""The lexicons that tests of the reading share."""

from __future__ import annotations

from functools import cache

from therapycry import handbook
from therapycry.lexicon import Lexicon, prepare
from therapycry.reading import read
from therapycry.tables import lines_of

TINY = {
    "spellings": {"brolly": "umbrella", "im": "i am", "u": "you", "id": "i would"},
    "emoji": {"☔": "rain", "😭": "cry"},
    "concepts": {
        "rain": ["rain", "drizzle", "wet weather", "cats and dogs"],
        "umbrella": ["umbrella", "parasol"],
        "cry": ["cry", "tears", "teary-eyed"],
        "therapist": ["therapist", "massage"],
        "work_other": ["massage therapist"],
        "why": ["why", "what makes"],
        "me": ["i", "my"],
    },
}


@cache
def shipped() -> Lexicon:
    """The shipped lexicon, without what weights know."""
    book = handbook.load(handbook.DATA)
    return Lexicon(book.lexicon, book.common, lambda _: False)


@cache
def tiny(*weighed: str, common: str = "mud\nweek\n") -> Lexicon:
    """A lexicon of a few words; `weighed` are the stems that the weights know."""
    return Lexicon(prepare(TINY), lines_of(common), weighed.__contains__)


def cries(question: str) -> tuple[str, ...]:
    """Who cries in a question, by the shipped lexicon."""
    return read(question, shipped()).cries
