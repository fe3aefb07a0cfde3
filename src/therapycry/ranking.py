"""rank(): how likely each entry answers a question, from the signals of its reading.

Two ways with one result. A handbook with fitted weights (`data/weights.tsv`) is ranked by multinomial logistic regression: each
signal adds its weight to each entry, and the softmax of the sums is the likelihood, "none" included. A handbook without them is
ranked by its phrasings: how much of their telling signals the question shares (cosine of inverse document frequencies).
"""

from __future__ import annotations

from math import log, sqrt

from .model import HUNDRED, Signal
from .records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .model import Handbook, Weights

NONE = "none"
# What a question's signals share between them.
STRENGTH = 5.0
# Words that stand in any question; they are not counted as unknown.
_SMALL_WORDS = frozenset(
    """
    the a an to of in on at is are was wer be been do doe does did it thi that and or but so as i me my you your we us
    he she they them him her hi his their if for with from by not no can could will would should may might am hav has
    had what when how why who which wher ther just really about all any som mor very than then too up down out over into
    going get got go
    """.split()
)
_COMMON_SHARE = 0.05
# What the phrasings of a handbook without weights are compared by. Its form (how it starts, how long it is) would make any two
# short questions alike.
_TELLING = ("word ", "words ", "about ")


class Ranked(NamedTuple):
    """Likelihood by slug, "none" included, summing to 1; and what spoke for a slug, strongest first."""

    likelihood: dict[str, float]
    reasons: Callable[[str], tuple[Signal, ...]]


def unknown_words(signals: Sequence[str], knows: Callable[[str], bool]) -> tuple[str, str]:
    """Signals that say how much of the wording was never seen: strange words are a reason to say "I do not know"."""
    own = [signal for signal in signals if signal.startswith("word ") and signal[5:] not in _SMALL_WORDS]
    unknown = sum(not knows(signal) for signal in own)
    share = "mostly" if own and unknown / len(own) > 0.5 else "partly" if unknown else "nowhere"
    return f"unknown words {min(unknown, 4)}", f"unknown {share}"


def by_weights(signals: Sequence[str], weights: Weights) -> Ranked:
    """The ranking by fitted weights."""
    rows = weights.rows(signals)
    rows |= weights.rows(unknown_words(signals, rows.__contains__))
    strength = STRENGTH / sqrt(len(rows)) / HUNDRED if rows else 0.0

    def reasons(slug: str) -> tuple[Signal, ...]:
        at, none = weights.columns.index(slug), weights.columns.index(NONE)
        return _strongest((signal, strength * (row[at] - row[none])) for signal, row in rows.items())

    return Ranked(weights.likelihood(rows, STRENGTH), reasons)


class Phrasings:
    """The phrasings of a handbook without weights, ready for ranking: which of them carries which signal."""

    def __init__(self, handbook: Handbook, read_signals: Callable[[str], Iterable[str]]) -> None:
        """Read every phrasing once; `read_signals` gives the signals of a text."""
        self.owners: list[str] = []
        self.postings: dict[str, list[int]] = {}
        for entry in handbook:
            for phrasing in (entry.question, *entry.phrasings):
                for signal in filter(_tells, read_signals(phrasing)):
                    self.postings.setdefault(signal, []).append(len(self.owners))
                self.owners.append(entry.slug)
        count = len(self.owners)
        most = max(20, int(count * _COMMON_SHARE))
        self.worth = {signal: log(1 + count / len(places)) for signal, places in self.postings.items() if len(places) <= most}
        self.unseen = log(1 + count)
        self.length = [0.0] * count
        for signal, worth in self.worth.items():
            for place in self.postings[signal]:
                self.length[place] += worth * worth

    def rank(self, signals: Sequence[str]) -> Ranked:
        """The ranking by the closest phrasing of each entry."""
        shared: dict[int, float] = {}
        own = 0.0
        for signal in filter(_tells, signals):
            worth = self.worth.get(signal, 0.0)
            strange = signal.startswith("word ") and signal not in self.postings
            own += self.unseen**2 if strange else worth * worth
            if worth:
                for place in self.postings[signal]:
                    shared[place] = shared.get(place, 0.0) + worth * worth
        best: dict[str, tuple[float, int]] = {}
        for place, value in shared.items():
            cosine = value / sqrt(self.length[place] * own)
            best[self.owners[place]] = max(best.get(self.owners[place], (0.0, 0)), (cosine, place))
        whole = 1.0 + sum(cosine**4 * 20 for cosine, _ in best.values())
        likelihood = {slug: cosine**4 * 20 / whole for slug, (cosine, _) in best.items()}

        def reasons(slug: str) -> tuple[Signal, ...]:
            place = best[slug][1]
            return _strongest(
                (signal, self.worth[signal]) for signal in signals if signal in self.worth and place in self.postings[signal]
            )

        return Ranked({NONE: 1 / whole, **likelihood}, reasons)


def _tells(signal: str) -> bool:
    return signal.startswith(_TELLING) and not (signal.startswith("word ") and signal[5:] in _SMALL_WORDS)


def _strongest(worth: Iterable[tuple[str, float]], most: int = 6) -> tuple[Signal, ...]:
    ordered = sorted(((value, signal) for signal, value in worth if value > 0), reverse=True)
    return tuple(Signal(signal, round(value, 2)) for value, signal in ordered[:most])
