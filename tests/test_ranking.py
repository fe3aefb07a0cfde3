"""How likely each entry answers, by fitted weights or by the phrasings alone, and what spoke for it."""

from __future__ import annotations

from math import exp, log, sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapycry import handbook, ranking
from therapycry.lines import Lines
from therapycry.model import Handbook, Signal, Weights

TINY = handbook.load(Path(__file__).parent / "handbook")
SHIPPED = handbook.load(handbook.DATA)
ROWS = (
    "about hug\t300\t-100\t0",
    "about rain\t-100\t300\t0",
    "always\t0\t0\t100",
    "unknown mostly\t0\t0\t400",
    "unknown nowhere\t0\t0\t0",
    "word hug\t100\t0\t0",
    "word rain\t0\t100\t0",
)
WEIGHTS = Weights(("hugs", "rain", "none"), Lines("\n".join(ROWS)))
KNOWN = sorted(line.partition("\t")[0] for line in SHIPPED.weights.lines) if SHIPPED.weights else []


def phrased() -> ranking.Phrasings:
    """The tiny handbook ready for ranking, each word of a phrasing a signal."""
    return ranking.Phrasings(TINY, lambda text: [f"word {word}" for word in dict.fromkeys(text.lower().rstrip("?").split())])


def likely(*signals: str) -> dict[str, float]:
    """The likelihoods by the small weights."""
    return ranking.by_weights(signals, WEIGHTS).likelihood


# --- by weights -------------------------------------------------------------------------------------------------------------


def test_without_a_known_signal_the_base_decides() -> None:
    """Nothing understood: what is true of any question."""
    bare = Weights(WEIGHTS.columns, Lines("always\t0\t0\t100"))
    whole = 2 + exp(1)
    found = ranking.by_weights(("word xyzzy",), bare).likelihood
    assert found == pytest.approx({"hugs": 1 / whole, "rain": 1 / whole, "none": exp(1) / whole})


def test_the_entry_with_the_greater_sum_is_likelier() -> None:
    """Each signal adds to the entries it speaks for."""
    assert likely("about hug")["hugs"] > likely("about hug")["rain"]
    assert likely("about rain")["rain"] > likely("about rain")["hugs"]
    assert likely("about hug", "word hug")["hugs"] > likely("about hug", "word rain")["hugs"]


def test_opposite_signals_cancel() -> None:
    """Both subjects named alike leave neither ahead."""
    found = likely("about hug", "about rain")
    assert found["hugs"] == pytest.approx(found["rain"])


def test_strange_words_speak_for_none() -> None:
    """A question of words never seen is likely no question of ours."""
    assert likely("word xyzzy", "word plugh")["none"] > likely("word hug", "word rain")["none"]


@given(
    signals=st.lists(
        st.sampled_from(["about hug", "about rain", "word hug", "word rain", "word xyzzy", "odd"]), max_size=8, unique=True
    )
)
def test_likelihoods_are_shares_of_one(signals: list[str]) -> None:
    """For every entry and none, each between 0 and 1."""
    found = likely(*signals)
    assert set(found) == {"hugs", "rain", "none"}
    assert sum(found.values()) == pytest.approx(1)
    assert all(0 <= share <= 1 for share in found.values())


@given(signals=st.lists(st.sampled_from(KNOWN), max_size=300, unique=True))
def test_the_shipped_weights_give_shares_for_any_signals(signals: list[str]) -> None:
    """However many speak, nothing overflows."""
    assert SHIPPED.weights is not None
    found = ranking.by_weights(signals, SHIPPED.weights).likelihood
    assert sum(found.values()) == pytest.approx(1)
    assert set(found) == {*(entry.slug for entry in SHIPPED), "none"}


