"""The nouns of therapycry: immutable values, no I/O, nothing of ours imported but what they are made of.

They are named tuples, not dataclasses: importing `dataclasses` alone costs about half of Python's own start-up
(docs/decisions/0001-named-tuples.md).
"""

from __future__ import annotations

from math import exp, sqrt

from .lines import Lines
from .records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from typing import Any, Literal

    from .lines import FileLines

    Confidence = Literal["sure", "unsure", "none"]
    NoticeKind = Literal["crisis", "misconduct"]

# The row that counts for every question, and the unit of the weights.
ALWAYS = "always"
HUNDRED = 100
# Among what is derived from a handbook: its safety data comes from authors and was not examined yet.
UNCHECKED = "unchecked"


class HandbookError(Exception):
    """A handbook that cannot be used; the message reads `file:line: what is wrong, what is allowed`."""


class Text(NamedTuple):
    """Words of the prose as they are read."""

    text: str


class Emphasis(NamedTuple):
    """Words of the prose that are stressed."""

    text: str


class Citation(NamedTuple):
    """A place in the prose that points at one or more sources, by key."""

    keys: tuple[str, ...]


Span = Text | Emphasis | Citation


class Heading(NamedTuple):
    """The title of a part of an entry's body."""

    text: str


class Paragraph(NamedTuple):
    """Running prose."""

    spans: tuple[Span, ...]


class Bullets(NamedTuple):
    """A list of short statements, each a run of spans."""

    items: tuple[tuple[Span, ...], ...]


Block = Heading | Paragraph | Bullets


class Source(NamedTuple):
    """A cited work.

    `grade` says what kind of evidence it is (`authored.GRADES`), `kind` what kind of work (`authored.KINDS`).
    `accessed` is the day on which the project last read a copy. `founding` is its place (1 to 5) among the resources that the
    handbook grew from. `verified` is false for a work that nobody of the project has seen.
    """

    key: str
    kind: str
    grade: str
    authors: tuple[str, ...]
    title: str
    container: str
    accessed: date
    year: int | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    doi: str | None = None
    url: str | None = None
    note: str | None = None
    verified: bool = True
    founding: int | None = None

    @property
    def address(self) -> str | None:
        """Where to read it: the DOI as a link, else the publisher's page, else nothing."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url


class Entry(NamedTuple):
    """One question with its answer.

    `short` stands alone; `body` is the full prose as written, which `prose.parse` turns into blocks when the page is shown.
    `number` is the entry's place in reading order, from 1. `footer` names the notice whose quiet pointer closes the page.
    """

    slug: str
    number: int
    topic: str
    question: str
    short: str
    body: str
    phrasings: tuple[str, ...]
    related: tuple[str, ...]
    sources: tuple[str, ...]
    reviewed: date
    footer: NoticeKind | None = None


class Topic(NamedTuple):
    """A titled group of entries, in reading order."""

    slug: str
    title: str
    entries: tuple[str, ...]


class Helpline(NamedTuple):
    """Where a person can turn, as its operator or a government page gives it.

    `region` is a lower-case ISO 3166 country code or "world". `last_checked` is the day on which someone of the project saw the
    details in a copy of `source`; `url` is the operator's own page, where it was seen. `serves` says whom it is for, where that is
    not everyone.
    """

    key: str
    region: str
    name: str
    kinds: tuple[str, ...]
    reach: tuple[str, ...]
    hours: str
    source: str
    last_checked: date
    url: str | None = None
    serves: str | None = None


class Notice(NamedTuple):
    """The safety text shown before anything else.

    `variant` names the situation within the kind (for instance "self" or "other"), `title` and `paragraphs` are the words,
    `helplines` the places to turn in the order to show them.
    """

    kind: NoticeKind
    variant: str
    title: str
    paragraphs: tuple[str, ...]
    helplines: tuple[Helpline, ...]


class Signal(NamedTuple):
    """One thing that was understood of the question, and what it is worth for an entry (a log-odds weight)."""

    name: str
    weight: float


class Reading(NamedTuple):
    """What was understood of the words a person typed.

    `words` are the words after repair, `repaired` the pairs (as typed, as read), `concepts` what they mean, `cries` who cries
    ("therapist", "client"), `asks` what is asked about it, `signals` everything that the ranking weighs.
    """

    words: tuple[str, ...]
    repaired: tuple[tuple[str, str], ...]
    concepts: tuple[str, ...]
    cries: tuple[str, ...]
    asks: tuple[str, ...]
    signals: tuple[str, ...]


class Match(NamedTuple):
    """An entry that may answer the question.

    `score` runs from 0 to 100: of answers scored 80 to 90, about that share is right on unseen questions. `phrasing` is the
    entry's own wording that came closest, `signals` what spoke most for the entry.
    """

    entry: Entry
    score: int
    phrasing: str
    signals: tuple[Signal, ...]


class Lookup(NamedTuple):
    """The outcome of a question: how sure, the best entry, the candidates, the notice, and what was understood."""

    asked: str
    confidence: Confidence
    best: Match | None
    candidates: tuple[Match, ...]
    notice: Notice | None
    reading: Reading


class Weights(NamedTuple):
    """What each signal is worth for each entry, as fitted (bench/fit.py); hundredths of log-odds.

    `columns` are the entries' slugs and "none"; `lines` are the rows as they stand in weights.tsv: a signal and a number for each
    column, apart by tabs.
    """

    columns: tuple[str, ...]
    lines: Lines

    def row(self, signal: str) -> list[int]:
        """The signal's numbers, by column; none for a signal without a row."""
        numbers = self.lines.after(f"{signal}\t")
        return [int(number) for number in numbers.split("\t")] if numbers else []

    def rows(self, signals: Iterable[str]) -> dict[str, list[int]]:
        """The rows of those signals that have one."""
        return {signal: [int(number) for number in row.split("\t")] for signal, row in self.lines.rows(signals).items()}

    def likelihood(self, rows: Mapping[str, list[int]], strength: float) -> dict[str, float]:
        """The likelihood of each column, summing to 1: the softmax of its sums.

        The rows share `strength` between them, so that a long story does not speak louder than a short question.
        """
        share = strength / sqrt(len(rows)) / HUNDRED if rows else 0.0
        sums = [share * sum(column[1:]) + column[0] / HUNDRED for column in zip(self.row(ALWAYS), *rows.values(), strict=True)]
        top = max(sums)
        shares = [exp(value - top) for value in sums]
        whole = sum(shares)
        return {column: value / whole for column, value in zip(self.columns, shares, strict=True)}


