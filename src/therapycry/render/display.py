"""decide(): the one decision on view, width, colour and links; nothing else reads the environment for them."""

from __future__ import annotations

from ..records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    View = Literal["terminal", "plain", "json", "markdown"]
    Color = Literal["auto", "always", "never"]

NARROWEST, WIDEST, USUAL = 20, 500, 80
_FIRST_VTE_WITH_LINKS = 5000  # older ones print the address into the text
_FIRST_TMUX_WITH_LINKS = (3, 4)  # older ones drop the link


class Display(NamedTuple):
    """Where an answer will be read.

    `width` counts columns; prose is never set wider than 88. `height` counts the lines of a terminal and is None elsewhere.
    `bold` allows bold and italic, `colour` colours as well, `links` OSC 8 hyperlinks. `short` asks for no more than the short
    answer and its sources.
    """

    view: View
    width: int = USUAL
    height: int | None = None
    colour: bool = False
    links: bool = False
    short: bool = False
    bold: bool = False


class Wishes(NamedTuple):
    """What the options asked for; None, False and "auto" mean that nothing was said."""

    view: View | None = None
    color: Color = "auto"
    width: int | None = None
    short: bool = False


def decide(wishes: Wishes, environ: Mapping[str, str], *, terminal: bool, size: tuple[int, int] | None) -> Display:
    """The display for these wishes: options first, then the environment, then what the medium is.

    `terminal` says whether the output is one, `size` its columns and lines where they are known.
    """
    color = _color(wishes, environ)
    view = wishes.view or _view(color, environ, terminal=terminal)
    escapes = view == "terminal" and (color in ("always", "uncoloured") or (color == "auto" and terminal))
    colour = escapes and color != "uncoloured"
    return Display(
        view=view,
        width=_width(wishes, environ, size),
        height=size[1] if terminal and size and size[1] > 0 else None,
        colour=colour,
        links=colour and terminal and _has_links(environ),
        short=wishes.short,
        bold=escapes,
    )


def _color(wishes: Wishes, environ: Mapping[str, str]) -> Literal["auto", "always", "never", "uncoloured"]:
    """Option, THERAPYCRY_COLOR, NO_COLOR, CLICOLOR_FORCE and FORCE_COLOR, CLICOLOR, TERM: the first that speaks decides.

    NO_COLOR takes the colours and leaves bold, as its author means it; "never" and CLICOLOR=0 leave no escapes at all.
    """
    said = wishes.color if wishes.color != "auto" else environ.get("THERAPYCRY_COLOR")
    if said in ("always", "never"):
        return "always" if said == "always" else "never"
    if environ.get("NO_COLOR"):
        return "uncoloured"
    if any(environ.get(name, "") not in ("", "0") for name in ("CLICOLOR_FORCE", "FORCE_COLOR")):
        return "always"
    return "never" if environ.get("CLICOLOR") == "0" or environ.get("TERM") == "dumb" else "auto"


def _view(color: str, environ: Mapping[str, str], *, terminal: bool) -> View:
    """The view where no option named one; whoever forces colour wants the terminal's, through a pipe too."""
    if environ.get("ACCESSIBLE", "") not in ("", "0"):
        return "plain"
    if color == "always":
        return "terminal"
    return "terminal" if terminal and environ.get("TERM") != "dumb" else "plain"


def _width(wishes: Wishes, environ: Mapping[str, str], size: tuple[int, int] | None) -> int:
    columns = environ.get("COLUMNS", "")
    width = size[0] if size and size[0] > 0 else USUAL
    if columns.isascii() and columns.isdecimal() and columns.strip("0"):
        width = int(columns.lstrip("0")[:6])
    if wishes.width is not None:
        width = wishes.width
    return min(max(width, NARROWEST), WIDEST)


def _has_links(environ: Mapping[str, str]) -> bool:
    """Whether hyperlinks are likely to work. A wrong guess costs little: the address is always visible as well.

    Terminals ignore what they do not know, save the Linux console, GNU screen and old VTE, which print some of it.
    """
    term = environ.get("TERM", "")
    if term in ("", "linux", "dumb") or "STY" in environ:
        return False
    vte = environ.get("VTE_VERSION", "")
    if vte.isascii() and vte.isdecimal() and int(vte[:9]) < _FIRST_VTE_WITH_LINKS:
        return False
    if "TMUX" in environ or term.startswith(("screen", "tmux")):
        return environ.get("TERM_PROGRAM") == "tmux" and _version(environ.get("TERM_PROGRAM_VERSION", "")) >= _FIRST_TMUX_WITH_LINKS
    return True


def _version(text: str) -> tuple[int, int]:
    """The first two numbers of a version such as "3.4a"; zeros where it has none."""
    major, _, rest = text.partition(".")
    minor = rest[: len(rest) - len(rest.lstrip("0123456789"))]
    return (int(major[:9]), int(minor[:9])) if major.isascii() and major.isdecimal() and minor else (0, 0)
