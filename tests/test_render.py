"""What a reader sees in each view."""

from __future__ import annotations

import re
import subprocess
import sys
from os.path import dirname, join
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.style import Style

from render_samples import ALERT, LINES, LOST, NONE, SURE, TINY, UNSURE, samples
from therapycry import handbook, render
from therapycry.model import Entry, Handbook, Lookup
from therapycry.render import Display
from therapycry.render.layout import cells
from therapycry.render.terminal import STYLES

if TYPE_CHECKING:
    from rich.color import Color

SHIPPED = handbook.load()
PAGES = [(book, entry) for book in (SHIPPED, TINY) for entry in book]
EVERY_PAGE = pytest.mark.parametrize(("book", "entry"), PAGES, ids=[entry.slug for _, entry in PAGES])
SCREEN = Display("terminal", height=24)
COLOURED = SCREEN._replace(bold=True, colour=True)
TEXT_VIEWS = (SCREEN, COLOURED._replace(links=True), Display("plain"), Display("markdown"))
ESCAPE = re.compile(r"\x1b\[[\d;]*m|\x1b\]8;[^\x1b]*\x1b\\")


def letters(text: str) -> str:
    """All letters and digits of a page in their order, without escapes: equal where the words are equal, however set."""
    return "".join(re.findall(r"[^\W_]", ESCAPE.sub("", text)))


def words(text: str) -> str:
    """The words of a page with one space between them, whatever the markup."""
    bare = re.sub(r"\\(?=[^\w\s])", "", ESCAPE.sub("", text))
    return " ".join(re.findall(r"[^\W_]+", bare))


@EVERY_PAGE
@settings(max_examples=12)
@given(width=st.integers(20, 120))
def test_every_view_says_the_same(book: Handbook, entry: Entry, width: int) -> None:
    """Terminal, plain and Markdown hold the same letters in the same order, at any width."""
    said = {letters(render.page(entry, book, display._replace(width=width))) for display in TEXT_VIEWS}
    assert len(said) == 1


@EVERY_PAGE
def test_every_view_has_the_same_words(book: Handbook, entry: Entry) -> None:
    """Where addresses are set aside, which may break across lines, the words are equal one by one."""

    def prose(display: Display) -> str:
        shown = ESCAPE.sub("", render.page(entry, book, display._replace(width=120, short=False)))
        return words("\n".join(re.split(r"\n\W*Sources:?\n", shown)[:1]))

    assert len({prose(display) for display in TEXT_VIEWS}) == 1


@EVERY_PAGE
@pytest.mark.parametrize("display", [Display("plain"), COLOURED], ids=["plain", "terminal"])
@settings(max_examples=12)
@given(width=st.integers(20, 120))
def test_no_line_is_wider_than_the_display(book: Handbook, entry: Entry, display: Display, width: int) -> None:
    """From 20 columns up every line fits, and no line of prose is longer than 88 columns beside the margin."""
    for line in ESCAPE.sub("", render.page(entry, book, display._replace(width=width))).split("\n"):
        assert cells(line) <= min(width, 90)


@pytest.mark.parametrize("width", [20, 23, 40, 59, 60, 80, 120])
def test_no_other_page_is_wider_either(width: int) -> None:
    """The lists, notices and choices fit too; only the plain list has one record a line."""
    for display in (Display("plain", width), COLOURED._replace(width=width)):
        for name, text in samples(display):
            if (name, display.view) != ("list", "plain"):
                assert all(cells(line) <= width for line in ESCAPE.sub("", text).split("\n")), name


@EVERY_PAGE
def test_a_page_says_all_that_the_entry_holds(book: Handbook, entry: Entry) -> None:
    """Question, short answer, each source with grade and address, related questions with their commands, the review."""
    shown = render.page(entry, book, Display("markdown"))
    said = letters(shown)
    assert shown.startswith("# ")
    for part in (entry.question, entry.short, entry.reviewed.isoformat(), *(book[slug].question for slug in entry.related[:3])):
        assert letters(part) in said
    for slug in entry.related[:3]:
        assert f"`therapycry show {slug}`" in shown
    for number, key in enumerate(entry.sources, 1):
        source = book.sources[key]
        assert f"[{number}]" in shown
        assert letters(source.title) in said
        assert not source.address or f"<{source.address}>" in shown


