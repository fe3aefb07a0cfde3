"""Nothing that is typed leaves the machine, is kept, or stands in a message."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from conftest import QUESTION, Program
from therapycry import __main__, commands, direct, fault

if TYPE_CHECKING:
    from pathlib import Path

CALLS = {
    "ask": QUESTION,
    "ask --json": (*QUESTION, "--json"),
    "ask --why": ("ask", "--why", "is", "it", "noraml"),
    "ask, coloured": ("--color", "always", *QUESTION),
    "ask, a crisis": ("ask", "I", "want", "to", "die"),
    "list": ("list",),
    "show": ("show", "2"),
    "sources": ("sources",),
    "helplines": ("helplines",),
    "completions": ("completions", "zsh"),
    "help": ("help",),
    "--version": ("--version",),
    "a mistake": ("ask", "--nothing-like-it"),
}
SECRET = "xyzzy-my-own-words"  # noqa: S105 (no password: words that must not be repeated)
# Reports everything that could leave a trace: the audit hook sees what Python does, whoever asks for it.
_WATCH = """
import os, sys
def watch(event, details):
    if event == "open":
        path, mode, flags = details
        wrote = (isinstance(mode, str) and set(mode) & set("wax+")) or (flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if wrote and path != os.devnull and not isinstance(path, int):  # a number is a pipe that is open already
            seen.append(f"{event} {path}")
    elif event.startswith(("socket.", "subprocess.", "os.", "shutil.", "http.", "urllib.", "ftplib.", "smtplib.", "webbrowser.")):
        if event not in ("os.listdir", "os.scandir", "os.putenv", "os.unsetenv"):
            seen.append(event)
seen = []
sys.dont_write_bytecode = True
sys.addaudithook(watch)
import atexit
atexit.register(lambda: sys.stderr.write("".join(f"seen {line}\\n" for line in seen)))
from therapycry.__main__ import main
sys.exit(main())
"""


@pytest.mark.parametrize("name", CALLS)
def test_no_network_no_file_no_process(environment: Path, name: str) -> None:
    """No command opens a socket, opens a file for writing, or starts a process."""
    watched = Program((str(environment / "bin" / "python"), "-c", _WATCH), {})
    done = watched(*CALLS[name])
    assert done.stdout or name == "a mistake"
    assert [line for line in done.stderr.splitlines() if line.startswith("seen")] == []


def test_the_pager_is_the_only_process(environment: Path) -> None:
    """On a terminal a tall page starts the pager, and nothing else happens."""
    watched = Program((str(environment / "bin" / "python"), "-c", _WATCH), {})
    shown = watched.on_terminal("show", "1", env={"PAGER": "cat -u"})
    assert [line for line in shown.text.splitlines() if line.startswith("seen")] == ["seen os.posix_spawn"]


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
@pytest.mark.parametrize("name", ["ask", "ask --json", "sources"])
def test_no_network_no_file_by_the_kernels_account(environment: Path, tmp_path: Path, name: str) -> None:
    """The kernel saw no socket, nothing created, removed or opened for writing, no other program."""
    log = tmp_path / "calls"
    command = (
        "strace",
        "-f",
        "-qq",
        "-e",
        "trace=%network,%file,%process",
        "-o",
        str(log),
        str(environment / "bin" / "therapycry"),
    )
    done = Program(command, {"PYTHONDONTWRITEBYTECODE": "1"})(*CALLS[name])
    if "ptrace" in done.stderr:
        pytest.skip("this machine does not allow strace")
    assert done.stdout
    calls = log.read_text(encoding="utf-8", errors="replace").splitlines()
    bad = ("socket(", "connect(", "mkdir", "rename", "unlink", "O_WRONLY", "O_RDWR", "O_CREAT", "fork(", "clone(")
    assert calls
    assert [call for call in calls if any(sign in call for sign in bad) and "/dev/" not in call] == []
    assert sum("execve(" in call and "= 0" in call for call in calls) <= 2  # the interpreter, and its script


@pytest.mark.skipif(not shutil.which("unshare"), reason="unshare is not installed")
def test_it_works_without_any_network(installed: Program) -> None:
    """In a network namespace that has not even loopback the answer is the same."""
    apart = ("unshare", "-rn")
    if subprocess.run([*apart, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine does not allow namespaces")
    assert Program((*apart, *installed.command), {})(*QUESTION).stdout == installed(*QUESTION).stdout


MISTAKES = [
    (SECRET,),
    (SECRET, "--json"),
    (f"--{SECRET}",),
    ("ask", f"--{SECRET}"),
    ("ask", "--width", SECRET, "x"),
    ("ask", "--color", SECRET, "x"),
    ("ask", f"--plain={SECRET}", "x"),
    ("ask", f"-{SECRET}"),
    ("show", SECRET),
    ("show", SECRET, SECRET),
    ("sources", SECRET),
    ("list", SECRET),
    ("list", "--topic", SECRET),
    ("help", SECRET),
    ("completions", SECRET),
    ("ask", SECRET, "--json", "--plain"),
]


@pytest.mark.parametrize("words", MISTAKES, ids=" ".join)
def test_no_message_repeats_what_was_typed(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    """Whatever is wrong with a call, the message holds none of its words."""
    assert direct.run(words) in (1, 2)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("therapycry: ")
    assert err.count("\n") == 1
    assert SECRET not in err


def test_a_fault_of_ours_hides_the_question(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash is one line: kind, place, how to report it; the exception's own words, which may be the question, are not shown."""

    def broken(*_: object) -> int:
        raise ValueError(SECRET)

    monkeypatch.setattr(commands, "_answered", broken)
    assert __main__._run(["ask", SECRET]) == 70
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("therapycry: a fault of the program itself (ValueError in commands.py, line ")
    assert "https://github.com/therapycry/therapycry/issues" in err
    assert err.count("\n") == 1
    assert SECRET not in err


def test_a_missing_package_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """Where an install is not whole, the message names the package."""
    assert fault.told(ModuleNotFoundError("No module named 'rich'", name="rich.style")) == 70
    assert capsys.readouterr().err == "therapycry: the package rich is missing; install therapycry again\n"


def test_a_traceback_never_shows(environment: Path, tmp_path: Path) -> None:
    """Even a broken module of ours ends in one line."""
    (site,) = environment.glob("lib/python*/site-packages")
    shutil.copytree(site / "therapycry", tmp_path / "therapycry")
    (tmp_path / "therapycry" / "commands.py").write_text("1 / 0\n", encoding="utf-8")
    broken = Program((str(environment / "bin" / "python"), "-m", "therapycry"), {"PYTHONPATH": str(tmp_path)})
    done = broken("ask", SECRET)
    assert done.returncode == 70
    assert done.stderr.startswith("therapycry: a fault of the program itself (ZeroDivisionError in commands.py, line 1)")
    assert done.stderr.count("\n") == 1
