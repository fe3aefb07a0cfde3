"""Each shipped page keeps the rules that its readers rely on: length, plain words, order, sources, no promises."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from content_pages import CORE, SLUGS, book, grade, parts, statements, syllables, words
from therapycry import prose
from therapycry.model import Bullets, Citation

CLOSING = ["What studies found", "Often claimed", "What you can do"]
AMERICAN = r"\b(?:behavior\w*|color\w*|center\w*|counselor\w*|counseling|favor\w*|labors?|license[sd]?|program|practicing|toward)\b"
PROMISE = r"\b(?:always|never)\b"
# What may be said without a limit, because it has none.
LIMITLESS = r"never acceptable|never your fault|never the client's fault"
UNKIND = r"\b(?:sick (?:person|people)|mentally ill|crazy|simply|just|obviously|of course|journey|ultimately|important to note)\b"
FORMULA = r"\bwill (?:not|never) judge\b|\bguarantee\w*\b|\bI promise\b"


def read(slug: str) -> list[str]:
    """Everything that a reader of the page sees of its prose: question, short answer, statements."""
    entry = book()[slug]
    return [entry.question, entry.short, *statements(entry.body)]


def test_the_handbook_holds_the_core_questions_under_their_titles() -> None:
    """Nobody who looks for one of the 14 questions finds it gone or renamed."""
    shipped = {entry.slug: entry.question for entry in book()}
    assert {slug: shipped.get(slug) for slug, _, _ in CORE} == {slug: title for slug, title, _ in CORE}


def test_numbers_follow_the_reading_order() -> None:
    """A number in the list is the number to type."""
    assert [entry.number for entry in book()] == list(range(1, len(book()) + 1))
    assert [entry.slug for entry in book()] == [slug for topic in book().topics for slug in topic.entries]


@pytest.mark.parametrize("slug", SLUGS)
def test_the_short_answer_is_short_and_bare(slug: str) -> None:
    """At most 60 words, no marks, whole sentences."""
    short = book()[slug].short
    assert len(words(short)) <= 60
    assert not re.search(r"[\[\]*_`@\n]", short)
    assert short.endswith(".")
    assert short[0].isupper()


@pytest.mark.parametrize("slug", SLUGS)
def test_the_page_is_short(slug: str) -> None:
    """At most 430 words, the question counted."""
    entry = book()[slug]
    assert len(words(" ".join([entry.question, *statements(entry.body)]))) <= 430


@pytest.mark.parametrize("slug", SLUGS)
def test_the_page_reads_with_ease(slug: str) -> None:
    """School grade 9 at most, for the body and for the short answer."""
    entry = book()[slug]
    assert grade(statements(entry.body)) <= 9.0
    assert grade([entry.short]) <= 9.0


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("tears", 1),
        ("cried", 1),
        ("therapist", 3),
        ("people", 2),
        ("session", 2),
        ("moved", 1),
        ("wanted", 2),
        ("judges", 2),
        ("3.5", 2),
    ],
)
def test_syllables_are_counted_well_enough(word: str, count: int) -> None:
    """The measure of ease rests on this count."""
    assert syllables(word) == count


def test_the_measure_of_ease_tells_hard_prose() -> None:
    """A page of learned words would not pass."""
    hard = "Countertransferential lachrymosity necessitates considerable supervisory deliberation regarding responsibilities."
    assert grade([hard]) > 20
    assert grade(["It is all right to cry. You are safe here."]) < 2


@pytest.mark.parametrize("slug", SLUGS)
def test_the_parts_stand_in_order(slug: str) -> None:
    """Opening prose, then what studies found, what is claimed where something is, and last what to do."""
    page = parts(book()[slug].body)
    closing = [heading for heading in page if heading in CLOSING]
    assert closing == [heading for heading in CLOSING if heading != "Often claimed" or heading in page]
    assert {"What studies found", "What you can do"} <= set(page)
    assert list(page)[-len(closing) :] == closing
    assert len(words(page[""])) >= 60
    assert all(text.strip() for text in page.values())


@pytest.mark.parametrize("slug", SLUGS)
def test_every_finding_carries_its_source(slug: str) -> None:
    """Each bullet with a figure of what studies found cites, and so does the page's opening."""
    page = parts(book()[slug].body)
    blocks = prose.parse(page["What studies found"].strip("\n"))
    findings = [item for block in blocks if isinstance(block, Bullets) for item in block.items if re.search(r"\d", str(item))]
    assert findings
    assert [item for item in findings if not any(isinstance(span, Citation) for span in item)] == []
    assert prose.citations(prose.parse(page[""].strip("\n")))


