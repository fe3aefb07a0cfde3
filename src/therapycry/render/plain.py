"""The plain view: linear text without boxes, escapes or emoji, for pipes, screen readers and terminals that can do no more."""

from __future__ import annotations

from .layout import MEASURE, apart, cells, wrap
from .parts import Run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .display import Display
    from .parts import Part


def draw(parts: Iterable[Part], display: Display) -> str:
    """The parts as text. A row of the list is one record on one line, however long; nothing else is wider than the display."""
    measure = min(display.width, MEASURE)
    parts = tuple(parts)
    if any(part.kind == "row" for part in parts):
        return "".join(f"{_record(part)}\n" for part in parts if part.kind == "row")
    lines: list[str] = []
    before = None
    for part in parts:
        if before and apart(before, part.kind):
            lines.append("")
        lines.extend(_lines(part, measure))
        before = part.kind
    return "\n".join(lines) + "\n"


def _lines(part: Part, measure: int) -> Iterator[str]:
    """A marker hangs to the left of all lines of its part."""
    indent = " " * (cells(part.marker) + 1) if part.marker else ""
    first = f"{part.marker} " if part.marker else ""
    for runs in _spoken(part):
        for line in wrap(runs, measure - len(indent)):
            yield first + "".join(run.text for run in line)
            first = indent


def _spoken(part: Part) -> Iterator[tuple[Run, ...]]:
    """The lines as they are read aloud: a heading announces what follows it."""
    for runs in part.lines:
        announces = part.kind == "heading" and not runs[-1].text.endswith((".", ":", "?", "!"))
        yield (*runs, Run(":")) if announces else runs


def _record(part: Part) -> str:
    question, slug = ("".join(run.text for run in line) for line in part.lines)
    return f"{part.marker} {question} ({slug})"
