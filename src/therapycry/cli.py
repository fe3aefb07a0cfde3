"""The whole command line, in Typer: made from the table, and the one that explains what is wrong with a call."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import typer

from . import commands, stream
from .usage import COMMANDS, NAMES, ROOT, Call, Refusal, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .usage import Command, Option

# Typer exports one of its usage errors, whose base is the class of all.
_USAGE_ERROR = cast("type[Exception]", typer.BadParameter.__mro__[1])
_SEE = "see: therapycry --help"


def run(arguments: Sequence[str]) -> int:
    """Carry out the command line (without the program's name); returns the exit status. A mistake is told in one line."""
    program = typer.main.get_command(application())
    try:
        return int(program.main(args=list(arguments), prog_name="therapycry", standalone_mode=False))
    except _USAGE_ERROR as error:
        stream.tell(explained(error, arguments))
        return Refusal("").status


def application() -> typer.Typer:
    """The Typer application."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    settings = {"help_option_names": list[str]()}  # --help is an option of the table like any other
    app.callback(invoke_without_command=True, context_settings=settings)(_function(ROOT))
    for command in COMMANDS:
        app.command(command.name, help=command.summary, context_settings=settings)(_function(command))
    return app


def explained(error: Exception, arguments: Sequence[str]) -> str:
    """What is wrong and what is allowed, in one line that repeats nothing typed: it may be somebody's question."""
    option = getattr(error, "option_name", None) or getattr(getattr(error, "param", None), "opts", [""])[0]
    if not option:
        typed = str(error).partition("'")[2].partition("'")[0]
        return f"there is no such command; to ask a question: therapycry ask QUESTION; {_SEE}{did_you_mean(typed, NAMES)}"
    context = getattr(error, "ctx", None)
    name = next((word for word in arguments if word in NAMES), "")
    command = ROOT if context and not context.parent else next((command for command in COMMANDS if command.name == name), ROOT)
    known = {option.name: option for option in command.options}
    if option in known:
        return _misused(known[option])
    if command is ROOT and any(option == other.name for command in COMMANDS for other in command.options):
        return f"{option} goes after the command; {_SEE}"
    see = f"see: {' '.join(('therapycry', *command.name.split(), '--help'))}"
    hint = "put -- before words that begin with a hyphen" if command.most is None else see
    return f"there is no such option; {hint}{did_you_mean(option, known)}"


def _function(command: Command) -> Callable[..., int]:
    """A function with the command's words and options as its parameters, which is what Typer reads a command from."""

    def carry_out(ctx: typer.Context, words: Sequence[str] | None = None, **values: Any) -> int:  # noqa: ANN401 (flags and texts)
        given = {**(ctx.obj or {}), **{key: value for key, value in values.items() if value is not None and value is not False}}
        if command is ROOT:
            if ctx.invoked_subcommand and not given.keys() & {"help", "version"}:
                ctx.obj = given
                return 0
            raise typer.Exit(commands.run(Call("", **given)))
        return commands.run(Call(command.name, tuple(words or ()), **given))

    parameters = [_parameter("ctx", typer.Context, inspect.Parameter.empty)]
    if command is not ROOT:
        parameters.append(_parameter("words", Annotated[list[str] | None, typer.Argument(metavar=command.words)], None))
    parameters.extend(_option(option) for option in command.options)
    carry_out.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    carry_out.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return carry_out


def _option(option: Option) -> inspect.Parameter:
    names = [option.name, "-h"] if option.key == "help" else [option.name]
    kind: Any = bool
    if option.choices:
        kind = Literal[option.choices] | None
    elif option.value:
        kind = (int if option.whole else str) | None
    default = None if option.value else False
    return _parameter(option.key, Annotated[kind, typer.Option(*names, help=option.help, metavar=option.value or None)], default)


def _parameter(name: str, annotation: object, default: object) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def _misused(option: Option) -> str:
    if not option.value:
        return f"{option.name} takes no value"
    if option.choices:
        return f"{option.name} takes {', '.join(option.choices[:-1])} or {option.choices[-1]}"
    if option.whole:
        return f"{option.name} takes a whole number of columns, 1 or more"
    return f"{option.name} takes a value: {option.name} {option.value}"
