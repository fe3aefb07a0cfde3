"""Lines, columns, and characters that a terminal must not get."""

from __future__ import annotations

import codecs
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from therapycry.render import encodable
from therapycry.render.layout import cells, width, wrap
from therapycry.render.parts import Part, Run, clean, visible

WORDS = st.text(st.sampled_from("ab c-é雨傘🙂\u0301\u200d\ufe0f\U0001f3fd"), max_size=60)
RUNS = st.lists(st.builds(Run, WORDS, st.sampled_from(("text", "emphasis", "citation", "command"))), max_size=6)


def text_of(line: list[Run]) -> str:
    """The words of a line."""
    return "".join(run.text for run in line)


@given(runs=RUNS, measure=st.integers(2, 60))
def test_no_line_is_wider_than_the_measure(runs: list[Run], measure: int) -> None:
    """Whatever the words, wide characters included, every line fits."""
    assert all(width(line) <= measure for line in wrap(runs, measure))


@given(runs=RUNS, measure=st.integers(2, 60))
def test_wrapping_loses_nothing(runs: list[Run], measure: int) -> None:
    """All characters but spaces come out in their order, in the look they had."""

    def inked(pieces: list[Run]) -> list[tuple[str, str]]:
        return [(character, run.role) for run in pieces for character in run.text if character != " "]

    assert inked([run for line in wrap(runs, measure) for run in line]) == inked(runs)


def test_a_citation_stays_with_its_word() -> None:
    """The number never starts a line of its own."""
    runs = [Run("one two three four"), Run("[1]", "citation"), Run("[2]", "citation"), Run(" five")]
    assert [text_of(line) for line in wrap(runs, 15)] == ["one two three", "four [1][2]", "five"]


def test_a_command_is_not_broken() -> None:
    """A command that fits on a line stands on one, so that it can be copied; a longer one is broken like prose."""
    runs = [Run("To read one: "), Run("therapycry show why-rain", "command")]
    assert [text_of(line) for line in wrap(runs, 26)] == ["To read one:", "therapycry show why-rain"]
    assert [text_of(line) for line in wrap(runs, 20)] == ["To read one:", "therapycry show", "why-rain"]


@given(st.text())
def test_cells_are_never_fewer_than_rich_counts(text: str) -> None:
    """Our count may be more than the terminal's columns, never less, so that no line runs over."""
    shown = visible(text)
    assert cells(shown) >= cell_len(shown)


@given(st.text(st.characters()))
def test_nothing_invisible_survives(text: str) -> None:
    """Controls, bidirectional marks, surrogates and line breaks are written out or become spaces; other text is untouched."""
    shown = visible(text)
    assert all(category(character) not in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") for character in shown)
    assert all(character in "\u200c\u200d" for character in shown if category(character) == "Cf")
    assert visible(shown) == shown


def test_hidden_characters_are_named() -> None:
    """A reader sees what stood there."""
    assert visible("a\x1b[31m\u202eb\ud800\n") == "a<U+001B>[31m<U+202E>b<U+D800> "
    assert visible("plain [bold] %s {0}") == "plain [bold] %s {0}"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "https://a.example/\x1b\\x", "https://a.example/a b", "https://é.example", None]
)
def test_only_plain_web_addresses_become_links(link: str | None) -> None:
    """What stands inside an escape is ASCII, printable and https."""
    (part,) = clean([Part("paragraph", ((Run("here", "address", link),),))])
    assert part.lines[0][0].link is None


ENCODINGS = ["ascii", "latin-1", "cp1252", "cp437", "utf-8", "utf-16", "shift_jis", "no-such-encoding", "rot13", "idna"]


@given(text=st.text(st.characters()), encoding=st.sampled_from(ENCODINGS))
def test_any_text_can_be_written_to_any_stream(text: str, encoding: str) -> None:
    """Never an error, never longer than it was."""
    shown = encodable(text, encoding)
    assert len(shown) <= len(text)
    try:
        codecs.lookup(encoding)
        shown.encode(encoding)
    except (LookupError, UnicodeError):
        shown.encode("ascii")


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("▎ • Gül café", "ascii", "| - Gul cafe"),
        ("▎ • Gül café", "latin-1", "| - Gül café"),
        ("\u201cit\u2019s\u201d \u2013 so\u2026", "ascii", '"it\'s" - so.'),
        ("\u201cit\u2019s\u201d \u2013 so\u2026", "cp1252", "\u201cit\u2019s\u201d \u2013 so\u2026"),
        ("cafe\u0301 雨 ½", "ascii", "cafe ? 1"),
        ("▎ •", "utf-8", "▎ •"),
        ("lone \ud800", "utf-8", "lone ?"),
    ],
)
def test_the_nearest_letter_stands_in(text: str, encoding: str, shown: str) -> None:
    """A stream that lacks a character shows the plainest like it."""
    assert encodable(text, encoding) == shown
