"""Writes man/therapycry.1 from the same table as the help: `python man/generate.py`. A test fails when the file is not fresh."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, os.pardir, "src"))

from therapycry import manual  # noqa: E402 (after the path)
from therapycry.usage import COMMANDS, DOCUMENTATION, ISSUES, ROOT, STATUSES  # noqa: E402
from therapycry.version import __version__  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from therapycry.usage import Command

PAGE = os.path.join(HERE, "therapycry.1")


def page() -> str:
    """The man page as roff."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield '.\\" Made by man/generate.py from src/therapycry/usage.py: edit that.'
    yield f'.TH THERAPYCRY 1 "" "therapycry {__version__}" "User Commands"'
    yield ".SH NAME"
    yield r"therapycry \- an offline reference about tears in therapy"
    yield ".SH SYNOPSIS"
    for command in COMMANDS:
        yield from (".B therapycry", _escaped(f"{manual.heading(command)} [OPTIONS]"), ".br")
    yield ".SH EXAMPLES"
    yield from _tagged((f"therapycry {words}", meaning) for words, meaning in manual.EXAMPLES)
    yield ".SH DESCRIPTION"
    yield from map(_escaped, (manual.ABOUT, manual.PRIVACY))
    yield ".SH COMMANDS"
    for command in COMMANDS:
        yield from _command(command)
    yield ".SH OPTIONS"
    yield from _tagged(map(manual.described, ROOT.options))
    yield ".SH EXIT STATUS"
    yield from _tagged((str(status), meaning) for status, meaning in STATUSES.items())
    yield ".SH ENVIRONMENT"
    yield from _tagged(manual.ENVIRONMENT)
    yield ".SH SEE ALSO"
    yield from (_escaped(f"Documentation: {DOCUMENTATION}"), ".br", _escaped(f"Report a fault: {ISSUES}"))


def _command(command: Command) -> Iterator[str]:
    yield f".SS {_escaped(manual.heading(command))}"
    yield _escaped(command.summary)
    for note in command.notes:
        yield from (".PP", _escaped(note))
    yield from _tagged(map(manual.described, command.options))
    yield from (".PP", "Examples:")
    yield from _tagged(manual.typed(command.examples))


def _tagged(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, meaning in pairs:
        yield from (".TP", f".B {_escaped(name)}", _escaped(meaning))


def _escaped(text: str) -> str:
    """Text that roff shows as it is: hyphens are minus signs, quotes and backslashes are themselves."""
    shown = text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq").replace('"', r"\(dq").replace("~", r"\(ti")
    return f"\\&{shown}" if shown.startswith(".") else shown


if __name__ == "__main__":
    with open(PAGE, "w", encoding="utf-8", newline="\n") as file:
        file.write(page())
