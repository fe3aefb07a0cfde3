"""The shipped handbook on questions that its weights were not fitted on."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from content_pages import SLUGS, book
from therapycry import lookup
from therapycry.words import key

if TYPE_CHECKING:
    from therapycry.model import Lookup

ROOT = Path(__file__).parent.parent.parent
DEVELOPMENT = ROOT / "tests" / "questions" / "dev.jsonl"
FITTED = ROOT / "bench" / "questions"


class Asked(NamedTuple):
    """A labelled question with what the handbook said; `right` holds the entries that answer it, none where no entry does."""

    question: str
    right: frozenset[str]
    found: Lookup


@cache
def asked() -> tuple[Asked, ...]:
    """The development set, asked, without what the safety check is judged by."""
    lines = DEVELOPMENT.read_text(encoding="utf-8").splitlines()
    records = [record for record in map(json.loads, lines) if not record["label"].startswith("risk-")]
    labels = [frozenset(label for label in (record["label"], *record["also"]) if label in book()) for record in records]
    return tuple(Asked(record["q"], right, lookup(record["q"], book())) for record, right in zip(records, labels, strict=True))


def share(hits: list[bool]) -> float:
    """How many of them are true, of one."""
    return sum(hits) / len(hits)


def inside() -> list[Asked]:
    """The questions that some entry answers."""
    return [each for each in asked() if each.right]


def outside() -> list[Asked]:
    """The questions that no entry answers."""
    return [each for each in asked() if not each.right]


def answer(found: Lookup) -> str | None:
    """The slug of the entry that was given as the answer."""
    return found.best.entry.slug if found.confidence == "sure" and found.best else None


def test_the_labels_are_entries() -> None:
    """Every label of the set names an entry, and each entry is asked for."""
    labels = {json.loads(line)["label"] for line in DEVELOPMENT.read_text(encoding="utf-8").splitlines()}
    assert labels == {*SLUGS, "none", "risk-crisis", "risk-misconduct"}
    assert len(outside()) > 100


@pytest.mark.parametrize("name", sorted(path.stem for path in DEVELOPMENT.parent.glob("*.jsonl")))
def test_no_question_that_we_judge_by_was_fitted(name: str) -> None:
    """The weights of the answers and of the safety check saw none of them; a single word is no question of anybody's."""
    fitted, judged = (
        {key(json.loads(line)["q"]) for path in paths for line in path.read_text(encoding="utf-8").splitlines()}
        for paths in (FITTED.rglob("*.jsonl"), [DEVELOPMENT.with_stem(name)])
    )
    assert len(fitted) > 40_000
    assert [question for question in judged & fitted if " " in question] == []


def test_the_right_entry_comes_first() -> None:
    """For nine in ten questions that the handbook can answer."""
    firsts = [bool(each.found.candidates) and each.found.candidates[0].entry.slug in each.right for each in inside()]
    assert share(firsts) >= 0.90


def test_most_questions_are_answered_right() -> None:
    """More than eight in ten at once, without a choice."""
    assert share([answer(each.found) in each.right for each in inside()]) >= 0.85


def test_few_questions_are_answered_wrong() -> None:
    """At most four in a hundred."""
    assert share([answer(each.found) not in {None, *each.right} for each in inside()]) <= 0.04


def test_nearly_all_askers_are_helped() -> None:
    """Answered right, or the right entry is among the choices."""
    helped = [
        answer(each.found) in each.right
        or (each.found.confidence == "unsure" and any(match.entry.slug in each.right for match in each.found.candidates))
        for each in inside()
    ]
    assert share(helped) >= 0.95


def test_it_does_not_bluff() -> None:
    """Of questions that no entry answers, at most three in a hundred are answered."""
    assert share([answer(each.found) is not None for each in outside()]) <= 0.03


def test_everyday_questions_are_not_answered() -> None:
    """Of a thousand that have nothing to do with therapy or crying, at most one."""
    questions = (FITTED / "everyday.txt").read_text(encoding="utf-8").split("\n")
    everyday = [question for question in questions if question and not question.startswith("#")]
    assert len(everyday) >= 500
    assert len([question for question in everyday if lookup(question, book()).confidence == "sure"]) <= len(everyday) / 1000


@pytest.mark.parametrize(
    ("question", "slug", "other"),
    [
        ("is it normal", "is-it-common", "clients-crying"),
        ("is it normal that I cry at my counsellor's", "clients-crying", None),
        ("is it normal that my counsellor cries", "is-it-common", None),
        ("first appointment tomorrow and I'm scared I'll sob the whole time, do others?", "first-session", None),
        ("I welled up with a client today. Am I allowed to?", "are-therapists-allowed", None),
        ("may my therapist cuddle me", "hugging-clients", None),
        ("does she ever think of me on weekends", "thinking-between-sessions", None),
    ],
)
def test_plain_wordings_are_answered(question: str, slug: str, other: str | None) -> None:
    """The founding question among them, with the client's side among the close ones."""
    found = lookup(question, book())
    assert answer(found) == slug
    offered = {match.entry.slug for match in found.candidates[1:]} | set(book()[slug].related)
    assert other is None or other in offered


@pytest.mark.parametrize(
    "question",
    ["why do onions make me cry", "how much does therapy cost", "my baby cries at night", "what is the capital of Peru", "xyzzy"],
)
def test_other_matters_are_refused(question: str) -> None:
    """Tears alone, or therapy alone, are no reason to answer."""
    assert answer(lookup(question, book())) is None
