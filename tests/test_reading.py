"""What was asked: words in one spelling, slips repaired, concepts found; the same whatever carries no meaning."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from lexicons import shipped, tiny
from therapycry.reading import REPAIR_AT_MOST, _may_be_near, _one_slip, _slips, read
from therapycry.stems import stem
from therapycry.words import READ_CHARACTERS, READ_WORDS, STOP, key, normalise, words

if TYPE_CHECKING:
    from therapycry.model import Reading

QUESTIONS = (
    "is it normal that my therapist's eyes filled",
    "what does it mean? she teared up, and i didn't know where to look",
    "i can't stop crying at my counsellor's; it's embarrassing",
    "does my t think about me between sessions",
    "how often do psychologists cry with a client",
    "can i hug her",
)
PADDING = st.text(st.sampled_from(" \t"), max_size=3)
QUOTES = st.sampled_from("'\u2018\u2019\u02bc\u201b\uff07`\u00b4")
CLOSINGS = (
    "please",
    "Please!",
    "thanks",
    "Thank you.",
    "thx",
    "cheers",
    "many thanks",
    "thanks in advance :-)",
    "pls",
    "please, thanks",
)
OPENINGS = ("hi, ", "Hello! ", "hey ", "please, ", "Hiya... ", "hi. hello. ")
INVISIBLE = "\u200b\u200c\u200d\u00ad\u2060\ufeff\ufe0f\u202e"


def reading(question: str) -> Reading:
    """What the shipped lexicon understands."""
    return read(question, shipped())


# --- the same question, the same reading ------------------------------------------------------------------------------------


@given(question=st.sampled_from(QUESTIONS), data=st.data())
def test_case_says_nothing(question: str, data: st.DataObject) -> None:
    """Shouting, a title, and a random mixture read the same."""
    upper = data.draw(st.lists(st.booleans(), min_size=len(question), max_size=len(question)))
    mixed = "".join(letter.upper() if up else letter for letter, up in zip(question, upper, strict=True))
    assert reading(mixed) == reading(question.upper()) == reading(question)
    assert key(mixed) == key(question)


@given(question=st.sampled_from(QUESTIONS), data=st.data())
def test_spacing_says_nothing(question: str, data: st.DataObject) -> None:
    """More spaces, tabs, and spaces at either end."""
    spaced = " ".join(data.draw(PADDING) + word + data.draw(PADDING) for word in question.split(" "))
    assert reading(spaced) == reading(question)
    assert key(spaced) == key(question)


@given(question=st.sampled_from(QUESTIONS), data=st.data())
def test_the_kind_of_quote_says_nothing(question: str, data: st.DataObject) -> None:
    """Curly, straight, and what a phone makes of them."""
    curled = "".join(data.draw(QUOTES) if letter == "'" else letter for letter in question)
    assert reading(curled) == reading(question)
    assert key(curled) == key(question)


@given(question=st.sampled_from(QUESTIONS), data=st.data())
def test_invisible_characters_say_nothing(question: str, data: st.DataObject) -> None:
    """Zero-width characters, soft hyphens and marks of direction are not there."""
    hidden = "".join(letter + data.draw(st.text(st.sampled_from(INVISIBLE), max_size=2)) for letter in question)
    assert reading(hidden) == reading(question)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize(
    "question", ["my naïve thérapist cried at the café", "\uff44\uff4f therapists \uff43\uff52\uff59", "my \ufb01rst session"]
)
def test_unicode_composition_says_nothing(question: str, form: Literal["NFC", "NFD", "NFKC", "NFKD"]) -> None:
    """Accents in one piece or two, wide letters and ligatures."""
    assert reading(unicodedata.normalize(form, question)) == reading(question)
    assert key(unicodedata.normalize(form, question)) == key(question)


def test_accents_are_no_other_letters() -> None:
    """A naïve question is a naive one."""
    assert reading("do thérapists çry").words == ("do", "therapists", "cry")


@pytest.mark.parametrize("mark", ["?", "!", ".", "?!", "...", " ?", "??", ",", " -", "…"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_mark_at_the_end_says_nothing(question: str, mark: str) -> None:
    """With a question mark, without, or with several."""
    assert reading(question + mark) == reading(question)
    assert key(question + mark) == key(question)


@pytest.mark.parametrize("question", QUESTIONS)
def test_quotation_marks_and_commas_say_nothing(question: str) -> None:
    """Neither around the question nor between its words."""
    assert reading(f'"{question}"') == reading(f"\u201c{question}\u201d") == reading(question)
    assert reading(question.replace(" my ", ", my ")) == reading(question)


@pytest.mark.parametrize("closing", CLOSINGS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_thanks_at_the_end_say_nothing(question: str, closing: str) -> None:
    """Whether said after a comma, a full stop or nothing."""
    for between in (" ", ", ", "? ", ". ", "?\n"):
        assert reading(question + between + closing) == reading(question), between
        assert key(question + between + closing) == key(question)


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_greeting_says_nothing(question: str, opening: str) -> None:
    """People greet the machine."""
    assert reading(opening + question) == reading(question)


@pytest.mark.parametrize("question", ["please", "thanks", "hi", "thanks!", "Hello?"])
def test_politeness_alone_is_still_there(question: str) -> None:
    """It is no question, but it is not nothing."""
    assert normalise(question)
    assert len(reading(question).words) == 1


def test_thanks_within_a_word_stay() -> None:
    """What ends like a thanks may be none: "party", "naughty"."""
    assert reading("is therapy a party").words[-1] == "party"
    assert reading("i feel naughty").words[-1] == "naughty"


# --- words ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I'm", "i am"),
        ("don't", "do not"),
        ("they've they're they'll they'd", "they have they are they will they would"),
        ("therapist's", "therapist"),
        ("o'clock", "oclock"),
        ("id i'd", "i would i would"),
        ("im", "i am"),
        ("brolly", "umbrella"),
        ("soooo waaaay", "soo waay"),
        ("teary-eyed", "teary eyed"),
        ("30% of 7", "30 % of 7"),
        ("rain. sun! snow? wind; hail", "rain . sun . snow . wind . hail"),
        ("rain... sun?!", "rain . sun"),
        ("rain\nsun", "rain . sun"),
        ("☔ now", "rain now"),
        ("now😭😭", "now cry cry"),
        ("дождь rain 雨", "rain"),
        ("my T cried, her T's too, and the T", "my therapist cried her therapist too and the therapist"),
        ("don t wear a t-shirt", "don t wear a t shirt"),
    ],
)
def test_words_are_written_out(text: str, expected: str) -> None:
    """Contractions, short forms, stretched letters, emoji, ends of sentences."""
    lexicon = tiny()
    assert " ".join(words(text, lexicon.spellings, lexicon.emoji)).removesuffix(f" {STOP}") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Is it   NORMAL?!", "is it normal"), ("can't we", "cant we"), ("café", "cafe"), ("雨と傘", "雨と傘"), ("?!", ""), ("", "")],
)
def test_the_key_of_a_text_is_its_letters(text: str, expected: str) -> None:
    """Of any script; punctuation has none."""
    assert key(text) == expected


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("cry", ("cries", "cried", "crying")),
        ("sob", ("sobs", "sobbed", "sobbing")),
        ("hug", ("hugs", "hugged", "hugging")),
        ("therapist", ("therapists",)),
        ("common", ("commonly",)),
        ("care", ("cared", "caring", "cares")),
        ("walk", ("walks", "walked", "walking")),
    ],
)
def test_inflected_forms_share_a_stem(word: str, others: tuple[str, ...]) -> None:
    """One form in the lexicon stands for all."""
    assert {stem(other) for other in others} == {stem(word)}


@pytest.mark.parametrize("word", ["class", "focus", "this", "is", "as", "bed", "red", "ring", "fly", "be"])
def test_short_words_and_false_endings_stay(word: str) -> None:
    """What looks like an ending may be the word itself."""
    assert stem(word) == word


# --- repair -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        ("threapist", "therapist"),
        ("therapits", "therapist"),
        ("theripist", "therapist"),
        ("thrapist", "therapist"),
        ("counseler", "counselor"),
        ("councelling", "counselling"),
        ("psycologist", "psychologist"),
        ("sesion", "session"),
        ("nromal", "normal"),
        ("crry", "cry"),
        ("cryig", "crying"),
        ("emberassed", "embarrassed"),
        ("breaktrough", "breakthrough"),
        ("persanality", "personality"),
        ("hgu", "hug"),
    ],
)
def test_slips_are_repaired_and_told(slip: str, word: str) -> None:
    """Letters swapped, dropped, doubled or mistaken; the reader may see what was made of it."""
    found = reading(f"my {slip} again")
    assert found.words == ("my", word, "again")
    assert found.repaired == ((slip, word),)
    assert found.concepts == reading(f"my {word} again").concepts


@pytest.mark.parametrize(
    "word",
    [
        "week weak weekly sweep sweet sleep keep deep wheel",
        "sign sigh sing song design",
        "tear tears team teams tea term dear bear wear year pear",
        "hut hat hog bug huge mug rug",
        "try dry fry crow cost crop",
        "soap sob son sub sod",
        "terrapin theorist terrorist tourist typist",
        "mortal formal nominal moral",
        "cease creases",
        "councillor counsel",
    ],
)
def test_common_words_are_left_alone(word: str) -> None:
    """A week is no weep, a terrapin no therapist."""
    found = reading(word)
    assert found.repaired == ()
    assert found.words == tuple(word.split())


def test_a_word_that_the_weights_know_is_left_alone() -> None:
    """What the fit has seen needs no repair."""
    assert read("raim", tiny()).repaired == (("raim", "rain"),)
    assert read("raim", tiny("raim")).repaired == ()


def test_a_common_word_is_left_alone_by_its_stem() -> None:
    """The list holds stems, and is looked up by stem."""
    assert read("raims", tiny(common="raim")).repaired == ()


@pytest.mark.parametrize("strange", ["xq", "r4in", "zzyzx", "rhinoceros", "cryx", "raxx", "umxxexla", "thxrxpxstx"])
def test_what_is_too_far_off_is_left_alone(strange: str) -> None:
    """Two letters, digits, and words that resemble none."""
    assert read(strange, tiny()).repaired == ()


def test_a_strange_first_letter_costs_more() -> None:
    """People rarely mistake the first letter."""
    assert read("dain", tiny()).repaired == ()
    assert read("mparasol", tiny()).repaired == (("mparasol", "parasol"),)


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        ("raim", "rain"),
        ("drizz", None),
        ("drizel", "drizzle"),
        ("thxrapxst", "therapist"),
        ("thxrapxstx", "therapist"),
        ("umbr", None),
        ("therrapiste", "therapist"),
    ],
)
def test_longer_words_may_hold_more_slips(slip: str, word: str | None) -> None:
    """One up to five letters, two up to nine, then three."""
    assert read(slip, tiny()).words == (word or slip,)


def test_only_so_many_strange_words_are_looked_up() -> None:
    """A text of nothing but strange words is no question."""
    strange = [f"umbrell{first}{second}" for first in "bcdfghjklm" for second in "npqrstvwxz"]
    assert len(strange) == 100
    assert len(read(" ".join(strange), tiny()).repaired) == REPAIR_AT_MOST


def test_the_same_slip_is_repaired_everywhere_and_told_once() -> None:
    """One slip, one line."""
    found = read("umbrela and umbrela", tiny())
    assert found.words == ("umbrella", "and", "umbrella")
    assert found.repaired == (("umbrela", "umbrella"),)


# --- concepts ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("drizzles", ("rain",)),
        ("raining cats and dogs", ("rain",)),
        ("cats or dogs", ()),
        ("wet weather", ("rain",)),
        ("what makes it rain", ("why", "rain")),
        ("my umbrella", ("me", "umbrella")),
        ("my massage therapist", ("me", "work_other")),
        ("my therapist", ("me", "therapist")),
        ("☔", ("rain",)),
        ("", ()),
    ],
)
def test_words_and_phrases_carry_concepts(text: str, concepts: tuple[str, ...]) -> None:
    """In order of mention, each once; a phrase that means somebody else takes the words' own concepts away."""
    assert read(text, tiny()).concepts == concepts


