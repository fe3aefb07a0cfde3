"""Lines: sorted lines of a large text, found without taking the text apart."""

from __future__ import annotations

from bisect import bisect_right

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


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
