"""The short way and Typer are one command line: the same table, the same bytes, the same status."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import typer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from therapycry import cli, commands, direct, usage

if TYPE_CHECKING:
    from therapycry.usage import Call

CALLS = [
    (),
    ("--version",),
    ("--help",),
    ("-h",),
    ("--color", "always", "ask", "is it normal"),
    ("--color=always", "list"),
    ("--color", "always", "list", "--color", "never"),
    ("--color", "always"),
    ("--version", "list"),
    ("ask", "is", "it", "normal"),
    ("ask", "is it normal", "--json"),
    ("ask", "--why", "is it normal", "--short"),
    ("ask", "--", "--why", "do", "they", "cry"),
    ("ask", "is", "it", "--width", "40", "normal"),
    ("ask", "--width=40", "--region", "gb", "is it normal", "--no-pager"),
    ("ask", "zxqv"),
    ("ask", " "),
    ("ask", "-h"),
    ("list",),
    ("list", "--topic", "you-cry", "--plain"),
    ("list", "--topic="),
    ("list", "extra"),
    ("list", "--json", "--markdown"),
    ("show", "how-often", "--short", "--markdown"),
    ("show", "nothing-like-it"),
    ("show",),
    ("sources", "2", "--color", "always"),
    ("helplines", "gb"),
    ("helplines", "--help", "gb"),
    ("completions", "fish"),
    ("completions", "csh"),
    ("help",),
    ("help", "ask"),
    ("help", "nothing"),
    ("help", "--help"),
]


@pytest.mark.parametrize("words", CALLS, ids=" ".join)
def test_both_ways_write_the_same(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    """The short way takes the call, and writes what Typer's way writes, byte for byte."""
    assert direct.parse(words) is not None
    ways = []
    for run in (direct.run, cli.run):
        status = run(words)
        ways.append((status, *capsys.readouterr()))
    assert ways[0] == ways[1]


_PIECES = [
    name
    for option in (*usage.BY_NAME["ask"].options, usage.VERSION)
    for name in (option.name, f"{option.name}=", f"{option.name}=40")
]
_WORDS = st.sampled_from(
    [*_PIECES, *usage.NAMES, "-h", "-", "--", "-x", "--hel", "40", "always", "never", "gb", "", "why", "-40", "x=y"]
)


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(_WORDS, max_size=6))
def test_both_ways_understand_the_same(monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    """Whatever the short way takes, it takes as Typer does."""
    seen: list[Call] = []

    def note(call: Call) -> int:
        seen.append(call)
        return 0

    monkeypatch.setattr(commands, "run", note)
    call = direct.parse(words)
    if call is not None:
        cli.run(words)
        assert seen[-1:] == [call]


def test_typer_has_the_table() -> None:
    """Each command and option of the table is a parameter of the Typer application, and there are no others."""
    program = typer.main.get_command(cli.application())
    assert [parameter.opts[0] for parameter in program.params] == [option.name for option in usage.ROOT.options]
    assert set(program.commands) == set(usage.NAMES)  # type: ignore[attr-defined]
    for command in usage.COMMANDS:
        made = program.commands[command.name]  # type: ignore[attr-defined]
        names = [parameter.opts[0] for parameter in made.params if parameter.param_type_name == "option"]
        assert names == [option.name for option in command.options]
        assert made.help == command.summary


def test_a_call_has_a_field_for_each_option() -> None:
    """The options of the table are the fields of a call."""
    keys = {option.key for command in (usage.ROOT, *usage.COMMANDS) for option in command.options}
    assert keys == set(usage.Call._fields) - {"command", "words"}