class FilterTables(NamedTuple):
    """What filters weigh (`filters`: the rows "crisis", "misconduct" and "floor"), and what they make of each word (`heard`)."""

    filters: Weights
    heard: Lines | FileLines


class EvidenceTables(NamedTuple):
    """What the words of a text speak for, as fitted (bench/fit_safety.py), and the class of meaning of each stem.

    `kinds` weighs that a notice is called for, in log-odds against none; `variants` which of the notices on a crisis fits.
    """

    kinds: Weights
    variants: Weights
    senses: Lines
    filters: FilterTables | None = None


class Handbook:
    """All that is shipped; immutable. `handbook[slug]` is an entry and raises `KeyError` for an unknown slug.

    `weights` rank the entries, `evidence` weighs what speaks for a notice. `phrasings` gives the slug for each phrasing's key
    (`words.key`), `common` are the words that spelling repair leaves alone, by stem.
    `derived` keeps what lookups build from the handbook once, for the lookups that follow.
    """

    __slots__ = (
        "_by_slug",
        "common",
        "derived",
        "entries",
        "evidence",
        "lexicon",
        "phrasings",
        "safety",
        "sources",
        "topics",
        "weights",
    )

    topics: tuple[Topic, ...]
    entries: tuple[Entry, ...]
    sources: Mapping[str, Source]
    lexicon: Mapping[str, Any]
    safety: Mapping[str, Any]
    weights: Weights | None
    evidence: EvidenceTables | None
    common: Lines
    phrasings: Mapping[str, str]
    derived: dict[str, Any]
    _by_slug: Mapping[str, Entry]

    def __init__(  # noqa: PLR0913 (all by name; a handbook has these parts)
        self,
        *,
        topics: tuple[Topic, ...],
        entries: tuple[Entry, ...],
        sources: Mapping[str, Source],
        lexicon: Mapping[str, Any],
        safety: Mapping[str, Any],
        weights: Weights | None,
        evidence: EvidenceTables | None = None,
        common: Lines | None = None,
        phrasings: Mapping[str, str] | None = None,
    ) -> None:
        """Take the parts as they are; `handbook.load` is what checks them."""
        values = {
            "topics": topics,
            "entries": entries,
            "sources": sources,
            "lexicon": lexicon,
            "safety": safety,
            "weights": weights,
            "evidence": evidence,
            "common": common or Lines(""),
            "phrasings": phrasings or {},
            "derived": {},
            "_by_slug": {entry.slug: entry for entry in entries},
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a handbook is shared by every lookup."""
        message = f"a handbook is immutable: {name}"
        raise AttributeError(message)

    def __delattr__(self, name: str) -> None:
        """Refuse, as for setting."""
        self.__setattr__(name, None)

    def __reduce__(self) -> tuple[object, ...]:
        """How to copy and to pickle it: by its parts; what lookups have built from them is built again."""
        return _handbook_of, ({name: getattr(self, name) for name in self.__slots__ if name not in ("_by_slug", "derived")},)

    def __getitem__(self, slug: str) -> Entry:
        """The entry of that slug."""
        return self._by_slug[slug]

    def __contains__(self, slug: object) -> bool:
        """Whether an entry has that slug."""
        return slug in self._by_slug

    def __iter__(self) -> Iterator[Entry]:
        """The entries in reading order."""
        return iter(self.entries)

    def __len__(self) -> int:
        """How many entries there are."""
        return len(self.entries)


def _handbook_of(parts: dict[str, Any]) -> Handbook:
    return Handbook(**parts)