def test_an_answer_says_how_sure_it_is() -> None:
    """In words, with the score that the words stand for."""
    best = SURE.best
    assert best
    for score, sentence in ((97, "Almost certainly what you asked (97 of 100)"), (80, "Very likely"), (79, "Probably")):
        found = SURE._replace(best=best._replace(score=score))
        assert f"Why does it rain?\n{sentence}" in render.answer(found, TINY, Display("plain"))


def test_close_questions_come_before_related_ones() -> None:
    """What else the question may have meant leads the related questions; three in all."""
    related = render.answer(SURE, TINY, Display("plain")).split("Related questions:\n")[1]
    assert re.findall(r"therapycry show (\S+)", related) == ["wide-words", "how-much-rain", "borrow-umbrella"]


def test_unsure_shows_questions_and_no_answer() -> None:
    """Up to three numbered questions with the command for each; no short answer."""
    shown = render.answer(UNSURE, TINY, Display("plain"))
    assert re.findall(r"^(\d)\. .*\n +therapycry show (\S+)", shown, re.MULTILINE) == [
        ("1", "why-rain"),
        ("2", "how-much-rain"),
        ("3", "borrow-umbrella"),
    ]
    assert "In short" not in shown


def test_choices_are_the_same_text_with_colour_and_without() -> None:
    """Colour carries nothing: behind a pipe, forced colour adds escapes and spaces and no more."""
    forced = Display("terminal", bold=True, colour=True)
    for found in (UNSURE, NONE, LOST):
        plain, coloured = (render.answer(found, TINY, display) for display in (Display("plain"), forced))
        assert ESCAPE.sub("", coloured) == plain


def test_no_answer_is_said_plainly() -> None:
    """That there is none, the closest topic where one is close, and how to see every question."""
    near, lost = (render.answer(found, TINY, Display("plain", 200)) for found in (NONE, LOST))
    assert near.startswith("The handbook has no answer to this question.\n")
    assert 'The closest topic is "Umbrellas, and who holds them": therapycry list --topic umbrellas' in near
    assert "closest" not in lost
    assert "To see every question: therapycry list\n" in near
    assert near.endswith("people are there to listen: therapycry helplines\n")


@pytest.mark.parametrize("display", TEXT_VIEWS)
def test_help_stands_before_anything_else(display: Display) -> None:
    """The notice and every way to reach someone come first; the entry is offered below, and not shown."""
    shown = " ".join(ESCAPE.sub("", render.answer(ALERT, TINY, display)).replace("▎", "").split())
    places = [
        shown.index(part)
        for part in (
            "Come in out of the storm",
            "call 0000 1234; text RAIN to 5678",
            "I can also show:",
            "therapycry show why-rain",
        )
    ]
    assert places == sorted(places)
    assert "In short" not in shown
    assert "call your local emergency number" in shown


def test_a_notice_offers_what_may_have_been_meant() -> None:
    """Unsure under a notice offers up to three questions; no match offers none."""
    unsure, none = (render.answer(found._replace(notice=ALERT.notice), TINY, Display("plain")) for found in (UNSURE, NONE))
    assert unsure.count("therapycry show") == 3
    assert "I can also show" not in none


def test_short_is_the_short_answer_and_its_sources() -> None:
    """No body, no related questions; the way to help stays."""
    shown = render.answer(SURE, TINY, Display("plain", short=True))
    assert "In short: Because water" in shown
    assert "[3] Board of Umbrellas" in shown
    assert "What studies found" not in shown
    assert "Related" not in shown
    assert "therapycry helplines" in shown


