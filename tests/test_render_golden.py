"""Whole pages as `cat` shows them, of the tests' own handbook."""

from __future__ import annotations

from os import listdir
from os.path import join

import pytest

from render_samples import GOLDEN, golden_pages

PAGES = dict(golden_pages())


@pytest.mark.parametrize("name", PAGES)
def test_the_page_looks_as_it_did(name: str) -> None:
    """Each page equals its file; `python tests/render_samples.py` writes the files again."""
    with open(join(GOLDEN, name), encoding="utf-8", newline="") as file:
        assert PAGES[name] == file.read()


def test_no_golden_page_is_left_over() -> None:
    """Every file in the folder is a page that a view draws."""
    assert {name for name in listdir(GOLDEN) if name.endswith(".txt")} == set(PAGES)
