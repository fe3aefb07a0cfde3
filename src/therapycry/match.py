"""lookup(): safety first, then what was asked, then the entry that answers it, or the honest word that none does.

Every threshold of the program stands here. They were chosen on questions that the weights were not fitted on, so that of questions
outside the handbook at most 3 in 100 are answered, and of those inside at most 4 in 100 wrongly (`bench/matching.py` shows both).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import ranking, safety
from .lexicon import Lexicon
from .model import Lookup, Match
from .reading import read
from .stems import stem
from .words import key, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .model import Confidence, Entry, Handbook, Reading
    from .ranking import Ranked

# Sure: the handbook very likely has the answer, and one entry stands out.
SURE_NONE_BELOW = 0.12
SURE_FROM = 0.38
# Unsure: the handbook may well have it. Below that a question is refused, and the closest entry is only named from CLOSE_FROM.
UNSURE_NONE_BELOW = 0.66
CHOICE_FROM = 0.04
CLOSE_FROM = 0.15


class _Ready(NamedTuple):
    """What a handbook's lookups share: built by the first of them."""

    lexicon: Lexicon
    ranker: ranking.Phrasings | None


def lookup(asked: str, handbook: Handbook | None = None, *, limit: int = 3, region: str | None = None) -> Lookup:
    """What the handbook says to `asked`; never raises, whatever the text.

    `limit` is how many candidates to give (1 or more), `region` a country code that orders a notice's helplines.
    Without a handbook the shipped one is used, and loaded each time: pass one to ask more than once.
    """
    if handbook is None:
        from .handbook import load

        handbook = load()
    notice = safety.notice_for(asked, handbook, region)
    ready = handbook.derived.get("match") or handbook.derived.setdefault("match", _prepare(handbook))
    reading = read(asked, ready.lexicon)
    exact = handbook.phrasings.get(key(asked))
    ranked = ready.ranker.rank(reading.signals) if ready.ranker else ranking.by_weights(reading.signals, handbook.weights)  # type: ignore[arg-type]
    candidates = _candidates(handbook, reading, ranked, exact, ready)
    confidence = "sure" if exact else confidence_of(ranked.likelihood)
    shown = [match for match in candidates if confidence != "none" or match.score >= CLOSE_FROM * 100][:limit]
    return Lookup(asked, confidence, shown[0] if confidence == "sure" else None, tuple(shown), notice, reading)


def _prepare(handbook: Handbook) -> _Ready:
    weights = handbook.weights
    lexicon = Lexicon(handbook.lexicon, handbook.common, lambda found: bool(weights and weights.row(f"word {found}")))
    if weights:
        return _Ready(lexicon, None)
    # What authors write is not repaired: their words are right, and known to the reading from then on.
    as_written = Lexicon(handbook.lexicon, "", lambda _: True)
    ranker = ranking.Phrasings(handbook, lambda text: read(text, as_written).signals)
    return _Ready(Lexicon(handbook.lexicon, handbook.common, lambda found: f"word {found}" in ranker.postings), ranker)


def confidence_of(likelihood: Mapping[str, float]) -> Confidence:
    """How sure one may be of the likeliest entry, by the likelihood of each entry and of "none"."""
    none = likelihood[ranking.NONE]
    top = max((share for slug, share in likelihood.items() if slug != ranking.NONE), default=0.0)
    if none < SURE_NONE_BELOW and top >= SURE_FROM:
        return "sure"
    return "unsure" if none < UNSURE_NONE_BELOW else "none"


def _candidates(handbook: Handbook, reading: Reading, ranked: Ranked, exact: str | None, ready: _Ready) -> list[Match]:
    """The entries that may be meant, best first; an entry whose own phrasing was asked comes first, at 100."""
    shares = {slug: share for slug, share in ranked.likelihood.items() if slug != ranking.NONE and share >= CHOICE_FROM}
    if exact:
        shares[exact] = 1.0
    order = sorted(shares, key=lambda slug: (-shares[slug], handbook[slug].number))
    return [_match(handbook[slug], round(100 * shares[slug]), reading, ranked, ready) for slug in order[:5]]


def _match(entry: Entry, score: int, reading: Reading, ranked: Ranked, ready: _Ready) -> Match:
    reasons = ranked.reasons(entry.slug) if entry.slug in ranked.likelihood else ()
    return Match(entry, score, _closest_phrasing(entry, reading, ready.lexicon), reasons)


def _closest_phrasing(entry: Entry, reading: Reading, lexicon: Lexicon) -> str:
    """The entry's own wording that shares most words with the question."""
    asked = {stem(word) for word in reading.words}

    def overlap(phrasing: str) -> float:
        own = {stem(word) for word in words(phrasing, lexicon.spellings, {})}
        return len(own & asked) / (len(own | asked) or 1)

    return max((entry.question, *entry.phrasings), key=overlap)
