"""Lines: sorted lines of a large text, found without taking the text apart; of a larger one, read where they are needed."""

from __future__ import annotations

from bisect import bisect_right
from os import stat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from typing import Any


class Lines:
    """Lines of text in order, found without taking the text apart: an answer needs a few dozen of many thousand."""

    __slots__ = ("_heads", "_places", "text")
    _STEP = 1_024  # characters that are searched at a time

    def __init__(self, text: str) -> None:
        """Take the lines, which are sorted; a text that begins and ends with a line's end is kept as it is, for it may be large."""
        whole = text.startswith("\n") and text.endswith("\n")
        self.text = text if whole else f"\n{text.strip(chr(10))}\n" if text.strip() else "\n"
        at = (self.text.find("\n", near) for near in range(self._STEP, len(self.text) - 1, self._STEP))
        self._places = [*dict.fromkeys((0, *(place for place in at if place < len(self.text) - 1))), len(self.text)]
        self._heads = [self.text[place : self.text.find("\n", place + 1)] for place in self._places[1:-1]]

    def after(self, start: str) -> str | None:
        """What follows `start` in the line that begins with it (only one may), or None."""
        found = self._find(f"\n{start}", f"\n{start}\x7f")
        return None if found < 0 else self.text[found : self.text.index("\n", found)]

    def rows(self, keys: Iterable[str]) -> dict[str, str]:
        """What follows each key and a tab, for those keys that begin a line: as `after`, for the many that a text needs."""
        text, places, heads = self.text, self._places, self._heads
        rows = {}
        for key in keys:
            start = f"\n{key}\t"
            near = bisect_right(heads, f"{start}\x7f")
            found = text.find(start, places[near], places[near + 1] + len(start))
            if found >= 0:
                found += len(start)
                rows[key] = text[found : text.index("\n", found)]
        return rows

    def stretches(self) -> list[tuple[str, int]]:
        """The key that begins each stretch of the text, and where the stretch ends: with these `FileLines` finds its lines."""
        ends = [*(place for place in self._places[1:-1]), len(self.text) - 1]
        starts = [0, *ends[:-1]]
        return [(self.text[start + 1 : self.text.index("\t", start)], end) for start, end in zip(starts, ends, strict=True)]

    def _find(self, text: str, last: str) -> int:
        """Where `text` ends in the stretch that a line no later than `last` begins, or -1."""
        near = bisect_right(self._heads, last)
        found = self.text.find(text, self._places[near], self._places[near + 1] + len(text))
        return found + len(text) if found >= 0 else -1

    def __iter__(self) -> Iterator[str]:
        """The lines."""
        return iter(self.text[1:-1].split("\n") if len(self.text) > 1 else ())

    def __eq__(self, other: object) -> bool:
        """Whether the same lines stand there."""
        return isinstance(other, Lines) and self.text == other.text

    def __hash__(self) -> int:
        """By the text, as equality is."""
        return hash(self.text)

    def __contains__(self, line: object) -> bool:
        """Whether there is such a line, whole."""
        return self._find(f"\n{line}\n", f"\n{line}") >= 0


class FileLines:
    """Lines of a file, too many for memory: each is a key, a tab and a row. A lookup opens the file and reads what it needs."""

    __slots__ = ("_ends", "_heads", "path")

    def __init__(self, path: str, stretches: Iterable[Sequence[Any]]) -> None:
        """Take the file and its stretches, as `Lines.stretches` tells them; raises `OSError` where the file is another one."""
        self.path = path
        self._heads, self._ends = zip(*stretches, strict=True)
        if stat(path).st_size != self._ends[-1]:
            raise OSError(path)

    def rows(self, keys: Collection[str]) -> dict[str, str]:
        """What follows each key and a tab, for those keys that begin a line."""
        rows: dict[str, str] = {}
        if not keys:
            return rows
        with open(self.path, "rb", buffering=0) as file:
            for key in keys:
                near = bisect_right(self._heads, key) - 1
                if near < 0:
                    continue
                start = self._ends[near - 1] if near else 0
                file.seek(start)
                stretch = b"\n" + file.read(self._ends[near] - start)
                found = stretch.find(f"\n{key}\t".encode())
                if found >= 0:
                    rows[key] = stretch[found + len(key) + 2 : stretch.index(b"\n", found + 1)].decode("ascii")
        return rows

    def stretches(self) -> list[tuple[str, int]]:
        """The stretches that were taken."""
        return [*zip(self._heads, self._ends, strict=True)]
