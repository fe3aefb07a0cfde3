"""The documents are true: what they show is what the program does, what they name is there."""

from __future__ import annotations

import html
import re
import runpy
import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from conftest import ROOT
from therapycry import __version__, authored, direct, handbook, load, lookup, manual, usage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

README = (ROOT / "README.md").read_text(encoding="utf-8")
AUTHORING = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
TEMPLATE = ROOT / "docs" / "entry-template.md"
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*"))
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))
}
SCREENSHOTS: dict[str, Any] = runpy.run_path(str(ROOT / "docs" / "screenshots.py"))
READING = {"ask", "list", "show", "sources", "helplines"}
MARKERS = ("<!-- the first answer -->", "<!-- the tests -->")


def _after(marker: str) -> str:
    """The command in the block below the marker."""
    return README.partition(f"{marker}\n```sh\n")[2].partition("\n```")[0]


def _table(text: str, *header: str) -> list[list[str]]:
    """The cells of the rows below that header."""
    lines = iter(text.splitlines())
    for line in lines:
        if [cell.strip() for cell in line.strip("|").split("|")] == list(header):
            break
    else:
        pytest.fail(f"no table with the header {header}")
    next(lines)
    return [
        [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip("|"))]
        for line in iter(lambda: next(lines, ""), "")
    ]


def _code(page: str) -> Iterator[str]:
    """Every line and phrase that a reader would type: blocks, indented lines, phrases between backticks."""
    blocks = re.findall(r"^ *```(?:sh|console)\n(.*?)^ *```", page, re.DOTALL | re.MULTILINE)
    yield from (line.strip().removeprefix("$ ") for block in blocks for line in block.splitlines())
    yield from (line.strip() for line in re.findall(r"^(?: {4}|\t).*$", page, re.MULTILINE))
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"^ *```.*?^ *```", "", page, flags=re.DOTALL | re.MULTILINE))


def _calls(page: str) -> Iterator[tuple[str, ...]]:
    """The arguments of every call of the program on the page; a pattern such as `[WORDS...]` is none."""
    for line in _code(page.replace("\\|", "|")):
        start = re.search(r"(?:^|\| |bin/|\$\(|--(?:from|spec) \. )therapycry(?= |$)", line)
        if start and not re.search(r"\[|\.\.\.|\|[A-Z]|SHELL", line):
            yield tuple(shlex.split(re.split(r"[|<)]", line[start.end() :])[0], comments=True))


