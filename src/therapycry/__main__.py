"""The entry point: what must hold around every command, whatever happens in it.

Ctrl-C ends the program with status 130 and no traceback, also during imports; a fault of ours is told in one line that holds
nothing of the question; and Python is left at once when all is written, since its own tidying takes as long as the answer.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # `typing` is not loaded yet
if TYPE_CHECKING:
    from types import FrameType


def main() -> int:
    """Run the command line of this process; leaves the process where that is safe, else returns the exit status."""
    status = 130
    try:
        import gc
        import signal

        signal.signal(signal.SIGINT, _interrupted)
        gc.disable()  # a process this short has nothing to collect
        status = _run(sys.argv[1:])
    except KeyboardInterrupt:
        _interrupted(0, None)
    _leave(status)
    return status


def _run(arguments: list[str]) -> int:
    try:
        from .direct import run

        return run(arguments)
    except Exception as error:  # noqa: BLE001 (the last place that can keep a question out of a traceback)
        from . import fault

        return fault.told(error)


def _interrupted(_number: int, _frame: FrameType | None) -> None:
    """Leave at once: nothing of ours needs tidying, and an exception could surface anywhere."""
    os._exit(130)


def _leave(status: int) -> None:
    """Skip Python's own tidying, unless someone waits for it: a profiler, coverage, `python -i`."""
    import atexit

    waiting = getattr(atexit, "_ncallbacks", lambda: 1)() or sys.gettrace() or sys.getprofile() or sys.flags.inspect
    watching = getattr(sys, "monitoring", None)  # how tools watch since Python 3.12: six may
    if not waiting and not (watching and any(map(watching.get_tool, range(6)))):
        os._exit(status)


if __name__ == "__main__":
    sys.exit(main())
