"""A fault of therapycry's own, told in one line: what kind and where, never what was typed."""

from __future__ import annotations

from os.path import basename

from .stream import tell
from .usage import BROKEN, ISSUES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType


def told(error: Exception) -> int:
    """Tell the person; returns the exit status. Only names of ours are shown: an exception's words may hold the question."""
    if isinstance(error, ModuleNotFoundError) and error.name and not error.name.startswith("therapycry"):
        tell(f"the package {error.name.partition('.')[0]} is missing; install therapycry again")
    else:
        kind = f"{type(error).__name__} {_place(error.__traceback__)}"
        tell(f"a fault of the program itself ({kind}); please report this line at {ISSUES}")
    return BROKEN


def _place(trace: TracebackType | None) -> str:
    """File and line of the innermost code that is ours."""
    place = "before the start"
    while trace:
        code = trace.tb_frame.f_code
        if trace.tb_frame.f_globals.get("__package__", "").startswith("therapycry"):
            place = f"in {basename(code.co_filename)}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return place
