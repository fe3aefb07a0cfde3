"""Hostile surroundings: closed, full and broken streams, odd encodings, no HOME, Ctrl-C at any moment, odd interpreters."""

from __future__ import annotations

import fcntl
import os
import pty
import shutil
import signal
import subprocess
import sys
import termios
import time
import zipfile
from array import array
from typing import TYPE_CHECKING

import pytest

from conftest import QUESTION, Program
from therapycry import direct, load, lookup, stream
from therapycry.usage import Refusal

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name != "posix", reason="shells and signals of POSIX")

SHOW = ("show", "how-often")
CLOSED = "therapycry: the answer cannot be written: standard output is closed\n"
FULL = "therapycry: the answer cannot be written: No space left on device\n"


def _shell(program: Program, line: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which `$T` is the program."""
    around = program.environ({"T": " ".join(program.command), **(env or {})})
    return subprocess.run(["/bin/bash", "-c", line], env=around, capture_output=True, text=True, timeout=30, check=False)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "ascii:strict", "utf-16"])
def test_output_of_any_encoding(therapycry: Program, encoding: str) -> None:
    """What the output cannot show is replaced by what it can; nothing fails, in any view."""
    for words in (("--color", "always", "sources"), ("sources", "--plain"), SHOW):
        done = therapycry(*words, env={"PYTHONIOENCODING": encoding})
        assert (done.returncode, done.stderr.replace("\0", "").replace("\ufffd", "")) == (0, "")
        assert done.stdout


def test_the_c_locale(therapycry: Program) -> None:
    """In the C locale, without Python's own rescue, the words are all there."""
    env = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = therapycry(*SHOW, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.isascii()
    assert len(done.stdout.split()) == len(therapycry(*SHOW).stdout.split())


def test_nothing_in_the_environment(therapycry: Program) -> None:
    """Without HOME, TERM or any variable the answer is the same."""
    command = [*therapycry.command, *SHOW]
    done = subprocess.run(command, env={"PYTHONPATH": therapycry.around["PYTHONPATH"]}, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == therapycry(*SHOW).stdout


@pytest.mark.parametrize("width", ["1", "2", "19", "20", "88", "500", "501", "99999999999999999999", "-1", "0", "wide", ""])
def test_any_width(therapycry: Program, width: str) -> None:
    """COLUMNS of any kind: 20 at the narrowest, and prose never wider than 88."""
    done = therapycry(*SHOW, env={"COLUMNS": width})
    widest = max(map(len, done.stdout.splitlines()))
    assert done.returncode == 0
    assert widest <= {"1": 20, "2": 20, "19": 20, "20": 20}.get(width, 88)


def test_a_terminal_without_a_size(therapycry: Program) -> None:
    """A terminal of no columns counts as 80, and as too tall for no page."""
    shown = therapycry.on_terminal(*SHOW, size=(0, 0), env={"PAGER": "sed 's/^/paged/'"})
    assert shown.status == 0
    assert "paged" not in shown.text


def test_a_closed_output(therapycry: Program) -> None:
    """Closed standard output: one line, 1."""
    done = _shell(therapycry, "$T show 1 >&-")
    assert (done.stdout, done.stderr, done.returncode) == ("", CLOSED, 1)


def test_closed_input_and_messages(therapycry: Program) -> None:
    """Closed standard input is an empty question; closed standard error changes no status and no answer."""
    assert _shell(therapycry, "$T ask <&-").stderr.startswith("therapycry: the question is empty")
    assert _shell(therapycry, "$T ask <&-").returncode == 2
    assert _shell(therapycry, "$T show 1 <&- 2>&-").stdout == therapycry("show", "1").stdout
    assert _shell(therapycry, "$T lits 2>&-").returncode == 2
    assert _shell(therapycry, "$T lits <&- >&- 2>&-").returncode == 2
    assert _shell(therapycry, "$T show 1 <&- >&- 2>&-").returncode == 1


@pytest.mark.parametrize("words", ["ask is it normal", "show 1 --json", "--color always list", "--help", "completions zsh"])
def test_a_full_disk(therapycry: Program, words: str) -> None:
    """A full disk: one line that says so, 1, in every command."""
    done = _shell(therapycry, f"$T {words} >/dev/full")
    assert (done.stderr, done.returncode) == (FULL, 1)


def test_a_full_disk_for_messages(therapycry: Program) -> None:
    """Where even the message cannot be written, the status still tells."""
    assert _shell(therapycry, "$T lits 2>/dev/full").returncode == 2


def test_a_closed_pipe(therapycry: Program) -> None:
    """A reader who has seen enough ends the program silently, and that is no failure."""
    for words in ("list", "sources --json", "completions fish", "--color always sources"):
        done = _shell(therapycry, f"set -o pipefail; $T {words} | (exec <&-; true); exec 3>&1; $T {words} | head -c 1 >/dev/null")
        assert (done.stderr, done.returncode) == ("", 0)


def test_a_question_that_is_no_text(therapycry: Program) -> None:
    """Bytes that no locale reads, NUL and controls are words like any other, and reach no terminal."""
    done = therapycry("ask", "--why", b"cry \xff\xfe \x1b[31m\x07 therapist")
    assert done.returncode in (0, 1, 3)
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    piped = therapycry("ask", "--why", "-", given=b"how often do\x00 therapists \x1b]0;cry\x07\xff\xfe")
    assert piped.returncode in (0, 1, 3)
    assert not set(piped.stdout) & {"\x1b", "\x07", "\x00"}


def test_an_argument_in_utf_8_under_the_c_locale(therapycry: Program) -> None:
    """The question is read as UTF-8 even where the locale knows only ASCII."""
    env = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    asked = "why do therapists cry \U0001f622 caf\u00e9"
    done = therapycry("ask", "--json", asked, env=env)
    assert f'"asked": {__import__("json").dumps(asked)}' in done.stdout


def test_ten_megabytes(therapycry: Program) -> None:
    """A question of 10 MB, of one line or of 100,000, is answered or refused, not choked on."""
    for given in (
        b"why do therapists cry " * 480_000,
        b"my therapist cried in our session and I do not know why it was so\n" * 100_000,
    ):
        done = therapycry("ask", "-", given=given)
        assert done.returncode in (0, 1, 3)
        assert done.stderr == ""


def test_input_without_end(therapycry: Program) -> None:
    """Of an endless input only the beginning is read."""
    done = _shell(therapycry, "yes why do therapists cry | $T ask - >/dev/null")
    assert done.returncode in (0, 1, 3)
    assert done.stderr == ""


def test_a_folder_that_is_gone(therapycry: Program, tmp_path: Path) -> None:
    """In a working directory that was removed, or may not be written, the answer is the same."""
    gone = tmp_path / "gone"
    done = _shell(therapycry, f"mkdir {gone}; cd {gone}; rmdir {gone}; $T show 1")
    assert (done.stdout, done.returncode) == (therapycry("show", "1").stdout, 0)


@pytest.mark.parametrize(
    "flags", [("-O",), ("-OO",), ("-I",), ("-W", "error"), ("-X", "dev"), ("-B",), ("-bb",), ("-u",), ("-S",)], ids=" ".join
)
def test_flags_of_the_interpreter(environment: Path, flags: tuple[str, ...]) -> None:
    """Each way to start Python gives the same bytes."""
    python = str(environment / "bin" / "python")
    (site,) = environment.glob("lib/python*/site-packages")
    env = {"PYTHONPATH": str(site)} if "-S" in flags else {}
    plain, flagged = (Program((python, *some, "-m", "therapycry"), {})(*QUESTION, env=env) for some in ((), flags))
    assert (flagged.stdout, flagged.stderr, flagged.returncode) == (plain.stdout, "", plain.returncode)


def test_a_path_with_spaces_and_letters_of_any_kind(environment: Path, tmp_path: Path) -> None:
    """Installed under a path with spaces, quotes and non-ASCII letters it runs, with and without a locale."""
    (site,) = environment.glob("lib/python*/site-packages")
    place = tmp_path / "Größe 'n spaces \U0001f622"
    shutil.copytree(site / "therapycry", place / "therapycry")
    program = Program((str(environment / "bin" / "python"), "-m", "therapycry"), {"PYTHONPATH": str(place)})
    assert program(*SHOW).stdout.startswith("How often do therapists cry in session?")
    done = program(*SHOW, env={"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"})
    assert (done.returncode, done.stderr) == (0, "")


def test_an_install_that_cannot_be_written(environment: Path, tmp_path: Path) -> None:
    """Without compiled modules, and no leave to write them, the first run answers as every other."""
    (site,) = environment.glob("lib/python*/site-packages")
    shutil.copytree(site / "therapycry", tmp_path / "therapycry", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in (tmp_path / "therapycry", tmp_path):
        folder.chmod(0o555)
    program = Program(
        (str(environment / "bin" / "python"), "-m", "therapycry"), {"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    )
    assert program(*SHOW).stdout.startswith("How often do therapists cry in session?")
    tmp_path.chmod(0o755)
    (tmp_path / "therapycry").chmod(0o755)
    assert not list(tmp_path.rglob("*.pyc"))


def test_an_install_with_a_damaged_handbook(environment: Path, tmp_path: Path) -> None:
    """A compiled handbook that was cut short ends with 4 and says what to do."""
    (site,) = environment.glob("lib/python*/site-packages")
    shutil.copytree(site / "therapycry", tmp_path / "therapycry")
    compiled = tmp_path / "therapycry" / "handbook.json"
    compiled.write_bytes(compiled.read_bytes()[:1000])
    done = Program((str(environment / "bin" / "python"), "-m", "therapycry"), {"PYTHONPATH": str(tmp_path)})("list")
    assert (done.stdout, done.returncode) == ("", 4)
    assert done.stderr.endswith("the compiled handbook is damaged (JSONDecodeError); install therapycry again\n")


def test_a_zip(environment: Path, tmp_path: Path) -> None:
    """Run from a zip, nothing unpacked, every command answers as installed."""
    (site,) = environment.glob("lib/python*/site-packages")
    archive = tmp_path / "therapycry.pyz"
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted(site.rglob("*")):
            if path.suffix not in (".so", ".pyc") and path.is_file():
                file.write(path, path.relative_to(site))
        file.writestr("__main__.py", "import sys\nfrom therapycry.__main__ import main\nsys.exit(main())\n")
    zipped = Program((str(environment / "bin" / "python"), "-I", "-S", str(archive)), {})
    installed = Program((str(environment / "bin" / "therapycry"),), {})
    for words in (QUESTION, ("list",), ("--color", "always", "show", "1"), ("help",)):
        assert zipped(*words).stdout == installed(*words).stdout


_INTERRUPTED = """
import os, signal, sys
left = int(sys.argv.pop(1))
def count(event, details):
    global left
    if event == "import" or event == "open":
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGINT)
sys.argv[0] = "therapycry"
import therapycry.__main__ as program
sys.addaudithook(count)
program.main()
"""


@pytest.mark.parametrize("moment", [2, 3, 4, 5, 8, 12, 20, 30, 45])
def test_control_c_at_any_moment(environment: Path, moment: int) -> None:
    """Ctrl-C at the nth import or file: 130, and not a word."""
    program = Program((str(environment / "bin" / "python"), "-c", _INTERRUPTED, str(moment)), {})
    done = program(*QUESTION)
    assert (done.returncode, done.stderr) == (130, "")


def _given_and_taken(process: subprocess.Popen[bytes], text: bytes) -> None:
    """Give it the text, and wait until it has taken all of it out of the pipe: then it waits for more."""
    assert process.stdin
    process.stdin.write(text)
    process.stdin.flush()
    waiting, deadline = array("i", [1]), time.monotonic() + 20
    while waiting[0] and time.monotonic() < deadline:
        fcntl.ioctl(process.stdin, termios.FIONREAD, waiting)
        time.sleep(0.02)


def test_control_c_while_it_waits(installed: Program) -> None:
    """Ctrl-C while it reads a pipe: 130, and not a word."""
    process = subprocess.Popen(
        [*installed.command, "ask", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=installed.environ(),
    )
    _given_and_taken(process, b"is it ")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=10)
    assert (out, err, process.returncode) == (b"", b"", 130)


def test_a_prompt_stays_out_of_the_answer(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the answers go into a file and the questions come from a terminal, the prompt is a message, not part of an answer."""
    master, slave = pty.openpty()
    os.write(master, b"zxqv\n\x04")
    with open(slave, encoding="utf-8") as typed:
        monkeypatch.setattr(sys, "stdin", typed)
        assert direct.run(["ask", "--plain"]) == 0
    os.close(master)
    out, err = capsys.readouterr()
    assert out.startswith("The handbook has no answer")
    assert "Your question" not in out
    assert err.count("Your question: ") == 2


def test_a_system_without_posix_has_no_pager(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where no pager can be started, as on Windows, everything is written at once."""
    monkeypatch.delattr(os, "posix_spawnp")
    stream.write("one\ntwo\n", height=1)
    assert capsys.readouterr().out == "one\ntwo\n"


def test_a_profiler_gets_its_turn(environment: Path) -> None:
    """Leaving at once is skipped where something waits for the end: a profiler prints its table."""
    done = Program((str(environment / "bin" / "python"), "-m", "cProfile", "-m", "therapycry", "--version"), {})()
    assert "function calls" in done.stdout


@pytest.mark.skipif(not hasattr(sys, "monitoring"), reason="tools watch by sys.monitoring since Python 3.12")
def test_a_tool_that_monitors_gets_its_turn(environment: Path) -> None:
    """A profiler of a newer Python is not seen by `sys.getprofile`."""
    watched = "import sys; sys.monitoring.use_tool_id(3, 'x'); sys.argv[1:] = ['--version']; from therapycry.__main__ import main"
    done = Program((str(environment / "bin" / "python"), "-c", f"{watched}; main(); print('told')"), {})()
    assert done.stdout.endswith("told\n")


def test_output_of_a_caller_with_no_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard output may be any object with `write`; one that is closed is refused in words."""
    import io

    held = io.StringIO()
    monkeypatch.setattr(sys, "stdout", held)
    stream.write("caf\u00e9\n")
    assert held.getvalue() == "caf\u00e9\n"
    held.close()
    with pytest.raises(Refusal, match="standard output is closed"):
        stream.write("more\n")


def test_lone_surrogates() -> None:
    """Halves of characters in a question are read as characters that are none."""
    assert stream.typed(("caf\udcc3\udca9",)) == "caf\u00e9"
    for words in (("caf\udcc3\udca9", "\ud800x"), ("\ud83d cry",)):
        assert stream.typed(words).encode()
        assert lookup(stream.typed(words), load()).confidence in ("sure", "unsure", "none")
