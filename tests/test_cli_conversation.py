"""Asking in a conversation, on a terminal and through a pipe."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from therapycry import lookup

if TYPE_CHECKING:
    from conftest import Program

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")


@pytest.fixture(scope="module")
def unclear() -> str:
    """A question that the matcher is unsure of, whatever its thresholds are by now."""
    asked = ("crying", "crying in therapy", "tears", "therapist crying", "is crying ok", "my therapist", "therapy and tears")
    return next(words for words in asked if lookup(words).confidence == "unsure" and not lookup(words).notice)


def words_of(text: str) -> str:
    """What was shown, without escapes."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\]8;[^\x1b]*\x1b\\", "", text)


def test_a_conversation_answers_until_an_empty_line(therapycry: Program) -> None:
    """`ask` alone asks, answers, asks again, and ends at an empty line with 0."""
    shown = therapycry.on_terminal(
        "ask", keys=[b"how often do therapists cry in session?\n", b"zxqv\n", b"\n"], env={"TERM": "dumb"}
    )
    text = words_of(shown.text)
    assert text.count("Your question: ") == 3
    assert "How often do therapists cry in session?" in text
    assert "no answer" in text
    assert shown.status == 0


def test_a_conversation_ends_with_control_d(therapycry: Program) -> None:
    """Ctrl-D at the first prompt leaves with 0, also for `ask -`."""
    for words in (("ask",), ("ask", "-")):
        shown = therapycry.on_terminal(*words, keys=[b"\x04"])
        assert shown.status == 0
        assert words_of(shown.text).strip() == "Ask in your own words. An empty line ends this.\nYour question:"


def test_control_c_ends_a_conversation(therapycry: Program) -> None:
    """Ctrl-C at the prompt ends with 130 and no traceback."""
    shown = therapycry.on_terminal("ask", keys=[b"\x03"])
    assert shown.status == 130
    assert "Traceback" not in shown.text


def test_a_number_chooses(therapycry: Program, unclear: str) -> None:
    """When several questions may be meant, the reader types a number and reads that entry."""
    shown = therapycry.on_terminal("ask", unclear, keys=[b"1\n"], env={"TERM": "dumb"})
    text = words_of(shown.text)
    assert "Number to read (Enter for none): " in text
    assert "What studies found" in text
    assert shown.status == 0


def test_no_number_leaves_unsure(therapycry: Program, unclear: str) -> None:
    """Whoever chooses none leaves with 3."""
    shown = therapycry.on_terminal("ask", unclear, keys=[b"\n"], env={"TERM": "dumb"})
    assert "What studies found" not in shown.text
    assert shown.status == 3


def test_another_number_is_told(therapycry: Program, unclear: str) -> None:
    """A number that was not offered is told in a line, and nothing is shown as the answer."""
    shown = therapycry.on_terminal("ask", unclear, keys=[b"9\n"], env={"TERM": "dumb"})
    text = words_of(shown.text)
    assert "that is none of the numbers above" in text
    assert "What studies found" not in text
    assert shown.status == 3


def test_a_number_chooses_in_a_conversation(therapycry: Program, unclear: str) -> None:
    """In a conversation the reader may type a number or ask on."""
    keys = [f"{unclear}\n".encode(), b"1\n", f"{unclear}\n".encode(), b"zxqv\n", b"\n"]
    text = words_of(therapycry.on_terminal("ask", keys=keys, env={"TERM": "dumb"}).text)
    assert text.count("Number to read, or a question: ") == 2
    assert text.count("What studies found") == 1
    assert "no answer" in text


@pytest.mark.parametrize("words", [("ask",), ("ask", "-")], ids=" ".join)
def test_a_question_through_a_pipe(therapycry: Program, words: tuple[str, ...]) -> None:
    """A question on standard input is answered like one on the command line."""
    piped = therapycry(*words, given="\ufeffhow often do\r\ntherapists cry\n".encode())
    typed = therapycry("ask", "how often do therapists cry")
    assert (piped.stdout, piped.returncode) == (typed.stdout, 0)


@pytest.mark.parametrize("given", [b"", b" \n\t\n"])
def test_nothing_through_a_pipe(therapycry: Program, given: bytes) -> None:
    """An empty pipe is an empty question: no prompt, 2, one line."""
    done = therapycry("ask", "-", given=given)
    assert (done.stdout, done.returncode) == ("", 2)
    assert done.stderr.startswith("therapycry: the question is empty")


def test_the_pager_gets_what_is_taller(therapycry: Program) -> None:
    """A page taller than the terminal goes through $PAGER, run without a shell; a shorter one does not."""
    pager = {"PAGER": "sed 's/^/paged: /'"}
    tall = therapycry.on_terminal("show", "1", "--plain", env=pager)
    assert "paged: What makes therapists cry?" in tall.text
    assert tall.status == 0
    assert "paged: " not in therapycry.on_terminal("show", "1", "--plain", "--short", size=(80, 200), env=pager).text
    assert "paged: " not in therapycry.on_terminal("show", "1", "--plain", "--no-pager", env=pager).text


@pytest.mark.parametrize("pager", ["", "cat", "no-such-pager --at-all", "'unclosed", "/"])
def test_without_a_pager_all_is_shown(therapycry: Program, pager: str) -> None:
    """No pager, or one that cannot be started: the whole page is written."""
    shown = therapycry.on_terminal("show", "1", "--plain", env={"PAGER": pager})
    assert shown.text == therapycry("show", "1", "--plain").stdout
    assert shown.status == 0


def test_less_is_the_pager_where_none_is_named(therapycry: Program) -> None:
    """Without $PAGER, `less` shows the page, keeps no history, and quits with q."""
    shown = therapycry.on_terminal("list", "--plain", size=(200, 40), env={"PAGER": None})
    assert "What makes therapists cry? (why-therapists-cry)" in shown.text
    assert shown.status == 0
