"""What is installed: the wheel's files, its metadata, and that every command runs from it alone."""

from __future__ import annotations

import email
import hashlib
import json
import runpy
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from typing import TYPE_CHECKING

import pytest

from conftest import QUESTION, ROOT, SOURCE, Program, build
from therapycry import __version__, compiled, handbook

if TYPE_CHECKING:
    from email.message import Message
    from pathlib import Path

INFO = f"therapycry-{__version__}.dist-info"


def _metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        return email.message_from_bytes(archive.read(f"{INFO}/METADATA"))


def test_the_wheel_holds_just_this(wheel: Path) -> None:
    """Each source and data file, the compiled handbook, the man page, the licences; nothing else, no tests."""
    package = {
        f"therapycry/{path.relative_to(SOURCE / 'therapycry').as_posix()}"
        for path in (SOURCE / "therapycry").rglob("*")
        if path.is_file()
    }
    authored = {name for name in package if "__pycache__" not in name}
    assert {name.rpartition(".")[2] for name in authored} == {"py", "toml", "md", "tsv", "txt", "typed"}
    added = {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE", "licenses/LICENSE-CONTENT"}
    with zipfile.ZipFile(wheel) as archive:
        assert set(archive.namelist()) == {
            *authored,
            "therapycry/handbook.json",
            f"therapycry-{__version__}.data/data/share/man/man1/therapycry.1",
            *(f"{INFO}/{name}" for name in added),
        }


def test_the_metadata(wheel: Path) -> None:
    """Licence, Python, the three dependencies, addresses under the labels that indexes know."""
    fields = _metadata(wheel)
    assert (fields["Name"], fields["Version"]) == ("therapycry", __version__)
    assert fields["License-Expression"] == "MIT AND CC-BY-4.0"
    assert fields.get_all("License-File") == ["LICENSE", "LICENSE-CONTENT"]
    assert fields["Requires-Python"] == ">=3.11"
    assert not [line for line in fields.get_all("Classifier", []) if line.startswith("License")]
    labels = {line.partition(",")[0].lower() for line in fields.get_all("Project-URL", [])}
    assert labels == {"homepage", "source", "documentation", "changelog", "issues"}
    needed = [line for line in fields.get_all("Requires-Dist", []) if "extra ==" not in line]
    assert sorted(line.partition(">")[0].partition("<")[0] for line in needed) == ["rapidfuzz", "rich", "typer"]
    assert fields["Description-Content-Type"] == "text/markdown"


def test_the_same_source_builds_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    """Two builds of the wheel are equal."""
    again = build(tmp_path, "wheel")
    assert hashlib.sha256(again.read_bytes()).hexdigest() == hashlib.sha256(wheel.read_bytes()).hexdigest()


def test_the_compiled_handbook_is_the_authored_one(wheel: Path, tmp_path: Path) -> None:
    """What the wheel reads equals what the authors wrote."""
    with zipfile.ZipFile(wheel) as archive:
        path = archive.extract("therapycry/handbook.json", tmp_path)
    read = compiled.read(path, handbook.DATA)
    written = handbook.load(handbook.DATA)
    assert (read.topics, read.entries, read.sources) == (written.topics, written.entries, written.sources)
    assert json.loads(compiled.dump(read)) == json.loads(compiled.dump(written))


def test_no_compiled_handbook_in_the_source() -> None:
    """A build leaves none behind, where it would hide what is edited."""
    assert not (SOURCE / "therapycry" / "handbook.json").exists()


def test_an_editable_install_reads_what_is_edited() -> None:
    """The build hook compiles nothing into an editable install."""
    hook = object.__new__(runpy.run_path(str(ROOT / "hatch_build.py"))["CompiledHandbook"])
    build_data: dict[str, dict[str, str]] = {"force_include": {}}
    hook.initialize("editable", build_data)
    hook.finalize("editable", build_data, "")
    assert build_data == {"force_include": {}}


def test_the_source_distribution_builds(tmp_path: Path) -> None:
    """The sdist holds what a packager needs: source, tests, man page, licences."""
    with tarfile.open(build(tmp_path, "sdist")) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for needed in (
        "pyproject.toml",
        "hatch_build.py",
        "src/therapycry/data/contents.toml",
        "man/therapycry.1",
        "LICENSE",
        "tests/conftest.py",
    ):
        assert needed in names
    assert not [name for name in names if "__pycache__" in name or name.endswith("handbook.json")]


def test_an_index_would_take_both(wheel: Path, tmp_path: Path) -> None:
    """Wheel and source distribution pass the index's own checks, warnings counted: the README renders, the metadata is whole."""
    check = [sys.executable, "-m", "twine", "check", "--strict", str(wheel), str(build(tmp_path, "sdist"))]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("PASSED") == 2


def test_the_source_distribution_is_reproducible(tmp_path: Path) -> None:
    """Two builds of the source distribution are equal."""
    first, second = (build(tmp_path / name, "sdist").read_bytes() for name in ("first", "second"))
    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest()


def test_the_man_page_is_fresh() -> None:
    """man/therapycry.1 is what the table makes; `python man/generate.py` writes it again."""
    code = "import runpy, sys; sys.stdout.write(runpy.run_path('man/generate.py')['page']())"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8")
    assert (ROOT / "man" / "therapycry.1").read_text(encoding="utf-8") == done.stdout


COMMANDS = [
    QUESTION,
    ("list",),
    ("show", "how-often"),
    ("sources",),
    ("sources", "2"),
    ("helplines",),
    ("completions", "bash"),
    ("help",),
    ("--version",),
    (),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_installed_program_runs(installed: Program, words: tuple[str, ...], tmp_path: Path) -> None:
    """Each command runs from the wheel alone, outside the checkout."""
    done = installed(*words, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_it_runs_as_a_module(installed: Program, environment: Path, tmp_path: Path) -> None:
    """`python -m therapycry` is the same program."""
    module = Program((str(environment / "bin" / "python"), "-m", "therapycry"), {})
    assert module(*QUESTION, cwd=tmp_path).stdout == installed(*QUESTION, cwd=tmp_path).stdout


def test_source_and_wheel_answer_alike(installed: Program, therapycry: Program) -> None:
    """The compiled handbook changes no byte of an answer."""
    for words in (QUESTION, (*QUESTION, "--json"), ("sources",)):
        assert installed(*words).stdout == therapycry(*words).stdout


def test_the_version_is_the_packages(wheel: Path, installed: Program) -> None:
    """`--version` and the metadata agree."""
    assert installed("--version").stdout == f"therapycry {_metadata(wheel)['Version']}\n"


def test_development_needs_are_groups() -> None:
    """What only developers need is a dependency group, not an extra."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    assert "dev" in project["dependency-groups"]
    assert "dev" not in project["project"]["optional-dependencies"]
