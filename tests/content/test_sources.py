"""Every source is used, graded, and found at an address of its own publisher."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from content_pages import book, words

if TYPE_CHECKING:
    from therapycry.model import Source

# Uploads, aggregators, mirrors and proxies: a reader is sent to the publisher.
NOT_THE_PUBLISHER = (
    "academia.edu",
    "apags.org",
    "archive.ph",
    "coursehero.com",
    "docslib.org",
    "dokumen.pub",
    "dokumen.tips",
    "dx.doi.org",
    "doi.org",
    "facebook.com",
    "issuu.com",
    "libgen.is",
    "mendeley.com",
    "newlib.org",
    "pdfcoffee.com",
    "pdfslide.net",
    "quora.com",
    "researchgate.net",
    "rhythmusic.net",
    "scholar.google.com",
    "sci-hub.se",
    "scribd.com",
    "semanticscholar.org",
    "sfisd.org",
    "slideshare.net",
    "studocu.com",
    "vdocument.in",
    "vdocuments.site",
    "web.archive.org",
    "x-mol.com",
)
SOURCES = tuple(book().sources.values())
TODAY = datetime.now(tz=UTC).date()
# Withdrawn, or not cleared of the doubt: never to be used.
WITHDRAWN = re.compile(r"robinson|hill-2014|dreams-|crying as communication", re.IGNORECASE)

each_source = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.key)


def test_there_are_sources_enough() -> None:
    """At least thirty are in use."""
    assert len({key for entry in book() for key in entry.sources}) >= 30


def test_every_source_is_cited_or_one_of_the_five() -> None:
    """A source that no page uses was left behind."""
    cited = {key for entry in book() for key in entry.sources}
    assert [source.key for source in SOURCES if source.key not in cited and source.founding is None] == []


def test_the_five_resources_of_the_founding_document_are_there() -> None:
    """One for each place, by their titles."""
    founding = {source.founding: source for source in SOURCES if source.founding}
    assert sorted(founding) == [1, 2, 3, 4, 5]
    telling = {
        1: "therapists to cry in front",
        2: "When Your Therapist Cries",
        3: "Crying in Psychotherapy",
        4: "My therapist cries",
        5: "over their clients",
    }
    assert [number for number, title in telling.items() if title.lower() not in founding[number].title.lower()] == []


def test_what_nobody_has_seen_is_marked_and_has_no_address() -> None:
    """The one resource that could not be found is named, and no more."""
    unseen = [source for source in SOURCES if not source.verified]
    assert [(source.founding, source.address) for source in unseen] == [(5, None)]


@each_source
def test_an_address_is_the_publishers(source: Source) -> None:
    """No mirror, no upload, no bare number of a machine; a DOI is given as one."""
    if source.doi:
        assert re.fullmatch(r"10\.\d{4,9}/\S+", source.doi)
    if source.url:
        host = urlsplit(source.url).hostname or ""
        assert urlsplit(source.url).scheme == "https"
        assert urlsplit(source.url).netloc == host
        assert re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", host)
        assert not any(host == other or host.endswith(f".{other}") for other in NOT_THE_PUBLISHER)


@each_source
def test_a_verified_source_has_an_address(source: Source) -> None:
    """A reader can go and look."""
    assert bool(source.address) == source.verified


@each_source
def test_dates_are_not_of_tomorrow(source: Source) -> None:
    """A work is out before it is read, and it has been read."""
    assert source.accessed <= TODAY
    assert source.year is None or 1850 <= source.year <= source.accessed.year


@each_source
def test_a_source_is_named_in_full(source: Source) -> None:
    """Title, container and whole names; a short note."""
    assert len(words(source.title)) >= 2
    assert source.container.strip() == source.container
    assert not any(re.search(r",|\bet al\b|\d", author) for author in source.authors if len(author.split()) < 4)
    assert len(words(source.note or "")) <= 25


@each_source
def test_withdrawn_work_is_not_used(source: Source) -> None:
    """Neither the retracted study nor what could not be cleared of the doubt."""
    assert not WITHDRAWN.search(f"{source.key} {source.title}")
    assert "retracted" not in source.title.lower()


def test_no_work_stands_twice() -> None:
    """One key for one work."""
    dois = [source.doi.lower() for source in SOURCES if source.doi]
    titles = [" ".join(words(source.title.lower())) for source in SOURCES]
    assert len(set(dois)) == len(dois)
    assert len(set(titles)) == len(titles)


def test_grades_fit_kinds() -> None:
    """A blog is no study, an article of a journal no mere opinion."""
    loose = [source.key for source in SOURCES if source.kind in {"blog", "forum", "news"} and source.grade in {"review", "study"}]
    assert loose == []
    assert [
        source.key
        for source in SOURCES
        if source.grade in {"review", "study"} and source.kind not in {"article", "thesis", "report", "chapter"}
    ] == []