def test_likelihoods_are_the_softmax_of_the_weights() -> None:
    """Hundredths of log-odds, added up, divided by the root of how many rows spoke; the base counts in full."""
    strength = ranking.STRENGTH / sqrt(3) / 100
    sums = (strength * 400, strength * -100, 1.0)
    whole = sum(map(exp, sums))
    hugs, rain, none = (exp(each) / whole for each in sums)
    assert likely("about hug", "word hug") == pytest.approx({"hugs": hugs, "rain": rain, "none": none})


def test_weights_of_any_size_do_not_overflow() -> None:
    """The largest that a file may hold."""
    weights = Weights(("a", "none"), Lines("always\t0\t0\nword x\t999999999\t-999999999"))
    assert ranking.by_weights(["word x"], weights).likelihood == {"a": 1.0, "none": 0.0}


def test_the_weights_of_reasons_have_two_decimals() -> None:
    """They are shown to people."""
    weights = Weights(("a", "none"), Lines("always\t0\t0\nword x\t123\t0\nword y\t1\t0"))
    assert ranking.by_weights(["word x"], weights).reasons("a") == (Signal("word x", 6.15),)
    assert ranking.by_weights(["word y", "word x"], weights).reasons("a")[1] == Signal("word y", 0.04)


def test_the_order_of_signals_does_not_matter() -> None:
    """The same signals, the same shares."""
    assert likely("about hug", "word rain") == pytest.approx(likely("word rain", "about hug"))


def test_many_signals_do_not_speak_louder_than_few() -> None:
    """A long story is no surer than a short question: the strength is shared between the signals."""
    few, many = ("about hug",), ("about hug", "word rain", "word hug", "about rain")
    assert likely(*few)["hugs"] > likely(*many)["hugs"]


def test_reasons_name_what_spoke_for_an_entry() -> None:
    """Strongest first, measured against none; what spoke against it is left out."""
    reasons = ranking.by_weights(("about hug", "word hug", "about rain"), WEIGHTS).reasons("hugs")
    assert [reason.name for reason in reasons] == ["about hug", "word hug"]
    assert reasons[0].weight > reasons[1].weight > 0
    assert all(isinstance(reason, Signal) for reason in reasons)


def test_what_speaks_louder_for_none_is_no_reason() -> None:
    """A signal is a reason for an entry only where it is worth more to it than to none."""
    weights = Weights(("a", "none"), Lines("always\t0\t0\nword x\t100\t300\nword y\t100\t0"))
    assert [reason.name for reason in ranking.by_weights(["word x", "word y"], weights).reasons("a")] == ["word y"]


def test_at_most_six_reasons_are_named() -> None:
    """Enough to see why."""
    lines = Lines("\n".join(["always\t0\t0", *(f"word w{at}\t{at + 1}\t0" for at in range(9))]))
    reasons = ranking.by_weights([f"word w{at}" for at in range(9)], Weights(("a", "none"), lines)).reasons("a")
    assert [reason.name for reason in reasons] == [f"word w{at}" for at in (8, 7, 6, 5, 4, 3)]


# --- unknown words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signals", "told"),
    [
        ((), ("unknown words 0", "unknown nowhere")),
        (("word rain", "about sun"), ("unknown words 0", "unknown nowhere")),
        (("word rain", "word mud"), ("unknown words 1", "unknown partly")),
        (("word rain", "word mud", "word fog"), ("unknown words 2", "unknown mostly")),
        (("word the", "word is"), ("unknown words 0", "unknown nowhere")),
        (tuple(f"word w{at}" for at in range(9)), ("unknown words 4", "unknown mostly")),
        (("words mud fog", "starts mud"), ("unknown words 0", "unknown nowhere")),
    ],
)
def test_strange_words_are_counted(signals: tuple[str, ...], told: tuple[str, str]) -> None:
    """Words alone, without the small ones that stand anywhere; more than four are many."""
    assert ranking.unknown_words(signals, {"word rain"}.__contains__) == told


# --- by phrasings -----------------------------------------------------------------------------------------------------------


