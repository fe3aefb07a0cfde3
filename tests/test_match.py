"""lookup(): sure, unsure or none; never a guess, never an exception, the same answer to the same question."""

from __future__ import annotations

import shutil
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from therapycry import handbook, lookup, match, model, ranking
from therapycry.lines import Lines
from therapycry.model import Handbook, Match, Weights

if TYPE_CHECKING:
    from therapycry.model import Entry, Lookup

TINY = handbook.load(Path(__file__).parent / "handbook")
SHIPPED = handbook.load(handbook.DATA)
EMPTY = Handbook(topics=(), entries=(), sources={}, lexicon=SHIPPED.lexicon, safety=SHIPPED.safety, weights=None)
BOOKS = pytest.mark.parametrize("book", [TINY, SHIPPED], ids=["tiny", "shipped"])
VARIOUS = (
    "is it normal",
    "my therapist cried",
    "do clients cry and do therapists hug them",
    "why does it rain on my umbrella",
    "rain",
    "umbrella",
    "therapist",
    "tears",
    "what is the capital of Peru",
    "",
    "?",
    "therapy therapy therapy",
    "I told my counsellor about my week and then she went quiet and her eyes were wet and I don't know what to think",
)


# Questions that name much and ask little: which of them are unclear depends on the weights, that some are does not.
VAGUE = (
    "therapist cry client cry",
    "tears therapist client",
    "crying",
    "tears in therapy",
    "therapist and crying",
    "crying and hugs",
)


@cache
def unclear() -> tuple[str, ...]:
    """The vague questions that leave three entries or more to choose from."""
    found = {question: lookup(question, SHIPPED, limit=5) for question in VAGUE}
    return tuple(question for question, each in found.items() if each.confidence == "unsure" and len(each.candidates) >= 3)


def book_of(*entries: Entry, weights: Weights | None = None) -> Handbook:
    """A handbook of these entries."""
    return Handbook(
        topics=TINY.topics, entries=entries, sources=TINY.sources, lexicon=TINY.lexicon, safety=TINY.safety, weights=weights
    )


def slugs(found: Lookup) -> list[str]:
    """The candidates by slug."""
    return [each.entry.slug for each in found.candidates]


# --- three outcomes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "book", "slug"),
    [
        ("what makes it rain", TINY, "why-rain"),
        ("how much does it rain", TINY, "how-much-rain"),
        ("so why is it raining", TINY, "why-rain"),
        ("may i borrow an umbrella now", TINY, "borrow-umbrella"),
        ("my therapist teared up yesterday, is that common?", SHIPPED, "is-it-common"),
        ("are counsellors allowed to cry in front of people", SHIPPED, "are-therapists-allowed"),
        ("would a psychologist hug me", SHIPPED, "hugging-clients"),
    ],
)
def test_a_clear_question_is_answered(question: str, book: Handbook, slug: str) -> None:
    """Sure, with the entry as the best and the first."""
    found = lookup(question, book)
    assert found.confidence == "sure"
    assert found.best is not None
    assert found.best.entry.slug == slug
    assert found.candidates[0] == found.best


def test_an_unclear_question_gets_choices() -> None:
    """Unsure: nothing is the answer, several may be."""
    assert unclear()
    for found in (lookup("does it rain", TINY), *(lookup(question, SHIPPED) for question in unclear())):
        assert found.confidence == "unsure"
        assert found.best is None
        assert len(found.candidates) >= 2


@pytest.mark.parametrize("book", [TINY, SHIPPED, EMPTY], ids=["tiny", "shipped", "empty"])
@pytest.mark.parametrize(
    "question", ["how do I file my taxes", "what is the capital of Peru", "", "   ", "?!", "12345", "xyzzy plugh"]
)
def test_another_question_gets_no_answer(question: str, book: Handbook) -> None:
    """None: no best, and no choices that are not truly close."""
    found = lookup(question, book)
    assert found.confidence == "none"
    assert found.best is None
    assert all(each.score >= 100 * match.CLOSE_FROM for each in found.candidates)


@pytest.mark.parametrize(
    ("likelihood", "confidence"),
    [
        ({"none": 0.01, "a": 0.99}, "sure"),
        ({"none": match.SURE_NONE_BELOW - 0.001, "a": match.SURE_FROM, "b": 0.3}, "sure"),
        ({"none": match.SURE_NONE_BELOW - 0.001, "a": match.SURE_FROM - 0.001, "b": 0.3}, "unsure"),
        ({"none": match.SURE_NONE_BELOW, "a": 1 - match.SURE_NONE_BELOW}, "unsure"),
        ({"none": match.UNSURE_NONE_BELOW - 0.001, "a": 0.3}, "unsure"),
        ({"none": match.UNSURE_NONE_BELOW, "a": 0.3}, "none"),
        ({"none": 1.0}, "none"),
        ({"none": 0.0}, "unsure"),
    ],
)
def test_the_thresholds_part_the_outcomes(likelihood: dict[str, float], confidence: str) -> None:
    """Sure needs little doubt and one that stands out; the bounds themselves belong to the more careful side."""
    assert match.confidence_of(likelihood) == confidence


