"""Help: the short one, the whole one, one command's; made from the table, set for the display."""

from __future__ import annotations

from textwrap import wrap

from .usage import BY_NAME, COMMANDS, DOCUMENTATION, ISSUES, NAMES, ROOT, STATUSES, Refusal, did_you_mean
from .version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .render import Display
    from .usage import Command, Option

ABOUT = "An offline reference about tears in therapy: the therapist's and the client's."
PRIVACY = "It works without a network, keeps nothing, and does not replace a person: nobody reads what you type."
ENVIRONMENT = (
    ("THERAPYCRY_COLOR", "auto, always or never, like --color"),
    ("THERAPYCRY_REGION", "your country for helplines, like --region"),
    ("NO_COLOR, FORCE_COLOR", "colours, as other programs have them;"),
    ("CLICOLOR, CLICOLOR_FORCE", "NO_COLOR takes the colours and leaves bold"),
    ("ACCESSIBLE", "set to 1 for plain lines everywhere"),
    ("PAGER", "what pages long answers on a terminal; empty for none"),
    ("COLUMNS", "the width, where --width does not say"),
)
EXAMPLES = (
    ("ask is it normal for a therapist to cry", "an answer with its sources"),
    ("list", "every question of the handbook"),
    ("show how-often", "one of them"),
    ("helplines", "where to turn when things feel too heavy"),
)
_MEASURE = 80
_LONGEST_NAME = 26  # of names that have their meaning next to them
_SIDE_BY_SIDE = 60  # columns from which a name and its meaning stand next to each other


def version() -> str:
    """The name and the version."""
    return f"therapycry {__version__}\n"


def brief(display: Display) -> str:
    """What to type first: under a screen."""
    page = _Page(display)
    page.words(ABOUT)
    page.heading("Try")
    page.pairs(typed(EXAMPLES))
    page.heading("Commands")
    page.pairs((command.name, command.summary) for command in COMMANDS)
    page.gap()
    page.words("More: therapycry --help")
    return page.text()


def whole(display: Display) -> str:
    """Everything: examples, commands, options, exit statuses, environment."""
    page = _Page(display)
    page.words(f"{ABOUT} {PRIVACY}")
    page.heading("Examples")
    page.pairs(typed(EXAMPLES))
    page.heading("Usage")
    page.lines(["therapycry [--color WHEN] COMMAND [WORDS...] [OPTIONS]"])
    page.heading("Commands")
    page.pairs((heading(command), command.summary) for command in COMMANDS)
    page.heading("Options")
    page.pairs(map(described, ROOT.options))
    page.gap()
    page.words("Each command has options of its own; see: therapycry help COMMAND")
    page.heading("Exit statuses")
    page.pairs((str(status), meaning) for status, meaning in STATUSES.items())
    page.heading("Environment")
    page.pairs(ENVIRONMENT)
    page.heading("Further")
    page.pairs((("documentation", DOCUMENTATION), ("report a fault", ISSUES)))
    return page.text()


def command(name: str, display: Display) -> str:
    """One command; raises `Refusal` for a name that is none."""
    found = BY_NAME.get(name)
    if found is None:
        message = f"there is no such command; the commands are {', '.join(NAMES)}{did_you_mean(name, NAMES)}"
        raise Refusal(message)
    page = _Page(display)
    page.words(found.summary)
    page.heading("Examples")
    page.pairs(typed(found.examples))
    page.heading("Usage")
    page.lines([f"therapycry {heading(found)} [OPTIONS]"])
    page.heading("Options")
    page.pairs(map(described, found.options))
    for note in found.notes:
        page.gap()
        page.words(note)
    page.gap()
    page.words(f"Exit status: 0 is an answer; all are listed by therapycry --help. Documentation: {DOCUMENTATION}")
    return page.text()


def heading(command: Command) -> str:
    """The command with the words it takes."""
    return f"{command.name} {command.words}".rstrip()


def described(option: Option) -> tuple[str, str]:
    """An option as it is typed, and what it does."""
    name = f"-h, {option.name}" if option.key == "help" else f"{option.name} {option.value}".rstrip()
    values = f" One of: {', '.join(option.choices)}." if option.choices else ""
    return name, f"{option.help}{values}"


def typed(examples: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Examples as a person types them."""
    for words, meaning in examples:
        yield (words if "therapycry" in words else f"therapycry {words}"), meaning


class _Page:
    """Lines of help, no wider than the display."""

    def __init__(self, display: Display) -> None:
        self._bold = display.bold
        self._width = min(display.width, _MEASURE)
        self._lines: list[str] = []

    def text(self) -> str:
        return "\n".join(self._lines) + "\n"

    def gap(self) -> None:
        self._lines.append("")

    def heading(self, words: str) -> None:
        self.gap()
        self._lines.append(f"\x1b[1m{words}\x1b[0m" if self._bold else words)

    def words(self, words: str) -> None:
        self._lines.extend(wrap(words, self._width, break_on_hyphens=False))

    def lines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._lines.extend(wrap(line, self._width, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False))

    def pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Names with their meanings: in two columns, or below each other where there is no room."""
        rows = tuple(pairs)
        column = max([0, *(len(name) for name, _ in rows if len(name) <= _LONGEST_NAME)]) + 4
        narrow = self._width < _SIDE_BY_SIDE or any(len(name) > _LONGEST_NAME for name, _ in rows)
        for name, meaning in rows:
            if narrow:
                self.lines([name])
                self._lines.extend(wrap(meaning, self._width, initial_indent="      ", subsequent_indent="      "))
                continue
            first, *others = wrap(meaning, self._width - column, break_on_hyphens=False)
            self._lines.append(f"  {name:<{column - 2}}{first}")
            self._lines.extend(" " * column + line for line in others)
