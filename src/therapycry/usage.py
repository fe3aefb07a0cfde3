"""The one table of commands and options: both parsers, the help, the man page and the completions are made from it."""

from __future__ import annotations

from .records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ANSWERED, NOTHING, MISUSED, UNSURE, FAULTY, BROKEN, INTERRUPTED = 0, 1, 2, 3, 4, 70, 130
STATUSES = {
    ANSWERED: "answered, or help for someone in danger was shown",
    NOTHING: "nothing matched, or the answer could not be written",
    MISUSED: "the command was not understood, or the question was empty",
    UNSURE: "unsure: up to three questions were shown to choose from",
    FAULTY: "the handbook is faulty",
    BROKEN: "a fault of therapycry itself",
    INTERRUPTED: "interrupted with Ctrl-C",
}
ISSUES = "https://github.com/therapycry/therapycry/issues"
DOCUMENTATION = "https://github.com/therapycry/therapycry"
SHELLS = ("bash", "zsh", "fish", "pwsh")


class Refusal(Exception):  # noqa: N818 (what went wrong is the call, not the program)
    """A call that cannot be carried out: one line for the person, which repeats nothing they typed, and the exit status."""

    def __init__(self, message: str, status: int = MISUSED) -> None:
        """Keep the status next to the message."""
        super().__init__(message)
        self.status = status


class Option(NamedTuple):
    """An option: a flag, or with `value` (its name in the help) one that takes a value, perhaps only one of `choices`."""

    name: str
    help: str
    value: str = ""
    choices: tuple[str, ...] = ()
    whole: bool = False

    @property
    def key(self) -> str:
        """Its field of a `Call`."""
        return self.name[2:].replace("-", "_")


class Command(NamedTuple):
    """A command: its words (at least `least`, at most `most`, None for any number), examples first in its help."""

    name: str
    summary: str
    words: str
    examples: tuple[tuple[str, str], ...]
    options: tuple[Option, ...]
    notes: tuple[str, ...] = ()
    least: int = 0
    most: int | None = 1
    missing: str = ""
    choices: tuple[str, ...] = ()


class Call(NamedTuple):
    """What a person asked the program to do; the fields after `words` are the options of the table."""

    command: str
    words: tuple[str, ...] = ()
    json: bool = False
    plain: bool = False
    markdown: bool = False
    short: bool = False
    why: bool = False
    no_pager: bool = False
    help: bool = False
    version: bool = False
    color: str | None = None
    width: int | None = None
    region: str | None = None
    topic: str | None = None
    handbook: str | None = None


HELP = Option("--help", "Show this help and leave.")
COLOR = Option("--color", "Colours: auto is for terminals only.", "WHEN", ("auto", "always", "never"))
VERSION = Option("--version", "Show the version and leave.")
_VIEWS = (
    Option("--json", "Write JSON, for scripts."),
    Option("--plain", "Write plain lines, for screen readers and pipes."),
    Option("--markdown", "Write Markdown, to paste elsewhere."),
)
_MEDIUM = (
    COLOR,
    Option("--width", "Lay out for so many columns.", "COLUMNS", whole=True),
    Option("--no-pager", "Write everything at once, without a pager."),
    Option("--handbook", "Read the handbook in this folder, for authors.", "FOLDER"),
    HELP,
)
_SHORT = Option("--short", "Only the short answer and its sources.")
_REGION = Option("--region", "Your country, for helplines, such as us, ca, gb or ie.", "REGION")

