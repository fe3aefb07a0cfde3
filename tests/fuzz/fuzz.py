"""A fuzz target: any question through every view, any prose, any file of a handbook. How to run it: README.md beside this file."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import atheris  # type: ignore[import-untyped,unused-ignore]

with atheris.instrument_imports(include=["therapycry"]):
    from therapycry import handbook, lookup, prose, render
    from therapycry.model import HandbookError

HERE = Path(__file__).resolve().parent.parent / "handbook"
FILES = ("contents.toml", "sources.toml", "entries/why-rain.md", "lexicon.toml", "weights.tsv")
BOOKS = (handbook.load(HERE), handbook.load(handbook.DATA))
DISPLAYS = (
    render.Display("plain", 20),
    render.Display("plain", 80),
    render.Display("markdown"),
    render.Display("json"),
    render.Display("terminal", 20, 10, colour=True, links=True, bold=True),
    render.Display("terminal", 500, bold=True),
)
FOLDER = Path(shutil.copytree(HERE, tempfile.mkdtemp(prefix="therapycry-fuzz-") + "/handbook"))
ORIGINALS = {name: (HERE / name).read_bytes() if (HERE / name).exists() else b"" for name in FILES}
ORIGINALS["lexicon.toml"] = '[spellings]\nbrolly = "umbrella"\n[emoji]\n"☔" = "rain"\n[concepts]\nrain = ["rain"]\n'.encode()
ORIGINALS["weights.tsv"] = b"signal\twhy-rain\thow-much-rain\tborrow-umbrella\twide-words\tnone\nalways\t1\t2\t3\t4\t5\n"


def question(data: atheris.FuzzedDataProvider) -> None:
    """Whatever is typed has one of three outcomes, and every view of it shows no character that steers a terminal."""
    book, limit = BOOKS[data.ConsumeBool()], data.ConsumeIntInRange(1, 6)
    asked = data.ConsumeUnicode(2_000)
    found = lookup(asked, book, limit=limit)
    if found.confidence not in {"sure", "unsure", "none"} or len(found.candidates) > limit:
        raise AssertionError(found)
    for display in DISPLAYS:
        shown = render.answer(found, book, display, why=True)
        unfit = [letter for letter in shown if not letter.isprintable() and letter not in "\n\u200c\u200d"]
        if unfit and display.view != "terminal":
            raise AssertionError(unfit)
        shown.encode()


def page(data: atheris.FuzzedDataProvider) -> None:
    """Prose is parsed or refused on one of its lines, and what is parsed can be shown."""
    text = data.ConsumeUnicode(2_000)
    try:
        blocks = prose.parse(text)
    except prose.ProseError as error:
        if not 1 <= error.line <= text.count("\n") + 1:
            raise
        return
    if prose.citations(blocks):
        return
    entry = BOOKS[0].entries[0]._replace(body=text, sources=())
    for display in DISPLAYS:
        render.page(entry, BOOKS[0], display)


def file(data: atheris.FuzzedDataProvider) -> None:
    """A file with a piece cut out and bytes put in: a handbook, or `HandbookError` in one line that steers no terminal."""
    name = FILES[data.ConsumeIntInRange(0, len(FILES) - 1)]
    original = ORIGINALS[name]
    start = data.ConsumeIntInRange(0, len(original))
    drop = data.ConsumeIntInRange(0, 60)
    path = FOLDER / name
    path.write_bytes(original[:start] + data.ConsumeBytes(200) + original[start + drop :])
    try:
        book = handbook.load(FOLDER)
        for entry in book:
            render.page(entry, book, DISPLAYS[1])
        lookup("why does it rain on my umbrella", book)
    except HandbookError as error:
        told = str(error)
        if "\n" in told or ":" not in told:
            raise
    finally:
        if (HERE / name).exists():
            path.write_bytes(original)
        else:
            path.unlink()


def target(data: bytes) -> None:
    """The first byte chooses what the rest is."""
    provider = atheris.FuzzedDataProvider(data)
    (question, page, file)[provider.ConsumeIntInRange(0, 2)](provider)


if __name__ == "__main__":
    atheris.Setup(sys.argv, target)
    try:
        atheris.Fuzz()
    finally:
        shutil.rmtree(FOLDER.parent)
