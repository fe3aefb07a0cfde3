"""Signs: what of a text calls for a notice, by the sayings and the evidence that the safety data lists."""

from __future__ import annotations

from math import inf

from .disguise import Speller, Words
from .evidence import PEOPLE, Evidence
from .letters import fold
from .records import NamedTuple
from .sayings import Sayings
from .sentences import part, sentences
from .stems import stem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from .model import EvidenceTables

_STRETCH, _STEP = 100, 70  # words of a long text that are looked at together
_STRETCHES = 10  # stretches that are looked at, those with most telling words first: it bounds the work for any text
_READ = 12_000  # characters at either end of a longer text that are read in full; of the rest, what stands around outright words
_AROUND, _FINDS = 200, 20
# What a sign calls for where it tells no more than that a life, or another's life, may be in danger.
_LIVES = frozenset(("life", "other"))
# What words tell apart well enough to overrule a sign, and how clearly they must (log-odds). Of 614 statements that were not fitted
# on the sign's notice was right for 394, overruled so for 452.
_TOLD_APART = frozenset(("client", "danger", "child", "harm"))
_CLEARLY = 2.0


class Rule(NamedTuple):
    """One `[[sign]]`: the notice it calls for, its sayings and exceptions, and above which log-odds by the evidence it stands."""

    notice: str
    say: tuple[str, ...]
    unless: tuple[str, ...]
    needs: float


class Puts(NamedTuple):
    """Sayings with the words that are put for them, and their places by the words that they may begin with."""

    sayings: list[tuple[str, list[str]]]
    by_word: dict[str, list[int]]


