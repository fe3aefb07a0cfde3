"""Hostile input through the real command, in every view: what was typed is shown as harmless text, and never in a message."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from therapycry import handbook, lookup
from therapycry.words import READ_CHARACTERS, READ_WORDS, normalise, words

if TYPE_CHECKING:
    from conftest import Program

HERE = Path(__file__).parent / "handbook"
# What the program's own styles may consist of; everything else that begins like an escape is not ours.
STYLE = re.compile(r"\x1b\[[\d;]*m")
VIEWS = {"plain": ("--plain",), "markdown": ("--markdown",), "terminal": ("--color", "always")}
JOINERS = "\u200c\u200d"

# As typed, and as the reader of `--why` sees it.
SHOWN = {
    "colour": ("therapist \x1b[31mcry\x1b[0m", "therapist <U+001B>[31mcry<U+001B>[0m"),
    "title of the window": ("cry \x1b]0;owned\x07 now", "cry <U+001B>]0;owned<U+0007> now"),
    "clipboard": ("cry \x1b]52;c;aGk=\x1b\\ now", "cry <U+001B>]52;c;aGk=<U+001B>\\ now"),
    "a link of another": ("\x1b]8;;file:///etc/passwd\x1b\\cry", "<U+001B>]8;;file:///etc/passwd<U+001B>\\cry"),
    "clear screen": ("cry\x1bc\x1b[2J", "cry<U+001B>c<U+001B>[2J"),
    "C1 escapes": ("cry \x9b31mred \x9d0;x\x9c", "cry <U+009B>31mred <U+009D>0;x<U+009C>"),
    "backspace and return": ("cry\x08\x08\x08laugh", "cry<U+0008><U+0008><U+0008>laugh"),
    "turned about": ("is \u202eyrc\u202c it \u2066x\u2069", "is <U+202E>yrc<U+202C> it <U+2066>x<U+2069>"),
    "hidden": ("cr\u200by \ufeffnow\u00ad", "cr<U+200B>y <U+FEFF>now<U+00AD>"),
    "NUL": ("cry\x00now", "cry<U+0000>now"),
    "Rich markup": (
        "[bold]cry[/bold] [/] [link=https://x.example]x[/link]",
        "[bold]cry[/bold] [/] [link=https://x.example]x[/link]",
    ),
    "emoji codes": (":smile: cry :warning:", ":smile: cry :warning:"),
    "percent formats": ("cry %s %(asked)s %n %d%%", "cry %s %(asked)s %n %d%%"),
    "brace formats": ("cry {} {0} {asked.__class__} {{x}}", "cry {} {0} {asked.__class__} {{x}}"),
    "template formats": ("cry ${HOME} $(id) `id`", "cry ${HOME} $(id) `id`"),
    "Markdown": ("# cry *a* <b>x</b> ![i](j) | --- |", "# cry *a* <b>x</b> ![i](j) | --- |"),
    "right to left": ("האם זה נורמלי שמטפל בוכה", "האם זה נורמלי שמטפל בוכה"),
    "other scripts": ("治療師哭了 терапевт плачет จิตแพทย์", "治療師哭了 терапевт плачет จิตแพทย์"),
    "joined scripts": ("मेरा चिकित्सक रोया क्\u200dष", "मेरा चिकित्सक रोया क्\u200dष"),
    "a tower of accents": ("c\u0301\u0323\u0300ry" + "\u0300" * 20, "c\u0301\u0323\u0300ry" + "\u0300" * 20),
    "emoji sequences": (
        "\U0001f469\u200d\u2695\ufe0f\U0001f62d\U0001f3fd\U0001f1eb\U0001f1f7",
        "\U0001f469\u200d\u2695\ufe0f\U0001f62d",
    ),
    "line separators": ("cry\u2028now\u2029then\x0bso\x0con\x85x", "cry now then so on x"),
    "private and unassigned": ("cry \ue000 \U000e0041 \U0010ffff \ufdd0", "cry <U+E000> <U+E0041> <U+10FFFF> <U+FDD0>"),
}


def words_of(shown: str) -> str:
    """The text without the program's own styles, bars and Markdown escapes, on one line: where it is broken is no matter here."""
    return " ".join(re.sub(r"\\([\\`*_\[\]<~&])", r"\1", STYLE.sub("", shown)).split())


