"""Who cries decides the answer: each crying word is bound to its subject."""

from __future__ import annotations

import pytest

from lexicons import cries

THERAPIST = (
    "My therapist cried during our talk",
    "my therapist teared up when I told her about my dog",
    "her eyes filled while I spoke to my counsellor",
    "my counsellor's eyes were wet",
    "I saw tears in my psychologist's eyes",
    "the tears of my therapist",
    "weeping by counsellors",
    "my story made my therapist cry",
    "I had my therapist in tears",
    "My therapist told me about her sister and then she wept",
    "do therapists ever cry",
    "a crying therapist",
    "has your therapist cried with you",
    "my therapist reached for a tissue",
    "it was my therapist who cried",
    "my therapist was crying because of me",
    "when I told my therapist about mum, he cried",
    "my therapist and her wet cheeks",
    "my T welled up",
    "my shrink was in floods and so was I",
    "she reached for a tissue, my therapist did",
)
CLINICIAN = (
    "as a therapist I sometimes cry with clients",
    "I am a trainee and I welled up with a client",
    "why did I tear up with a client",
    "I cried with my client yesterday",
    "crying in front of a client",
    "do you cry with your clients",
)
CLIENT = (
    "I cried during our talk",
    "I was sobbing in front of my therapist",
    "I had tears in my eyes in therapy",
    "my therapist made me cry",
    "she had me in tears, my therapist",
    "what should I do when my client sobs",
    "do people cry in therapy",
    "crying in front of a therapist",
    "we both cried, my therapist and I",
    "my therapist appointment makes me cry",
    "do your patients cry",
    "is it ok that I cry every session",
    "does my therapist mind if I cry",
    "my therapist saw me cry",
    "my therapist asked why I was crying",
    "how do therapists react when clients cry",
    "my counsellor watched while I wept",
)
OTHER = (
    "my boss cried at work",
    "my massage therapist cried",
    "my baby cries at night",
    "my sister cried about her exam",
    "the dog howls",
)
NOBODY = ("what is a good therapist like", "should therapists hug", "does she think about me", "")


@pytest.mark.parametrize("question", THERAPIST)
def test_the_therapist_cries(question: str) -> None:
    """Named, meant by a pronoun, caused by the client's story, or seen by wet eyes."""
    assert cries(question) == ("therapist",)


@pytest.mark.parametrize("question", CLINICIAN)
def test_a_clinician_who_speaks_of_themselves_is_the_therapist(question: str) -> None:
    """Then "I" is the therapist."""
    assert cries(question) == ("therapist",)


@pytest.mark.parametrize("question", CLIENT)
def test_the_client_cries(question: str) -> None:
    """The asker, a client of the asker's, or people in therapy."""
    assert cries(question) == ("client",)


@pytest.mark.parametrize("question", OTHER)
def test_somebody_else_cries(question: str) -> None:
    """Tears outside therapy are no matter of the handbook."""
    assert cries(question) == ("other",)


@pytest.mark.parametrize("question", NOBODY)
def test_nobody_cries(question: str) -> None:
    """Without a word for crying there is nobody to name."""
    assert cries(question) == ()


@pytest.mark.parametrize("question", ["is it normal to cry in therapy", "why cry", "tears"])
def test_it_stays_unsaid(question: str) -> None:
    """Where the question does not say who cries, nor does the reading."""
    assert cries(question) == ("unsaid",)


def test_both_are_named_in_order() -> None:
    """Whoever is mentioned first stands first, each once."""
    assert cries("My client cried today. I cried too.") == ("client", "therapist")
    assert cries("I never cry. My therapist did though, she bawled. I cried then.") == ("client", "therapist")


def test_a_sentence_ends_what_a_word_can_be_bound_to() -> None:
    """The therapist of the sentence before is only meant where a pronoun says so."""
    assert cries("I saw my therapist. Crying is odd.") == ("unsaid",)
    assert cries("I saw my therapist. She was crying.") == ("therapist",)


def test_the_two_sides_of_one_sentence_are_told_apart() -> None:
    """The same words, the other way round."""
    assert cries("my therapist made me cry") == ("client",)
    assert cries("I made my therapist cry") == ("therapist",)


def test_a_subject_far_away_is_none() -> None:
    """The search for who cries ends after some words, so that its cost stays small."""
    filler = "and then some more of it " * 20
    assert cries(f"my therapist {filler} crying") == ("unsaid",)
