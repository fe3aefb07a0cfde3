"""Sayings: rows of words that must stand in a text, with groups, choices and gaps, as safety.toml lists them.

A saying is a row of places: `word`, `<group>`, `this|that`, `two_words`, `optional?`, `*` (up to one word between), `..` (up to 3),
`...` (up to 8), `~` (up to 16, across sentences), `^` and `$` (where a sentence begins or ends), ` & ` (all of these, near).
"""

from __future__ import annotations

from .records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .disguise import Words

_GAPS = {"*": 1, "..": 3, "...": 8, "~": 16}
_EDGES = frozenset("^$")
Row = tuple[str, ...]


class Piece(NamedTuple):
    """One place of a saying: the words that may stand there, a gap, or an edge of a sentence."""

    words: frozenset[str]
    rows: Mapping[str, tuple[Row, ...]]
    gap: int = 0
    across: bool = False
    optional: bool = False
    edge: bool = False


class Part(NamedTuple):
    """A row of pieces, and for each piece that must be met the words with which it begins."""

    pieces: tuple[Piece, ...]
    needs: tuple[frozenset[str], ...]


class Sayings:
    """Takes sayings apart when they are first met, and finds them in words."""

    def __init__(self, groups: Mapping[str, list[str]]) -> None:
        """Take the groups by name."""
        self._groups = groups
        self._members: dict[str, tuple[Row, ...]] = {}
        self._parts: dict[str, tuple[Part, ...]] = {}
        self._first: dict[str, frozenset[str]] = {}
        self._places: dict[str, list[frozenset[str]]] = {}

    def found(self, saying: str, words: Words, present: set[str]) -> bool:
        """Whether the words hold the saying; `present` are the same words as a set."""
        if not self.may_hold(saying, present):
            return False
        parts = self.parts(saying)
        return all(_reached(part.pieces, words, range(len(words.plain) + 1)) for part in parts)

    def may_hold(self, saying: str, present: set[str]) -> bool:
        """Whether the words have something for each place of the saying; far cheaper than taking it apart."""
        places = self._places.get(saying)
        if places is None:
            places = self._places[saying] = self._places_of(saying)
        return not any(map(present.isdisjoint, places))

    def _places_of(self, saying: str) -> list[frozenset[str]]:
        """The first words that each place of the saying asks for, the narrowest place first: most texts fail there."""
        found = []
        for place in saying.split():
            names = place.split("|")
            if place not in _GAPS and place[-1] != "?" and place != "&" and _EDGES.isdisjoint(names):
                heads = (self._heads(name[1:-1]) if name[0] == "<" else (name.partition("_")[0],) for name in names)
                found.append(frozenset().union(*heads))
        return sorted(found, key=len)

    def _heads(self, name: str) -> frozenset[str]:
        """The first words of a group's members."""
        heads = self._first.get(name)
        if heads is None:
            heads = self._first[name] = frozenset(row[0] for row in self.group(name))
        return heads

    def end(self, saying: str, words: Words, start: int) -> int:
        """Where a saying without ` & ` that begins at `start` ends at the latest, or `start` where none begins."""
        (part,) = self.parts(saying)
        return max(_reached(part.pieces, words, (start,)), default=start) if words.plain[start] in part.needs[0] else start

    def rows(self, name: str) -> tuple[Row, ...]:
        """The members of a `<group>`, or the word itself."""
        return self.group(name[1:-1]) if name[0] == "<" else (tuple(name.split("_")),)

    def group(self, name: str) -> tuple[Row, ...]:
        """The members of a group as rows of words, inflected where marked with `+`."""
        members = self._members.get(name)
        if members is None:
            rows: dict[Row, None] = {}
            for member in self._groups[name]:
                if member[0] == "<":
                    rows.update(dict.fromkeys(self.group(member[1:-1])))
                elif member[-1] == "+":
                    rows.update(((form,), None) for form in _inflected(member[:-1]))
                else:
                    rows[tuple(member.split())] = None
            members = self._members[name] = tuple(rows)
        return members

    def parts(self, saying: str) -> tuple[Part, ...]:
        """The saying taken apart; raises `KeyError` for a group that does not exist."""
        parts = self._parts.get(saying)
        if parts is None:
            rows = [tuple(self._piece(text) for text in part.split()) for part in saying.split(" & ")]
            parts = self._parts[saying] = tuple(Part(row, tuple(map(_must, filter(_is_needed, row)))) for row in rows)
        return parts

    def _piece(self, text: str) -> Piece:
        if text in _GAPS:
            return Piece(frozenset(), {}, gap=_GAPS[text], across=text == "~")
        optional = text[-1] == "?"
        singles: set[str] = set()
        rows: dict[str, tuple[Row, ...]] = {}
        names = text.rstrip("?").split("|")
        for name in names:
            for row in self.rows(name):
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


def _inflected(verb: str) -> tuple[str, ...]:
    """The regular forms of a verb, among them those that drop a final e or turn a final y."""
    if verb.endswith("e"):
        return verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    return verb, f"{verb}es" if verb.endswith(("s", "sh", "ch", "x")) else f"{verb}s", f"{verb}ed", f"{verb}ing"
