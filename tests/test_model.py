"""The nouns: immutable, found by slug, without anything of ours imported."""

from __future__ import annotations

import copy
import pickle
import tempfile
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapycry import handbook, lookup, model, records
from therapycry.lines import FileLines, Lines
from therapycry.model import Source, Weights

T = TypeVar("T")
TINY = handbook.load(Path(__file__).parent / "handbook")
DAY = date(2026, 1, 2)
WEIGHTS = Weights(("a", "none"), Lines("about rain\t5\t-7\nalways\t1\t2\nword rain\t3\t4\nword rainy\t0\t9"))


def source(**fields: str) -> Source:
    """A source that has only what it must."""
    return Source("key", "article", "study", (), "Title", "Container", DAY, **fields)  # type: ignore[arg-type]


def sent(value: T) -> T:
    """The value as another process receives it."""
    return pickle.loads(pickle.dumps(value))  # type: ignore[no-any-return]  # noqa: S301 (our own bytes)


def test_a_handbook_is_asked_like_a_mapping_of_slugs() -> None:
    """By slug, by membership, in order, by length."""
    assert TINY["how-much-rain"].question == "How much does it rain?"
    assert "how-much-rain" in TINY
    assert "snow" not in TINY
    assert 1 not in TINY
    assert list(TINY) == list(TINY.entries)
    assert len(TINY) == len(TINY.entries) == 4


def test_an_unknown_slug_is_a_key_error() -> None:
    """As with any mapping."""
    with pytest.raises(KeyError, match="snow"):
        TINY["snow"]


@pytest.mark.parametrize("name", ["entries", "topics", "new"])
def test_a_handbook_cannot_be_changed(name: str) -> None:
    """It is shared by every lookup."""
    with pytest.raises(AttributeError, match=f"a handbook is immutable: {name}"):
        setattr(TINY, name, ())


def test_a_handbook_keeps_its_parts() -> None:
    """Neither may one be taken away."""
    with pytest.raises(AttributeError, match="a handbook is immutable: entries"):
        del TINY.entries


def test_a_handbook_can_be_copied_and_sent_to_another_process() -> None:
    """A copy answers alike, also of one that was asked before; what lookups share is not carried along."""
    found = lookup("what makes it rain", TINY)
    for twin in (copy.copy(TINY), copy.deepcopy(TINY), sent(TINY)):
        assert (twin.entries, twin.topics, twin.sources) == (TINY.entries, TINY.topics, TINY.sources)
        assert twin.derived == {}
        assert lookup("what makes it rain", twin) == found


def test_an_outcome_can_be_copied_and_sent_to_another_process() -> None:
    """A notice, its helplines, the matches and the reading included."""
    found = lookup("I want to die because of the rain", TINY)
    assert found.notice
    assert copy.deepcopy(found) == sent(found) == found


def test_an_entry_cannot_be_changed() -> None:
    """What was looked up stays what it was."""
    with pytest.raises(AttributeError):
        TINY["why-rain"].short = "Because."  # type: ignore[misc]


def test_the_address_of_a_source_is_its_doi_first() -> None:
    """A DOI outlives a publisher's page."""
    assert source(doi="10.1/x", url="https://example.org").address == "https://doi.org/10.1/x"
    assert source(url="https://example.org").address == "https://example.org"
    assert source().address is None


@pytest.mark.parametrize(
    ("signal", "row"),
    [("about rain", [5, -7]), ("always", [1, 2]), ("word rain", [3, 4]), ("word rainy", [0, 9])],
)
def test_a_row_of_weights_is_found(signal: str, row: list[int]) -> None:
    """Also the first, the last, and one that begins another."""
    assert WEIGHTS.row(signal) == row


@pytest.mark.parametrize("signal", ["", "about", "word", "word rai", "zzz", "!"])
def test_an_unknown_signal_has_no_row(signal: str) -> None:
    """Before, between and after the rows."""
    assert WEIGHTS.row(signal) == []


