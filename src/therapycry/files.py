"""One file that authors write: its text, what its tables may hold, and where in it something is wrong."""

from __future__ import annotations

import re
import tomllib
from datetime import date

from . import prose
from .model import HandbookError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any, NoReturn

_TOML_PLACE = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)")
_TYPE_NAMES = {
    str: "text in quotes",
    list: "a list of texts",
    date: "a date such as 2026-11-23",
    int: "a whole number",
    bool: "true or false",
    dict: "a table",
}


class File:
    """One file of the handbook: its text, and where in it something is said."""

    def __init__(self, path: Path, root: Path) -> None:
        """Read the file; it is named by its path within `root`."""
        self.name = path.relative_to(root).as_posix()
        try:
            self.text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
        except FileNotFoundError:
            self.text = ""
            self.fail(1, "the file is missing; a handbook needs it")
        except UnicodeDecodeError:
            self.text = ""
            self.fail(1, "this is not UTF-8 text; save the file as UTF-8")
        except OSError as error:
            self.text = ""
            self.fail(1, f"the file cannot be read ({error.strerror}); check its permissions")

    def fail(self, line: int, message: str) -> NoReturn:
        """Raise `HandbookError` for what is wrong on that line."""
        told = f"{self.name}:{line}: {message}"
        raise HandbookError(told)

    def line_of(self, key: str, table: str = "", nth: int = 0) -> int:
        """The line on which `key` is set (in the `nth` table of that name, if one is named), else the table's, else the first."""
        heads = re.compile(rf"^[ \t]*\[+{re.escape(table)}\]", re.MULTILINE).finditer(self.text) if table else iter(())
        start = next((head.start() for at, head in enumerate(heads) if at == nth), 0)
        found = re.compile(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=", re.MULTILINE).search(self.text, start) if key else None
        return self.text.count("\n", 0, found.start() if found else start) + 1

    def toml(self, text: str | None = None, offset: int = 0) -> dict[str, Any]:
        """The tables of the file, or of `text`, which starts `offset` lines into it."""
        text = self.text if text is None else text
        if prose.control_character(text):
            for number, line in enumerate(text.split("\n"), 1 + offset):
                self.refuse_control(number, line)
        try:
            return tomllib.loads(text)
        except (ValueError, RecursionError) as error:
            at = _TOML_PLACE.search(str(error))
            line_number = int(at[1]) if at and at[1] else text.rstrip("\n").count("\n") + 1
            self.fail(offset + line_number, f"not valid TOML: {_TOML_PLACE.sub('', str(error))}")

    def refuse_control(self, line: int, text: str) -> None:
        """Fail where `text` could steer a terminal."""
        found = prose.control_character(text)
        if found:
            self.fail(line, f"the invisible character {found} is not allowed; remove it")

    def check(self, values: Mapping[str, Any], fields: Mapping[str, tuple[type, bool]], table: str = "", nth: int = 0) -> None:
        """Fail unless `values` has just the `fields`, each of its type, with no text that is empty or could steer a terminal."""
        for key, value in values.items():
            if key not in fields:
                self.fail(self.line_of(key, table, nth), f"unknown key {key!r}; allowed are {', '.join(fields)}")
            kind = fields[key][0]
            texts = value if isinstance(value, list) else [value] if kind is str else []
            if type(value) is not kind or not all(isinstance(text, str) and text.strip() for text in texts):
                self.fail(self.line_of(key, table, nth), f"{key!r} has a wrong value; allowed is {_TYPE_NAMES[kind]}")
            if prose.control_character("".join(texts)):
                self.refuse_control(self.line_of(key, table, nth), "".join(texts))
        missing = [key for key, (_, required) in fields.items() if required and key not in values]
        if missing:
            needed = ", ".join(key for key, (_, required) in fields.items() if required)
            self.fail(self.line_of("", table, nth), f"{_named(missing)} missing; required are {needed}")


def _named(keys: list[str]) -> str:
    return f"{', '.join(map(repr, keys))} {'is' if len(keys) == 1 else 'are'}"
