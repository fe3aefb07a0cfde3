"""Reading what hides behind a wrong spelling, by a few key words: what is undone, and what is left as it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapycry.disguise import Speller, Words, _fits, _wrong_forms
from therapycry.letters import fold

SPELLING = {
    "same": {"kill myself": ["kms"], "going to": ["gonna"], "suicide": ["sewerslide"]},
    "keys": ["kill", "killing", "myself", "pills", "swallowed", "psychotherapist", "die", "hit"],
    "small": ["i", "a", "the", "to", "do", "not", "want", "was", "am", "have"],
    "apart": ["pill", "pulls", "mills", "dies", "killings"],
    "whole": ["kill myself", "pills"],
}
COMMON = frozenset(("friend", "tea", "cool", "tell", "see"))
SPELLER = Speller(SPELLING, COMMON.__contains__)


def read(text: str) -> str:
    """The plain words of a text."""
    return " ".join(SPELLER.read(fold(text)).plain)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("kms", "kill myself"),
        ("KMS!", "kill myself"),
        ("gonna", "going to"),
        ("pils", "pills"),
        ("plils", "pills"),
        ("pilsl", "pills"),
        ("piills", "pills"),
        ("pillss", "pills"),
        ("pinlls", "pills"),
        ("illps", "illps"),
        ("ipills", "i pills"),
        ("iplls", "pills"),
        ("ikll", "kill"),
        ("kil", "kill"),
        ("klil", "kill"),
        ("kll", "kll"),
        ("kiill", "kill"),
        ("swalowed", "swallowed"),
        ("swllowed", "swallowed"),
        ("wallowed", "wallowed"),
        ("swallwd", "swallwd"),
        ("sychotherapist", "sychotherapist"),
        ("psychtherapist", "psychotherapist"),
        ("psychtheapist", "psychotherapist"),
        ("pschtherapis", "pschtherapis"),
        ("killin", "killing"),
        ("pillsin", "pillsin"),
        ("pill", "pill"),
        ("pulls", "pulls"),
        ("pullls", "pulls"),
        ("mills", "mills"),
        ("dei", "dei"),
        ("deis", "deis"),
        ("dye", "dye"),
        ("hti", "hti"),
    ],
)
def test_slips_are_repaired_to_key_words_alone(text: str, plain: str) -> None:
    """One slip in a word of five letters, two left out of twelve; swapped ones in four; a word that is right is left alone."""
    assert read(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("kiiiill", "kill"),
        ("kiiiilllll", "kill"),
        ("pppills", "pills"),
        ("sewwwerslide", "suicide"),
        ("friiiend", "friend"),
        ("coooool", "cool"),
        ("seeee", "see"),
        ("teeea", "tea"),
        ("zoooom", "zoooom"),
        ("aaa", "aaa"),
    ],
)
def test_drawn_out_letters_are_drawn_in(text: str, plain: str) -> None:
    """To a key word or a common one, with one letter or two; an unknown word stays."""
    assert read(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("k1ll", "kill"),
        ("p1lls", "pills"),
        ("p1ls", "pills"),
        ("fr13nd", "friend"),
        ("3am", "3am"),
        ("4", "4"),
        ("2024", "2024"),
        ("b4", "b4"),
        ("$ee", "see"),
        ("k!ll", "kill"),
        ("p|lls", "pills"),
        ("k*ll", "kill"),
        ("p***s", "pills"),
        ("*kill*", "kill"),
        ("k**l", "kill"),
        ("k***", "k"),
        ("d**", "d"),
        ("h*t", "hit"),
        ("x*y*z", "xyz"),
        ("***", "***"),
        ("mys3lf", "myself"),
        ("c@t", "c t"),
    ],
)
def test_symbols_stand_for_letters(text: str, plain: str) -> None:
    """Digits and signs, where a known word is behind them; stars for letters that are left out."""
    assert read(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("I'm", "i am"),
        ("I\u2019ve", "i have"),
        ("don't", "don not"),
        ("friend's", "friend"),
        ("'kill", "kill"),
        ("they'll", "they will"),
        ("i'd", "i would"),
        ("you're", "you are"),
        ("piils's", "pills"),
    ],
)
def test_shortened_words_are_written_out(text: str, plain: str) -> None:
    """What stands behind an apostrophe; a possessive is dropped."""
    assert read(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("iwanttodie", "i want to die"),
        ("ikillmyself", "i kill myself"),
        ("iwastothe", "iwastothe"),
        ("gonnadie", "going to die"),
        ("todie", "todie"),
        ("atodie", "a to die"),
        ("killings", "killings"),
        ("killingx", "killing"),
        ("killxmyself", "killxmyself"),
        ("wantto" * 7, "wantto" * 7),
        ("killmyself" * 4, "kill myself " * 3 + "kill myself"),
        ("killmyself" * 4 + "i", "killmyself" * 4 + "i"),
    ],
)
def test_words_that_run_together_are_parted(text: str, plain: str) -> None:
    """Up to forty letters, if all of it is known words and one of them is a key word."""
    assert read(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("k i l l", "kill"),
        ("k.i.l.l", "kill"),
        ("k-i-l-l  m-y-s-e-l-f", "kill myself"),
        ("k  i  l  l", "k i l l"),
        ("d o  n o t  k i l l", "do not kill"),
        ("i   w a n t   t o   d i e", "i want to die"),
        ("d.o kill", "do kill"),
        ("t-o kill", "to kill"),
        ("e.g. kill", "eg kill"),
        ("a b tea", "a b tea"),
        ("ki ll my self", "ki ll my self kill myself"),
        ("k!ll my self", "kill my self kill myself"),
        ("pi lls", "pi lls pills"),
        ("pills", "pills"),
        ("kill, myself", "kill myself"),
        ("kill myself", "kill myself"),
        ("skill myselfs", "skill myself"),
        ("spi lls", "spi lls"),
        ("pi llss", "pi llss"),
    ],
)
def test_letters_set_apart_are_put_together(text: str, plain: str) -> None:
    """By one sign between them, or in pieces of any length; telling words in pieces are told once more at the end."""
    assert read(text) == plain


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("K\u0131ll", "k\u0131ll"),
        ("K\u00cdLL", "kill"),
        ("k\u200bi\u00adl\u2060l", "kill"),
        ("ki\x00ll\x1b\x7f", "kill"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("\uff2b\uff29\uff2c\uff2c", "kill"),
        ("stra\u00dfe", "strasse"),
    ],
)
def test_folding_keeps_letters_and_breaks(text: str, folded: str) -> None:
    """Small letters without accents and invisible characters; tabs and line breaks still part words."""
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["\u043aill", "k\u0456ll", "ki\u217cl", "\u03bai\u04cf\u04cf"])
def test_letters_of_other_alphabets_are_read_by_their_looks(text: str) -> None:
    """Cyrillic and Greek letters that look like ours."""
    assert read(text) == "kill"


def test_sentences_and_pauses_are_kept() -> None:
    """A full stop, a question mark, a colon, a bracket or a new line end a sentence; a comma pauses."""
    assert SPELLER.read("tea, then. off? so: (now)\nkms, yes") == Words(
        "tea then off so now kill myself yes".split(), frozenset({2, 3, 4, 5}), frozenset({1, 2, 3, 4, 5, 7})
    )


def test_after_a_thousand_words_spelling_is_not_looked_at_closely() -> None:
    """A megabyte of rubbish takes no longer; what is listed is still known."""
    rubbish = " ".join(f"q{'x' * (number % 7)}{number}z" for number in range(1_001))
    assert SPELLER.read(f"piils {rubbish} plils kms").plain[-3:] == ["plils", "kill", "myself"]
    assert SPELLER.read(f"piils {rubbish}").plain[0] == "pills"


def test_a_word_of_more_than_forty_letters_is_not_looked_at_closely() -> None:
    """It is kept whole, or cut where it holds signs; drawn-out letters are still drawn in."""
    assert read("x" * 41) == "x" * 41
    assert read("x1" * 30) == "x1" * 20
    assert read("k" + "i" * 60 + "ll") == "kill"


@given(st.text(max_size=120))
def test_reading_twice_gives_the_same(text: str) -> None:
    """Nothing is learnt from what is read."""
    assert SPELLER.read(fold(text)) == Speller(SPELLING, COMMON.__contains__).read(fold(text))


@pytest.mark.parametrize(
    ("key", "forms"),
    [
        ("die", set()),
        ("kiss", {"kis", "ikss", "ksis", "kiss"}),
        ("pills", {"pils", "iplls", "plils", "pills", "pilsl", "plls", "pill"}),
        ("abuse", {"bause", "aubse", "absue", "abues", "ause", "abse", "abue", "abus"}),
    ],
)
def test_the_wrong_forms_that_are_expected(key: str, forms: set[str]) -> None:
    """A doubled letter single; neighbours swapped from four letters on; a letter left out, but the first, from five on."""
    assert {*_wrong_forms(key)} == forms


def test_of_a_long_word_two_letters_may_be_left_out() -> None:
    """From twelve letters on, and never the first."""
    assert "mdication" in {*_wrong_forms("medication")}
    assert "mdiction" not in {*_wrong_forms("medication")}
    assert {"prescripton", "prscripion", "prescripti"} <= {*_wrong_forms("prescription")}
    assert not [form for form in _wrong_forms("prescription") if form[0] not in "pr"]
    assert min(map(len, _wrong_forms("prescription"))) == 10


@pytest.mark.parametrize(
    ("letters", "key", "fits"),
    [("k*ll", "kill", True), ("k**l", "kill", True), ("k***", "kill", False), ("****", "kill", False), ("k*lt", "kill", False)],
)
def test_stars_stand_for_letters_that_are_left_out(letters: str, key: str, *, fits: bool) -> None:
    """Two letters at least must be there, and all that are there must be right."""
    assert _fits(letters, key) is fits
