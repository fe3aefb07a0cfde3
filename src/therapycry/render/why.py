"""What was understood of a question and what decided, for `--why`: the one place where the question itself is shown."""

from __future__ import annotations

from .parts import Part, Run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Lookup, Match

_LONGEST = 300  # characters of the question that are shown
_MOST = 12  # items of a list that are shown


def why(found: Lookup) -> Iterator[Part]:
    """The reading, what spoke for the best entry, and the runners-up."""
    yield Part("heading", ((Run("How this was understood"),),))
    reading = found.reading
    yield _line("You asked", _cut(found.asked))
    yield _line("Spelling read as", _listed(f"{read} for {typed}" for typed, read in reading.repaired))
    yield _line("Ideas found", _listed(reading.concepts))
    yield _line("Who cries", _listed(reading.cries))
    yield _line("What is asked about it", _listed(reading.asks))
    best = found.best or (found.candidates[0] if found.candidates else None)
    if best:
        yield _line("Closest wording of the handbook", best.phrasing)
        yield _line(f"What spoke for {best.entry.slug}", _signals(best))
    others = (match for match in found.candidates if match is not best and match != best)
    yield _line("Runners-up", _listed(f"{match.entry.slug} ({match.score} of 100)" for match in others))


def _line(name: str, words: str) -> Part:
    return Part("bullet", ((Run(f"{name}: ", "strong"), Run(words)),), "-")


def _listed(items: Iterator[str] | tuple[str, ...]) -> str:
    """The items with commas; long lists are cut, because a question may be a megabyte long."""
    words = [_cut(item) for _, item in zip(range(_MOST + 1), items, strict=False)]
    return ", ".join([*words[:_MOST], *(["and more"] if len(words) > _MOST else [])]) or "nothing"


def _signals(match: Match) -> str:
    return _listed(f"{signal.name} {signal.weight:+.1f}" for signal in match.signals)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."
