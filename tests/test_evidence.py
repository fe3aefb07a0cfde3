"""What the words of a text speak for: sentences, clues, and their weights, on weights small enough to add up by hand."""

from __future__ import annotations

from math import log, sqrt
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapycry import handbook
from therapycry.disguise import Words
from therapycry.evidence import CLUES, HEARD, SPARE, STRENGTH, Evidence
from therapycry.lines import Lines
from therapycry.model import EvidenceTables, FilterTables, Weights
from therapycry.sentences import part, sentences
from therapycry.signs import Detector

BOOK = handbook.load()
DETECTOR = Detector(BOOK.safety, BOOK.evidence)
VARIANTS = "=they\t-100\t100\nalways\t10\t0"
PEOPLE = {"she": "they", "i": "i", "mum": "kin", "husband": "partner", "son": "child", "mate": "friend", "therapist": "therapist"}


def read(text: str) -> Words:
    """A text as the safety check reads it."""
    return DETECTOR.speller.read(text.lower())


def told(parts: list[Words]) -> list[str]:
    """Parts as plain text."""
    return [" ".join(each.plain) for each in parts]


# --- parts of a text ------------------------------------------------------------------------------------------------------------


def test_sentences_end_where_the_reader_ends_them() -> None:
    """A comma ends none, and a text of one sentence is no parts."""
    assert told(sentences(read("I am fine. Really, I am! Am I?"))) == ["i am fine", "really i am", "am i"]
    assert sentences(read("I am fine, really")) == []


def test_a_part_counts_its_places_from_its_own_start() -> None:
    """What ends before or after the part is not its own."""
    words = Words(list("abcdef"), frozenset({1, 4}), frozenset({1, 2, 4, 6}))
    assert part(words, 2, 5) == Words(list("cde"), frozenset({2}), frozenset({0, 2}))


# --- clues ----------------------------------------------------------------------------------------------------------------------


def small(rows: str = "", senses: str = "", *, fields: dict[str, list[tuple[str, ...]]] | None = None) -> Evidence:
    """Evidence of few weights, where "she" is one of them."""
    weights = Weights(("crisis", "misconduct"), Lines("\n".join(sorted(f"always\t-100\t-200\n{rows}".splitlines()))))
    tables = EvidenceTables(weights, Weights(("self", "other"), Lines(VARIANTS)), Lines(senses))
    return Evidence(tables, fields or {}, PEOPLE)


def test_clues_of_a_statement() -> None:
    """Stems, pairs with and without a word between, classes beside words and people, fields, and the shape."""
    evidence = small(senses="jump\t7", fields={"field_height": [("jumped",), ("bridges",)]})
    found = evidence.clues(read("She jumped bridges"), asks=False)
    assert found == {
        *("she", "jump", "bridg", "^ she", "she jump", "jump bridg", "bridg $", "she _ bridg"),
        *("#7", "#7 & they", "she #7", "#7 bridg", "=they"),
        *("+height", "+height told", "+height x2", "+height & they", "+height & no therapist"),
        *("@told short ", "@told ", "@told they "),
    }


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("can you jump", {"@asked short ", "@asked ", "@asked nobody "}),
        ("i wept, should one jump", {"@asked middling me crying", "@asked me", "@asked nobody me crying"}),
        ("i should not jump", {"@told short me", "@told me", "@told nobody me"}),
        ("mum left us", {"@told short ", "@told ", "@told kin "}),
        ("a son left", {"@told short ", "@told ", "@told kin "}),
        ("she left a mate", {"@told short ", "@told ", "@told kin "}),
        ("i left a husband", {"@told short me", "@told me", "@told kin me"}),
        ("she left", {"@told short ", "@told ", "@told they "}),
        ("i saw a therapist sob", {"@told middling me therapist crying", "@told me", "@told nobody me therapist crying"}),
        ("we sat there, is that a job", {"@asked middling ", "@asked ", "@asked nobody "}),
        ("jump " * 30, {"@told middling ", "@told ", "@told nobody "}),
        ("jump " * 31, {"@told long ", "@told ", "@told nobody "}),
    ],
)
def test_the_shape_of_a_text(text: str, shape: set[str]) -> None:
    """A question is known by how it begins, or goes on after a pause; short is up to four words, long is from thirty-one on."""
    found = small().clues(read(text), asks=False)
    assert {clue for clue in found if clue[0] == "@"} == shape


def test_fields_are_counted_and_set_beside_people() -> None:
    """Asked or told; two words and three; and whether a therapist is there."""
    evidence = small(fields={"field_height": [("roof",), ("bridge",), ("cliff",)], "field_wound": [("cut",)]})
    found = evidence.clues(read("should a therapist near a roof, a bridge, a cliff cut"), asks=False)
    assert {clue for clue in found if clue[0] == "+"} == {
        *("+height", "+height asked", "+height x2", "+height x3", "+height & therapist"),
        *("+wound", "+wound asked", "+wound & therapist"),
    }