def test_the_plain_list_is_one_record_a_line() -> None:
    """So that lines can be counted, however narrow the display."""
    shown = render.contents(TINY.topics, TINY, Display("plain", 20))
    assert shown.split("\n") == [*(f"{entry.number}. {entry.question} ({entry.slug})" for entry in TINY), ""]


def test_an_empty_list_still_says_how_to_go_on() -> None:
    """A handbook without topics is no error."""
    assert "therapycry list" in render.contents((), TINY, SCREEN)


def test_a_source_says_what_it_is_worth() -> None:
    """Grade in words, year, and whether anyone of the project has seen it."""
    shown = render.bibliography(tuple(TINY.sources.values()), Display("plain", 500))
    assert "Gül Hail and Ines Ice (2010)" in shown
    assert "Review of studies." in shown
    assert "Professional body. Applies to its members only. One of the five resources" in shown
    assert "Is lending an umbrella a sign of trust? (undated). A forum.\n  Opinion. Not verified" in shown
    scholarly = TINY.sources["cloud-2001"]._replace(
        grade="scholarly", kind="thesis", volume=None, pages=None, authors=("Ada Cloud",)
    )
    assert (
        "Ada Cloud (2001). Why does it rain? A study of clouds. Journal of Weather 3.\n  Scholarly thesis."
        in render.bibliography([scholarly], Display("plain"))
    )


def test_helplines_stand_by_region() -> None:
    """A region that has no name here shows its code; the oldest check is the one that is named."""
    shown = render.helplines((*LINES, LINES[0]._replace(region="zz")), Display("plain", 88))
    assert re.findall(r"^([A-Z][\w ]+):$", shown, re.MULTILINE) == ["United Kingdom", "Worldwide", "ZZ"]
    assert "Last checked on published pages: 2026-03-01" in shown.replace("\n", " ")
    assert "emergency number" in render.helplines((), Display("plain"))


@pytest.mark.parametrize("display", TEXT_VIEWS)
def test_the_question_is_shown_only_when_asked_for(display: Display) -> None:
    """No page repeats what was typed; `--why` does, with its escapes written out."""
    for found in (SURE, UNSURE, NONE, ALERT):
        assert "why dose" not in render.answer(found, TINY, display)
    shown = render.answer(SURE, TINY, display._replace(width=200), why=True)
    assert "why dose it" in shown
    assert "<U+001B>" in shown.replace("\\", "")


def test_why_tells_what_decided() -> None:
    """Repairs, meaning, the closest wording, the signals and the runners-up; for choices too."""
    shown = render.answer(SURE, TINY, Display("plain", 500), why=True)
    for words_ in (
        "Spelling read as: does for dose",
        "Who cries: cloud",
        "rain +2.3, ask:why -0.5",
        "Runners-up: wide-words (41 of 100)",
    ):
        assert words_ in shown
    assert "Runners-up: how-much-rain (44 of 100), borrow-umbrella (40 of 100)" in render.answer(
        UNSURE, TINY, Display("plain"), why=True
    ).replace("\n  ", " ")
    assert "Closest wording" not in render.answer(LOST, TINY, Display("plain"), why=True)


def test_why_stays_short_for_a_long_question() -> None:
    """A megabyte of question fills no screen."""
    reading = SURE.reading._replace(repaired=(("wrod", "word"),) * 1000, concepts=("c" * 10_000,))
    found = SURE._replace(asked="rain " * 200_000, reading=reading)
    shown = render.answer(found, TINY, Display("plain"), why=True)
    assert len(shown) < 5_000
    assert "and more" in shown


HOSTILE = st.text(st.sampled_from("\x1b\x9b\x07\x00\r\n]8;[mab*_`<>\\#|&;-.1 \u202e\u2028\ud800é雨"), min_size=1, max_size=40)


