"""What each command shows, and how it ends."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from therapycry import direct, load, lookup, usage

if TYPE_CHECKING:
    from pathlib import Path

HANDBOOK = load()


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "NO_COLOR",
        "FORCE_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "COLUMNS",
        "ACCESSIBLE",
        "THERAPYCRY_COLOR",
        "THERAPYCRY_REGION",
    ):
        monkeypatch.delenv(name, raising=False)


class Result:
    """What a call wrote, and its exit status."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *words: str) -> None:
        self.status = direct.run(words)
        self.out, self.err = capsys.readouterr()


def test_the_first_question_of_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    """`ask is it normal` answers whether it is common for therapists to cry, and offers the client's side."""
    result = Result(capsys, "ask", "is it normal")
    assert result.status == 0
    assert result.out.startswith("Is it common for therapists to cry?\n")
    assert "clients-crying" in result.out
    assert result.err == ""


def test_words_are_joined(capsys: pytest.CaptureFixture[str]) -> None:
    """Quotes make no difference."""
    quoted = Result(capsys, "ask", "how often do therapists cry")
    unquoted = Result(capsys, "ask", "how", "often", "do", "therapists", "cry")
    assert quoted.out == unquoted.out
    assert "How often do therapists cry in session?" in quoted.out


def test_nothing_found(capsys: pytest.CaptureFixture[str]) -> None:
    """A question that nothing fits says so, says how to see all, and ends with 1."""
    result = Result(capsys, "ask", "zxqv")
    assert result.status == 1
    assert "no answer" in result.out
    assert "therapycry list" in result.out


def test_unsure_shows_choices(capsys: pytest.CaptureFixture[str]) -> None:
    """A question with several readings shows up to three numbered questions and ends with 3."""
    asked = ("crying", "crying in therapy", "tears", "therapist crying", "is crying ok", "my therapist", "therapy and tears")
    unclear = next(words for words in asked if lookup(words, HANDBOOK).confidence == "unsure")
    result = Result(capsys, "ask", unclear)
    assert result.status == 3
    assert "1. " in result.out
    assert "therapycry show " in result.out
    assert "4. " not in result.out


def test_someone_in_danger_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """A crisis is met with help, before anything else, and ends with 0."""
    result = Result(capsys, "ask", "my therapist cried when I told her I want to kill myself")
    assert result.status == 0
    assert "kill myself" not in result.out
    assert "emergency" in result.out


@pytest.mark.parametrize("blank", ["", "  ", "\t\n"])
def test_a_blank_question(capsys: pytest.CaptureFixture[str], blank: str) -> None:
    """An empty question is a mistake in the call: one line, nothing on standard output."""
    result = Result(capsys, "ask", blank)
    assert (result.status, result.out) == (2, "")
    assert result.err == "therapycry: the question is empty; put it after the command, for example: therapycry ask is it normal\n"


def test_every_entry_by_name_and_number(capsys: pytest.CaptureFixture[str]) -> None:
    """`show` finds each entry by its slug, in any case, and by its number."""
    for entry in HANDBOOK:
        assert Result(capsys, "show", str(entry.number)).out.startswith(f"{entry.question}\n")
    assert Result(capsys, "show", "HOW-OFTEN").out == Result(capsys, "show", "3").out


def test_an_unknown_entry(capsys: pytest.CaptureFixture[str]) -> None:
    """The nearest slug is named, nothing typed is repeated."""
    result = Result(capsys, "show", "how-oftn")
    assert (result.status, result.out) == (1, "")
    assert result.err == "therapycry: there is no such entry; see them with: therapycry list. Did you mean 'how-often'?\n"
    assert Result(capsys, "show", "99").status == 1


def test_the_list_has_every_entry(capsys: pytest.CaptureFixture[str]) -> None:
    """`list` names each question and its slug."""
    lines = Result(capsys, "list").out.splitlines()
    assert lines == [f"{entry.number}. {entry.question} ({entry.slug})" for entry in HANDBOOK]