def seen(text: str) -> str:
    """The expected words, spaced and escaped alike."""
    return " ".join(re.sub(r"\\([\\`*_\[\]<~&])", r"\1", text).split())


def steers(shown: str) -> list[str]:
    """The characters that could steer a terminal, besides the program's own styles."""
    return [letter for letter in STYLE.sub("", shown) if not letter.isprintable() and letter not in "\n" + JOINERS]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", SHOWN)
def test_what_was_typed_is_shown_as_harmless_text(therapycry: Program, name: str, view: str) -> None:
    """From a pipe, in each text view: every character visible, none that acts, no message."""
    typed, shown = SHOWN[name]
    done = therapycry("ask", *VIEWS[view], "--why", "--width", "500", "-", given=typed.encode())
    assert done.stderr == ""
    assert done.returncode in (0, 1, 3)
    assert steers(done.stdout) == []
    assert f"You asked: {seen(shown)}" in words_of(done.stdout).replace("**", "")


def test_json_gives_back_what_was_typed(therapycry: Program) -> None:
    """Exactly, and in ASCII."""
    typed = " ".join(typed for typed, _ in SHOWN.values())
    done = therapycry("ask", "--json", "--why", "-", given=typed.encode())
    assert done.stderr == ""
    assert done.stdout.isascii()
    assert steers(done.stdout) == []
    assert json.loads(done.stdout)["asked"] == typed


@pytest.mark.parametrize("name", [name for name in SHOWN if name != "NUL"])
def test_words_of_the_command_line_are_no_other(therapycry: Program, name: str) -> None:
    """Typed after the command, the same text is shown as from a pipe."""
    typed, shown = SHOWN[name]
    done = therapycry("ask", "--plain", "--why", "--width", "500", "--", typed)
    assert done.stderr == ""
    assert steers(done.stdout) == []
    assert f"You asked: {seen(shown)}" in words_of(done.stdout)


@pytest.mark.parametrize(
    "call",
    [
        ("show",),
        ("sources",),
        ("list", "--topic"),
        ("help",),
        ("completions",),
        ("ask", "--color"),
        ("ask", "--width"),
        ("ask", "--x"),
        (),
    ],
    ids=" ".join,
)
def test_no_message_holds_what_was_typed(therapycry: Program, call: tuple[str, ...]) -> None:
    """In a wrong place the text gets one line of message that has none of its words and steers nothing."""
    typed = " ".join(typed for name, (typed, _) in SHOWN.items() if name != "NUL")
    done = therapycry(*call, typed)
    assert (done.stdout, done.returncode in (1, 2)) == ("", True)
    assert re.fullmatch(r"therapycry: [ -~]+\n", done.stderr)
    assert not {"owned", "passwd", "asked", "__class__", "bold", "laugh"} & set(re.findall(r"\w+", done.stderr))


@pytest.mark.parametrize("view", ["plain", "markdown", "terminal", "json"])
@pytest.mark.parametrize(
    "typed",
    [
        b"why do therapists cry " * 480_000,
        b"my therapist cried and I do not know why\n" * 100_000,
        "\U0001f62d".encode() * 2_500_000,
        "\u0301".encode() * 3_000_000,
        b"a" * 10_000_000,
        b"\xff" * 10_000_000,
    ],
    ids=["10 MB", "100,000 lines", "a wall of emoji", "a tower", "one word", "no text"],
)
def test_a_text_of_any_size_is_answered_or_refused(therapycry: Program, typed: bytes, view: str) -> None:
    """In every view, without a message; `--why` shows a beginning of it, JSON all."""
    options = {**VIEWS, "json": ("--json",)}[view]
    done = therapycry("ask", *options, "--why", "-", given=typed)
    assert done.stderr == ""
    assert done.returncode in (0, 1, 3)
    assert steers(done.stdout) == []
    if view == "json":
        assert len(json.loads(done.stdout)["asked"]) >= len(typed.decode("utf-8", "replace")) - 1
    else:
        assert "You asked" in done.stdout
        assert len(done.stdout) < 50_000


