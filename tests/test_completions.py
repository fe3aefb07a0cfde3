"""Completion in real shells: commands, options, slugs with their questions."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT
from therapycry import completions, load, usage

if TYPE_CHECKING:
    from pathlib import Path

HANDBOOK = load()
SLUGS = [entry.slug for entry in HANDBOOK]
CASES: dict[str, list[str]] = {
    "therapycry ": list(usage.NAMES),
    "therapycry s": ["show", "sources"],
    "therapycry show ": SLUGS,
    "therapycry show how-": ["how-often"],
    "therapycry --color always sources first": ["first-session"],
    "therapycry ask --p": ["--plain"],
    "therapycry ask is it --wh": ["--why"],
    "therapycry list --topic you-": ["you-cry"],
    "therapycry list --color a": ["always", "auto"],
    "therapycry completions f": ["fish"],
    "therapycry help l": ["list"],
    "therapycry --v": ["--version"],
}
_BASH = """
source "$1"
COMP_LINE=$2 COMP_TYPE=$3
read -r -a COMP_WORDS <<< "$2"
[[ $2 == *' ' ]] && COMP_WORDS+=("")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_therapycry
printf '%s\\n' "${COMPREPLY[@]}"
"""


def _lines(*command: str) -> list[str]:
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.stderr == ""
    return done.stdout.splitlines()


def _script(shell: str, folder: Path) -> str:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    path = folder / f"completions.{shell}"
    path.write_text(completions.script(shell, HANDBOOK), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("line", CASES)
def test_bash_completes(tmp_path: Path, line: str) -> None:
    """In bash the words that fit are offered."""
    script = _script("bash", tmp_path)
    assert sorted(_lines("bash", "--norc", "-c", _BASH, "bash", script, line, "9")) == sorted(CASES[line])


def test_bash_lists_questions(tmp_path: Path) -> None:
    """When bash lists what fits, each slug stands with its question."""
    shown = _lines("bash", "--norc", "-c", _BASH, "bash", _script("bash", tmp_path), "therapycry show ", "63")
    assert shown == [f"{entry.slug}  {entry.question}" for entry in HANDBOOK]


@pytest.mark.parametrize("line", CASES)
def test_fish_completes(tmp_path: Path, line: str) -> None:
    """In fish the words that fit are offered, each with its meaning."""
    script = _script("fish", tmp_path)
    shown = _lines("fish", "--no-config", "-c", f"source {script}; complete -C '{line}'")
    assert sorted(row.partition("\t")[0] for row in shown) == sorted(CASES[line])
    assert all(row.partition("\t")[2] for row in shown)


def test_zsh_completes(tmp_path: Path) -> None:
    """zsh, on a terminal, completes a beginning and lists each slug with its question."""
    script = _script("zsh", tmp_path)
    start = f"autoload -Uz compinit; compinit -D -u; source {script}; print rea''dy\n"
    listed = [text for entry in HANDBOOK for text in (f"{entry.slug} ", entry.question)]
    shown = _in_zsh((start, ["ready"]), ("therapycry show how-\t", ["how-often"]), ("\x15therapycry show \x04", listed))
    for text in listed:
        assert text in shown


def _in_zsh(*typed: tuple[str, list[str]]) -> str:
    """What zsh shows, with each text typed and waited for until all the texts that follow it are shown, in whatever order."""
    master, slave = pty.openpty()
    around = {"PATH": os.environ["PATH"], "TERM": "xterm", "COLUMNS": "160", "LINES": "60", "LANG": "C.UTF-8"}
    with subprocess.Popen(
        ["/usr/bin/env", "zsh", "-f", "-i"], stdin=slave, stdout=slave, stderr=slave, env=around, start_new_session=True
    ) as shell:
        shown, deadline = "", time.monotonic() + 60
        for text, awaited in typed:
            os.write(master, text.encode())
            seen = len(shown)
            while not all(part in shown[seen:] for part in awaited) and time.monotonic() < deadline:
                if select.select([master], [], [], 0.2)[0]:
                    shown += os.read(master, 65536).decode("utf-8", "replace")
        shell.kill()
    os.close(master)
    os.close(slave)
    return shown


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_valid(tmp_path: Path, shell: str) -> None:
    """The shell itself finds no fault in the script."""
    assert _lines(shell, "-n", _script(shell, tmp_path)) == []


def test_powershell_has_every_word() -> None:
    """The script for PowerShell, which Debian does not have, holds every command, option and slug in quotes."""
    script = completions.script("pwsh", HANDBOOK)
    assert script.count("{") == script.count("}")
    assert script.count("'") % 2 == 0
    for word in (*usage.NAMES, *SLUGS, "--topic", "--why"):
        assert f"'{word}\t" in script


def test_a_quote_in_a_question_is_only_text(tmp_path: Path) -> None:
    """A question with quotes and dollars completes as text in every shell, and runs nothing."""
    question = "Is 'it' $(exit 7) \"so\" `really`: \\?"
    folder = shutil.copytree(ROOT / "tests" / "handbook", tmp_path / "handbook")
    page = folder / "entries" / "why-rain.md"
    page.write_text(
        re.sub("^# .*$", lambda _: f"# {question}", page.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8"
    )
    odd = load(folder)
    for shell in ("bash", "fish"):
        (tmp_path / f"odd.{shell}").write_text(completions.script(shell, odd), encoding="utf-8")
    if shutil.which("bash"):
        shown = _lines("bash", "--norc", "-c", _BASH, "bash", str(tmp_path / "odd.bash"), "therapycry show ", "63")
        assert f"why-rain  {question}" in shown
    if shutil.which("fish"):
        shown = _lines("fish", "--no-config", "-c", f"source {tmp_path}/odd.fish; complete -C 'therapycry show '")
        assert f"why-rain\t{question}" in shown
