"""read(): the plain words of a text, whatever hides them: misspelling, symbols for letters, letters set apart, other alphabets.

It belongs to the safety check alone and leans towards recognising too much; what a question is about is read elsewhere.
"""

from __future__ import annotations

import re
from itertools import accumulate

from .letters import LIKENESS
from .records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

# The patterns are compiled when they are first used: at import they would cost every command.
_WORDS = r"[a-z0-9@$*](?:[a-z0-9'@$!*|]*[a-z0-9*$])?|[.?!;:]+(?=\s|$)|[\n()]+|,"
_APART = r"(?<![a-z0-9'@$])[a-z0-9@$!]([^a-z0-9\n])[a-z0-9@$!](?:\1[a-z0-9@$!])+(?![a-z0-9'@$])"
# Two letters with a sign between them, and a blank between two letters of a text that is spread out.
_PAIR = r"(?<![a-z0-9'@$.])([a-z])[-._*/]([a-z])(?![a-z0-9'@$])"
_GAP = r"(?<=[^ ]) (?=[^ ])"
# A letter that is drawn out is meant twice or once; in the end no doubled letter is trusted.
_DRAWN_OUT = ((r"(.)\1\1+", r"\1\1"), (r"(.)\1\1+", r"\1"), (r"(.)\1+", r"\1"))
_COMMA = frozenset(",")
_ENDS = frozenset(".?!;:\n()")
_SYMBOLS = str.maketrans("0134578@$!|", "oieastbasil")
_SPREAD = 0.4  # share of blanks from which a text is spread out
_LONGEST = 40  # letters of a run-together word that is still taken apart
_LONG = 12  # letters of a key word of which two may be wrong
_MIDDLE = 5  # letters of a key word of which one may be wrong
_REPAIRS = 1_000  # different unknown words of one text that are looked at closely, so that a megabyte takes no longer


class Words(NamedTuple):
    """A text as plain words; `ends` are the places between them where a sentence ends, `pauses` those with a comma too."""

    plain: list[str]
    ends: frozenset[int]
    pauses: frozenset[int] = frozenset()


