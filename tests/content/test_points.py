"""No point of the founding document is lost: each is conveyed by words that stand on its page."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from content_pages import CORE, SLUGS, book, parts, words

POINTS = Path(__file__).parent / "points"
# Claims of the founding document that the evidence contradicts, or that come without any: reported and corrected, not repeated.
CLAIMED = (("is-it-common", 7), ("how-often", 2), ("what-it-means", 7), ("upset-over-clients", 1), ("hugging-clients", 7))
_CITATION = re.compile(r"\s*\[@[^\]]*\]")


def points(slug: str) -> dict[str, str]:
    """The words that convey each point of an entry, by number."""
    return {number: str(quoted) for number, quoted in tomllib.loads((POINTS / f"{slug}.toml").read_text(encoding="utf-8")).items()}


def lines(text: str) -> list[str]:
    """The lines of a page without citation marks."""
    return [_CITATION.sub("", line) for line in text.split("\n")]


@pytest.mark.parametrize(("slug", "count"), [(slug, count) for slug, _, count in CORE])
def test_every_point_is_accounted_for(slug: str, count: int) -> None:
    """The numbers are complete."""
    assert list(points(slug)) == [str(number) for number in range(1, count + 1)]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_point_is_on_the_page(slug: str) -> None:
    """The quoted words stand on one line of the page, as they are."""
    page = lines(book()[slug].body)
    assert [quoted for quoted in points(slug).values() if not any(quoted in line for line in page)] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_a_point_is_conveyed_in_words_enough(slug: str) -> None:
    """At least four words in a row, and different ones for different points."""
    quoted = list(points(slug).values())
    assert min(len(words(text)) for text in quoted) >= 4
    assert len(set(quoted)) == len(quoted)


@pytest.mark.parametrize(("slug", "number"), CLAIMED)
def test_a_contradicted_claim_is_reported_as_one(slug: str, number: int) -> None:
    """It stands under what is often claimed, where the page says what was found."""
    claimed = lines(parts(book()[slug].body)["Often claimed"])
    assert any(points(slug)[str(number)] in line for line in claimed)


def test_no_table_of_points_is_left_over() -> None:
    """A table without a page would be read by nobody."""
    assert {path.stem for path in POINTS.glob("*.toml")} == set(SLUGS)
