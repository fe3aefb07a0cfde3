"""The Markdown view: a page to paste. Paragraphs are not wrapped, because many places turn a line's end into a break."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .parts import Kind, Part, Run

_SPECIAL = re.compile(r"[\\`*_\[\]<]|~(?=~)|&(?=#?\w+;)")
_AT_START = re.compile(r"^(?:(\d+)(?=[.)])|(?=[-+=#>]))")
_BEFORE: dict[Kind, str] = {"title": "# ", "heading": "## ", "alert": "## ", "short": "> "}
_LISTS = ("bullet", "source", "choice", "related", "row", "helpline")


def draw(parts: Iterable[Part]) -> str:
    """The parts as Markdown, whatever the width of the display."""
    text = ""
    before: Kind | None = None
    for part in parts:
        gap = "" if before is None else "\n" if before == part.kind and part.kind in _LISTS else "\n\n"
        text += gap + _prefix(part) + " ".join(_line(runs, part.kind) for runs in part.lines)
        before = part.kind
    return f"{text}\n"


def _prefix(part: Part) -> str:
    """A source's "[1]" becomes the first item of a numbered list."""
    number = part.marker.strip("[].")
    if number.isdecimal():
        return f"{number}. "
    return _BEFORE.get(part.kind) or (f"{part.marker} " if part.marker else "")


def _line(runs: Iterable[Run], kind: Kind) -> str:
    text = ""
    for run in runs:
        cited = text.endswith("]")
        text += (" " if run.role == "citation" and not cited else "") + _styled(run, at_start=not text, cited=cited)
    return f"*{text}*" if kind == "remark" else text


def _styled(run: Run, *, at_start: bool, cited: bool) -> str:
    """The run with its markup; spaces at its ends stay outside, where Markdown wants them."""
    bare = run.text.strip(" ")
    if not bare or run.role == "citation":
        return run.text
    left, right = run.text.split(bare, 1)
    if run.role in ("command", "slug"):
        styled = f"`{bare}`" if run.role == "command" else f"(`{bare}`)"
    elif run.role == "address":
        styled = f"<{run.link}>" if run.link else _escaped(bare)
    else:
        mark = {"strong": "**", "emphasis": "*", "work": "*"}.get(run.role, "")
        styled = f"{mark}{_escaped(bare, at_start=at_start and not mark)}{mark}"
    held = "\\" if cited and run.text.startswith(("(", ":")) else ""  # "[1](" would be a link
    return left + held + styled + right


def _escaped(text: str, *, at_start: bool = False) -> str:
    """The text with everything that Markdown would read as markup held back."""
    text = _SPECIAL.sub(r"\\\g<0>", text)
    return _AT_START.sub(lambda match: f"{match[1] or ''}\\", text) if at_start else text
