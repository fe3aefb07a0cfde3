"""Signs: what of a text calls for a notice, found by the groups of words and the sayings that the safety data lists.

A saying is a row of words in the order in which they must stand: `word`, `<group>`, `this|that`, `two_words`, `optional?`,
`*` (up to one word between), `..` (up to 3), `...` (up to 8), `~` (up to 16, across sentences), `^` and `$` (where a sentence begins
or ends), ` & ` (all of these, anywhere near). docs/authoring.md explains it to authors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .disguise import Speller, Words, fold
from .evidence import PEOPLE, Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_GAPS = {"*": 1, "..": 3, "...": 8, "~": 16}
_EDGES = frozenset("^$")
_STRETCH, _STEP = 160, 110  # words of a long text that are looked at together
_STRETCHES = 150  # stretches that are looked at, those with most telling words first: it bounds the work for any text


class Piece(NamedTuple):
    """One place of a saying: the words that may stand there, a gap, or an edge of a sentence."""

    words: frozenset[str]
    rows: Mapping[str, tuple[tuple[str, ...], ...]]
    gap: int = 0
    across: bool = False
    optional: bool = False
    edge: bool = False


class Part(NamedTuple):
    """A row of pieces, and for each piece that must be met the words with which it begins."""

    pieces: tuple[Piece, ...]
    needs: tuple[frozenset[str], ...]


class Rule(NamedTuple):
    """One `[[sign]]`: the notice it calls for, its sayings and exceptions, and whether it needs no other evidence."""

    notice: str
    say: tuple[str, ...]
    unless: tuple[str, ...]
    outright: bool


class Detector:
    """The safety data made ready; sayings are taken apart when their telling words are first met."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Take the tables of safety.toml as they are: `check` of the safety module is what examines them."""
        self.speller = Speller(data["spelling"])
        self.groups: Mapping[str, list[str]] = data["groups"]
        self.scripts: tuple[str, ...] = tuple(data["other_languages"]["sayings"])
        self._members: dict[str, tuple[tuple[str, ...], ...]] = {}
        self._sayings: dict[str, tuple[Part, ...]] = {}
        self.rules = tuple(Rule(rule["notice"], tuple(rule["say"]), tuple(rule.get("unless", ())), rule.get("outright", False)) for rule in data["sign"])
        self._by_word = self._index([rule["about"] for rule in data["sign"]])
        self.puts = [(saying, put.split()) for put, sayings in data["put"].items() for saying in sayings]
        self.puts += [(saying, ["#"]) for saying in data["harmless"]["sayings"]]
        self._put_by_word = self._index([_first_words(saying) for saying, _ in self.puts])
        self.who: Mapping[str, list[str]] = data["who"]
        self.evidence = Evidence(data["evidence"], {name: self._group(name) for name in self.groups if name.startswith("field_")}, self._people())

    def notice_key(self, asked: str) -> str | None:
        """The key of the notice that a text calls for, if any; the earlier sign decides."""
        folded = fold(asked)
        if not folded.isascii() and any(saying in folded for saying in self.scripts):
            return "self"
        words = self.speller.read(folded)
        best, key = len(self.rules) + 2, None
        for stretch in map(self.put_plainly, self._stretches(words)):
            found, notice = self._judged(stretch, asks="?" in asked)
            if found < best:
                best, key = found, self._whose(notice, stretch)
        return key

    def _judged(self, words: Words, *, asks: bool) -> tuple[int, str]:
        """How early a stretch calls for a notice, and for which: by a sign that the evidence does not refute, else by the evidence."""
        weighed = self.evidence.weigh(words, asks=asks)
        number = self._first_rule(words)
        if number is not None:
            rule = self.rules[number]
            if rule.outright or max(weighed.values()) > self.evidence.enough["with_sign"]:
                return number, rule.notice
        over = {kind: weight - self.evidence.enough[kind] for kind, weight in weighed.items()}
        kind = max(over, key=lambda name: over[name])
        if over[kind] <= 0:
            return len(self.rules) + 2, ""
        return len(self.rules) + 1, "misconduct" if kind == "misconduct" else "life"

    def _first_rule(self, words: Words) -> int | None:
        """The first rule that the words meet."""
        present = set(words.plain)
        for number in sorted({number for word in present for number in self._by_word.get(word, ())}):
            rule = self.rules[number]
            if any(self.says(saying, words, present) for saying in rule.say) and not any(
                self.says(saying, words, present) for saying in rule.unless
            ):
                return number
        return None

    def _whose(self, notice: str, words: Words) -> str:
        """The notice itself; one about a life depends on whose it is."""
        if notice != "life":
            return notice
        present = set(words.plain)
        for variant, sayings in self.who.items():
            if any(self.says(saying, words, present) for saying in sayings):
                return variant
        return "self"

    def says(self, saying: str, words: Words, present: set[str]) -> bool:
        """Whether the words hold the saying."""
        parts = self._taken_apart(saying)
        if any(present.isdisjoint(need) for part in parts for need in part.needs):
            return False
        return all(_reached(part.pieces, words, range(len(words.plain) + 1)) for part in parts)

    def put_plainly(self, words: Words) -> Words:
        """The words, with turns of phrase put as what they mean, and harmless ones taken out."""
        present = set(words.plain)
        for number in sorted({number for word in present for number in self._put_by_word.get(word, ())}):
            saying, put = self.puts[number]
            (part,) = self._taken_apart(saying)
            if any(present.isdisjoint(need) for need in part.needs):
                continue
            for start in range(len(words.plain) - 1, -1, -1):
                reached = _reached(part.pieces, words, (start,)) if words.plain[start] in part.needs[0] else None
                if reached and max(reached) > start:
                    words = _replaced(words, start, max(reached), put)
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
                inside = range(start, start + len(row) + 1)
                yield Words(rows[number], *(frozenset(at - start for at in inside if at in places) for places in words[1:]))

    def _people(self) -> dict[str, str]:
        """Which sort of person a word stands for."""
        sorts: dict[str, str] = {}
        for name in PEOPLE:
            for row in self._group(name):
                if len(row) == 1:
                    sorts.setdefault(row[0], name)
        return sorts

    def _index(self, abouts: Iterable[Iterable[str]]) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for number, about in enumerate(abouts):
            for name in about:
                for row in self._group(name[1:-1]) if name[0] == "<" else ((name,),):
                    index.setdefault(row[0], []).append(number)
        return index

    def _group(self, name: str) -> tuple[tuple[str, ...], ...]:
        """The members of a group as rows of words, inflected where marked with `+`."""
        members = self._members.get(name)
        if members is None:
            rows: dict[tuple[str, ...], None] = {}
            for member in self.groups[name]:
                if member[0] == "<":
                    rows.update(dict.fromkeys(self._group(member[1:-1])))
                elif member[-1] == "+":
                    rows.update(((form,), None) for form in _inflected(member[:-1]))
                else:
                    rows[tuple(member.split())] = None
            members = self._members[name] = tuple(rows)
        return members

    def _taken_apart(self, saying: str) -> tuple[Part, ...]:
        parts = self._sayings.get(saying)
        if parts is None:
            rows = [tuple(self._piece(text) for text in part.split()) for part in saying.split(" & ")]
            parts = self._sayings[saying] = tuple(Part(row, tuple(map(_must, filter(_is_needed, row)))) for row in rows)
        return parts

    def _piece(self, text: str) -> Piece:
        if text in _GAPS:
            return Piece(frozenset(), {}, gap=_GAPS[text], across=text == "~")
        optional = text[-1] == "?"
        singles: set[str] = set()
        rows: dict[str, tuple[tuple[str, ...], ...]] = {}
        names = text.rstrip("?").split("|")
        for name in names:
            for row in self._group(name[1:-1]) if name[0] == "<" else (tuple(name.split("_")),):
                if len(row) == 1:
                    singles.add(row[0])
                else:
                    rows[row[0]] = (*rows.get(row[0], ()), row[1:])
        return Piece(frozenset(singles), rows, optional=optional, edge=not _EDGES.isdisjoint(names))