def test_what_is_asked_is_told_apart() -> None:
    """Of the concepts, those that ask."""
    assert read("why does it rain", tiny()).asks == ("why",)
    assert reading("how often is it allowed").asks == ("how_often", "allowed")


# --- length -----------------------------------------------------------------------------------------------------------------


def test_of_a_long_text_the_beginning_and_the_end_are_read() -> None:
    """That is where people put their question; the middle is left out."""
    text = f"rain {'mud ' * 5000} umbrella {'mud ' * 5000} parasol"
    found = read(text, tiny()).words
    assert (found[0], found[-1]) == ("rain", "parasol")
    assert "umbrella" not in found


@pytest.mark.parametrize("word", ["a ", "mud ", "is it normal ", "a.", "\u00e9 "])
@pytest.mark.parametrize("size", [10_000, 100_000])
def test_the_work_does_not_grow_with_the_text(word: str, size: int) -> None:
    """However long the text, no more is read than the limit allows; a text as long as the limit is read in full."""
    found = read(word * (size // len(word)), tiny())
    limit = read(word * (READ_CHARACTERS // len(word)), tiny())
    assert len(found.words) <= len(limit.words) + 3
    assert len(normalise(word * size)) <= READ_CHARACTERS + 1


def test_a_text_at_the_limit_is_read_in_full() -> None:
    """The limits themselves are no long text: of characters, and of words."""
    assert len(read("mud " * (READ_CHARACTERS // 4), tiny()).words) == READ_CHARACTERS // 4
    assert len(read("a " * READ_WORDS, tiny()).words) == READ_WORDS


def test_of_too_many_words_the_first_and_the_last_are_read() -> None:
    """As many as the limit says, and no phrase across the gap."""
    found = words(f"rain {'a ' * (READ_WORDS - 1)}umbrella", {}, {})
    assert (found[0], found[-1], len(found)) == ("rain", "umbrella", READ_WORDS + 1)
    assert found.index(STOP) == READ_WORDS // 2


def test_who_asks_is_among_the_signals() -> None:
    """A clinician's question is another one."""
    assert "clinician" in reading("as a therapist i cried with my client").signals
    assert "clinician" not in reading("my therapist cried").signals


WORD = st.text("abcdt", min_size=1, max_size=7)


@given(WORD, WORD)
def test_one_slip_is_a_distance_of_one(word: str, other: str) -> None:
    """What is found without rapidfuzz is just what rapidfuzz calls one edit, neighbours swapped included."""
    assert _one_slip(word, other) == (OSA.distance(word, other) == 1)


@given(WORD, WORD, st.integers(0, 4))
def test_no_near_word_is_passed_over(word: str, other: str, most: int) -> None:
    """What spares rapidfuzz may look at too many words, never at too few."""
    assert _may_be_near(word, set(word), other, most) or OSA.distance(word, other) > most


@pytest.mark.parametrize("strange", ["xyzzyxyzzy", "banjo", "monday", "ukulele"])
def test_a_word_far_from_all_does_not_load_rapidfuzz(strange: str) -> None:
    """A name or a foreign word is no slip, and costs nothing."""
    code = f"import sys, therapycry as t; print(t.lookup({strange!r}, t.load()).reading.repaired, 'rapidfuzz' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "() False\n"


@given(WORD, WORD)
def test_slips_are_counted_as_rapidfuzz_counts_them(word: str, other: str) -> None:
    """Letters added, left out, changed, or swapped with a neighbour."""
    assert _slips(word, other) == OSA.distance(word, other)


@pytest.mark.parametrize("slip", ["theraapsit", "cuonsllor", "persnalitty"])
def test_many_near_words_are_compared_by_rapidfuzz(monkeypatch: pytest.MonkeyPatch, slip: str) -> None:
    """A large lexicon of one's own gives the same repair, by the library that is made for it."""
    few = reading(f"my {slip}").repaired
    assert few
    monkeypatch.setattr("therapycry.reading._FEW", 0)
    assert reading(f"my {slip}").repaired == few


@pytest.mark.parametrize("slip", ["therapits", "theraspist", "noral", "cryng", "huug", "theraapsit"])
def test_a_slip_does_not_load_rapidfuzz(slip: str) -> None:
    """It would cost such a question more than everything else."""
    code = f"import sys, therapycry as t; print(t.lookup({slip!r}, t.load()).reading.repaired, 'rapidfuzz' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith(f"(({slip!r}, ")
    assert done.stdout.endswith("False\n")