@pytest.mark.parametrize("slug", SLUGS)
def test_a_figure_never_stands_without_a_source(slug: str) -> None:
    """A sentence with a share, a sample or a correlation ends in its source, or the next sentence of its bullet does."""
    for block in re.split(r"\n\n|^- |^## .*$", book()[slug].body, flags=re.MULTILINE):
        if re.search(r"\d%|\bn = |\br = |\d,\d{3}", block) and "no study" not in block:
            assert "[@" in block, block


@pytest.mark.parametrize("slug", SLUGS)
def test_a_claim_is_followed_by_what_is_known(slug: str) -> None:
    """Each bullet of what is often claimed reads "the claim: what was found"."""
    claimed = parts(book()[slug].body).get("Often claimed", "")
    for bullet in re.findall(r"^- (.+)$", claimed, flags=re.MULTILINE):
        claim, colon, known = bullet.partition(": ")
        assert colon, bullet
        assert words(claim), bullet
        assert words(known), bullet


@pytest.mark.parametrize("slug", SLUGS)
def test_the_voice_is_calm_and_plain(slug: str) -> None:
    """No exclamation marks, no words that belittle, no formulas."""
    text = "\n".join(read(slug))
    assert "!" not in text
    assert not re.search(UNKIND, text, re.IGNORECASE), re.search(UNKIND, text, re.IGNORECASE)
    assert not re.search(FORMULA, text, re.IGNORECASE), re.search(FORMULA, text, re.IGNORECASE)


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_is_promised_without_limit(slug: str) -> None:
    """Always and never are kept for what a study counted, and for what truly has no exception."""
    entry = book()[slug]
    page = parts(entry.body)
    prose_of_page = "\n".join([entry.short, *(text for heading, text in page.items() if heading != "What studies found")])
    assert not re.search(PROMISE, re.sub(LIMITLESS, "", prose_of_page), re.IGNORECASE)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_type_is_plain(slug: str) -> None:
    """Straight quotes, plain hyphens; other letters only where a name has them."""
    strange = {character for character in "".join(read(slug)) if not character.isascii() and not character.isalpha()}
    assert strange == set()


@pytest.mark.parametrize("slug", SLUGS)
def test_the_spelling_is_british(slug: str) -> None:
    """One spelling throughout."""
    found = re.search(AMERICAN, " ".join(read(slug)), re.IGNORECASE)
    assert found is None, found


@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_leads_to_three_others(slug: str) -> None:
    """A reader who wants to go on has three ways."""
    assert len(set(book()[slug].related)) == len(book()[slug].related) == 3


def test_every_page_can_be_reached_from_another() -> None:
    """No page is a dead end's opposite: one that nothing leads to."""
    assert {other for entry in book() for other in entry.related} == {entry.slug for entry in book()}


def test_pages_where_distress_is_likely_point_to_help() -> None:
    """The quiet pointer closes these pages, and no others."""
    assert {entry.slug for entry in book() if entry.footer == "crisis"} == {
        "clients-crying",
        "first-session",
        "when-a-client-cries",
        "crying-breakthrough",
    }
    assert {entry.slug for entry in book() if entry.footer == "misconduct"} == {"hugging-clients", "what-it-means"}


@pytest.mark.parametrize("slug", ["hugging-clients", "what-it-means"])
def test_pages_near_to_misconduct_say_the_plain_words(slug: str) -> None:
    """Sexual contact is never acceptable, never the client's fault, and there is somewhere to turn."""
    text = " ".join(read(slug))
    assert re.search(r"[Ss]exual contact .*never acceptable", text)
    assert re.search(r"never (?:your|the client's) fault", text)
    assert "therapycry helplines" in text
    assert "confront" not in text


@pytest.mark.parametrize("slug", SLUGS)
def test_retracted_work_is_not_used(slug: str) -> None:
    """The withdrawn figure of one session in seven stands nowhere."""
    text = " ".join([*read(slug), *book()[slug].sources])
    assert not re.search(r"\b14\s?(?:%|percent)|\b1 in 7\b|\bone in seven\b|robinson", text, re.IGNORECASE)


def test_the_figure_without_a_study_is_only_reported_as_a_claim() -> None:
    """One to five percent of sessions: said, marked, corrected, and on no page as a fact."""
    figure = re.compile(r"\b1\s?(?:-|to)\s?5\s?(?:%|percent)")
    places = {(entry.slug, heading) for entry in book() for heading, text in parts(entry.body).items() if figure.search(text)}
    assert ("how-often", "Often claimed") in places
    assert {heading for _, heading in places} == {"Often claimed"}
    assert not any(figure.search(entry.short) for entry in book())


@pytest.mark.parametrize("slug", SLUGS)
def test_the_review_is_not_of_tomorrow(slug: str) -> None:
    """A page was reviewed on some day that has been."""
    assert book()[slug].reviewed <= datetime.now(tz=UTC).date()