@pytest.mark.parametrize(
    "text", ["\U0001f62d" * 100_000, "\ufdfa" * 100_000, "a " * 100_000, "?a" * 100_000, "\u00df" * 100_000, "i'd " * 50_000]
)
def test_the_words_read_are_bounded(text: str) -> None:
    """Whatever a character is written out as, and whatever a word stands for."""
    book = handbook.load(handbook.DATA)
    assert len(normalise(text)) <= READ_CHARACTERS + 1
    assert len(words(text, book.lexicon["spellings"], book.lexicon["emoji"])) <= READ_WORDS + 1


def test_half_of_the_words_read_are_the_last() -> None:
    """The question of a long text stands at its beginning or at its end, among emoji too."""
    read = words("why" + "\U0001f62d" * 5_000 + "therapist", {}, {"\U0001f62d": "cry"})
    assert (read[0], read[-1], len(read)) == ("why", "therapist", READ_WORDS + 1)
    assert read[READ_WORDS // 2] == "."


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """A copy of the tiny handbook under a name that would colour the terminal."""
    return Path(shutil.copytree(HERE, tmp_path / "hand\x1b[31mbook"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("entries/\x1b[31mred.md", "x"),
        ("entries/two\nlines.md", "x"),
        ("entries/why-rain.md", "\x1b[31m"),
        ("entries/why-rain.md", ""),
        ("contents.toml", 'x\x9b = "1"'),
        ("contents.toml", '"\\u001b[31m" = 1'),
        ("contents.toml", '[[topic]]\nslug = "a\\u202eb"\ntitle = "T"\nentries = []'),
        ("contents.toml", "[[topic]]\n" * 5_000),
        ("contents.toml", "a = " + "[" * 100_000),
        ("sources.toml", "[cloud-2001]\n" * 2),
        ("sources.toml", '["\\u001b]0;owned\\u0007"]\nkind = "x"'),
    ],
)
def test_a_hostile_handbook_is_told_in_one_harmless_line(therapycry: Program, spoilt: Path, name: str, text: str) -> None:
    """Whatever its files are called and hold: status 4, the file and line, and not one character that acts."""
    (spoilt / name).write_text(text, encoding="utf-8")
    done = therapycry("list", "--handbook", str(spoilt))
    assert (done.stdout, done.returncode) == ("", 4)
    assert re.fullmatch(r"therapycry: [^\n]*:\d+: [^\n]+\n", done.stderr)
    assert steers(done.stderr) == []


def test_common_words_that_are_no_text_are_told(therapycry: Program, spoilt: Path) -> None:
    """Neither bytes that are not UTF-8 nor a folder of that name is taken for a fault of the program."""
    (spoilt / "words.txt").write_bytes(b"week\n\xff\n")
    done = therapycry("ask", "--handbook", str(spoilt), "rain")
    assert (done.stderr, done.returncode) == ("therapycry: words.txt:1: this is not UTF-8 text; save the file as UTF-8\n", 4)
    (spoilt / "words.txt").unlink()
    (spoilt / "words.txt").mkdir()
    done = therapycry("ask", "--handbook", str(spoilt), "rain")
    assert (done.stderr.partition(" (")[0], done.returncode) == ("therapycry: words.txt:1: the file cannot be read", 4)


def test_a_handbook_from_nowhere_is_told(therapycry: Program, tmp_path: Path) -> None:
    """A folder that is none, by a name that is no text."""
    done = therapycry("list", "--handbook", bytes(tmp_path) + b"/\xff\x1b[31m")
    assert (done.stdout, done.returncode) == ("", 4)
    assert "there is no such folder" in done.stderr
    assert steers(done.stderr.replace("\ufffd", "")) == []


def test_lookups_from_many_threads_agree() -> None:
    """One handbook, asked by several threads from its first lookup on, gives each the answer that one thread gets."""
    from concurrent.futures import ThreadPoolExecutor

    asked = ["is it normal", "my threapist cried", "do clients cry", "weerd qwords", "why does it rain"] * 8
    alone = [lookup(question, handbook.load(handbook.DATA)) for question in asked[:5]]
    for _ in range(3):
        book = handbook.load(handbook.DATA)
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(lookup, asked, [book] * len(asked))) == alone * 8