def test_two_commands_stand_on_the_first_screen() -> None:
    """One sets up and answers, one sets up and tests; both within the first 20 lines, from a clone with Python and pip alone."""
    first_screen = "\n".join(README.splitlines()[:20])
    answer, tests = (_after(marker) for marker in MARKERS)
    assert answer in first_screen
    assert tests in first_screen
    assert answer == 'python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/therapycry ask "is it normal"'
    assert tests == 'python3 -m venv .venv && .venv/bin/pip install -e ".[test]" && .venv/bin/python -m pytest'


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_the_checks_run_the_command_of_the_readme() -> None:
    """`.ci/run` takes the command for the tests from the README, word for word."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    extraction = next(line for line in script.splitlines() if line.startswith("tests="))
    done = subprocess.run(["bash", "-c", f'{extraction}; echo "$tests"'], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607
    assert done.stdout == f"{_after(MARKERS[1])}\n"


@pytest.mark.parametrize("name", PAGES)
def test_every_call_on_the_page_is_well_formed(name: str) -> None:
    """Each `therapycry ...` is read by the strict parser, and its words and options go together."""
    for words in _calls(PAGES[name]):
        call = direct.parse(words)
        assert call is not None, words
        usage.check(call)


def test_the_readme_shows_calls_of_every_command() -> None:
    """The test above has something to look at."""
    assert {words[0] for words in _calls(README) if words} >= {*READING, "completions"}


def test_the_table_of_commands() -> None:
    """Every command with its words and what it does, as in the help."""
    rows = _table(README, "command", "what it does")
    assert rows == [[f"`therapycry {manual.heading(command)}`", command.summary] for command in usage.COMMANDS]


def test_the_table_of_options() -> None:
    """Every option with its value, the commands that take it, and what it does, as in the help."""
    groups = {"all": set(usage.NAMES), "all five": READING, "no command": set[str]()}
    described = {}
    for cell, commands, meaning in _table(README, "option", "of", "what it does"):
        described[cell.replace("`", "")] = (groups.get(commands) or set(re.findall(r"`(\w+)`", commands)), meaning)
    expected = {}
    for name, option in {option.name: option for command in (*usage.COMMANDS, usage.ROOT) for option in command.options}.items():
        takers = {command.name for command in usage.COMMANDS if name in {other.name for other in command.options}}
        expected[manual.described(option)[0]] = (takers, option.help)
    assert described.keys() == expected.keys()
    for typed, (takers, meaning) in expected.items():
        assert described[typed][0] == takers, typed
        assert described[typed][1].startswith(meaning), typed


def test_the_table_of_exit_statuses() -> None:
    """Every status with its meaning, as in the help."""
    assert _table(README, "status", "means") == [[str(status), meaning] for status, meaning in usage.STATUSES.items()]


def test_every_variable_is_named() -> None:
    """The README names each environment variable that the help lists."""
    names = {name for names, _ in manual.ENVIRONMENT for name in names.split(", ")}
    assert [name for name in sorted(names) if f"{name}" not in README] == []


def test_the_outputs_in_the_readme_are_true() -> None:
    """Each shown output is what the command writes now; `python docs/screenshots.py` writes them again."""
    assert SCREENSHOTS["refreshed"](README) == README


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("answer", "Is it common for therapists to cry?"),
        ("choices", "I am not sure which of these you mean."),
        ("helplines", "Where to turn"),
    ],
)
def test_the_pictures_are_true(name: str, says: str) -> None:
    """Each picture shows what the command writes now, in words; `python docs/screenshots.py` draws them again."""
    (shot,) = (shot for shot in SCREENSHOTS["SHOTS"] if shot.name == name)
    drawn = (ROOT / "docs" / "images" / f"{name}.svg").read_text(encoding="utf-8")
    assert says in _shown(drawn)
    assert _shown(drawn) == _shown(SCREENSHOTS["picture"](shot))
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)[^<]*[\"')]", drawn), "a picture must not load anything"
    assert re.search(rf"!\[[^\]]{{20,}}\]\(docs/images/{name}\.svg\)", README), "a picture needs words for those who do not see it"


def _shown(svg: str) -> str:
    """The words of a picture, each line on its own."""
    lines: dict[str, str] = {}
    for height, text in re.findall(r'<text [^>]*\by="([^"]+)"[^>]*>([^<]*)</text>', svg):
        lines[height] = lines.get(height, "") + html.unescape(text).replace("\u00a0", " ")
    return "\n".join(" ".join(line.split()) for line in lines.values())


def test_no_picture_is_left_over() -> None:
    """Every picture is one that the script draws."""
    assert {path.name for path in (ROOT / "docs" / "images").iterdir()} == {f"{shot.name}.svg" for shot in SCREENSHOTS["SHOTS"]}


def test_the_example_in_python_works(capsys: pytest.CaptureFixture[str]) -> None:
    """The block runs as it stands, and prints the answer's short form and an entry's question."""
    (example,) = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102 (our own document)
    handbook = load()
    assert capsys.readouterr().out.startswith(handbook["is-it-common"].short)


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str) -> None:
    """A link within the project leads to a file or folder that is there, and to a heading that is in it."""
    folder = (ROOT / name).parent
    for target in re.findall(r"\]\((?!https?://)([^)\s]+)\)", PAGES[name]):
        path, _, anchor = target.partition("#")
        assert (folder / path).exists(), target
        if anchor:
            page = (folder / path if path else ROOT / name).read_text(encoding="utf-8")
            headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}, target


@pytest.mark.parametrize("name", PAGES)
def test_named_files_are_there(name: str) -> None:
    """A path between backticks exists; a star and SLUG stand for any name."""
    for path in re.findall(r"`((?:bench|docs|man|src|tests|\.ci)/[\w./*-]+)`", PAGES[name]):
        assert any(True for _ in ROOT.glob(path.replace("SLUG", "*").rstrip("/"))), path


@pytest.fixture(scope="module")
def with_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped handbook with the template as an entry more, as step by step in docs/authoring.md."""
    folder = tmp_path_factory.mktemp("handbook") / "data"
    shutil.copytree(handbook.DATA, folder)
    (folder / "weights.tsv").unlink()
    contents = folder / "contents.toml"
    contents.write_text(
        contents.read_text(encoding="utf-8").replace('"how-often",', '"how-often", "men-and-women",'), encoding="utf-8"
    )
    shutil.copyfile(TEMPLATE, folder / "entries" / "men-and-women.md")
    return folder


def test_the_template_is_a_complete_entry(with_template: Path) -> None:
    """It loads beside the shipped entries, has every key but the optional one, cites, and keeps the limits that the guide names."""
    entry = load(with_template)["men-and-women"]
    assert entry.number == load()["how-often"].number + 1
    assert len(entry.sources) == 2
    assert len(entry.related) == 3
    assert len(entry.short.split()) <= 60
    assert len(re.sub(r"\[@[^\]]*\]", "", entry.body).split()) <= 430
    assert re.findall(r"^## (.+)$", entry.body, re.MULTILINE) == ["What studies found", "Often claimed", "What you can do"]


