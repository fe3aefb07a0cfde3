"""The short way: well-formed calls read from the table without Typer, which alone would double the start-up.

Strict on purpose: a call that is in the least unusual goes to `cli`, which explains what is wrong with it. A test runs the same
calls through both ways and compares every byte.
"""

from __future__ import annotations

from .usage import BY_NAME, ROOT, Call

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .usage import Option

_LONGEST_NUMBER = 6


def run(arguments: Sequence[str]) -> int:
    """Carry out the command line (without the program's name); returns the exit status."""
    call = parse(arguments)
    if call is None:
        from .cli import run as run_in_full

        return run_in_full(arguments)
    from .commands import run as run_command

    return run_command(call)


def parse(arguments: Sequence[str]) -> Call | None:
    """The call that these arguments make, or None if only `cli` can tell."""
    before = _Words(arguments, ROOT.options, mixed=False)
    if before.odd:
        return None
    command = BY_NAME.get(before.words[0]) if before.words else None
    if before.words and command is None:
        return None
    if command is None or before.values.keys() & {"help", "version"}:
        return Call("", **before.values)  # type: ignore[arg-type]
    after = _Words(before.words[1:], command.options, mixed=True)
    if after.odd:
        return None
    return Call(command.name, tuple(after.words), **{**before.values, **after.values})  # type: ignore[arg-type]


class _Words:
    """Arguments sorted into words and values of options; `odd` as soon as one is not as the table has it.

    With `mixed` options may stand between words; without, the first word ends them.
    """

    def __init__(self, arguments: Sequence[str], options: Sequence[Option], *, mixed: bool) -> None:
        self.words: list[str] = []
        self.values: dict[str, object] = {}
        self.odd = False
        self._options = {option.name: option for option in options}
        rest = list(reversed(arguments))
        while rest and not self.odd:
            word = rest.pop()
            if word == "--":
                self.odd = not mixed
                self.words.extend(reversed(rest))
                return
            if word.startswith("-") and word != "-":
                self._take(word, rest)
            else:
                self.words.append(word)
                if not mixed:
                    self.words.extend(reversed(rest))
                    return

    def _take(self, word: str, rest: list[str]) -> None:
        """One option, with its value from the same word or the next."""
        name, equals, value = word.partition("=")
        option = self._options.get("--help" if name == "-h" else name)
        if option is None or (not option.value and equals) or (name == "-h" and equals):
            self.odd = True
        elif not option.value:
            self.values[option.key] = True
        elif equals or rest:
            self._set(option, value if equals else rest.pop())
        else:
            self.odd = True

    def _set(self, option: Option, value: str) -> None:
        if option.whole and value.isascii() and value.isdecimal() and len(value) <= _LONGEST_NUMBER:
            self.values[option.key] = int(value)
        elif option.whole or value.startswith("-") or (option.choices and value not in option.choices):
            self.odd = True
        else:
            self.values[option.key] = value
