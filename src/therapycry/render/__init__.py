"""The views: every function here returns text that ends in a line break, and prints nothing.

`decide` is the only place that chooses view, width, colour and links; each function below loads no more than the view it needs.
"""

from __future__ import annotations

from .display import Display, Wishes, decide
from .encoding import encodable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..model import Entry, Handbook, Helpline, Lookup, Source, Topic
    from .parts import Part

__all__ = ["Display", "Wishes", "answer", "bibliography", "contents", "decide", "encodable", "helplines", "page"]


def answer(found: Lookup, handbook: Handbook, display: Display, *, why: bool = False) -> str:
    """The outcome of a question: the notice where there is one, else the answer, the choices, or that there is none.

    `why` adds what was understood, and with it the question itself, which is shown nowhere else but in JSON.
    """
    if display.view == "json":
        from . import json

        return json.answer(found, handbook, why=why)
    from . import sheet

    parts = list(sheet.outcome(found, handbook, short=display.short))
    if why:
        from .why import why as explained

        parts.extend(explained(found))
    return _draw(parts, display)


def page(entry: Entry, handbook: Handbook, display: Display) -> str:
    """One entry."""
    if display.view == "json":
        from . import json

        return json.page(entry, handbook)
    from . import sheet

    return _draw(sheet.page(entry, handbook, short=display.short), display)


def contents(topics: Sequence[Topic], handbook: Handbook, display: Display) -> str:
    """The questions of these topics: plain one a line and nothing else, so that lines can be counted and cut."""
    if display.view == "json":
        from . import json

        return json.contents(handbook[slug] for topic in topics for slug in topic.entries)
    from . import sheet

    return _draw(sheet.contents(topics, handbook), display)


def bibliography(sources: Sequence[Source], display: Display, *, entry: Entry | None = None) -> str:
    """The sources: all of them by kind of evidence, or those of one `entry` in the order of its numbers."""
    if display.view == "json":
        from . import json

        return json.bibliography(sources)
    from . import sheet

    return _draw(sheet.bibliography(sources, entry), display)


def helplines(lines: Sequence[Helpline], display: Display) -> str:
    """Where a person can turn, in the order given."""
    if display.view == "json":
        from . import json

        return json.helplines(lines)
    from . import sheet

    return _draw(sheet.helplines(lines), display)


def _draw(parts: Iterable[Part], display: Display) -> str:
    """The parts in the display's view; nothing in them can steer a terminal any more."""
    from .parts import clean

    parts = clean(parts)
    if display.view == "terminal":
        from . import terminal

        return terminal.draw(parts, display)
    if display.view == "markdown":
        from . import markdown

        return markdown.draw(parts)
    from . import plain

    return plain.draw(parts, display)