def _is_needed(piece: Piece) -> bool:
    return not (piece.gap or piece.edge or piece.optional)


def _must(piece: Piece) -> frozenset[str]:
    return piece.words | piece.rows.keys()


def _reached(pieces: tuple[Piece, ...], words: Words, starts: Iterable[int]) -> set[int]:
    """Where the saying may end, if it begins at one of `starts`."""
    places = set(starts)
    begun = False
    for piece in pieces:
        if piece.gap:
            places = _over_gap(piece, words, places)
            begun = not piece.across
        else:
            after = _over_words(piece, words, places, within=begun)
            if piece.edge:
                after |= {place for place in places if place in (0, len(words.plain)) or place in words.ends}
            places = places | after if piece.optional else after
            begun = True
        if not places:
            break
    return places


def _over_gap(piece: Piece, words: Words, places: set[int]) -> set[int]:
    count, ends = len(words.plain), words.ends
    reached = set(places)
    edge = places
    for _ in range(piece.gap):
        edge = {place + 1 for place in edge if place < count and (piece.across or place not in ends)} - reached
        if not edge:
            break
        reached |= edge
    return reached


def _over_words(piece: Piece, words: Words, places: set[int], *, within: bool) -> set[int]:
    plain, ends = words.plain, words.ends
    reached = set()
    for place in places:
        if place >= len(plain) or (within and place in ends):
            continue
        word = plain[place]
        if word in piece.words:
            reached.add(place + 1)
        for row in piece.rows.get(word, ()):
            end = place + 1 + len(row)
            if tuple(plain[place + 1 : end]) == row and ends.isdisjoint(range(place + 1, end)):
                reached.add(end)
    return reached


def _replaced(words: Words, start: int, end: int, put: list[str]) -> Words:
    shift = len(put) - (end - start)
    ends, pauses = (
        frozenset(place if place <= start else max(place + shift, start) for place in places) for places in (words.ends, words.pauses)
    )
    return Words([*words.plain[:start], *put, *words.plain[end:]], ends, pauses)


def _first_words(saying: str) -> Iterable[str]:
    """The words that a harmless saying may begin with."""
    return [name if name[0] == "<" else name.split("_")[0] for name in saying.split()[0].split("|")]


def _inflected(verb: str) -> tuple[str, ...]:
    """The regular forms of a verb, among them those that drop a final e or turn a final y."""
    if verb.endswith("e"):
        return verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    return verb, f"{verb}es" if verb.endswith(("s", "sh", "ch", "x")) else f"{verb}s", f"{verb}ed", f"{verb}ing"