@given(text=HOSTILE, display=st.sampled_from(TEXT_VIEWS))
def test_nothing_that_was_typed_or_written_steers_the_terminal(text: str, display: Display) -> None:
    """Neither the question nor any text of a handbook gets an escape, a control or a turning mark through."""
    entry = TINY["why-rain"]._replace(question=text, short=text)
    sources = {
        key: source._replace(title=text, authors=(text,), note=text, url=text, doi=None) for key, source in TINY.sources.items()
    }
    book = Handbook(topics=TINY.topics, entries=(entry, *TINY.entries[1:]), sources=sources, lexicon={}, safety={}, weights=None)
    best = SURE.best
    assert best
    found = Lookup(text, "sure", best._replace(entry=entry, phrasing=text), SURE.candidates, None, SURE.reading)
    shown = ESCAPE.sub("", render.answer(found, book, display, why=True))
    assert all(character.isprintable() or character == "\n" for character in shown)


def test_markdown_shows_a_text_as_it_is() -> None:
    """What would be markup is held back; a number or a mark at the start of a line too."""
    entry = TINY["how-much-rain"]._replace(question="- *a* [b](c) <i> &amp; x_y `z`", short="1. # ~~no~~")
    shown = render.page(entry, TINY, Display("markdown"))
    assert r"# \- \*a\* \[b\](c) \<i> \&amp; x\_y \`z\`" in shown
    assert r"> **In short:** 1. # \~~no\~~" in shown


def test_addresses_are_visible_and_clickable() -> None:
    """The address stands there with links and without; with them, it and the number in the prose lead to it."""
    address = "https://doi.org/10.1234/rain.2001"
    linked = render.page(TINY["why-rain"], TINY, COLOURED._replace(links=True))
    unlinked = render.page(TINY["why-rain"], TINY, COLOURED)
    assert address in ESCAPE.sub("", linked)
    assert address in unlinked
    assert "\x1b]8" not in unlinked
    assert [
        ESCAPE.sub("", text) for text in re.findall(rf"\x1b\]8;id=\d+;{re.escape(address)}\x1b\\(.*?)\x1b\]8;;\x1b\\", linked)
    ] == ["[1]", "[1]", "[1]", address]


def test_without_colour_bold_stays() -> None:
    """NO_COLOR leaves bold and italic and nothing else."""
    shown = render.page(TINY["why-rain"], TINY, SCREEN._replace(bold=True))
    assert set(re.findall(r"\x1b\[([\d;]*)m", shown)) == {"0", "1", "3"}
    assert "\x1b" not in render.page(TINY["why-rain"], TINY, SCREEN)


def luminance(colour: Color) -> float:
    """The relative luminance of WCAG 2, 0 for black to 1 for white."""
    channels = (channel / 255 for channel in colour.get_truecolor())
    red, green, blue = (channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", STYLES)
def test_every_style_is_readable_on_black_and_on_white(name: str) -> None:
    """A contrast of 3:1 or more on both; no background, no faint or blinking text."""
    style = Style.parse(STYLES[name])
    assert not any((style.bgcolor, style.dim, style.blink, style.reverse, style.conceal))
    if style.color:
        assert style.color.number is not None
        assert style.color.number >= 16, "the terminal's own palette may be anything"
        light = luminance(style.color)
        assert (light + 0.05) / 0.05 >= 3
        assert 1.05 / (light + 0.05) >= 3


@pytest.mark.parametrize(("view", "wants_rich"), [("terminal", True), ("plain", False), ("markdown", False), ("json", False)])
def test_a_view_loads_no_more_than_it_needs(view: str, wants_rich: bool) -> None:  # noqa: FBT001 (a table)
    """Rich comes with the terminal view alone, and without its console."""
    code = (
        "import sys; from therapycry import handbook, render; book = handbook.load(sys.argv[1]); before = set(sys.modules); "
        "render.page(book['why-rain'], book, render.Display(sys.argv[2], bold=True, colour=True)); "
        "print(*set(sys.modules) - before)"
    )
    command = [sys.executable, "-c", code, join(dirname(__file__), "handbook"), view]
    loaded = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert ("rich.style" in loaded) is wants_rich
    assert not {
        "rich.console",
        "rich.text",
        "rich.table",
        "rich.markdown",
        "rich.traceback",
        "inspect",
        "dataclasses",
        "logging",
    } & set(loaded)