def test_the_list_of_a_topic(capsys: pytest.CaptureFixture[str]) -> None:
    """`--topic` takes slug or title; an unknown one names all and the nearest."""
    topic = HANDBOOK.topics[1]
    by_slug = Result(capsys, "list", "--topic", topic.slug)
    assert len(by_slug.out.splitlines()) == len(topic.entries)
    assert Result(capsys, "list", "--topic", topic.title.upper()).out == by_slug.out
    wrong = Result(capsys, "list", "--topic", "you-cri")
    assert (wrong.status, wrong.out) == (1, "")
    assert wrong.err.endswith("Did you mean 'you-cry'?\n")


def test_sources_of_one_entry(capsys: pytest.CaptureFixture[str]) -> None:
    """`sources SLUG` is that entry's bibliography, in the order of its numbers; `sources` alone is all."""
    some = json.loads(Result(capsys, "sources", "how-often", "--json").out)
    assert [source["key"] for source in some] == list(HANDBOOK["how-often"].sources)
    every = json.loads(Result(capsys, "sources", "--json").out)
    assert {source["key"] for source in every} == set(HANDBOOK.sources)


def test_helplines_of_a_region(capsys: pytest.CaptureFixture[str]) -> None:
    """The region asked for comes first; an unknown one still shows the worldwide directory."""
    lines = json.loads(Result(capsys, "helplines", "uk", "--json").out)["helplines"]
    assert lines[0]["region"] == "gb"
    unknown = json.loads(Result(capsys, "helplines", "atlantis", "--json").out)["helplines"]
    assert "world" in {line["region"] for line in unknown}


def test_the_short_help(capsys: pytest.CaptureFixture[str]) -> None:
    """The bare command explains itself in under a screen and is no mistake."""
    result = Result(capsys)
    assert result.status == 0
    assert len(result.out.splitlines()) <= 25
    assert "therapycry ask " in result.out


def test_help_at_every_level(capsys: pytest.CaptureFixture[str]) -> None:
    """`-h`, `--help` and `help COMMAND` say the same, examples first, every option in it."""
    for command in usage.COMMANDS:
        pages = [Result(capsys, *words) for words in ((command.name, "-h"), (command.name, "--help"), ("help", command.name))]
        assert len({page.out for page in pages}) == 1
        assert [page.status for page in pages] == [0, 0, 0]
        text = pages[0].out
        assert text.index("Examples") < text.index("Usage") < text.index("Options")
        assert all(option.name in text for option in command.options)
    assert Result(capsys, "help").out == Result(capsys, "--help").out == Result(capsys, "-h").out


def test_help_lists_exit_statuses(capsys: pytest.CaptureFixture[str]) -> None:
    """Each exit status stands in the help with its meaning."""
    text = Result(capsys, "--help").out
    assert "Exit statuses" in text
    for status in usage.STATUSES:
        assert f"\n  {status} " in text


def test_help_fits_a_narrow_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """No help page is wider than 40 columns where there are no more, addresses aside."""
    monkeypatch.setenv("COLUMNS", "40")
    for words in ((), ("--help",), *(("help", name) for name in usage.NAMES)):
        lines = Result(capsys, *words).out.splitlines()
        assert all(len(line) <= 40 or "https://" in line for line in lines), words


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    """`--version` gives name and version."""
    from therapycry import __version__

    result = Result(capsys, "--version")
    assert (result.out, result.status) == (f"therapycry {__version__}\n", 0)


