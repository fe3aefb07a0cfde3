"""Every public name as a caller writes it: checked by mypy, never run."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

import therapycry
from therapycry import Entry, Handbook, HandbookError, Helpline, Lookup, Match, Notice, Reading, Signal, Source, Topic


def a_handbook() -> Handbook:
    """Load the shipped handbook, or another."""
    try:
        return therapycry.load(Path("my-handbook"))
    except HandbookError as error:
        print(error)  # noqa: T201 (an example)
        return therapycry.load()


def what_it_holds(handbook: Handbook) -> tuple[Entry, Topic, Source]:
    """Entries by slug, topics in order, sources by key."""
    entry = handbook["is-it-common"]
    assert_type(entry, Entry)
    assert_type(entry.question, str)
    assert_type([each.slug for each in handbook], list[str])
    assert_type(len(handbook), int)
    assert_type("how-often" in handbook, bool)
    source = handbook.sources[entry.sources[0]]
    assert_type(source.address, str | None)
    return entry, handbook.topics[0], source


def an_answer(handbook: Handbook) -> Lookup:
    """Ask, and read how sure the answer is."""
    found = therapycry.lookup("is it normal", handbook, limit=3, region="gb")
    if found.confidence == "sure" and found.best:
        assert_type(found.best, Match)
        assert_type(found.best.score, int)
        assert_type(found.best.signals, tuple[Signal, ...])
    assert_type(found.candidates, tuple[Match, ...])
    assert_type(found.reading, Reading)
    assert_type(found.notice, Notice | None)
    if found.notice:
        assert_type(found.notice.helplines, tuple[Helpline, ...])
    return therapycry.lookup("how often")


assert_type(therapycry.__version__, str)
