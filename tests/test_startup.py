"""What each command loads: a budget of modules, and modules that none may load. No clock."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from conftest import QUESTION

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Program

PLAIN = {
    "ask": QUESTION,
    "ask --json": (*QUESTION, "--json"),
    "list": ("list",),
    "sources": ("sources",),
    "show": ("show", "3"),
    "helplines": ("helplines",),
    "--version": ("--version",),
    "bare": (),
    "help": ("help", "ask"),
    "completions": ("completions", "bash"),
}
NEVER = (
    "pydantic", "markdown_it", "pygments", "rich.markdown", "rich.traceback", "rich.table", "rich.pretty", "importlib.metadata",
    "importlib.resources", "asyncio", "socket", "ssl", "email", "http", "urllib.request", "numpy", "subprocess", "logging",
    "argparse", "inspect", "dataclasses", "pathlib", "shutil", "tempfile", "threading", "tomllib", "ipaddress", "platform",
    "typing",
)  # fmt: skip
# Loaded after the program's own start: `-c pass` itself has about 35.
MOST_PLAIN, MOST_TERMINAL, MOST_TYPER = 110, 130, 190
_COUNT = """
import atexit, sys
atexit.register(lambda: sys.stderr.write(" ".join(sorted(sys.modules))))
from therapycry.__main__ import main
main()
"""


def _loaded(environment: Path, words: tuple[str, ...], env: dict[str, str] | None = None) -> set[str]:
    """The modules in memory when the installed program has answered."""
    from conftest import Program

    done = Program((str(environment / "bin" / "python"), "-c", _COUNT), {})(*words, env=env)
    assert done.stdout
    return set(done.stderr.split())


def _forbidden(modules: set[str]) -> set[str]:
    return {name for name in modules for never in NEVER if name == never or name.startswith(f"{never}.")}


@pytest.mark.parametrize("name", PLAIN)
def test_plain_views_stay_light(environment: Path, name: str) -> None:
    """A plain view loads neither Typer nor Rich, nothing of the dear modules, and few in all."""
    modules = _loaded(environment, PLAIN[name])
    assert not _forbidden(modules)
    assert not {module for module in modules if module.partition(".")[0] in ("typer", "rich")}
    assert len(modules) <= MOST_PLAIN, sorted(modules)


@pytest.mark.parametrize("name", ["ask", "list", "sources", "show"])
def test_the_terminal_view_stays_light(environment: Path, name: str) -> None:
    """The terminal view adds the little of Rich that it needs."""
    modules = _loaded(environment, ("--color", "always", *PLAIN[name]))
    assert any(module.startswith("rich") for module in modules)
    brought = {"inspect", "dataclasses", "threading", "platform", "typing"}  # by rich.style itself
    assert not {module for module in _forbidden(modules) if module.partition(".")[0] not in brought}
    assert len(modules) <= MOST_TERMINAL, sorted(modules)


def test_typer_explains_mistakes_without_rich(environment: Path) -> None:
    """A mistake costs Typer, yet none of Rich's help and none of pydantic."""
    from conftest import Program

    done = Program((str(environment / "bin" / "python"), "-c", _COUNT), {})("lits")
    message, modules = done.stderr.split("\n", 1)
    assert "there is no such command" in message
    loaded = set(modules.split())
    assert "typer" in loaded
    assert not {name for name in loaded if name.partition(".")[0] in ("rich", "pydantic", "markdown_it", "pygments")}
    assert len(loaded) <= MOST_TYPER


def test_the_library_loads_what_is_used(environment: Path) -> None:
    """`import therapycry` alone loads next to nothing of ours."""
    code = "import sys, therapycry; print(*(name for name in sorted(sys.modules) if name.startswith('therapycry')))"
    done = subprocess.run([str(environment / "bin" / "python"), "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["therapycry", "therapycry.version"]


def test_the_handbook_is_compiled(installed: Program, environment: Path) -> None:
    """An installed program reads the compiled handbook: TOML is not even loaded."""
    assert list(environment.glob("lib/python*/site-packages/therapycry/handbook.json"))
    assert installed("list").stdout.count("\n") > 10
