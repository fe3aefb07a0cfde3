"""The tables that the scripts of bench/ write, checked in full: a table that is cut short would answer wrongly without a word."""

from __future__ import annotations

import re

from .files import File
from .filters import EDGE, FLOOR, KINDS, LEAST, MOST, PLACES, UNKNOWN
from .lines import Lines
from .model import ALWAYS, EvidenceTables, FilterTables
from .tables import lines_of, weights_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from .model import Weights

_SENSE = re.compile(r"[a-z]+\t\d{1,4}")
_ROW = re.compile(r"[^\t]+((?:\t-?\d{1,9})+)")


def weights(root: Path, slugs: Iterable[str]) -> Weights | None:
    """The fitted weights; a handbook without them is ranked by its phrasings alone."""
    return _fitted(root, "weights.tsv", [*slugs, "none"], "bench/fit.py")


def common_words(text: str) -> Lines:
    """The words of words.txt in order, however an author has put them."""
    return lines_of("\n".join(sorted(set(lines_of(text)))))


def evidence(root: Path) -> EvidenceTables | None:
    """The fitted weights of what speaks for a notice; without them the sayings of safety.toml decide alone."""
    kinds = _fitted(root, "evidence.tsv", KINDS, "bench/fit_safety.py")
    variants = _fitted(root, "variants.tsv", ("self", "other", "client", "danger", "child", "harm"), "bench/fit_safety.py")
    return EvidenceTables(kinds, variants, _senses(File(root / "senses.tsv", root)), _filters(root)) if kinds and variants else None


def _senses(file: File) -> Lines:
    """The class of meaning of each stem."""
    before = ""
    for number, line in enumerate(file.text.splitlines(), 1):
        if line.startswith("#"):
            continue
        if not _SENSE.fullmatch(line) or line < before:
            file.fail(number, "expected a stem and a number, apart by a tab, in order; write the table again with bench/senses.py")
        before = line
    return lines_of(file.text)


def _filters(root: Path) -> FilterTables | None:
    """What filters weigh, and what they make of each word; without them the clues decide alone."""
    script = "bench/fit_filters.py"
    filters = _fitted(root, "filters.tsv", None, script, needed=(*KINDS, FLOOR))
    return FilterTables(filters, _heard(File(root / "heard.tsv", root), len(filters.columns) - 1, script)) if filters else None


def _heard(file: File, count: int, script: str) -> Lines:
    """A sign for each of `count` filters in each of three places, for each word in order, and for what is no word."""
    refit = f"fit the filters again with {script}"
    signs = re.compile(rf"[!-~]+\t[{LEAST}-{MOST}]{{{PLACES * count}}}")
    before = ""
    for number, line in enumerate(file.text.splitlines(), 1):
        if not signs.fullmatch(line) or line < before:
            file.fail(number, f"expected a word and {PLACES * count} signs, apart by a tab, in order; {refit}")
        before = line
    heard = Lines(file.text)
    for name in (EDGE, UNKNOWN):
        if heard.after(f"{name}\t") is None:
            file.fail(1, f"the row {name!r} is missing; {refit}")
    return heard


def _fitted(
    root: Path, name: str, columns: Iterable[str] | None, script: str, *, needed: Iterable[str] = (ALWAYS,)
) -> Weights | None:
    """A table of weights, checked: its columns (None: any), whole numbers, the order of the rows, and the rows that it needs."""
    if not (root / name).exists():
        return None
    file, refit = File(root / name, root), f"fit the weights again with {script}"
    found = weights_of(file.text)
    if columns is not None and sorted(found.columns) != sorted(columns):
        file.fail(1, f"the columns are not {', '.join(columns)}; {refit}")
    before = ""
    for number, line in enumerate(found.lines, 2):
        row = _ROW.fullmatch(line)
        if not row or row[1].count("\t") != len(found.columns):
            file.fail(number, f"expected a signal and {len(found.columns)} whole numbers, apart by tabs; {refit}")
        if line < before:
            file.fail(number, f"the rows are not in order; {refit}")
        before = line
    for missing in (row for row in needed if not found.row(row)):
        file.fail(1, f"the row {missing!r} is missing; {refit}")
    return found
