"""lookup(): safety first, then what was asked, then the entry that answers it, or the honest word that none does.

Every threshold of the program stands here. They were chosen on questions that the weights were not fitted on, so that of questions
outside the handbook at most 3 in 100 are answered, and of those inside at most 4 in 100 wrongly (`bench/matching.py` shows both).
"""

from __future__ import annotations

from . import ranking, safety
from .lexicon import Lexicon
from .lines import Lines
from .model import Lookup, Match
from .reading import read
from .records import NamedTuple
from .stems import stem
from .words import key, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from .model import Confidence, Entry, Handbook, Reading
    from .ranking import Ranked

# Sure: the handbook very likely has the answer, and one entry stands out.
SURE_NONE_BELOW = 0.12
SURE_FROM = 0.45
# Unsure: the handbook may well have it. Below that a question is refused, and the closest entry is only named from CLOSE_FROM.
UNSURE_NONE_BELOW = 0.66
CHOICE_FROM = 0.04
CLOSE_FROM = 0.15


class _Ready(NamedTuple):
    """What a handbook's lookups share: built by the first of them."""

    lexicon: Lexicon
    ranker: ranking.Phrasings | None
    stems: dict[str, frozenset[str]]

    def stems_of(self, phrasing: str) -> frozenset[str]:
        """The stems of a phrasing, found once."""
        known = self.stems.get(phrasing)
        if known is None:
            spelt = words(phrasing, self.lexicon.spellings, {})
            known = self.stems[phrasing] = frozenset(map(stem, spelt))
        return known


def lookup(asked: str, handbook: Handbook | None = None, *, limit: int = 3, region: str | None = None) -> Lookup:
    """What the handbook says to `asked`; never raises, whatever the text.

    `limit` is how many candidates to give at most; raises `ValueError` where it is below 1. `region` is a country code that
    orders a notice's helplines. Without a handbook the shipped one is used, and loaded each time: pass one to ask more than once.
    """
    if limit < 1:
        message = "limit is how many candidates to give at most: 1 or more"
        raise ValueError(message)
    if handbook is None:
        from .handbook import load

        handbook = load()
    notice = safety.notice_for(asked, handbook, region)
    ready = handbook.derived.get("match") or handbook.derived.setdefault("match", _prepare(handbook))
    reading = read(asked, ready.lexicon)
    exact = handbook.phrasings.get(key(asked))
    ranked = ready.ranker.rank(reading.signals) if ready.ranker else ranking.by_weights(reading.signals, handbook.weights)  # type: ignore[arg-type]
    confidence = "sure" if exact else confidence_of(ranked.likelihood)
    least = CLOSE_FROM if confidence == "none" else CHOICE_FROM
    matches = [
        _match(handbook[slug], share, reading, ranked, ready) for slug, share in _likely(ranked, exact, handbook, least)[:limit]
    ]
    return Lookup(asked, confidence, matches[0] if confidence == "sure" else None, tuple(matches), notice, reading)


def _prepare(handbook: Handbook) -> _Ready:
    weights = handbook.weights
    lexicon = Lexicon(handbook.lexicon, handbook.common, lambda found: bool(weights and weights.row(f"word {found}")))
    if weights:
        return _Ready(lexicon, None, {})
    # What authors write is not repaired: their words are right, and known to the reading from then on.
    as_written = Lexicon(handbook.lexicon, Lines(""), lambda _: True)
    ranker = ranking.Phrasings(handbook, lambda text: read(text, as_written).signals)
    return _Ready(Lexicon(handbook.lexicon, handbook.common, lambda found: f"word {found}" in ranker.postings), ranker, {})


def confidence_of(likelihood: Mapping[str, float]) -> Confidence:
    """How sure one may be of the likeliest entry, by the likelihood of each entry and of "none"."""
    none = likelihood[ranking.NONE]
    top = max((share for slug, share in likelihood.items() if slug != ranking.NONE), default=0.0)
    if none < SURE_NONE_BELOW and top >= SURE_FROM:
        return "sure"
    return "unsure" if none < UNSURE_NONE_BELOW else "none"


def _likely(ranked: Ranked, exact: str | None, handbook: Handbook, least: float) -> list[tuple[str, float]]:
    """The entries that may be meant with their likelihood, best first; one whose own phrasing was asked comes first, at 1."""
    shares = {slug: share for slug, share in ranked.likelihood.items() if slug != ranking.NONE and share >= least}
    if exact:
        shares[exact] = 1.0
    return sorted(shares.items(), key=lambda pair: (-pair[1], handbook[pair[0]].number))


def _match(entry: Entry, share: float, reading: Reading, ranked: Ranked, ready: _Ready) -> Match:
    reasons = ranked.reasons(entry.slug) if entry.slug in ranked.likelihood else ()
    return Match(entry, round(100 * share), _closest_phrasing(entry, reading, ready), reasons)


def _closest_phrasing(entry: Entry, reading: Reading, ready: _Ready) -> str:
    """The entry's own wording that shares most words with the question."""
    asked = frozenset(map(stem, reading.words))

    def overlap(phrasing: str) -> float:
        own = ready.stems_of(phrasing)
        return len(own & asked) / (len(own | asked) or 1)

    return max((entry.question, *entry.phrasings), key=overlap)