@pytest.mark.parametrize(("asks", "shape"), [(True, "@asked short "), (False, "@told short ")])
def test_a_question_mark_asks(asks: bool, shape: str) -> None:  # noqa: FBT001 (a case of the test)
    """Whatever the words are."""
    assert shape in small().clues(read("she jumped off"), asks=asks)


# --- weights --------------------------------------------------------------------------------------------------------------------


def test_the_odds_are_the_sum_of_its_weights() -> None:
    """By hand: the base and two clues that share one strength; the log-odds of either kind against none."""
    share = STRENGTH / sqrt(2 + SPARE) / 100
    crisis, misconduct = -1 + share * (300 + 20), -2 + share * (-100 + 10)
    once = log(2.718281828459045**crisis + 2.718281828459045**misconduct)
    weighed = small("jump\t300\t-100\nshe jump\t20\t10").weigh(read("she jumped"), asks=False)
    assert weighed is not None
    assert weighed.odds == pytest.approx(once)
    assert weighed.kind == "crisis"


def test_a_class_lets_an_unseen_word_speak() -> None:
    """A word without a weight counts by the words of its class."""
    evidence = small("#7\t500\t0", "jump\t7\nleap\t7")
    seen, unseen, other = (evidence.weigh(read(word), asks=False) for word in ("jump", "leaping", "hopping"))
    assert seen == unseen
    assert seen
    assert other
    assert seen.odds > other.odds


def test_the_likelier_kind_is_named() -> None:
    """Misconduct where its weights outweigh those of a crisis."""
    weighed = small("kiss\t100\t800").weigh(read("a kiss"), asks=False)
    assert weighed
    assert weighed.kind == "misconduct"


def test_filters_are_added() -> None:
    """By hand: what the filters say of the text as a whole beside what the clues say, for the odds and for the kind."""
    filters = Weights(("base", "0"), Lines("crisis\t-10000\t1000\nfloor\t0\t5\nmisconduct\t-20000\t8000"))
    heard = Lines("#7\t#(#\n,\t###\n-\t###\n?\t#-#\n^\t###")
    alone = small(senses="jump\t7")
    assert alone.tables
    both = Evidence(alone.tables._replace(filters=FilterTables(filters, heard)), {}, PEOPLE)
    for text, asks, loud in (("she jumped", False, 0), ("she jumped", True, 5), ("jump, jump", True, 5)):
        clues = alone.weigh(read(text), asks=asks)
        weighed = both.weigh(read(text), asks=asks)
        crisis, misconduct = -1 + loud / 10, -2 + loud * 0.8
        told = log(2.718281828459045**crisis + 2.718281828459045**misconduct)
        assert clues
        assert weighed
        assert weighed.odds == pytest.approx(CLUES * clues.odds + HEARD * told)
        assert (clues.kind, weighed.kind) == ("crisis", "misconduct" if loud == 5 else "crisis")


def test_filters_hear_words_classes_pauses_and_the_question() -> None:
    """A pause stands where the text has one, and what asks ends with a question."""
    evidence = small(senses="jump\t7")
    assert evidence.heard(read("She jumped, then wept"), asks=True) == [
        *(("she", ""), ("jumped", "#7"), (",",), ("then", ""), ("wept", ""), ("?",)),
    ]
    assert evidence.heard(read("She wept."), asks=False) == [("she", ""), ("wept", "")]


@pytest.mark.parametrize(("text", "variant"), [("I jumped", "self"), ("she jumped", "other"), ("jumped", "self")])
def test_the_variant_that_fits_best_is_named(text: str, variant: str) -> None:
    """Who is in the text decides, and without a sign of it the likelier one."""
    fits = small().variants(read(text), asks=False)
    assert max(fits, key=fits.__getitem__) == variant


def test_without_weights_nothing_is_weighed() -> None:
    """A handbook of one's own may have signs alone."""
    assert Evidence(None, {}, {}).weigh(read("a kiss"), asks=False) is None
    assert Evidence(None, {}, {}).variants(read("a kiss"), asks=False) == {}


@given(st.text(alphabet=ascii_lowercase + " .,?", max_size=200))
def test_the_order_of_looking_up_changes_nothing(text: str) -> None:
    """The same text has the same odds each time, whatever was weighed before."""
    words = read(text)
    assert DETECTOR.evidence.weigh(words, asks=False) == DETECTOR.evidence.weigh(words, asks=False)
