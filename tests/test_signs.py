"""Signs, by safety data small enough to see through: which one decides, what refutes it, whose life it is, and long texts."""

from __future__ import annotations

from typing import Any

import pytest

from therapycry.disguise import Words
from therapycry.lines import Lines
from therapycry.model import EvidenceTables, Weights
from therapycry.signs import Detector

VARIANTS = ("self", "other", "client", "danger", "child", "harm")
DATA: dict[str, Any] = {
    "spelling": {
        "keys": ["jumping", "bridge", "poison"],
        "small": ["i", "am", "off", "a", "he", "in", "the"],
        "apart": [],
        "same": {"jumpin": ["jmpng"]},
        "whole": ["jumping off", "poison"],
    },
    "groups": {
        **{name: [f"{name}s"] for name in ("partner", "kin", "friend", "them", "therapist")},
        "they": ["he", "she"],
        "client": ["client", "my patient"],
        "child": ["kid+"],
        "i": ["i"],
        "field_height": ["bridge"],
    },
    "put": {"jumping": ["taking_a leap", "leaping"], "am wet": ["soaked through"]},
    "harmless": {"sayings": ["jumping|leaping for joy", "bungee_jumping"]},
    "other_languages": {"sayings": ["\u043f\u0440\u044b\u0433"]},
    "sign": [
        {"notice": "danger", "about": ["pushed"], "say": ["pushed .. bridge"], "unless": ["pushed .. pram"]},
        {"notice": "life", "about": ["jumping", "bridge"], "say": ["jumping off"], "outright": True},
        {"notice": "life", "about": ["bridge"], "say": ["the bridge $"], "unless": ["under .. bridge"]},
        {"notice": "other", "about": ["<they>"], "say": ["<they> .. poison"]},
        {"notice": "self", "about": ["salto"], "say": ["salto"], "foreign": True},
    ],
    "who": {"client": ["<client>"], "other": ["<they>"]},
    "evidence": {"crisis": 2.0, "misconduct": 1.0, "with_sign": -2.0, "outright": -4.0},
}


def tables(rows: str = "", variants: str = "") -> EvidenceTables:
    """Evidence in which a text has the odds that `rows` and the base say, and the variant that `variants` say."""
    kinds = Weights(("crisis", "misconduct"), Lines("\n".join(sorted(f"always\t-900\t-900\n{rows}".splitlines()))))
    fits = Weights(VARIANTS, Lines("\n".join(sorted(f"always\t1\t0\t0\t0\t0\t0\n{variants}".splitlines()))))
    return EvidenceTables(kinds, fits, Lines(""))


def by_signs(asked: str) -> str | None:
    """The notice by the signs alone."""
    return Detector(DATA, None).notice_key(asked)


@pytest.mark.parametrize(
    ("asked", "notice"),
    [
        ("I think of jumping off", "self"),
        ("My client thinks of jumping off", "client"),
        ("My patient thinks of jumping off", "client"),
        ("She thinks of jumping off", "other"),
        ("She has poison", "other"),
        ("I have poison", None),
        ("I pushed her off a bridge", "danger"),
        ("salto", "self"),
        ("I go to the bridge", "self"),
        ("I go to the bridge with her", None),
        ("", None),
        ("\u043f\u0440\u044b\u0433\u0430\u0442\u044c", "self"),
    ],
)
def test_signs_decide_where_there_is_no_evidence(asked: str, notice: str | None) -> None:
    """A sign calls for its notice; one about a life for that of whose life it is."""
    assert by_signs(asked) == notice


def test_the_earlier_sign_decides() -> None:
    """Whatever the order in the text, and in whichever stretch of it."""
    assert by_signs("I am jumping off. He pushed me off a bridge") == "danger"
    assert by_signs(f"I am jumping off. {'We had tea and spoke of the sea. ' * 30} He pushed me off a bridge") == "danger"


@pytest.mark.parametrize(
    ("asked", "notice"),
    [
        ("I sat under the bridge", None),
        ("I sat under the bridge. Now I go to the bridge", "self"),
        ("I sat under the bridge. It was warm", None),
        ("I go home. I sat under the bridge", None),
    ],
)
def test_an_exception_refutes_its_own_sentence(asked: str, notice: str | None) -> None:
    """What is harmless in one sentence does not cover another."""
    assert by_signs(asked) == notice


