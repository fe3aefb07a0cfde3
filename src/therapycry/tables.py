"""The large tables, as plain files that are read as they are: weights, classes of meaning, common words."""

from __future__ import annotations

from .lines import Lines
from .model import Weights

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike


def weights_of(text: str) -> Weights:
    """The weights of weights.tsv: a header of slugs, then a row for each signal, in order."""
    end = text.find("\n") if "\n" in text else len(text)
    return Weights(tuple(text[:end].split("\t")[1:]), Lines(text[end:]))


def shipped(path: str | PathLike[str]) -> bytes:
    """The bytes of a file next to our modules, which may lie in a folder or in a zip; raises `OSError`."""
    return __spec__.loader.get_data(str(path))  # type: ignore[no-any-return, union-attr]


def lines_of(text: str) -> Lines:
    """The lines of words.txt or senses.tsv, which are in order, without the leading lines of comment."""
    while text.startswith("#"):
        text = text.partition("\n")[2]
    return Lines(text)
