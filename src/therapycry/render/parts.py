"""What a page is made of, before any view has set it: parts in reading order, each with lines of runs.

The same parts go to the terminal, plain and Markdown views, so that all of them say the same words.
"""

from __future__ import annotations

from ..records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Literal

    Role = Literal["text", "strong", "emphasis", "work", "citation", "command", "address", "slug"]
    Kind = Literal[
        "title",
        "remark",  # how sure the answer is
        "short",
        "heading",
        "paragraph",
        "bullet",
        "source",
        "choice",  # a question that may have been meant, with the command that answers it
        "related",  # a question to go on with
        "row",  # one entry of the list
        "alert",  # the title of a notice
        "notice",
        "helpline",
        "closing",
    ]

_JOINERS = "\u200c\u200d"  # they hold emoji and some scripts together, and steer nothing


class Run(NamedTuple):
    """Words that look the same; `link` is where they lead."""

    text: str
    role: Role = "text"
    link: str | None = None


class Part(NamedTuple):
    """One piece of a page: `lines` must not be joined on a screen; `marker` is its number or bullet."""

    kind: Kind
    lines: tuple[tuple[Run, ...], ...]
    marker: str = ""


def clean(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts with nothing in them that could steer a terminal: every text view passes through here."""
    return tuple(part._replace(lines=tuple(tuple(map(_clean_run, line)) for line in part.lines)) for part in parts)


def visible(text: str) -> str:
    """`text` with every control, bidirectional and other invisible character written out, as in <U+202E>."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() or character in _JOINERS else _written(character) for character in text)


def _written(character: str) -> str:
    return " " if character.isspace() else f"<U+{ord(character):04X}>"


def _clean_run(run: Run) -> Run:
    """Keep a link only if it is a plain web address: it stands inside an escape."""
    plain = run.link is not None and run.link.startswith("https://") and all("!" <= character <= "~" for character in run.link)
    return Run(visible(run.text), run.role, run.link if plain else None)