COMMANDS = (
    Command(
        "ask",
        "Answer a question that you put in your own words.",
        "[QUESTION...]",
        (
            ("ask is it normal for a therapist to cry", "quotes are not needed"),
            ("ask --short why do therapists cry", "the short answer only"),
            ("ask", "a conversation: ask until an empty line"),
            ("ask - < question.txt", "read the question from a file or a pipe"),
        ),
        (
            _SHORT,
            Option("--why", "Show how the question was understood, too."),
            _REGION,
            *_VIEWS,
            *_MEDIUM,
        ),
        (
            (
                "Nothing you type is kept or sent anywhere. What stands on the command line goes into your shell's history: "
                "a question typed into the conversation or read with - does not."
            ),
            "Put -- before words that begin with a hyphen.",
        ),
        most=None,
    ),
    Command(
        "list",
        "List every question of the handbook under its topic.",
        "",
        (("list", "every question, with its number and name"), ("list --topic you-cry", "the questions of one topic")),
        (Option("--topic", "Only the questions of this topic.", "TOPIC"), *_VIEWS, *_MEDIUM),
        most=0,
    ),
    Command(
        "show",
        "Show one entry of the handbook.",
        "SLUG|NUMBER",
        (("show how-often", "by its name"), ("show 3", "by its number in the list")),
        (_SHORT, *_VIEWS, *_MEDIUM),
        least=1,
        missing="show needs the name or the number of an entry; see them with: therapycry list",
    ),
    Command(
        "sources",
        "Show the sources: all of them, or those of one entry.",
        "[SLUG|NUMBER]",
        (("sources", "the whole bibliography"), ("sources how-often", "what one answer rests on")),
        (*_VIEWS, *_MEDIUM),
    ),
    Command(
        "helplines",
        "Show where to turn when things feel too heavy.",
        "[REGION]",
        (("helplines", "worldwide, your own country first where it is known"), ("helplines gb", "in the United Kingdom")),
        (*_VIEWS, *_MEDIUM),
        ("The region is this word, else THERAPYCRY_REGION, else that of your locale; no country is assumed.",),
    ),
    Command(
        "completions",
        "Print a script with which your shell completes commands.",
        "SHELL",
        (
            ('eval "$(therapycry completions bash)"', "in ~/.bashrc"),
            ('eval "$(therapycry completions zsh)"', "in ~/.zshrc, after compinit"),
            ("completions fish | source", "in ~/.config/fish/config.fish"),
            ("completions pwsh | Out-String | Invoke-Expression", "in $PROFILE"),
        ),
        (COLOR, HELP),
        least=1,
        missing=f"completions needs the name of a shell: {', '.join(SHELLS)}",
        choices=SHELLS,
    ),
    Command(
        "help",
        "Show help, for one command too.",
        "[COMMAND]",
        (("help ask", "all about asking"),),
        (COLOR, HELP),
    ),
)
NAMES = tuple(command.name for command in COMMANDS)
BY_NAME: Mapping[str, Command] = {command.name: command for command in COMMANDS}
# Before any command. There `--color` is taken as well as after it.
ROOT = Command("", "", "COMMAND", (), (COLOR, VERSION, HELP), most=0)


def check(call: Call) -> Call:
    """The call itself, once it makes sense; raises `Refusal`. Both parsers end here."""
    if call.help or call.version or not call.command:
        return call
    wrong = _wrong(call, BY_NAME[call.command])
    if wrong:
        raise Refusal(wrong)
    return call


def _wrong(call: Call, command: Command) -> str:
    """What is wrong with the call and what is allowed, or nothing."""
    if len(call.words) < command.least:
        return command.missing
    if command.most is not None and len(call.words) > command.most:
        takes = "one word" if command.most else "no words, only options"
        return f"{command.name} takes {takes}; see: therapycry help {command.name}"
    if call.json + call.plain + call.markdown > 1:
        return "choose one of --json, --plain and --markdown"
    if call.width is not None and call.width < 1:
        return "--width takes a whole number of columns, 1 or more"
    if command.choices and call.words[0] not in command.choices:
        return f"{command.missing}{did_you_mean(call.words[0], command.choices)}"
    return ""


def did_you_mean(typed: str, names: Iterable[str]) -> str:
    """A question with the name that is nearest to what was typed, or nothing."""
    from difflib import get_close_matches  # only mistakes pay for it

    bare = {name.lstrip("-"): name for name in names}  # the hyphens of options would make any two alike
    near = get_close_matches(typed[:80].casefold().lstrip("-"), bare, n=1, cutoff=0.5)
    return f". Did you mean {bare[near[0]]!r}?" if near else ""