MISTAKES = {
    (
        "sorces",
    ): "there is no such command; to ask a question: therapycry ask QUESTION; see: therapycry --help. Did you mean 'sources'?",
    ("my therapist cried",): "there is no such command; to ask a question: therapycry ask QUESTION; see: therapycry --help",
    (
        "sou",
    ): "there is no such command; to ask a question: therapycry ask QUESTION; see: therapycry --help. Did you mean 'sources'?",
    ("help", "sorces"): f"there is no such command; the commands are {', '.join(usage.NAMES)}. Did you mean 'sources'?",
    ("--jsn",): "there is no such option; see: therapycry --help",
    ("--plain", "list"): "--plain goes after the command; see: therapycry --help",
    ("ask", "--plan", "x"): "there is no such option; put -- before words that begin with a hyphen. Did you mean '--plain'?",
    ("list", "--markdwon"): "there is no such option; see: therapycry list --help. Did you mean '--markdown'?",
    ("list", "-x"): "there is no such option; see: therapycry list --help",
    ("list", "--color", "blue"): "--color takes auto, always or never",
    ("--color", "blue", "list"): "--color takes auto, always or never",
    ("list", "--color"): "--color takes auto, always or never",
    ("list", "--width"): "--width takes a whole number of columns, 1 or more",
    ("list", "--width", "wide"): "--width takes a whole number of columns, 1 or more",
    ("list", "--width", "0"): "--width takes a whole number of columns, 1 or more",
    ("list", "--width", "-3"): "--width takes a whole number of columns, 1 or more",
    ("list", "--topic"): "--topic takes a value: --topic TOPIC",
    ("list", "--plain=yes"): "--plain takes no value",
    ("list", "all"): "list takes no words, only options; see: therapycry help list",
    ("show",): "show needs the name or the number of an entry; see them with: therapycry list",
    ("show", "1", "2"): "show takes one word; see: therapycry help show",
    ("list", "--json", "--plain"): "choose one of --json, --plain and --markdown",
    ("completions",): "completions needs the name of a shell: bash, zsh, fish, pwsh",
    ("completions", "fsh"): "completions needs the name of a shell: bash, zsh, fish, pwsh. Did you mean 'fish'?",
}


@pytest.mark.parametrize("words", MISTAKES, ids=" ".join)
def test_a_mistake_is_explained_in_one_line(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    """Every mistake ends with 2 and one line on standard error that says what to do."""
    result = Result(capsys, *words)
    assert (result.status, result.out) == (2, "")
    assert result.err == f"therapycry: {MISTAKES[words]}\n"


@pytest.mark.parametrize("command", ["list", "sources", "show", "ask"])
def test_a_faulty_handbook(capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str) -> None:
    """`--handbook` with a folder that is none ends with 4 and says what a handbook is."""
    words = {"show": ("show", "1"), "ask": ("ask", "anything")}.get(command, (command,))
    result = Result(capsys, *words, "--handbook", str(tmp_path))
    assert (result.status, result.out) == (4, "")
    assert result.err.startswith("therapycry: contents.toml:1: the file is missing")
    assert result.err.count("\n") == 1


def test_another_handbook(capsys: pytest.CaptureFixture[str]) -> None:
    """`--handbook` shows the pages of that folder."""
    from conftest import ROOT

    result = Result(capsys, "list", "--handbook", str(ROOT / "tests" / "handbook"))
    assert result.status == 0
    assert "(why-rain)" in result.out


@pytest.mark.parametrize("view", ["--json", "--plain", "--markdown"])
@pytest.mark.parametrize(
    "words", [("ask", "is it normal"), ("list",), ("show", "1"), ("sources", "1"), ("helplines",)], ids=lambda words: words[0]
)
def test_every_command_has_every_view(capsys: pytest.CaptureFixture[str], words: tuple[str, ...], view: str) -> None:
    """Each command writes in each view, and in that view only."""
    result = Result(capsys, *words, view)
    assert result.status == 0
    if view == "--json":
        json.loads(result.out)
    else:
        assert not result.out.startswith(("{", "["))
    assert "\x1b" not in result.out
    assert result.out.endswith("\n")


def test_short_is_shorter(capsys: pytest.CaptureFixture[str]) -> None:
    """`--short` leaves the body out and keeps the sources."""
    whole, short = Result(capsys, "show", "1").out, Result(capsys, "show", "1", "--short").out
    assert len(short) < len(whole)
    assert "Sources" in short
    assert "What studies found" not in short


def test_why_says_what_was_understood(capsys: pytest.CaptureFixture[str]) -> None:
    """`--why` shows the question as understood; without it the question stands nowhere."""
    asked = "is it noraml for my shrink to weep"
    assert asked in Result(capsys, "ask", asked, "--why").out
    assert asked not in Result(capsys, "ask", asked).out


def test_the_width_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    """`--width` bounds each line of a page."""
    for width in (20, 40, 80):
        lines = Result(capsys, "show", "1", "--width", str(width)).out.splitlines()
        assert max(map(len, lines)) <= width
