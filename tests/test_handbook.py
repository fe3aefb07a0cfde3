"""load(): the handbook that is shipped, whichever way it is installed, or one of the reader's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from therapycry import compiled, handbook
from therapycry.model import HandbookError

TINY = Path(__file__).parent / "handbook"


def test_a_folder_is_read_as_its_author_wrote_it() -> None:
    """A path leads to a handbook of one's own, as text or as a path."""
    assert [entry.slug for entry in handbook.load(TINY)] == [entry.slug for entry in handbook.load(str(TINY))]
    assert "why-rain" in handbook.load(TINY)


def test_without_a_path_the_shipped_handbook_is_read() -> None:
    """The authors' files are what ships, so that both give the same."""
    assert handbook.load().entries == handbook.load(handbook.DATA).entries


def test_the_compiled_form_is_read_where_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation reads the one file that was made with it."""
    path = tmp_path / "handbook.json"
    path.write_text(compiled.dump(handbook.load(TINY)), encoding="utf-8")
    monkeypatch.setattr(handbook, "COMPILED", str(path))
    assert [entry.slug for entry in handbook.load()][:2] == ["why-rain", "how-much-rain"]


def test_a_path_goes_before_the_compiled_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who names a folder gets that folder."""
    path = tmp_path / "handbook.json"
    path.write_text("not read", encoding="utf-8")
    monkeypatch.setattr(handbook, "COMPILED", str(path))
    assert len(handbook.load(TINY)) == 4
    with pytest.raises(HandbookError, match="the compiled handbook is damaged"):
        handbook.load()