def test_the_entry_with_the_closest_phrasing_is_likeliest() -> None:
    """A handbook without weights is ranked by what its authors wrote."""
    found = phrased().rank(["word borrow", "word an", "word umbrella"]).likelihood
    assert max(found, key=found.__getitem__) == "borrow-umbrella"


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    """One phrasing has "borrow", three have "umbrella"."""
    worth = phrased().worth
    assert worth["word borrow"] > worth["word umbrella"]


def test_likeness_is_the_cosine_of_what_each_signal_tells() -> None:
    """A strange word counts as the rarest, what is neither a word nor known counts for nothing."""
    entry = TINY["why-rain"]._replace(question="rain wind", phrasings=("rain",))
    book = Handbook(topics=(), entries=(entry,), sources={}, lexicon={}, safety={}, weights=None)
    found = ranking.Phrasings(book, lambda text: [f"word {word}" for word in text.split()])
    rain, wind, strange = log(1 + 2 / 2), log(1 + 2 / 1), log(1 + 2)
    both = (rain**2 + wind**2) / sqrt((rain**2 + wind**2) * (rain**2 + wind**2 + strange**2))
    share = 20 * both**4 / (1 + 20 * both**4)
    asked = ["word rain", "word wind", "word xyzzy", "about sun"]
    assert found.rank(asked).likelihood == pytest.approx({"none": 1 - share, "why-rain": share})


@pytest.mark.parametrize(("carriers", "tells"), [(20, True), (21, False)])
def test_what_most_phrasings_have_tells_nothing(carriers: int, tells: bool) -> None:  # noqa: FBT001 (a table)
    """Up to twenty of few phrasings may share a word that is still compared."""
    wordings = [f"rain w{at}" if at < carriers else f"w{at}" for at in range(30)]
    entry = TINY["why-rain"]._replace(question=wordings[0], phrasings=tuple(wordings[1:]))
    book = Handbook(topics=(), entries=(entry,), sources={}, lexicon={}, safety={}, weights=None)
    found = ranking.Phrasings(book, lambda text: [f"word {word}" for word in text.split()])
    assert ("word rain" in found.worth) == tells


def test_nothing_shared_means_none() -> None:
    """Not a single word of any phrasing."""
    assert phrased().rank(["word xyzzy"]).likelihood == {"none": 1.0}
    assert phrased().rank([]).likelihood == {"none": 1.0}


def test_words_of_ones_own_make_a_question_less_alike() -> None:
    """The more a question says that no phrasing says, the less it is that phrasing."""
    whole = phrased().rank(["word makes", "word rain"]).likelihood
    more = phrased().rank(["word makes", "word rain", "word xyzzy"]).likelihood
    most = phrased().rank(["word makes", "word rain", "word xyzzy", "word plugh"]).likelihood
    assert whole["why-rain"] > more["why-rain"] > most["why-rain"]


@given(
    signals=st.lists(
        st.sampled_from([f"word {word}" for word in "what makes it rain may i borrow an umbrella xyzzy".split()]),
        max_size=9,
        unique=True,
    )
)
def test_likelihoods_by_phrasings_are_shares_of_one(signals: list[str]) -> None:
    """None is among them, each between 0 and 1."""
    found = phrased().rank(signals).likelihood
    assert sum(found.values()) == pytest.approx(1)
    assert 0 < found["none"] <= 1


def test_the_form_of_a_question_is_no_likeness() -> None:
    """How it starts, how long it is, and small words stand in any question."""
    form = ["nobody cries", "length tiny", "starts why", "word the", "word why"]
    assert ranking.Phrasings(TINY, lambda _: form).rank(form).likelihood == {"none": 1.0}


def test_reasons_by_phrasings_name_the_shared_words() -> None:
    """Those of the closest phrasing, the most telling first."""
    reasons = phrased().rank(["word umbrella", "word borrow", "word xyzzy"]).reasons("borrow-umbrella")
    assert [reason.name for reason in reasons] == ["word borrow", "word umbrella"]
