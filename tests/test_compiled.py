"""The compiled handbook holds what the authors wrote, no more and no less."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from therapycry import compiled, handbook, lookup
from therapycry.model import Handbook, HandbookError

if TYPE_CHECKING:
    from collections.abc import Mapping

TINY = Path(__file__).parent / "handbook"
FIELDS = ("topics", "entries", "sources", "weights", "phrasings", "common")


@pytest.fixture(scope="module")
def authored() -> Handbook:
    """The shipped handbook as its authors wrote it."""
    return handbook.load(handbook.DATA)


@pytest.fixture(scope="module")
def read_back(authored: Handbook, tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    """The same, compiled and read again."""
    path = tmp_path_factory.mktemp("compiled") / "handbook.json"
    path.write_text(compiled.dump(authored), encoding="utf-8")
    return compiled.read(str(path), handbook.DATA)


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_comes_back(authored: Handbook, read_back: Handbook, field: str) -> None:
    """Types included: dates are dates again, lists that were tuples are tuples."""
    before, after = getattr(authored, field), getattr(read_back, field)
    assert after == before
    assert type(after) is type(before)


@pytest.mark.parametrize("field", ["lexicon", "safety"])
def test_tables_come_back_as_json_has_them(authored: Handbook, read_back: Handbook, field: str) -> None:
    """Tables are read as they are; JSON knows no tuples and no dates."""
    table: Mapping[str, object] = getattr(authored, field)
    assert getattr(read_back, field) == json.loads(json.dumps(table, default=str))


def test_the_same_handbook_gives_the_same_bytes(authored: Handbook) -> None:
    """Two builds make one wheel."""
    assert compiled.dump(authored) == compiled.dump(handbook.load(handbook.DATA))


@pytest.mark.parametrize(
    "question",
    [
        "is it normal",
        "my threapist cryed, what does it mean?",
        "I want to die and my therapist cried",
        "my therapist kissed me",
        "how do I peel onions",
        "does she think about me",
        "",
    ],
)
def test_lookups_are_the_same(authored: Handbook, read_back: Handbook, question: str) -> None:
    """An installed program answers as the source tree does, notices and reasons included."""
    assert lookup(question, read_back) == lookup(question, authored)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 0}', '{"format": 1}', '"text"', "null"])
def test_a_damaged_file_is_told(tmp_path: Path, text: str) -> None:
    """One line that says what to do."""
    path = tmp_path / "handbook.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(HandbookError) as raised:
        compiled.read(str(path), handbook.DATA)
    message = str(raised.value)
    assert message.startswith(f"{path}:1: the compiled handbook is damaged (")
    assert message.endswith("); install therapycry again")


TABLES = ("weights.tsv", "words.txt", "evidence.tsv", "variants.tsv", "senses.tsv", "filters.tsv", "heard.tsv")


@pytest.mark.parametrize("missing", ["handbook.json", *TABLES])
def test_a_missing_file_is_told(authored: Handbook, tmp_path: Path, missing: str) -> None:
    """A half-copied installation says so."""
    (tmp_path / "handbook.json").write_text(compiled.dump(authored), encoding="utf-8")
    for name in TABLES:
        shutil.copy(Path(handbook.DATA) / name, tmp_path)
    assert len(compiled.read(str(tmp_path / "handbook.json"), str(tmp_path))) == len(authored)
    (tmp_path / missing).unlink()
    with pytest.raises(HandbookError, match="the compiled handbook is damaged"):
        compiled.read(str(tmp_path / "handbook.json"), str(tmp_path))


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    """A damaged disk is no traceback."""
    (tmp_path / "handbook.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(HandbookError, match="UnicodeDecodeError"):
        compiled.read(str(tmp_path / "handbook.json"), handbook.DATA)


def test_only_dates_are_spelt_out() -> None:
    """Anything else that JSON does not know was put there by mistake."""
    tiny = handbook.load(TINY)
    assert '"reviewed":"2026-02-03"' in compiled.dump(tiny)
    odd = Handbook(topics=(), entries=(), sources={}, lexicon={}, safety={"odd": {1, 2}}, weights=None)
    with pytest.raises(TypeError, match="set"):
        compiled.dump(odd)
