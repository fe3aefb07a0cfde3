"""What the views are shown with: outcomes of questions to the tests' own handbook, made by hand.

`python tests/render_samples.py` writes the golden pages again; read the difference before you keep it.
"""

from __future__ import annotations

from datetime import date
from os.path import dirname, join
from typing import TYPE_CHECKING

from therapycry import handbook, render
from therapycry.model import Helpline, Lookup, Match, Notice, Reading, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = dirname(__file__)
GOLDEN = join(HERE, "golden")
TINY = handbook.load(join(HERE, "handbook"))
ASKED = "why dose it \x1b[31mrain\x07 \u202eon [bold]me[/]"

_DAY = date(2026, 3, 4)
LINES = (
    Helpline(
        "gb-rain",
        "gb",
        "Rain Line",
        ("crisis",),
        ("call 0000 1234", "text RAIN to 5678"),
        "24 hours, free",
        "https://rain.example.org",
        _DAY,
        "https://rain.example.org/line",
    ),
    Helpline(
        "world-shelter",
        "world",
        "Find Shelter",
        ("crisis", "misconduct"),
        ("choose your country at shelter.example.org",),
        "Hours differ",
        "https://shelter.example.org",
        date(2026, 3, 1),
        None,
        "anyone who is wet",
    ),
)
NOTICE = Notice(
    "crisis",
    "self",
    "Come in out of the storm",
    ("Nobody is reading what you type.", "In danger now: call your local emergency number."),
    LINES,
)
READING = Reading(("why", "does", "it", "rain"), (("dose", "does"),), ("rain",), ("cloud",), ("why",), ("rain", "ask:why"))


def match(slug: str, score: int) -> Match:
    """A match of that entry."""
    entry = TINY[slug]
    return Match(entry, score, entry.phrasings[0], (Signal("rain", 2.345), Signal("ask:why", -0.5)))


SURE = Lookup(ASKED, "sure", match("why-rain", 93), (match("why-rain", 93), match("wide-words", 41)), None, READING)
UNSURE = Lookup(
    ASKED, "unsure", None, (match("why-rain", 48), match("how-much-rain", 44), match("borrow-umbrella", 40)), None, READING
)
NONE = Lookup(ASKED, "none", None, (match("borrow-umbrella", 21),), None, READING)
LOST = NONE._replace(candidates=())
ALERT = SURE._replace(notice=NOTICE)


def samples(display: render.Display) -> Iterator[tuple[str, str]]:
    """Every kind of page by name, in that display."""
    entry = TINY["why-rain"]
    yield "answer", render.answer(SURE, TINY, display)
    yield "answer-why", render.answer(SURE, TINY, display, why=True)
    yield "choices", render.answer(UNSURE, TINY, display)
    yield "nothing", render.answer(NONE, TINY, display)
    yield "notice", render.answer(ALERT, TINY, display)
    yield "page", render.page(entry, TINY, display)
    yield "page-short", render.page(entry, TINY, display._replace(short=True))
    yield "page-wide-words", render.page(TINY["wide-words"], TINY, display)
    yield "list", render.contents(TINY.topics, TINY, display)
    yield "sources", render.bibliography(tuple(TINY.sources.values()), display)
    yield "sources-of-entry", render.bibliography([TINY.sources[key] for key in entry.sources], display, entry=entry)
    yield "helplines", render.helplines(LINES, display)


def golden_pages() -> Iterator[tuple[str, str]]:
    """The golden pages by file name. JSON and Markdown know no width; the pages with escapes are named so."""
    for width in (80, 40):
        screen = render.Display("terminal", width, height=24)
        for name, text in samples(screen):
            yield f"{name}.terminal.{width}.txt", text
        for name, text in samples(render.Display("plain", width)):
            yield f"{name}.plain.{width}.txt", text
        for name, text in samples(screen._replace(bold=True, colour=True, links=True)):
            if name in ("answer", "notice"):
                yield f"{name}.escapes.{width}.txt", text
    for view in ("markdown", "json"):
        for name, text in samples(render.Display(view)):
            yield f"{name}.{view}.txt", text


def _rewrite() -> None:
    for name, text in golden_pages():
        with open(join(GOLDEN, name), "w", encoding="utf-8", newline="\n") as file:
            file.write(text)


if __name__ == "__main__":
    _rewrite()