class Speller:
    """Reads words by the `[spelling]` table of the safety data; it learns nothing of what it reads."""

    def __init__(self, spelling: Mapping[str, Any], common: Callable[[str], bool]) -> None:
        """Take `same` (what is meant, how it is written), `keys` (words to repair others to), `apart` (words to leave alone).

        `common` says whether a word is a common one: behind symbols and drawn-out letters such words are read too.
        """
        self.common = common
        self.same: dict[str, str] = {form: meant for meant, forms in spelling["same"].items() for form in forms}
        self.keys = frozenset(spelling["keys"])
        self.apart = frozenset(spelling["apart"])
        self.small = frozenset(spelling["small"])
        self.whole = tuple(spelling["whole"])
        self._near: dict[str, dict[str, str]] = {}

    def read(self, folded: str) -> Words:
        """The plain words of a text that `fold` has prepared; time grows with its length alone."""
        text = folded if folded.isascii() else folded.translate(LIKENESS)
        if text.count(" ") > _SPREAD * len(text):
            text = re.sub(_GAP, "", text)
        if " " in text or "." in text or "-" in text:
            text = re.sub(_PAIR, r"\1\2", re.sub(_APART, _together, text))
        tokens = [match[0] for match in re.finditer(_WORDS, text)]
        return self._sentences(tokens)

    def _sentences(self, tokens: list[str]) -> Words:
        known: dict[str, list[str]] = {}
        plain: list[str] = []
        ends, pauses = set(), set()
        repairs = _REPAIRS
        for token in tokens:
            if token in _COMMA:
                pauses.add(len(plain))
                continue
            words = known.get(token)
            if words is None:
                words = known[token] = self._words(token, close=repairs > 0)
                repairs -= 1
            if words:
                plain += words
            else:
                ends.add(len(plain))
        return Words(self._pieced(tokens, plain), frozenset(ends), frozenset(ends | pauses))

    def _words(self, token: str, *, close: bool) -> list[str]:
        """What a token stands for, looked at closely or not; nothing for the end of a sentence."""
        if token[0] in _ENDS:
            return []
        if len(token) > _LONGEST:
            close = False
            token = token if token.isalpha() else token[:_LONGEST]
        found = self._known(token)
        if found is None and close and not token.isalnum():
            found = self._unmasked(token)
        if found is None and close and not token.isalpha() and token.isalnum() and not token.isdigit():
            found = self._behind_symbols(token.translate(_SYMBOLS))
        if found is None and close and token.isalpha():
            found = self._repaired(token) or self._parted(token)
        return found.split() if found else [token]

    def _known(self, token: str) -> str | None:
        """The words of a spelling that the data lists, or that differs from a key word only in drawn-out letters."""
        if token in self.same:
            return self.same[token]
        if token in self.keys or token in self.small:
            return token
        if len(token) > 3 and re.search(r"(.)\1\1", token):  # noqa: PLR2004
            for drawn, letters in _DRAWN_OUT:
                shorter = re.sub(drawn, letters, token)
                if shorter in self.same:
                    return self.same[shorter]
                if shorter in self.keys or shorter in self.small or shorter in self.apart or self.common(shorter):
                    return shorter
            return self._repaired(shorter)
        return None

    def _behind_symbols(self, letters: str) -> str | None:
        """The words that symbols and digits stand for, put as letters."""
        return self._known(letters) or self._repaired(letters) or (letters if letters.isalpha() and self.common(letters) else None)

    def _unmasked(self, token: str) -> str | None:
        """The words behind apostrophes, stars and symbols."""
        bare = token.strip("*").replace("|", "l") if "*" in token else token
        head, apostrophe, tail = bare.partition("'")
        if apostrophe:
            return f"{self._plainest(head)} {_SHORTENED.get(tail, '')}".strip() if head else self._plainest(tail)
        if "*" in bare:
            letters = bare.translate(_SYMBOLS)
            fits = [key for key in sorted(self.keys | self.small) if len(key) == len(letters) and _fits(letters, key)]
            return fits[0] if fits else bare.replace("*", "") or bare
        letters = bare.translate(_SYMBOLS)
        found = self._behind_symbols(letters)
        return found or " ".join(self._plainest(part) for part in re.findall(r"[a-z0-9]+", bare)) or bare

    def _plainest(self, word: str) -> str:
        return self._known(word) or (self._repaired(word) if word.isalpha() else None) or word

    def _repaired(self, token: str) -> str | None:
        """The key word that a misspelt one stands for: letters doubled, left out, added, changed or swapped."""
        if token in self.apart or len(token) < 3:  # noqa: PLR2004
            return None
        near = self._near.get(token[0]) or self._forms(token[0])
        if token in near:
            return near[token]
        if len(token) < _MIDDLE - 1:
            return None
        for place in range(1, len(token)):
            found = near.get(token[:place] + token[place + 1 :])
            if found and found[0] == token[0] and abs(len(found) - len(token)) <= 1:
                return found
        return near.get(token[:-1] + "ing") if token.endswith("in") and token[:-1] + "ing" in self.keys else None

    def _forms(self, letter: str) -> dict[str, str]:
        """Each wrong form with this first letter that is expected of a key word, made once, when such a word is first met."""
        near: dict[str, str] = {}
        # A slip leaves the first letter alone, or swaps it with the second.
        for key in sorted((key for key in self.keys if letter in key[:2]), key=lambda key: (len(key), key)):
            for form in _wrong_forms(key):
                if form[0] == letter:
                    near.setdefault(form, key)
        near.update((key, key) for key in self.keys if key[0] == letter)
        for word in self.apart | self.small:
            near.pop(word, None)
        self._near[letter] = near
        return near

    def _parted(self, token: str) -> str | None:
        """A run-together word as its parts, if every part is known and one of them telling."""
        if not 6 <= len(token) <= _LONGEST or token in self.apart:  # noqa: PLR2004
            return None
        best: list[list[str] | None] = [[]] + [None] * len(token)
        for start in range(len(token)):
            before = best[start]
            if before is None:
                continue
            for end in range(start + 1, min(start + 12, len(token)) + 1):
                part = token[start:end]
                if (part in self.keys or part in self.small or (len(part) > 2 and part in self.same)) and (  # noqa: PLR2004
                    best[end] is None or len(before) + 1 < len(best[end] or [])
                ):
                    best[end] = [*before, part]
        parts = best[-1]
        words = " ".join(self.same.get(part, part) for part in parts or ())
        telling = any(len(word) > 2 and word in self.keys for word in words.split())  # noqa: PLR2004
        return words if telling and words != token else None

    def _pieced(self, tokens: list[str], plain: list[str]) -> list[str]:
        """The words, with those telling ones at the end that are written in pieces ("ki ll my self")."""
        tokens = [token for token in tokens if token not in _COMMA]
        joined = "".join(tokens).translate(_SYMBOLS)
        for whole in self.whole:
            letters = whole.replace(" ", "")
            at = joined.find(letters)
            starts = (0, *accumulate(map(len, tokens))) if at >= 0 else ()
            if (
                at in starts
                and at + len(letters) in starts
                and starts.index(at + len(letters)) - starts.index(at) != whole.count(" ") + 1
            ):
                plain = [*plain, *whole.split()]
        return plain


_SHORTENED = {"m": "am", "ve": "have", "re": "are", "ll": "will", "d": "would", "t": "not"}


def _together(found: re.Match[str]) -> str:
    return found[0].replace(found[1], "")


def _fits(letters: str, key: str) -> bool:
    return all(letter in ("*", other) for letter, other in zip(letters, key, strict=True)) and letters.count("*") < len(key) - 1


def _wrong_forms(key: str) -> Iterable[str]:
    """Forms of `key` with doubled letters single, neighbours swapped, one letter missing, or two of a long word."""
    squeezed = "".join(letter for place, letter in enumerate(key) if not place or letter != key[place - 1])
    if squeezed != key:
        yield squeezed
    if len(key) >= _MIDDLE - 1:
        for place in range(len(key) - 1):
            yield key[:place] + key[place + 1] + key[place] + key[place + 2 :]
    if len(key) >= _MIDDLE:
        shorter = [key[:place] + key[place + 1 :] for place in range(1, len(key))]
        yield from shorter
        if len(key) >= _LONG:
            for word in shorter:
                yield from (word[:place] + word[place + 1 :] for place in range(1, len(word)))
