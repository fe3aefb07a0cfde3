"""What holds for any text and any handbook file: no exception but the one that is promised, bounded work, the same answer."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from therapycry import handbook, lookup, prose
from therapycry.model import HandbookError
from therapycry.words import READ_CHARACTERS

if TYPE_CHECKING:
    from therapycry.model import Handbook, Lookup

HERE = Path(__file__).parent / "handbook"
TINY = handbook.load(HERE)
SHIPPED = handbook.load(handbook.DATA)
BOOKS = st.sampled_from((TINY, SHIPPED))

# Any character, lone surrogates and NUL included; and words of the handbook between them, so that the reading has something to do.
ANY = st.text(st.characters(exclude_categories=()), max_size=60)
SPICE = st.sampled_from(
    [
        "therapist",
        "I cried",
        "her eyes",
        "hug",
        "why",
        "client",
        "'s",
        "n't",
        "😭",
        "\U0001f469\u200d\U0001f52c",
        "a\u0301\u0323" + "\u0300" * 40,
        "\u202eהאם זה נורמלי",
        "\x00",
        "\ud800",
        "\x1b[31m",
        "[/bold]",
        "{0}%s",
        ".",
        "\n\n",
        "T",
    ]
)
MIXED = st.lists(ANY | SPICE, max_size=8).map(" ".join)
LARGE = (
    "is it normal " * 8_000,
    "cry" * 34_000,
    "\U0001f62d" * 20_000,
    "a" + "\u0301" * 100_000,
    "tears in her eyes, " * 5_000,
    "with a client my therapist cried and " * 2_500,
    " " * 100_000,
    "?!." * 33_000,
    "please thanks " * 7_000,
    "hi " * 33_000,
    "\ud800" * 50_000,
    "\x00" * 100_000,
    "'" * 100_000,
    "ﷺ" * 50_000,
    "therapits " * 10_000,
    "\n" * 100_000,
)


def is_sound(found: Lookup, question: str) -> bool:
    """Whether an outcome is what `lookup` promises for any question."""
    scores = [match.score for match in found.candidates]
    return (
        found.asked == question
        and found.confidence in {"sure", "unsure", "none"}
        and (found.best is not None) == (found.confidence == "sure")
        and found.best in {None, *found.candidates[:1]}
        and len(scores) <= 3
        and scores == sorted(scores, reverse=True)
        and all(0 <= score <= 100 for score in scores)
    )


@given(question=MIXED, book=BOOKS)
@settings(max_examples=200)
def test_any_text_has_an_outcome(question: str, book: Handbook) -> None:
    """No exception, whatever was typed or pasted, and asked again the same."""
    found = lookup(question, book)
    assert is_sound(found, question)
    assert lookup(question, book) == found


@given(question=MIXED)
def test_case_never_changes_an_answer(question: str) -> None:
    """Where a text has a lower and an upper form that lead back to it, both are one question."""
    if question.isascii():
        upper, lower = lookup(question.upper(), SHIPPED), lookup(question.lower(), SHIPPED)
        assert upper._replace(asked="") == lower._replace(asked="")


@pytest.mark.parametrize("question", LARGE, ids=lambda text: f"{text[:6]!r}")
@pytest.mark.parametrize("book", [TINY, SHIPPED], ids=["tiny", "shipped"])
def test_large_texts_have_an_outcome_and_are_read_in_part(book: Handbook, question: str) -> None:
    """Towers of accents, walls of emoji, nothing but spaces: the work is bounded by the limit, not by the text."""
    found = lookup(question, book)
    assert is_sound(found, question)
    assert len(found.reading.words) <= READ_CHARACTERS
    assert sum(map(len, found.reading.words)) <= 5 * READ_CHARACTERS


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handbook whose files are spoilt one after the other."""
    return Path(shutil.copytree(HERE, tmp_path_factory.mktemp("spoilt") / "handbook"))


FILES = ("contents.toml", "sources.toml", "entries/why-rain.md", "entries/wide-words.md")


@given(name=st.sampled_from(FILES), cut=st.integers(0, 10_000), drop=st.integers(0, 40), put=ANY | SPICE)
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_spoilt_file_is_read_or_told(folder: Path, name: str, cut: int, drop: int, put: str) -> None:
    """Letters dropped and put in anywhere: either a handbook, or one line with a file and a line of it."""
    original = (HERE / name).read_bytes()
    at = cut % (len(original) + 1)
    (folder / name).write_bytes(original[:at] + put.encode("utf-8", "surrogatepass") + original[at + drop :])
    try:
        book = handbook.load(folder)
    except HandbookError as error:
        told = str(error)
    else:
        told = ""
        assert not any(prose.control_character(entry.question + entry.short + entry.body) for entry in book)
    (folder / name).write_bytes(original)
    place, _, wrong = told.partition(": ")
    assert bool(told) == bool(wrong)
    assert not told or int(place.rpartition(":")[2]) >= 1
    assert "\n" not in told
    assert prose.control_character(told) is None
