"""The terminal view, in Rich's styles; the only importer of rich.

Rich turns styles into escapes; the setting of lines is `layout`'s. `rich.console` would double the start-up of the whole program.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import zip_longest

from rich.color import ColorSystem
from rich.style import Style

from .layout import MEASURE, apart, cells, width, wrap
from .parts import Run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .display import Display
    from .parts import Kind, Part

# Every colour stands out from black and from white at 3:1 or more, and says nothing that words or bold do not say as well.
STYLES = {
    "title": "bold",
    "remark": "color(245)",
    "heading": "bold color(67)",
    "alert": "bold color(167)",
    "closing": "color(245)",
    "strong": "bold",
    "emphasis": "italic",
    "work": "italic",
    "citation": "color(67)",
    "command": "color(66)",
    "address": "color(245)",
    "slug": "color(66)",
    "marker": "color(67)",
    "short bar": "color(67)",
    "notice bar": "color(167)",
    "text": "none",
}
_BARS: dict[Kind, str] = {"short": "short bar", "alert": "notice bar", "notice": "notice bar"}
_BAR, _BULLET = "▎ ", "•"
_MARGIN = 2
_NARROW = 60  # a narrower terminal has no columns to spare for a margin
_GAP = 2  # columns between the two halves of a row
_LEAST = 32  # columns that a row's question needs; with fewer, the slug goes below it


def draw(parts: Iterable[Part], display: Display) -> str:
    """The parts as text with escapes, as `display` allows them; on a screen with a margin and blank lines around."""
    return _Sheet(tuple(parts), display).text()


class _Sheet:
    """One page being set: the parts, the display, and the columns that parts of a kind share.

    Rows alone may use the margin at the right: a table is scanned, not read line by line.
    """

    def __init__(self, parts: tuple[Part, ...], display: Display) -> None:
        self._parts = parts
        self._display = display
        self._screen = display.height is not None
        self._margin = " " * _MARGIN if self._screen and display.width >= _NARROW else ""
        self._measure = min(display.width - 2 * len(self._margin), MEASURE)
        self._links: dict[str, int] = {}
        self._markers: dict[Kind, int] = {}
        for part in parts:
            self._markers[part.kind] = max(cells(part.marker), self._markers.get(part.kind, 0))
        left, right = (max((width(part.lines[side]) for part in parts if part.kind == "row"), default=0) for side in (0, 1))
        room = self._measure + len(self._margin) - self._markers.get("row", 0) - 1 - _GAP - right
        self._left = min(left, room) if room >= _LEAST else 0

    def text(self) -> str:
        lines: list[str] = []
        for before, part in zip((None, *self._parts), self._parts, strict=False):
            if before and apart(before.kind, part.kind):
                bar = _BARS.get(part.kind)
                lines.append(self._paint(_BAR.rstrip(), bar) if bar and bar == _BARS.get(before.kind) else "")
            lines.extend(self._lines(part))
        around = "\n" if self._screen else ""
        return around + "".join(f"{self._margin}{line}".rstrip(" ") + "\n" for line in lines) + around

    def _lines(self, part: Part) -> Iterator[str]:
        """The part's lines: behind a bar, or with a marker that hangs to their left."""
        bar = _BARS.get(part.kind)
        marker = _BULLET if part.marker == "-" else part.marker
        indent = len(_BAR) if bar else self._markers[part.kind] + 1 if marker else 0
        rest = self._paint(_BAR, bar) if bar else " " * indent
        first = rest if bar or not marker else " " * (indent - 1 - cells(marker)) + self._paint(marker, "marker") + " "
        for line in self._set(part, self._measure - indent):
            yield first + "".join(self._ink(run, part.kind) for run in line)
            first = rest

    def _set(self, part: Part, measure: int) -> Iterator[list[Run]]:
        """The lines of a part; a row's second half stands in a column of its own where the first keeps room enough."""
        if part.kind != "row" or not self._left:
            for runs in part.lines:
                yield from wrap(runs, measure)
            return
        halves = (wrap(runs, self._left) for runs in part.lines)
        for question, slug in zip_longest(*halves, fillvalue=list[Run]()):
            yield [*question, *([Run(" " * (self._left + _GAP - width(question)))] if slug else []), *slug]

    def _ink(self, run: Run, kind: Kind) -> str:
        name = run.role if run.role != "text" or kind not in STYLES else kind
        return self._paint(run.text, name, run.link)

    def _paint(self, text: str, name: str, link: str | None = None) -> str:
        if self._display.bold:
            style = _style(name)
            style = style if self._display.colour else style.without_color
            text = style.render(text, color_system=ColorSystem.EIGHT_BIT)
        return self._linked(text, link) if link and self._display.links else text

    def _linked(self, text: str, link: str) -> str:
        """The text as a hyperlink, numbered so that a terminal joins the halves of a broken one; Rich's number would be random."""
        number = self._links.setdefault(link, len(self._links) + 1)
        return f"\x1b]8;id={number};{link}\x1b\\{text}\x1b]8;;\x1b\\"


@lru_cache(maxsize=len(STYLES))
def _style(name: str) -> Style:
    return Style.parse(STYLES[name])
