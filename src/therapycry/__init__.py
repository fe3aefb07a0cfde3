"""An offline reference about tears in therapy: `load()` the handbook, `lookup()` a question, read the `Entry` that answers it.

Names are loaded when they are first used, so that each command of the program loads no more than it needs.
"""

from __future__ import annotations

from .version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .handbook import load
    from .match import lookup
    from .model import Entry, Handbook, HandbookError, Helpline, Lookup, Match, Notice, Reading, Signal, Source, Topic

__all__ = [
    "Entry",
    "Handbook",
    "HandbookError",
    "Helpline",
    "Lookup",
    "Match",
    "Notice",
    "Reading",
    "Signal",
    "Source",
    "Topic",
    "__version__",
    "load",
    "lookup",
]


def __getattr__(name: str) -> object:
    """The public name, from the module that has it."""
    if name == "load":
        from .handbook import load

        return load
    if name == "lookup":
        from .match import lookup

        return lookup
    if name in __all__:
        from . import model

        return getattr(model, name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    """The public names."""
    return __all__
