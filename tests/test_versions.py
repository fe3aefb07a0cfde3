"""The Pythons and the versions of dependencies that the project allows: each gives the same bytes and the same exit statuses."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from conftest import QUESTION, ROOT, Program, with_wheel

PYTHONS = ("3.12", "3.13")
WITH_SLIPS = ("ask", "--why", "is", "it", "noraml", "that", "my", "theerapitss", "cryed")
CALLS = {
    QUESTION: 0,
    (*QUESTION, "--json"): 0,
    WITH_SLIPS: 0,
    ("ask", "crying"): 3,
    ("ask", "how", "do", "I", "descale", "a", "kettle"): 1,
    ("ask", "I", "want", "to", "die"): 0,
    ("ask", ""): 2,
    ("--color", "always", "show", "how-often"): 0,
    ("list",): 0,
    ("sources", "--markdown"): 0,
    ("helplines", "ie"): 0,
    ("help", "ask"): 0,
    ("completions", "zsh"): 0,
    ("lits",): 2,  # Typer's own way
    ("ask", "--widht", "3", "x"): 2,
}


def _python(version: str) -> str | None:
    """An interpreter of that version on this machine: on the path, or where pyenv keeps them."""
    found = shutil.which(f"python{version}")
    if found and subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode == 0:
        return found
    folder = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    return next((str(python) for python in sorted(folder.glob(f"{version}.*/bin/python"))), None)


def _requirements() -> list[str]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return list(tomllib.load(file)["project"]["dependencies"])


def _lowest(requirement: str) -> str:
    """The lowest version that a requirement allows, as a requirement."""
    found = re.match(r"([a-z]+)>=([\d.]+)", requirement)
    assert found, requirement
    return f"{found[1]}=={found[2]}"


def _same(other: Program, installed: Program) -> None:
    """The two programs write the same, to both streams, and end alike."""
    for words, status in CALLS.items():
        here, there = installed(*words), other(*words)
        assert (there.stdout, there.stderr, there.returncode) == (here.stdout, here.stderr, status), words


@pytest.mark.parametrize("version", PYTHONS)
def test_each_python_answers_alike(installed: Program, wheel: Path, tmp_path: Path, version: str) -> None:
    """Every allowed Python that this machine has, without a warning: commands, slips, colours, mistakes."""
    python = _python(version)
    if python is None:
        pytest.skip(f"Python {version} is not on this machine")
    environment = with_wheel(tmp_path / "environment", wheel, python)
    program = Program((str(environment / "bin" / "python"), "-W", "error", "-m", "therapycry"), {})
    told = subprocess.run([program.command[0], "--version"], capture_output=True, text=True, check=True)
    assert told.stdout.startswith(f"Python {version}.")
    _same(program, installed)


@pytest.mark.parametrize("which", ["lowest", "newest"])
def test_dependencies_at_either_end_answer_alike(installed: Program, wheel: Path, tmp_path: Path, which: str) -> None:
    """The lowest versions that pyproject.toml allows, and the newest that can be had."""
    environment = with_wheel(tmp_path / "environment", wheel, sys.executable, bare=True)
    wanted = [_lowest(requirement) if which == "lowest" else requirement for requirement in _requirements()]
    python = str(environment / "bin" / "python")
    install = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--only-binary", ":all:", *wanted]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("no package index can be reached from here")
    _same(Program((python, "-W", "error", "-m", "therapycry"), {}), installed)


def test_nox_takes_the_same_lowest_versions() -> None:
    """noxfile.py names them for the whole suite; they may not drift from pyproject.toml."""
    text = (ROOT / "noxfile.py").read_text(encoding="utf-8")
    for requirement in _requirements():
        name, _, version = _lowest(requirement).partition("==")
        assert re.search(rf'"{name}=={re.escape(version)}(\.0)*"', text), requirement
