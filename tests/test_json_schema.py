"""The JSON view holds to the schema that is shipped in docs."""

from __future__ import annotations

import json
import re
from os.path import dirname, join
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from render_samples import ALERT, ASKED, LINES, LOST, NONE, NOTICE, SURE, TINY, UNSURE, samples
from therapycry import handbook, model, render
from therapycry.render import Display

DOCS = join(dirname(dirname(__file__)), "docs")
with open(join(DOCS, "answer.schema.json"), encoding="utf-8") as _file:
    SCHEMA: dict[str, Any] = json.load(_file)
VALID = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
JSON = Display("json")


def answer(found: model.Lookup, *, why: bool = False) -> Any:  # noqa: ANN401 (JSON)
    """The outcome as a script reads it."""
    return json.loads(render.answer(found, TINY, JSON, why=why))


def test_the_schema_is_one() -> None:
    """The file is a JSON Schema of the draft that it names."""
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", [name for name, _ in samples(JSON)])
def test_every_record_is_valid(name: str) -> None:
    """Each kind of record fits the schema, with no field more or less."""
    VALID.validate(json.loads(dict(samples(JSON))[name]))


def test_the_shipped_handbook_is_valid() -> None:
    """Every entry and every source of the handbook fits the schema."""
    book = handbook.load()
    for text in (
        *(render.page(entry, book, JSON) for entry in book),
        render.contents(book.topics, book, JSON),
        render.bibliography(tuple(book.sources.values()), JSON),
    ):
        VALID.validate(json.loads(text))


@pytest.mark.parametrize("found", [SURE, UNSURE, NONE, LOST, ALERT, NONE._replace(notice=NOTICE), UNSURE._replace(notice=NOTICE)])
def test_every_outcome_is_valid_with_its_reasons(found: model.Lookup) -> None:
    """With `--why` the reading and the signals are there, and otherwise not."""
    for why in (False, True):
        record = answer(found, why=why)
        VALID.validate(record)
        assert ("why" in record) is why
        assert all(("signals" in match) is why for match in record["candidates"])


def test_the_schema_refuses_what_is_not_documented() -> None:
    """A field more, a field less, or another version fails."""
    record = answer(SURE)
    for wrong in (record | {"extra": 1}, record | {"schema": 2}, {key: value for key, value in record.items() if key != "short"}):
        with pytest.raises(ValidationError):
            VALID.validate(wrong)


def test_an_answer_carries_the_entry_and_its_sources() -> None:
    """A script reads the answer from the top level."""
    record = answer(SURE)
    assert (record["kind"], record["slug"], record["question"]) == ("answer", "why-rain", "Why does it rain?")
    assert record["short"].startswith("Because water")
    assert [source["key"] for source in record["sources"]] == ["cloud-2001", "flood-2010", "umbrella-board"]
    assert record["sources"][0]["address"] == "https://doi.org/10.1234/rain.2001"


def test_choices_carry_no_answer() -> None:
    """Nothing that could be taken for the answer stands at the top level, but the likeliest entry can be found."""
    record = answer(UNSURE)
    assert (record["kind"], record["slug"], record["best"]) == ("choices", "why-rain", None)
    assert [match["entry"]["slug"] for match in record["candidates"]] == ["why-rain", "how-much-rain", "borrow-umbrella"]
    assert not {"short", "body"} & set(record)


def test_a_notice_carries_its_helplines_and_no_answer() -> None:
    """Whatever matched, the record is a notice, with every way to reach someone."""
    record = answer(ALERT)
    assert record["kind"] == "notice"
    assert [line["reach"] for line in record["notice"]["helplines"]] == [list(line.reach) for line in LINES]
    assert not {"short", "body"} & set(record)


def test_lists_are_arrays_of_records() -> None:
    """Their length is the number of records, which are whole."""
    entries = json.loads(render.contents(TINY.topics, TINY, JSON))
    assert [entry["slug"] for entry in entries] == [entry.slug for entry in TINY]
    sources = json.loads(render.bibliography(tuple(TINY.sources.values()), JSON))
    assert {source["key"] for source in sources} == set(TINY.sources)


def test_keys_are_the_fields_of_the_model() -> None:
    """What Python calls a thing JSON calls it too."""
    record = answer(ALERT, why=True)
    assert set(record["why"]) == set(model.Reading._fields)
    assert set(record["notice"]) == set(model.Notice._fields)
    assert set(record["notice"]["helplines"][0]) == set(model.Helpline._fields)
    assert set(record["best"]) == set(model.Match._fields)
    assert set(model.Lookup._fields) - {"reading"} <= set(record)
    page = json.loads(render.page(TINY["why-rain"], TINY, JSON))
    assert set(page) == {"schema", "kind", *model.Entry._fields}
    assert set(page["sources"][0]) == {"address", *model.Source._fields}


def test_every_field_is_explained() -> None:
    """docs/json.md names each field of the schema."""
    with open(join(DOCS, "json.md"), encoding="utf-8") as file:
        named = set(re.findall(r"`([\w]+)`", file.read()))
    parts = [part.get("items", part) for part in SCHEMA["$defs"].values()]
    fields = {field for part in parts for field in part["properties"]}
    assert fields <= named


@given(text=st.text(st.characters()))
def test_any_question_is_ascii_and_comes_back_as_typed(text: str) -> None:
    """Escapes, lone surrogates and all: printable ASCII on the outside, the same text inside."""
    shown = render.answer(SURE._replace(asked=text), TINY, JSON)
    assert shown.isascii()
    assert shown.replace("\n", "").isprintable()
    # JSON joins two halves of a pair into the character that they stand for.
    paired = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert json.loads(shown)["asked"] == paired


def test_the_sample_question_is_hostile() -> None:
    """What the records are tried with holds an escape, so that the checks above mean something."""
    assert "\x1b" in ASKED
    assert answer(SURE)["asked"] == ASKED
