"""load(): the handbook, from its compiled form where an installation has one, else from the files that authors write.

The compiled form is made when the wheel is built (`hatch_build.py`) and holds the same values: reading it takes a fraction of
the time that TOML and Markdown take (docs/decisions/0002-compiled-handbook.md).
"""

from __future__ import annotations

from os.path import exists, join
from os.path import split as split_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike

    from .model import Handbook

_HERE = split_path(__file__)[0]
DATA = join(_HERE, "data")
COMPILED = join(_HERE, "handbook.json")


def _is_compiled() -> bool:
    """Whether this is an installation: also one in a zip, where `exists` sees nothing."""
    return exists(COMPILED) or not exists(DATA)


def load(path: str | PathLike[str] | None = None) -> Handbook:
    """The handbook that is shipped, or the one in the folder `path`.

    A folder needs `contents.toml`, `sources.toml` and `entries/`; where it has no `lexicon.toml` or `safety.toml` of its own, the
    shipped ones serve. Raises `HandbookError` ("file:line: what is wrong, what is allowed").
    """
    if path is None and _is_compiled():
        from .compiled import read

        return read(COMPILED, DATA)
    from .authored import read as read_authored

    return read_authored(DATA if path is None else path, DATA)
