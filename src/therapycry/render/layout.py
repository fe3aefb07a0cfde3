"""Runs of words to lines no wider than a measure. No rich."""

from __future__ import annotations

from itertools import groupby

from .parts import Run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .parts import Kind

MEASURE = 88  # columns of prose: from the end of a longer line the eye loses its way back
_EMOJI_STYLE = "\ufe0f"  # makes the character before it two columns wide

_TIGHT = ("bullet", "related", "row")


def apart(before: Kind, kind: Kind) -> bool:
    """Whether a blank line stands between two parts: not within a list of short items, not below what belongs to the next part."""
    return not (before == "heading" or (before == kind and kind in _TIGHT) or kind == "remark")


def cells(text: str) -> int:
    """How many columns `text` takes on a terminal: never fewer than it does, for joined emoji perhaps more."""
    return len(text) if text.isascii() else sum(map(_cells_of, text))


def width(line: Iterable[Run]) -> int:
    """How many columns a line of runs takes."""
    return sum(cells(run.text) for run in line)


def wrap(runs: Iterable[Run], measure: int) -> list[list[Run]]:
    """The runs as lines of at most `measure` (2 or more) columns, broken between words, within a word only if it is wider.

    A citation stays with the word before it, one space apart; a command stays whole, to be copied, where a line can hold it.
    """
    lines: list[list[Run]] = [[]]
    used = 0
    for word in _words(runs, measure):
        wide = width(word)
        if used and used + 1 + wide > measure:
            lines.append([])
            used = 0
        if used:
            lines[-1].append(_space(lines[-1][-1], word[0]))
            used += 1
        for piece in word if wide <= measure else _letters(word):
            size = cells(piece.text)
            if used + size > measure:
                lines.append([])
                used = 0
            lines[-1].append(piece)
            used += size
    return [_joined(line) for line in lines if line]


def _cells_of(character: str) -> int:
    from unicodedata import category, east_asian_width  # a large table, which text in ASCII does not need

    if character == _EMOJI_STYLE:
        return 1
    if category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in ("W", "F") else 1


def _words(runs: Iterable[Run], measure: int) -> Iterator[list[Run]]:
    """What stands between spaces, each with the runs that it spans."""
    word: list[Run] = []
    for run in runs:
        if run.role == "citation":
            if word and word[-1].role != "citation":
                word.append(Run(" "))
            word.append(run)
            continue
        whole = run.role == "command" and cells(run.text) <= measure
        first, *others = [run.text] if whole else run.text.split(" ")
        _, role, link = run
        if first:
            word.append(Run(first, role, link))
        for other in others:
            if word:
                yield word
            word = [Run(other, role, link)] if other else []
    if word:
        yield word


def _letters(word: Iterable[Run]) -> Iterator[Run]:
    """A word letter by letter; marks stay with their letter because they take no column."""
    return (Run(character, run.role, run.link) for run in word for character in run.text)


def _space(left: Run, right: Run) -> Run:
    """The space between two words: part of the run where both belong to the same."""
    return Run(" ", left.role, left.link) if left.role == right.role and left.link == right.link else Run(" ")


def _joined(line: list[Run]) -> list[Run]:
    """The line with neighbours that look the same made one."""
    groups = groupby(line, key=lambda run: (run.role, run.link))
    return [Run("".join([run.text for run in group]), *look) for look, group in groups]
