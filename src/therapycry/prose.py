"""A closed subset of Markdown as blocks; anything else is an error.

Allowed: `## ` headings, paragraphs, `- ` bullets (continued by two spaces), `*emphasis*` and citations `[@key; @key]`. Closed, so
that every view can show every page in full, and an author learns at once what readers would not see.
"""

from __future__ import annotations

import re

from .model import Bullets, Citation, Emphasis, Heading, Paragraph, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .model import Block, Span

ALLOWED = "allowed are ## headings, paragraphs, - bullets, *emphasis* and [@source]"

_KEY = r"@[a-z0-9]+(?:-[a-z0-9]+)*"
_INLINE = re.compile(rf"\s*\[(?P<keys>{_KEY}(?:;\s*{_KEY})*)\]|\*(?P<strong>[^*\s](?:[^*\n]*[^*\s])?)\*")
_UNSUPPORTED = (
    (r"^(?:#(?!# \S)|###)", "a heading of another level"),
    (r"^(?:\d+[.)]|[*+]) ", "a numbered or starred list"),
    (r"^>", "a quotation"),
    (r"^(?:```|~~~)", "a code block"),
    (r"^\|", "a table"),
    (r"^(?:-{3,}|_{3,}|\*{3,}|={3,})$", "a rule"),
    (r"^-$", "an empty bullet"),
    (r"\t", "a tab"),
)
# All of them at once, since nearly every line has none.
_ANY_UNSUPPORTED = re.compile("|".join(pattern for pattern, _ in _UNSUPPORTED))
_LEFTOVER = re.compile(r"[*_`<>\[\]{}|\\]|https?://|&#?\w+;")
# C0 and C1 controls, and the marks that turn or hide text: nothing in a handbook may steer a terminal.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


class ProseError(ValueError):
    """Prose that this subset does not have; `line` counts from 1 within the text."""

    def __init__(self, line: int, message: str) -> None:
        """Keep the line apart, so that the caller can count it within its own file."""
        super().__init__(message)
        self.line = line


def parse(text: str) -> tuple[Block, ...]:
    """The blocks of `text`; raises `ProseError` for anything outside the subset."""
    return tuple(_block(first, lines) for first, lines in _chunks(text))


def citations(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """The source keys in order of first appearance: a page numbers its sources in this order."""
    keys = (key for span in spans(blocks) if isinstance(span, Citation) for key in span.keys)
    return tuple(dict.fromkeys(keys))


def spans(blocks: tuple[Block, ...]) -> Iterator[Span]:
    """Every span of the blocks, in reading order."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from block.spans
        elif isinstance(block, Bullets):
            for item in block.items:
                yield from item


def control_character(text: str) -> str | None:
    """The first character that could steer a terminal, written visibly, or nothing."""
    found = _CONTROL.search(text)
    return f"U+{ord(found.group()):04X}" if found else None


def _chunks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines that belong together, each with the number of its first line."""
    start, lines = 0, list[str]()
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.rstrip()
        _refuse_unsupported(number, raw, in_bullets=bool(lines) and lines[0].startswith("- "))
        alone = line.startswith("## ") or not line
        if lines and (alone or lines[0].startswith("- ") != line.startswith(("- ", "  "))):
            yield start, lines
            lines = []
        if line:
            start = start if lines else number
            lines.append(line)
            if alone:
                yield start, lines
                lines = []
    if lines:
        yield start, lines


def _refuse_unsupported(number: int, raw: str, *, in_bullets: bool) -> None:
    found = control_character(raw)
    if found:
        raise ProseError(number, f"the invisible character {found} is not allowed; remove it")
    line = raw.strip(" ")
    if _ANY_UNSUPPORTED.search(line):
        name = next(name for pattern, name in _UNSUPPORTED if re.search(pattern, line))
        raise ProseError(number, f"{name} is not supported; {ALLOWED}")
    if line and raw.startswith(" "):
        if not in_bullets or not raw.startswith("  "):
            raise ProseError(number, f"an indented line is only supported right under a bullet, by two spaces; {ALLOWED}")
        if line.startswith(("- ", "## ")):
            raise ProseError(number, f"a list or heading within a bullet is not supported; {ALLOWED}")


def _block(first: int, lines: list[str]) -> Block:
    if lines[0].startswith("## "):
        _refuse_markup(first, lines[0][3:])
        return Heading(lines[0][3:].strip())
    if not lines[0].startswith("- "):
        return Paragraph(_spans(first, lines))
    starts = [index for index, line in enumerate(lines) if line.startswith("- ")]
    items = [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    return Bullets(
        tuple(
            _spans(first + start, [item[0][2:], *(line.strip() for line in item[1:])])
            for start, item in zip(starts, items, strict=True)
        )
    )


def _spans(first: int, lines: list[str]) -> tuple[Span, ...]:
    found: list[Span] = []
    text, at = "\n".join(lines), 0
    for match in _INLINE.finditer(text):
        _append_text(found, first, text, at, match.start())
        keys = match["keys"]
        if not keys:
            _refuse_markup(first + text.count("\n", 0, match.start("strong")), match["strong"])
        found.append(Citation(tuple(re.findall(_KEY[1:], keys))) if keys else Emphasis(match["strong"]))
        at = match.end()
    _append_text(found, first, text, at, len(text))
    return tuple(found)


def _append_text(found: list[Span], first: int, text: str, start: int, end: int) -> None:
    plain = text[start:end]
    _refuse_markup(first + text.count("\n", 0, start), plain)
    if plain:
        found.append(Text(plain.replace("\n", " ")))


def _refuse_markup(line: int, plain: str) -> None:
    """Fail where words that are to be read as they are hold a mark of Markdown; `line` is the one that they start on."""
    wrong = _LEFTOVER.search(plain)
    if wrong:
        raise ProseError(line + plain.count("\n", 0, wrong.start()), f"{wrong.group()!r} is not supported here; {ALLOWED}")