def test_the_template_is_found(with_template: Path) -> None:
    """Its phrasings lead to it, and so does a wording that is none of them, sure or among the choices."""
    book = load(with_template)
    for phrasing in book["men-and-women"].phrasings:
        found = lookup(phrasing, book)
        assert found.best is not None
        assert found.best.entry.slug == "men-and-women"
    found = lookup("are male therapists less likely to tear up than women", book)
    assert "men-and-women" in [match.entry.slug for match in found.candidates]


def test_the_guide_names_every_key() -> None:
    """The tables of keys are those that the reader of the files allows, needed or not."""
    heads = [(key, needed) for key, needed, _ in _keys("## The head of an entry")]
    assert heads == [(key, required) for key, (_, required) in authored._ENTRY_FIELDS.items()]
    sources = {key: needed for key, needed, _ in _keys("## A source")}
    assert sources == {key: required for key, (_, required) in authored._SOURCE_FIELDS.items()}


def test_the_guide_names_every_value() -> None:
    """Kinds, grades and footers are those that are allowed."""
    values = {
        key: re.findall(r"`([\w ]+)`", value)
        for part in ("## The head of an entry", "## A source")
        for key, _, value in _keys(part)
    }
    assert values["kind"] == list(authored.KINDS)
    assert values["footer"] == list(authored.FOOTERS)
    assert [grade.strip("`") for grade, _ in _table(AUTHORING, "grade", "for")] == list(authored.GRADES)


def _keys(part: str) -> Iterator[tuple[str, bool, str]]:
    """Each key of the part's table, whether it is needed, and its value."""
    for keys, needed, value in _table(AUTHORING.partition(part)[2], "key", "needed", "value"):
        yield from ((key, needed == "yes", value) for key in re.findall(r"`(\w+)`", keys))


def test_the_guide_has_six_steps() -> None:
    """An entry is added in six steps, numbered."""
    steps = AUTHORING.partition("## An entry in six steps")[2].partition("\n## ")[0]
    assert re.findall(r"^(\d)\. ", steps, re.MULTILINE) == list("123456")


def test_decisions_are_numbered() -> None:
    """Records are numbered from 0001 without a gap, each number in its title."""
    numbers = [path.name[:4] for path in DECISIONS]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    for path in DECISIONS:
        assert re.fullmatch(r"\d{4}(-[a-z0-9]+)+\.md", path.name), path.name
        assert re.match(rf"# {path.name[:4]}[.:]? ", path.read_text(encoding="utf-8")), path.name


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.name)
def test_a_decision_fits_a_screen(path: Path) -> None:
    """Context, decision and consequences, in this order, on one screen."""
    text = path.read_text(encoding="utf-8")
    parts = [part for part in re.findall(r"^## (\w+)", text, re.MULTILINE) if part in ("Context", "Decision", "Consequences")]
    assert parts == ["Context", "Decision", "Consequences"]
    assert text.count("\n") <= 50


def test_the_changelog() -> None:
    """Versions newest first with their day, the latest that of the program, changes under the usual headings."""
    changelog = PAGES["CHANGELOG.md"]
    versions = re.findall(r"^## \[(\d+)\.(\d+)\.(\d+)\] - (?:\d{4}-\d\d-\d\d|unreleased)$", changelog, re.MULTILINE)
    assert len(versions) == len(re.findall(r"^## ", changelog, re.MULTILINE))
    assert ".".join(versions[0]) == __version__
    numbers = [tuple(map(int, version)) for version in versions]
    assert numbers == sorted(numbers, reverse=True)
    assert set(re.findall(r"^### (.+)$", changelog, re.MULTILINE)) <= {
        "Added",
        "Changed",
        "Content",
        "Deprecated",
        "Removed",
        "Fixed",
        "Security",
    }


def test_the_citation_names_this_version() -> None:
    """Who cites the handbook cites what they have."""
    assert f"(version {__version__})" in README


def test_no_file_names_a_machine() -> None:
    """No path of somebody's own computer stands in the sources, the tests or the documents."""
    own = re.compile(r"(?<![\w.*])/(?:work|root|home|Users)/\w")
    files = (path for path in ROOT.rglob("*") if path.suffix in (".py", ".md", ".toml", ".svg", ".1", ".json", ".jsonl", ".txt"))
    shipped = [
        path
        for path in files
        if not any(part.startswith(".") or part in ("dist", "build", "venv") for part in path.relative_to(ROOT).parts)
    ]
    assert len(shipped) > 100
    assert [path.name for path in shipped if own.search(path.read_text(encoding="utf-8"))] == []