class Detector:
    """The safety data made ready; sayings are taken apart when their telling words are first met."""

    def __init__(self, data: Mapping[str, Any], tables: EvidenceTables | None) -> None:
        """Take the tables of safety.toml as they are (`safety.check` is what examines them), and those of the evidence."""
        self.speller = Speller(
            data["spelling"], lambda word: tables is not None and tables.senses.after(f"{stem(word)}\t") is not None
        )
        self.sayings = Sayings(data["groups"])
        self.scripts: tuple[str, ...] = tuple(data["other_languages"]["sayings"])
        self.enough: Mapping[str, float] = data["evidence"]
        self.rules = tuple(
            Rule(rule["notice"], tuple(rule["say"]), tuple(rule.get("unless", ())), self._needs(rule)) for rule in data["sign"]
        )
        self._by_word = self._index([rule["about"] for rule in data["sign"]])
        self._puts = self._ready((saying, put.split()) for put, sayings in data["put"].items() for saying in sayings)
        self._harmless = self._ready((saying, ["#"]) for saying in data["harmless"]["sayings"])
        self.who: Mapping[str, list[str]] = data["who"]
        self.evidence = Evidence(
            tables,
            {name: self.sayings.group(name) for name in data["groups"] if name.startswith("field_")},
            self._people(),
        )

    def notice_key(self, asked: str) -> str | None:
        """The key of the notice that a text calls for, if any; the earlier sign decides."""
        folded = fold(self._shortened(asked))
        if not folded.isascii() and any(saying in folded for saying in self.scripts):
            return "self"
        words = self.speller.read(folded)
        best, key = len(self.rules) + 2, None
        for stretch in map(self.put_plainly, self._stretches(words)):
            found, notice = self._judged(stretch, asks="?" in asked)
            if found < best:
                best, key = found, notice
        return key

    def _shortened(self, asked: str) -> str:
        """A very long text without what lies between its ends, but for the surroundings of outright words."""
        if len(asked) <= 2 * _READ:
            return asked
        middle = asked[_READ:-_READ].lower()
        kept: list[str] = []
        for whole in self.speller.whole:
            at = middle.find(whole)
            while at >= 0 and len(kept) < _FINDS:
                kept.append(middle[max(at - _AROUND, 0) : at + _AROUND])
                at = middle.find(whole, at + _AROUND)
        return ". ".join((asked[:_READ], *kept, asked[-_READ:]))

    def _judged(self, words: Words, *, asks: bool) -> tuple[int, str]:
        """How early a stretch calls for a notice, and for which: by a sign that the evidence does not refute, else by evidence."""
        weighed = self.evidence.weigh(words, asks=asks)
        number = self._first_rule(words, weighed.odds if weighed else 0.0)
        if number is not None:
            notice, foreign = self.rules[number].notice, self.rules[number].needs == -inf
            return number, notice if foreign and notice not in _LIVES else self._fitting(notice, words, asks=asks)
        if weighed is None or weighed.odds <= self.enough[weighed.kind]:
            return len(self.rules) + 2, ""
        return len(self.rules) + 1, self._fitting("misconduct" if weighed.kind == "misconduct" else "life", words, asks=asks)

    def _needs(self, rule: Mapping[str, Any]) -> float:
        """Above which log-odds a sign stands: always where it is in a language that the evidence does not know."""
        if rule.get("foreign", False):
            return -inf
        return self.enough["outright" if rule.get("outright", False) else "with_sign"]

    def _first_rule(self, words: Words, odds: float) -> int | None:
        """The first rule that the words meet and the evidence's `odds` do not refute, harmless turns of phrase apart."""
        if not self._standing(words, odds):
            return None
        words = self.without_harmless(words)
        present = set(words.plain)
        for number in sorted(self._standing(words, odds)):
            rule = self.rules[number]
            if self._found_any(rule.say, words, present) and (
                not self._found_any(rule.unless, words, present)
                or any(self._stands(rule, sentence) for sentence in sentences(words))
            ):
                return number
        return None

    def _standing(self, words: Words, odds: float) -> set[int]:
        """The rules that are about one of the words and that the odds do not refute."""
        numbers = {number for word in {*words.plain} for number in self._by_word.get(word, ())}
        return {number for number in numbers if odds > self.rules[number].needs}

    def _found_any(self, sayings: Iterable[str], words: Words, present: set[str]) -> bool:
        return any(self.sayings.found(saying, words, present) for saying in sayings)

    def _stands(self, rule: Rule, sentence: Words) -> bool:
        """Whether a sentence meets the rule by itself: an exception in another sentence does not refute it."""
        present = set(sentence.plain)
        return self._found_any(rule.say, sentence, present) and not self._found_any(rule.unless, sentence, present)

    def _fitting(self, notice: str, words: Words, *, asks: bool) -> str:
        """The notice itself, unless another fits the words clearly better; of those about a life the one that fits best."""
        if notice == "misconduct":
            return notice
        fits = self.evidence.variants(words, asks=asks)
        likeliest = max(fits, key=fits.__getitem__, default="")
        if notice not in _LIVES:
            clearly = likeliest in _TOLD_APART and fits[likeliest] - fits[notice] > _CLEARLY
            return likeliest if clearly else notice
        if likeliest:
            return likeliest
        if notice != "life":
            return notice
        present = set(words.plain)
        for variant, sayings in self.who.items():
            if any(self.sayings.found(saying, words, present) for saying in sayings):
                return variant
        return "self"

    def take_all_apart(self) -> None:
        """Take every saying apart; raises `KeyError` for a group that does not exist."""
        rules = (saying for rule in self.rules for saying in (*rule.say, *rule.unless))
        for saying in (
            *rules,
            *(saying for saying, _ in (*self._puts.sayings, *self._harmless.sayings)),
            *(saying for sayings in self.who.values() for saying in sayings),
        ):
            self.sayings.parts(saying)

    def put_plainly(self, words: Words) -> Words:
        """The words, with turns of phrase put as what they mean."""
        return self._put(words, self._puts)

    def without_harmless(self, words: Words) -> Words:
        """The words without the turns of phrase that are harmless whatever their words are: signs are sought in the rest."""
        return self._put(words, self._harmless)

    def _ready(self, puts: Iterable[tuple[str, list[str]]]) -> Puts:
        """Sayings with what is put for them, and where to look them up by their first words."""
        listed = list(puts)
        return Puts(listed, self._index([_first_words(saying) for saying, _ in listed]))

    def _put(self, words: Words, puts: Puts) -> Words:
        present = set(words.plain)
        for number in sorted({number for word in present for number in puts.by_word.get(word, ())}):
            saying, put = puts.sayings[number]
            if not self.sayings.may_hold(saying, present):
                continue
            for start in range(len(words.plain) - 1, -1, -1):
                end = self.sayings.end(saying, words, start)
                if end > start:
                    words = _replaced(words, start, end, put)
        return words

    def _stretches(self, words: Words) -> Iterator[Words]:
        """The words in overlapping stretches, of a long text only those with telling words."""
        count = len(words.plain)
        if count <= _STRETCH:
            yield words
            return
        by_word = self._by_word
        rows = [words.plain[start : start + _STRETCH] for start in range(0, max(count - _STRETCH + _STEP, 1), _STEP)]
        weighed = [(sum(word in by_word for word in set(row)), number) for number, row in enumerate(rows)]
        seen = set()
        for weight, number in sorted(weighed, key=lambda pair: (-pair[0], pair[1]))[:_STRETCHES]:
            row = tuple(rows[number])
            if weight and row not in seen:
                seen.add(row)
                start = number * _STEP
                yield part(words, start, start + len(row))

    def _people(self) -> dict[str, str]:
        """Which sort of person a word stands for."""
        sorts: dict[str, str] = {}
        for name in PEOPLE:
            for row in self.sayings.group(name):
                if len(row) == 1:
                    sorts.setdefault(row[0], name)
        return sorts

    def _index(self, abouts: Iterable[Iterable[str]]) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for number, about in enumerate(abouts):
            for name in about:
                for row in self.sayings.rows(name):
                    index.setdefault(row[0], []).append(number)
        return index


def _replaced(words: Words, start: int, end: int, put: list[str]) -> Words:
    shift = len(put) - (end - start)
    ends, pauses = (
        frozenset(place if place <= start else max(place + shift, start) for place in places)
        for places in (words.ends, words.pauses)
    )
    return Words([*words.plain[:start], *put, *words.plain[end:]], ends, pauses)


def _first_words(saying: str) -> Iterable[str]:
    """The words that a harmless saying may begin with."""
    return [name if name[0] == "<" else name.split("_")[0] for name in saying.split(maxsplit=1)[0].split("|")]