def test_the_defaults_of_a_handbook_are_empty() -> None:
    """A handbook made by hand needs no more than its parts."""
    bare = model.Handbook(topics=(), entries=(), sources={}, lexicon={}, safety={}, weights=None)
    assert (len(bare), bare.derived, bare.phrasings, list(bare.common)) == (0, {}, {}, [])


def test_every_line_of_many_is_found_and_no_other() -> None:
    """Whichever stretch of the text it stands in, also where one line begins another."""
    words = sorted({f"{first}{second * count}" for first in "abcdxyz" for second in "mnst" for count in range(90)})
    lines = Lines("\n".join(words))
    assert list(lines) == words
    assert all(word in lines for word in words)
    assert not any(f"{word}{more}" in lines for word in words for more in ("!", "a", "~"))
    assert "" not in lines
    assert lines == Lines("\n".join(words) + "\n") != Lines("a")
    assert len({lines, Lines(lines.text[1:])}) == 1
    rows = Lines("\n".join(sorted(f"{word}\t{len(word)}" for word in words)))
    assert all(rows.after(f"{word}\t") == str(len(word)) for word in words)
    assert rows.after("xyzzy\t") is None


def test_no_lines_hold_nothing() -> None:
    """An empty text has no line, not even an empty one."""
    assert (list(Lines("")), "a" in Lines("\n"), Lines("").after("a")) == ([], False, None)


def test_stretches_begin_with_a_line_and_are_short() -> None:
    """Each is some thousand characters from the start of one line to the end of another; together they are the text."""
    lines = Lines("\n".join(f"word{number:03}\t{'x' * (number % 90)}" for number in range(200)))
    start, lengths = 0, []
    for head, end in lines.stretches():
        part = lines.text[1:][start:end]
        assert part.startswith(f"{head}\t")
        assert part.endswith("\n")
        lengths.append(len(part))
        start = end
    assert start == len(lines.text) - 1
    assert len(lengths) > 8
    assert max(lengths) < 1_024 + 100
    assert min(lengths[:-1]) > 1_024 - 100


@given(st.dictionaries(st.text("#,ab'", min_size=1, max_size=6), st.text("xyz", min_size=1, max_size=700), min_size=1, max_size=60))
def test_lines_of_a_file_are_found_as_those_in_memory(table: dict[str, str]) -> None:
    """Whatever stretch a line lies in, and whatever key is asked for."""
    lines = Lines("\n".join(sorted(f"{key}\t{row}" for key, row in table.items())))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "rows.tsv")
        path.write_text(lines.text[1:], encoding="ascii", newline="\n")
        stored = FileLines(str(path), lines.stretches())
        asked = ["", *table, *(f"{key}a" for key in table), *(key[:-1] for key in table), "zzz"]
        assert stored.rows(asked) == lines.rows(asked) == {key: table[key] for key in asked if key in table}
        assert stored.stretches() == lines.stretches()
        path.write_text(lines.text, encoding="ascii", newline="\n")
        with pytest.raises(OSError, match=r"rows\.tsv"):
            FileLines(str(path), lines.stretches())


class Written(records.NamedTuple):
    """What a record says of itself."""

    name: str
    times: int = 3

    @property
    def doubled(self) -> int:
        """A property of its own."""
        return 2 * self.times


def test_a_record_is_a_named_tuple() -> None:
    """As `typing.NamedTuple` makes it: fields, defaults, document, properties; it can be changed and copied."""
    one = Written("a")
    assert (one, one._fields, one._asdict()) == (("a", 3), ("name", "times"), {"name": "a", "times": 3})
    assert (one.doubled, Written.__doc__, repr(one)) == (6, "What a record says of itself.", "Written(name='a', times=3)")
    assert one._replace(times=4) == Written("a", 4) == copy.deepcopy(Written("a", 4))
    assert (Written.__module__, Written.__qualname__) == (__name__, "Written")
    with pytest.raises(TypeError, match="name"):
        Written()  # type: ignore[call-arg]
