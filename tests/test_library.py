"""The public names."""

from __future__ import annotations

import pytest

import therapycry

PUBLIC = [
    "Entry", "Handbook", "HandbookError", "Helpline", "Lookup", "Match", "Notice", "Reading", "Signal", "Source", "Topic",
    "__version__", "load", "lookup",
]  # fmt: skip


def test_the_public_names() -> None:
    """These and no others; each is there."""
    assert therapycry.__all__ == PUBLIC == dir(therapycry)
    assert all(getattr(therapycry, name) for name in PUBLIC)


def test_an_unknown_name() -> None:
    """A name that is none is an AttributeError as anywhere else."""
    with pytest.raises(AttributeError, match="has no attribute 'answer'"):
        therapycry.answer  # noqa: B018 (asking for it is the test)


def test_the_example_uses_every_public_name() -> None:
    """tests/typing_example.py, which mypy checks, shows each public name."""
    from conftest import ROOT

    text = (ROOT / "tests" / "typing_example.py").read_text(encoding="utf-8")
    assert [name for name in PUBLIC if name not in text] == []