def test_what_is_just_likely_enough_is_a_candidate() -> None:
    """The bound belongs to those that are named."""
    ranked = ranking.Ranked({"none": 0.9, "why-rain": 0.06, "how-much-rain": 0.04, "wide-words": 0.03}, lambda _: ())
    assert match._likely(ranked, None, TINY, 0.04) == [("why-rain", 0.06), ("how-much-rain", 0.04)]


# --- known by heart ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", TINY.entries, ids=lambda entry: entry.slug)
def test_an_entrys_own_wording_is_sure(entry: Entry) -> None:
    """Its question and each phrasing, whatever the script: first, at 100."""
    for wording in (entry.question, *entry.phrasings):
        found = lookup(f"  {wording.upper()} !!", TINY)
        assert found.confidence == "sure", wording
        assert found.best is not None
        assert (found.best.entry, found.best.score) == (entry, 100)


def test_a_wording_in_another_script_is_told_from_others() -> None:
    """Letters that are not Latin are letters: another question in that script is another question."""
    assert lookup("雨と傘", TINY).confidence == "sure"
    assert lookup("猫と犬", TINY).confidence == "none"


def test_the_closest_phrasing_is_told() -> None:
    """The entry's own wording that shares most words with the question."""
    best = lookup("what makes it rain so often", TINY).candidates[0]
    assert (best.entry.slug, best.phrasing) == ("why-rain", "what makes it rain")


def test_the_closest_phrasing_shares_most_of_both() -> None:
    """A short phrasing that is wholly in the question is not closer than one that is most of it."""
    (only,) = lookup("may i take the umbrella lending", TINY).candidates
    assert only.phrasing == "may i take your umbrella"


def test_a_refused_question_names_only_what_is_close(monkeypatch: pytest.MonkeyPatch) -> None:
    """Below the threshold nothing is named at all."""
    monkeypatch.setattr(match, "SURE_NONE_BELOW", 0.0)
    monkeypatch.setattr(match, "UNSURE_NONE_BELOW", 0.0)
    monkeypatch.setattr(match, "CLOSE_FROM", 0.0)
    (only,) = lookup("umbrella", TINY).candidates
    monkeypatch.setattr(match, "CLOSE_FROM", only.score / 100)
    assert lookup("umbrella", TINY).candidates == (only,)
    monkeypatch.setattr(match, "CLOSE_FROM", (only.score + 1) / 100)
    assert lookup("umbrella", TINY).candidates == ()


def test_the_closest_phrasing_is_the_one_with_least_besides() -> None:
    """Of two that share one word with the question, the one that has little else."""
    entry = TINY["why-rain"]._replace(question="xyzzy", phrasings=("rain mud hail snow wind sun", "rain sun"))
    found = lookup("rain", book_of(entry))
    assert [each.phrasing for each in found.candidates] == ["rain sun"]


def test_words_that_the_weights_know_are_not_repaired() -> None:
    """What the fit has seen is no slip, what it has not is."""
    columns = (*(entry.slug for entry in TINY), "none")
    zeros = "\t0" * len(columns)
    book = {
        rows: book_of(*TINY.entries, weights=Weights(columns, Lines("\n".join(f"{row}{zeros}" for row in rows))))
        for rows in (("always",), ("always", "word therapit"))
    }
    repaired = [lookup("therapits", each).reading.repaired for each in book.values()]
    assert repaired == [(("therapits", "therapist"),), ()]


def test_words_of_the_authors_are_not_repaired(tmp_path: Path) -> None:
    """A name that resembles a word of the lexicon stays a name, in the handbook and in the question."""
    folder = Path(shutil.copytree(Path(__file__).parent / "handbook", tmp_path / "handbook"))
    page = folder / "entries" / "why-rain.md"
    page.write_text(page.read_text(encoding="utf-8").replace("what makes it rain", "the therapits of rain"), encoding="utf-8")
    assert lookup("who is therapits", TINY).reading.repaired == (("therapits", "therapist"),)
    assert lookup("who is therapits", handbook.load(folder)).reading.repaired == ()


def test_what_spoke_for_a_match_is_told() -> None:
    """Signals with a weight above nothing, strongest first."""
    best = lookup("my therapist cried, is it normal?", SHIPPED).candidates[0]
    weights = [signal.weight for signal in best.signals]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > 0
    assert any("therapist cries" in signal.name for signal in best.signals)


# --- scores and candidates --------------------------------------------------------------------------------------------------


