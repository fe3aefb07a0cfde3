"""Start-up of the installed program, as ratios to `python -c pass` of the same environment, in paired runs.

    python bench/startup.py ENVIRONMENT [--runs 30] [--beside PROGRAM ARGUMENT...]

ENVIRONMENT is a clean virtual environment with the wheel installed (made with --without-pip: setuptools' .pth slows the yardstick).
`--beside` measures another program in the same run. Each round runs every case once, in turn, so that drift meets all alike.
Two cases run in a copy of it without compiled modules: the first run after an install, which writes them, and an install that may
not be written, where Python compiles everything each time.
A case with a budget that it breaks is marked; the exit status is then 1.
"""

from __future__ import annotations

import argparse
import os
import pty
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

_QUESTION = ("ask", "is", "it", "normal", "for", "a", "therapist", "to", "cry")
_YARDSTICK = "python -c pass"


class Case(NamedTuple):
    """What is run, whether on a terminal, and what it may cost: a ratio to the yardstick, and MiB at the peak."""

    name: str
    command: tuple[str, ...]
    terminal: bool = False
    ratio: float | None = None
    mebibytes: float | None = None
    uncompiled: Path | None = None  # an environment whose compiled modules are removed before each run
    writes: bool = True  # whether Python may write compiled modules


def main() -> int:
    """Measure and print; returns 1 if a budget is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("environment")
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--beside", nargs=argparse.REMAINDER, default=[])
    wishes = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(wishes.environment, Path(folder, "copy"), symlinks=True))
        return _measure(_cases(Path(wishes.environment).absolute(), copy, tuple(wishes.beside)), wishes.runs)


def _measure(cases: list[Case], runs: int) -> int:
    seconds: dict[str, list[float]] = {case.name: [] for case in cases}
    for number in range(runs + 2):
        for case in cases:
            took = _on_a_terminal(case) if case.terminal else _piped(case)
            if number > 1:  # two rounds to warm the caches
                seconds[case.name].append(took)
    return _report(cases, seconds)


def _cases(environment: Path, copy: Path, beside: tuple[str, ...]) -> list[Case]:
    program, python = (str(environment / "bin" / name) for name in ("therapycry", "python"))
    from_copy = (str(copy / "bin" / "python"), "-m", "therapycry", *_QUESTION)

    def case(name: str, *words: str, terminal: bool = False, ratio: float = 5.0, mebibytes: float = 18.0) -> Case:
        return Case(name, (program, *words), terminal, ratio, mebibytes)

    return [
        Case(_YARDSTICK, (python, "-c", "pass")),
        case("ask, terminal", *_QUESTION, "--no-pager", terminal=True, ratio=7.0, mebibytes=24.0),
        case("ask, terminal, paged", *_QUESTION, terminal=True, ratio=7.0, mebibytes=24.0),
        case("ask, piped", *_QUESTION),
        case("ask, slips, piped", "ask", "is", "it", "noraml", "my", "therepist", "cryed"),
        case("ask, far slips, piped", "ask", "is", "it", "nroamll", "my", "theraapsit", "cryed"),
        case("ask --plain", *_QUESTION, "--plain"),
        case("ask --json", *_QUESTION, "--json"),
        case("show, terminal", "show", "how-often", "--no-pager", terminal=True, ratio=7.0, mebibytes=24.0),
        case("list", "list"),
        case("sources", "sources"),
        case("helplines", "helplines"),
        case("--version", "--version"),
        case("bare", ratio=5.0),
        case("completions bash", "completions", "bash", ratio=7.0),
        case("a mistake (Typer)", "lits", ratio=10.0, mebibytes=24.0),
        Case("ask, first run", from_copy, uncompiled=copy),
        Case("ask, read-only install", from_copy, uncompiled=copy, writes=False),
        *([Case(f"beside: {os.path.basename(beside[0])}", beside)] if beside else []),
    ]


def _piped(case: Case) -> float:
    for compiled in case.uncompiled.rglob("__pycache__") if case.uncompiled else ():
        shutil.rmtree(compiled)
    start = time.perf_counter()
    os.waitpid(_started(case.command, None, writes=case.writes), 0)
    return time.perf_counter() - start


def _on_a_terminal(case: Case) -> float:
    """Run with a terminal of 80 columns and 24 lines as output; what is shown is read and forgotten."""
    terminal, shown = pty.openpty()
    os.set_blocking(terminal, False)
    _set_size(shown)
    start = time.perf_counter()
    child = _started(case.command, shown)
    while not os.waitpid(child, os.WNOHANG)[0]:
        _drain(terminal)
        time.sleep(0.0003)
    seconds = time.perf_counter() - start
    os.close(shown)
    os.close(terminal)
    return seconds


def _peak(case: Case) -> float:
    """Peak memory in MiB. A child starts with the peak of who started it, so a process smaller than any of the cases does that."""
    terminal, shown = pty.openpty() if case.terminal else (None, None)
    result, sink = os.pipe()
    os.set_inheritable(sink, True)  # noqa: FBT003 (the standard library's signature)
    starter = (sys.executable, "-I", "-S", "-c", _STARTER, str(sink), *case.command)
    child = _started(starter, shown)
    os.close(sink)
    os.waitpid(child, 0)
    with open(result, encoding="ascii") as file:
        kibibytes = int(file.read())
    for descriptor in (terminal, shown):
        if descriptor is not None:
            os.close(descriptor)
    return kibibytes / 1024


_STARTER = """
import os, sys
child = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
os.write(int(sys.argv[1]), str(os.wait4(child, 0)[2].ru_maxrss).encode())
"""
_PAGER = "head -c 1"  # the quickest pager: what is measured is what paging costs us


def _started(command: tuple[str, ...], shown: int | None, *, writes: bool = True) -> int:
    """The process, its output on the terminal `shown`, or nowhere."""
    source = (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)
    outputs: list[tuple[int, ...] | tuple[int, int, str, int, int]] = []
    for number in (1, 2):
        nowhere = (os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0)
        outputs.append(nowhere if shown is None else (os.POSIX_SPAWN_DUP2, shown, number))
    around = {**os.environ, "TERM": "xterm-256color", "PAGER": _PAGER, "PYTHONDONTWRITEBYTECODE": "" if writes else "1"}
    return os.posix_spawn(command[0], command, around, file_actions=(source, *outputs))


def _drain(terminal: int) -> None:
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        pass


def _set_size(terminal: int) -> None:
    import fcntl
    import struct
    import termios

    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))


def _report(cases: list[Case], seconds: dict[str, list[float]]) -> int:
    yardstick = statistics.median(seconds[_YARDSTICK])
    broken = 0
    print(f"{'case':<26}{'median ms':>10}{'min ms':>9}{'ratio':>8}{'budget':>8}{'peak MiB':>10}{'budget':>8}")
    for case in cases:
        times = seconds[case.name]
        ratio, peak = statistics.median(times) / yardstick, _peak(case)
        over = (case.ratio and ratio > case.ratio) or (case.mebibytes and peak > case.mebibytes)
        broken += bool(over)
        budgets = (f"{case.ratio:.1f}" if case.ratio else "-", f"{case.mebibytes:.0f}" if case.mebibytes else "-")
        cost = f"{statistics.median(times) * 1000:>10.1f}{min(times) * 1000:>9.1f}{ratio:>8.2f}{budgets[0]:>8}"
        print(f"{case.name:<26}{cost}{peak:>10.1f}{budgets[1]:>8}{'  over budget' if over else ''}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
