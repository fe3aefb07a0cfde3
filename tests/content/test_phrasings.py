"""The phrasings teach: enough of them, each with something new, none of them seen in the questions that we judge by."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from content_pages import SLUGS, book
from therapycry import lookup
from therapycry.stems import stem
from therapycry.words import STOP, key
from therapycry.words import words as words_of

QUESTIONS = Path(__file__).parent.parent / "questions" / "dev.jsonl"
WORDINGS = [(slug, text) for slug in SLUGS for text in (book()[slug].question, *book()[slug].phrasings)]


@pytest.mark.parametrize("slug", SLUGS)
def test_an_entry_has_phrasings_enough(slug: str) -> None:
    """Twenty to forty ways to ask it."""
    assert 20 <= len(book()[slug].phrasings) <= 40


@pytest.mark.parametrize("slug", SLUGS)
def test_no_phrasing_says_what_another_says(slug: str) -> None:
    """Two phrasings with the same words, endings aside, teach once."""
    spellings = book().lexicon["spellings"]
    said = [frozenset(stem(word) for word in words_of(text, spellings, {}) if word != STOP) for text in book()[slug].phrasings]
    assert len(set(said)) == len(said)


def test_no_phrasing_is_a_question_that_we_judge_by() -> None:
    """A question of the development set would judge itself."""
    judged = {key(json.loads(line)["q"]) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()}
    assert len(judged) > 600
    assert [text for entry in book() for text in entry.phrasings if key(text) in judged] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_every_wording_finds_its_own_entry(slug: str) -> None:
    """Each phrasing and the title itself: sure, first, at the full score."""
    for wording in (book()[slug].question, *book()[slug].phrasings):
        found = lookup(wording, book())
        assert found.best is not None, wording
        assert (found.confidence, found.best.entry.slug, found.best.score) == ("sure", slug, 100), wording
        assert found.candidates[0] == found.best
        assert key(found.best.phrasing) == key(wording)


def test_wordings_are_understood_not_only_known() -> None:
    """Asked with a word too many, so that none is known by heart, nineteen in twenty still find their entry first."""
    found = [(slug, lookup(f"{text.rstrip('?')}, do you know?", book()).candidates) for slug, text in WORDINGS]
    first = sum(bool(candidates) and candidates[0].entry.slug == slug for slug, candidates in found)
    assert first / len(found) >= 0.95