@BOOKS
@pytest.mark.parametrize("question", VARIOUS)
def test_candidates_are_ordered_and_distinct(book: Handbook, question: str) -> None:
    """Best first, each entry once, whole scores between 0 and 100."""
    found = lookup(question, book, limit=5)
    scores = [each.score for each in found.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(isinstance(score, int) and 0 <= score <= 100 for score in scores)
    assert len(set(slugs(found))) == len(found.candidates)
    assert all(isinstance(each, Match) and each.entry in book.entries for each in found.candidates)


@BOOKS
@pytest.mark.parametrize("question", VARIOUS)
def test_a_best_there_is_only_where_it_is_sure(book: Handbook, question: str) -> None:
    """And then it is the first candidate."""
    found = lookup(question, book)
    assert (found.best is not None) == (found.confidence == "sure")
    assert found.best is None or found.best == found.candidates[0]


@pytest.mark.parametrize("limit", [1, 2, 3, 5])
def test_the_limit_bounds_the_candidates(limit: int) -> None:
    """The best ones stay."""
    widest = lookup(unclear()[0], SHIPPED, limit=5)
    found = lookup(unclear()[0], SHIPPED, limit=limit)
    assert found.candidates == widest.candidates[:limit]
    assert len(found.candidates) == min(limit, len(widest.candidates))
    assert len(widest.candidates) >= 3


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_below_one_is_refused(limit: int) -> None:
    """There is no answer to show without a candidate."""
    with pytest.raises(ValueError, match="1 or more"):
        lookup("is it normal", SHIPPED, limit=limit)


def test_three_candidates_are_given_unless_told_otherwise() -> None:
    """Few enough to choose from."""
    assert len(lookup(unclear()[0], SHIPPED).candidates) == 3


def test_the_question_is_given_back_as_typed() -> None:
    """The caller knows what was asked."""
    assert lookup("  Is It\tnormal??", SHIPPED).asked == "  Is It\tnormal??"


def test_what_was_understood_is_given() -> None:
    """Repaired words, who cries, what is asked."""
    reading = lookup("is it nromal that my threapist cried", SHIPPED).reading
    assert reading.cries == ("therapist",)
    assert "common" in reading.asks
    assert dict(reading.repaired) == {"nromal": "normal", "threapist": "therapist"}


def test_without_a_handbook_the_shipped_one_is_asked() -> None:
    """One call is enough."""
    assert lookup("is it normal") == lookup("is it normal", SHIPPED)


def test_danger_has_a_notice_ordered_for_the_region() -> None:
    """Whoever calls lookup gets it, with the helplines of the country first; an ordinary question has none."""
    notices = [lookup("I want to die", SHIPPED, region=region).notice for region in ("us", "gb")]
    assert [notice and (notice.kind, notice.helplines[0].region) for notice in notices] == [("crisis", "us"), ("crisis", "gb")]
    assert lookup("is it normal", SHIPPED, region="us").notice is None


@BOOKS
@pytest.mark.parametrize("question", VARIOUS)
def test_the_same_question_has_the_same_answer(book: Handbook, question: str) -> None:
    """Asked again, and of a handbook that was never asked before."""
    fresh = Handbook(
        topics=book.topics,
        entries=book.entries,
        sources=book.sources,
        lexicon=book.lexicon,
        safety=book.safety,
        weights=book.weights,
        common=book.common,
        phrasings=book.phrasings,
    )
    assert lookup(question, book) == lookup(question, book) == lookup(question, fresh)


# --- cost -------------------------------------------------------------------------------------------------------------------


def test_what_lookups_share_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second question to a handbook pays for itself only."""
    made = Counter[str]()
    real = ranking.Phrasings

    def counted(*given: object) -> object:
        made["phrasings"] += 1
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(ranking, "Phrasings", counted)
    book = handbook.load(Path(__file__).parent / "handbook")
    for question in VARIOUS:
        lookup(question, book)
    assert made == {"phrasings": 1}


def test_phrasings_are_split_into_words_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second question that comes close to an entry does not read its phrasings again."""
    book = handbook.load(Path(__file__).parent / "handbook")
    first = lookup("what makes it rain so often", book)
    monkeypatch.delattr(match, "words")
    assert lookup("what makes it rain so often", book) == first


def test_ranking_by_weights_reads_only_the_rows_of_the_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of thousands of rows, as many as there are signals, however long the question."""
    lookup("is it normal", SHIPPED)
    read = Counter[str]()
    real = Weights.row

    def counted(self: Weights, signal: str) -> list[int]:
        read[signal] += self is SHIPPED.weights  # safety has weights of its own
        return real(self, signal)

    monkeypatch.setattr(Weights, "row", counted)
    found = lookup("is it normal that my therapist cries " * 1000, SHIPPED)
    strange = {signal for signal, times in read.items() if times and signal not in found.reading.signals}
    assert all(signal == model.ALWAYS or signal.startswith(("unknown ", "word ")) for signal in strange)
    assert read.total() <= 2 * len(found.reading.signals) + 20