@pytest.mark.parametrize(
    ("asked", "notice"),
    [
        ("I am taking a leap off it", "self"),
        ("I am leaping off it", "self"),
        ("jumping for joy off we went", None),
        ("leaping for joy off we went", None),
        ("bungee jumping off Kent", None),
        ("bungee jumping and jumping off", "self"),
        ("jmpng off", None),
        ("jumpng off", "self"),
    ],
)
def test_words_are_put_plainly_first(asked: str, notice: str | None) -> None:
    """Turns of phrase count as what they mean, harmless ones not at all, slips as what is meant."""
    assert by_signs(asked) == notice


def test_places_move_with_what_is_put_plainly() -> None:
    """Ends and pauses stay where they were said, before, inside and after what is replaced."""
    detector = Detector(DATA, None)
    words = Words("so soaked through i sit taking a leap on".split(), frozenset({1, 3, 5}), frozenset({1, 2, 3, 5, 7, 9}))
    assert detector.put_plainly(words) == Words(
        "so am wet i sit jumping on".split(), frozenset({1, 3, 5}), frozenset({1, 2, 3, 5, 7})
    )
    harmless = Words("we left bungee jumping for tea".split(), frozenset({2, 4, 6}), frozenset({2, 3, 4, 6}))
    assert detector.without_harmless(harmless) == Words("we left # for tea".split(), frozenset({2, 3, 5}), frozenset({2, 3, 5}))


# --- signs and evidence ---------------------------------------------------------------------------------------------------------


# The log-odds of a text are the base plus the weight.
@pytest.mark.parametrize(
    ("base", "asked", "notice"),
    [
        (190, "off you go", None),
        (210, "off you go", "self"),
        (-190, "I go to the bridge", "self"),
        (-210, "I go to the bridge", None),
        (-390, "I am jumping off", "self"),
        (-410, "I am jumping off", None),
        (-900, "salto", "self"),
    ],
)
def test_evidence_may_refute_a_sign_or_do_without(base: int, asked: str, notice: str | None) -> None:
    """An ordinary sign needs a little evidence, an outright one nearly none, a foreign one none; much evidence needs no sign."""
    own = tables()._replace(kinds=Weights(("crisis", "misconduct"), Lines(f"always\t{base}\t-900")))
    assert Detector(DATA, own).notice_key(asked) == notice


@pytest.mark.parametrize(
    ("crisis", "misconduct", "notice"), [(190, -900, None), (210, -900, "self"), (-900, 90, None), (-900, 110, "misconduct")]
)
def test_each_kind_has_its_own_threshold(crisis: int, misconduct: int, notice: str | None) -> None:
    """What is enough for misconduct is not enough for a crisis."""
    own = tables()._replace(kinds=Weights(("crisis", "misconduct"), Lines(f"always\t{crisis}\t{misconduct}")))
    assert Detector(DATA, own).notice_key("off you go") == notice


def test_evidence_names_the_kind_and_the_variant() -> None:
    """Misconduct has one notice; of those on a crisis the best fit is shown, unless it is in another language."""
    misconduct = Weights(("crisis", "misconduct"), Lines("always\t-900\t300"))
    assert Detector(DATA, tables()._replace(kinds=misconduct)).notice_key("off you go") == "misconduct"
    sure = Weights(("crisis", "misconduct"), Lines("always\t300\t-900"))
    own = tables(variants="=they\t0\t0\t0\t0\t0\t900\nsalto\t0\t0\t0\t0\t900\t0")._replace(kinds=sure)
    detector = Detector(DATA, own)
    assert detector.notice_key("off you go") == "self"
    assert detector.notice_key("she goes off") == "harm"
    assert detector.notice_key("she has poison") == "harm"
    assert detector.notice_key("she pushed me off a bridge") == "harm"
    assert detector.notice_key("salto") == "self"


@pytest.mark.parametrize(("weight", "notice"), [(150, "danger"), (200, "harm")])
def test_the_notice_of_a_sign_stands_unless_another_fits_clearly_better(weight: int, notice: str) -> None:
    """Two log-odds are clear; one clue counts 4 / sqrt(1 + 10) times its weight: 1.81 and 2.41."""
    own = tables(variants=f"=they\t0\t0\t0\t0\t0\t{weight}")._replace(
        kinds=Weights(("crisis", "misconduct"), Lines("always\t300\t-900"))
    )
    assert Detector(DATA, own).notice_key("she pushed me off a bridge") == notice


