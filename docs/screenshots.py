"""Makes docs/images/*.svg and the outputs shown in README.md, from what the program writes: `python docs/screenshots.py`.

A test fails where they are not what the program writes now.
"""  # noqa: INP001 (a script beside the documents)

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
IMAGES = ROOT / "docs" / "images"
WIDTH = 80


class Shot(NamedTuple):
    """A picture: its file's name, the words after `therapycry`, and the most lines of the output that fit, all if None."""

    name: str
    words: tuple[str, ...]
    lines: int | None = None


SHOTS = (
    Shot("answer", ("ask", "is it normal"), 46),
    Shot("choices", ("ask", "my therapist and crying")),
    Shot("helplines", ("helplines", "gb")),
)
_THEME = TerminalTheme((27, 29, 33), (214, 214, 214), [(0, 0, 0)] * 8)
# Like Rich's own, without its web fonts: a picture of a private program asks nobody for anything.
_FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" xml:space="preserve">
<!-- Made by docs/screenshots.py. -->
<style>
.shown {{ font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: {char_height}px; }}
{styles}
</style>
<rect width="100%" height="100%" rx="8" fill="#1b1d21"/>
<g transform="translate(20, 24)">
{backgrounds}
<g class="shown">
{matrix}
</g>
</g>
</svg>
"""
# The ends of lines as texts of their own, and clips that are as wide as the picture.
_NEEDLESS = re.compile(r'<text [^>]*>\n</text>| clip-path="[^"]*"')
_BLOCK = re.compile(r"(?<=^```console\n)\$ (?P<command>therapycry [^\n]+)\n(?P<shown>.*?)(?=^```$)", re.DOTALL | re.MULTILINE)
_CUT = "...\n"


def output(words: tuple[str, ...], *, colour: bool) -> str:
    """What the program writes for these words at 80 columns, in the terminal view with colours or through a pipe."""
    around = {name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT")}
    around |= {"PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C.UTF-8", "COLUMNS": str(WIDTH)}
    command = [sys.executable, "-m", "therapycry", "--color", "always" if colour else "auto", *words]
    return subprocess.run(command, env=around, capture_output=True, text=True, encoding="utf-8", check=False).stdout  # noqa: S603


def picture(shot: Shot) -> str:
    """The shot as SVG: the command as it is typed, then the output."""
    lines = output(shot.words, colour=True).splitlines()
    if shot.lines and len(lines) > shot.lines:
        lines = lines[: max(at for at in range(shot.lines) if not lines[at])]  # up to the end of a paragraph
    typed = " ".join(f'"{word}"' if " " in word else word for word in shot.words)
    shown = [f"\x1b[1m$ therapycry {typed}\x1b[0m", "", *lines]
    console = Console(record=True, file=io.StringIO(), force_terminal=True, color_system="truecolor", width=WIDTH + 2)  # a margin
    console.print(Text.from_ansi("\n".join(shown)), soft_wrap=True)
    svg = console.export_svg(title="", theme=_THEME, code_format=_FRAME, unique_id=shot.name)
    return _NEEDLESS.sub("", svg).replace("</text><text", "</text>\n<text")


def refreshed(text: str) -> str:
    """The README with every shown output as it is now; one that ends in "..." is cut after as many lines as it had."""

    def again(block: re.Match[str]) -> str:
        lines = output(tuple(shlex.split(block["command"])[1:]), colour=False).splitlines(keepends=True)
        if block["shown"].endswith(_CUT):
            lines = [*lines[: block["shown"].count("\n") - 1], _CUT]
        return f"$ {block['command']}\n{''.join(lines)}"

    return _BLOCK.sub(again, text)


def main() -> None:
    """Write the pictures and the README."""
    IMAGES.mkdir(exist_ok=True)
    for shot in SHOTS:
        (IMAGES / f"{shot.name}.svg").write_text(picture(shot), encoding="utf-8", newline="\n")
    README.write_text(refreshed(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
