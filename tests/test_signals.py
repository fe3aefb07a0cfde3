"""Signals are what the ranking weighs, in words that a person can read."""

from __future__ import annotations

import pytest

from lexicons import shipped
from therapycry.reading import Token, read
from therapycry.signals import signals


def token(word: str, *concepts: str) -> Token:
    """A word that carries these concepts; its stem is the word."""
    return Token(word, word, concepts)


def of(question: str) -> tuple[str, ...]:
    """The signals of a question, by the shipped lexicon."""
    return read(question, shipped()).signals


WHY_CRY = (token("why", "why"), token("therapists", "therapist"), token("cry", "cry"))


def test_concepts_are_told_alone_and_with_who_cries() -> None:
    """A concept together with who cries is worth more than either."""
    found = signals(WHY_CRY, ("therapist",), clinician=False)
    assert found[:4] == ("therapist cries", "about why", "about therapist", "about cry")
    assert "therapist cries, about why" in found


def test_those_who_act_are_not_paired_with_who_cries() -> None:
    """That the therapist is mentioned where the therapist cries says nothing."""
    found = signals(WHY_CRY, ("therapist",), clinician=False)
    assert not any(signal.endswith("cries, about therapist") for signal in found)


def test_nobody_who_cries_is_a_signal_too() -> None:
    """A question without tears is about something else."""
    found = signals((token("hug", "hug"),), (), clinician=False)
    assert "nobody cries" in found
    assert "nobody cries, about hug" in found


def test_each_who_cries_has_its_signals() -> None:
    """Where both cry, both count."""
    found = signals(WHY_CRY, ("client", "therapist"), clinician=False)
    assert {"client cries, about why", "therapist cries, about why"} <= set(found)


def test_a_clinician_is_a_signal() -> None:
    """Alone, and together with what is asked."""
    assert {"clinician", "clinician, about why"} <= set(signals(WHY_CRY, (), clinician=True))
    assert not any("clinician" in signal for signal in signals(WHY_CRY, (), clinician=False))


def test_a_subject_is_paired_with_what_is_asked_about_it() -> None:
    """Hugs and their rules, but not the rules and their hugs."""
    found = signals((token("may", "allowed"), token("hug", "hug")), (), clinician=False)
    assert "hug, about allowed" in found
    assert "allowed, about hug" not in found
    assert "hug, about hug" not in found


def test_the_wording_itself_is_told() -> None:
    """Words, neighbours, how it starts."""
    found = signals((token("no"), token("one"), token("cries", "cry")), (), clinician=False)
    assert {"word no", "word one", "words no one", "words one cries", "starts no", "starts no one"} <= set(found)


def test_neighbours_do_not_reach_over_the_end_of_a_sentence() -> None:
    """Nor is the end a word."""
    found = signals((token("rain"), token("."), token("sun")), (), clinician=False)
    assert not any(signal.startswith("words ") for signal in found)
    assert "word ." not in found


def test_concepts_are_told_in_their_order_within_a_sentence() -> None:
    """Whom the therapist thinks of, and who thinks of the therapist."""
    tokens = (token("therapist", "therapist"), token("the"), token("thinks", "think"), token("."), token("why", "why"))
    found = signals(tokens, (), clinician=False)
    assert "therapist then think" in found
    assert "think then therapist" not in found
    assert "think then why" not in found


def test_the_last_sentence_of_several_is_told_again() -> None:
    """The question of a long story mostly stands there."""
    tokens = (token("she"), token("wept", "cry"), token("."), token("why", "why"), token("."))
    found = signals(tokens, (), clinician=False)
    assert {"ends word why", "ends about why"} <= set(found)
    assert "ends word wept" not in found


@pytest.mark.parametrize(
    "tokens", [(token("why", "why"),), (token("why", "why"), token(".")), (token("."), token("why", "why")), ()]
)
def test_a_single_sentence_has_no_last_one(tokens: tuple[Token, ...]) -> None:
    """What would be told twice is told once."""
    assert not any(signal.startswith("ends ") for signal in signals(tokens, (), clinician=False))


@pytest.mark.parametrize(
    ("count", "length"),
    [
        (0, "tiny"),
        (3, "tiny"),
        (4, "short"),
        (7, "short"),
        (8, "middling"),
        (15, "middling"),
        (16, "long"),
        (39, "long"),
        (40, "story"),
    ],
)
def test_the_length_is_told_in_words(count: int, length: str) -> None:
    """Ends of sentences do not count."""
    tokens = tuple(token(f"w{at}") for at in range(count))
    assert f"length {length}" in signals(tokens, (), clinician=False)
    assert f"length {length}" in signals((*tokens, token("."), token(".")), (), clinician=False)


@pytest.mark.parametrize("question", ["why why why does my therapist cry cry cry", "I cry. I cry. I cry.", "", "hug hug"])
def test_each_signal_is_told_once(question: str) -> None:
    """Saying it thrice does not make it weigh more."""
    found = of(question)
    assert len(found) == len(set(found))


def test_no_signal_holds_a_tab_or_a_line_end() -> None:
    """They stand in a table of their own."""
    assert not any(character in signal for signal in of("why\tdoes my\ntherapist cry?\r\n") for character in "\t\n\r")