def test_the_evidence_hears_what_no_sign_is_sought_in() -> None:
    """A harmless turn of phrase covers no danger that the evidence knows."""
    own = tables("jump\t1200\t0")
    assert Detector(DATA, own).notice_key("jumping for joy") == "self"
    assert Detector(DATA, tables()).notice_key("jumping for joy") is None


def test_a_question_mark_reaches_the_evidence() -> None:
    """Something asked may weigh otherwise than the same thing told."""
    rows = "@asked \t900\t0\n@told \t-900\t0"
    detector = Detector(DATA, tables(rows)._replace(kinds=Weights(("crisis", "misconduct"), Lines(f"{rows}\nalways\t0\t-900"))))
    assert detector.notice_key("off we go?") == "self"
    assert detector.notice_key("off we go") is None


# --- long texts -----------------------------------------------------------------------------------------------------------------

TEA = "we had tea and spoke of rain "


@pytest.mark.parametrize("before", [0, 10, 13, 14, 15, 16, 30, 100])
def test_a_sign_is_seen_wherever_it_stands_in_a_long_text(before: int) -> None:
    """Stretches overlap, so that none is cut in two."""
    assert by_signs(f"{TEA * before}i am jumping off {TEA * 40}") == "self"
    assert by_signs(f"{TEA * before}{TEA * 40}") is None


def test_stretches_keep_their_own_ends() -> None:
    """A sentence ends in a stretch where it ends in the text."""
    words = Words(["off"] * 150 + ["bridge"] + ["off"] * 20, frozenset({140, 151}), frozenset({140, 145, 151}))
    assert list(Detector(DATA, None)._stretches(words)) == [
        Words(words.plain[70:170], frozenset({70, 81}), frozenset({70, 75, 81})),
        Words(words.plain[140:171], frozenset({0, 11}), frozenset({0, 5, 11})),
    ]


def test_stretches_with_most_telling_words_are_looked_at() -> None:
    """Ten at most, and each wording once: the work for any text is bounded."""
    detector = Detector(DATA, None)
    dull = Words(["rain"] * 5_000, frozenset())
    assert list(detector._stretches(dull)) == []
    same = Words(["bridge"] * 5_000, frozenset())
    assert [len(stretch.plain) for stretch in detector._stretches(same)] == [100]
    several = Words([word for number in range(70) for word in (*(["rain"] * 99), f"w{number}", "bridge")], frozenset())
    assert len(list(detector._stretches(several))) == 10
    most = Words([*["rain"] * 3_000, "jumping", "bridge", "pushed", *["rain"] * 300, *["rain", "bridge"] * 700], frozenset())
    assert "pushed" in next(iter(detector._stretches(most))).plain


def test_the_middle_of_a_very_long_text_is_read_around_outright_words() -> None:
    """Up to 24,000 characters are read in full; of more, both ends and two hundred characters around each outright word."""
    detector = Detector(DATA, None)
    full = "x" * 24_000
    assert detector._shortened(full) is full
    filler = "y" * 20_000
    long = f"{'a' * 12_000}{filler}Poison{filler}{'b' * 12_000}"
    assert detector._shortened(long) == f"{'a' * 12_000}. {'y' * 200}poison{'y' * 194}. {'b' * 12_000}"
    assert detector._shortened(f"{'a' * 12_000}poison{'b' * 12_000}") == f"{'a' * 12_000}. poison. {'b' * 12_000}"


def test_of_a_very_long_text_twenty_finds_are_kept() -> None:
    """However often the words stand there."""
    found = Detector(DATA, None)._shortened("a" * 12_000 + "poison".ljust(400, "z") * 50 + "b" * 12_000)
    assert found.count("poison") == 20
    assert found.count(". ") == 21


def test_a_group_that_does_not_exist_is_found_when_all_is_taken_apart() -> None:
    """In a sign, in an exception, in a turn of phrase, and in who it is about."""
    for change in (
        {"sign": [{"notice": "self", "about": ["a"], "say": ["<gone>"]}]},
        {"sign": [{"notice": "self", "about": ["a"], "say": ["a"], "unless": ["<gone>"]}]},
        {"put": {"jumping": ["off <gone>"]}},
        {"who": {"other": ["<gone>"]}},
    ):
        with pytest.raises(KeyError, match="gone"):
            Detector({**DATA, **change}, None).take_all_apart()
    Detector(DATA, None).take_all_apart()
