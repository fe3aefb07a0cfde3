"""What several tests need: the program as a reader runs it, from the source and from the wheel, piped and on a terminal."""

from __future__ import annotations

import fcntl
import importlib.metadata
import os
import pty
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# A test must not fail because the machine is slow.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
QUESTION = ("ask", "is", "it", "normal", "for", "a", "therapist", "to", "cry")
# What the environment of whoever runs the tests must not decide.
_STEERING = (
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "LINES",
    "PAGER",
    "ACCESSIBLE",
    "TMUX",
    "STY",
    "PYTHONPATH",
)
_LOGIN = "import os, sys; os.login_tty(int(sys.argv[1])); os.execv(sys.argv[2], sys.argv[2:])"
_NEEDED = (
    "typer",
    "rich",
    "rapidfuzz",
    "shellingham",
    "annotated-doc",
    "markdown-it-py",
    "mdurl",
    "pygments",
    "typing-extensions",
    "click",
    "colorama",
)


class Shown(NamedTuple):
    """What a terminal showed, and how the program ended."""

    text: str
    status: int


class Program:
    """The program as a command: `command` and the variables that it needs around it."""

    def __init__(self, command: Sequence[str], around: Mapping[str, str]) -> None:
        self.command = tuple(command)
        self.around = around

    def environ(self, extra: Mapping[str, str | None] | None = None) -> dict[str, str]:
        """A quiet environment: UTF-8, no wishes for colour, a variable that is None taken away."""
        base = {
            name: value
            for name, value in os.environ.items()
            if name not in _STEERING and not name.startswith(("THERAPYCRY_", "LC_", "VTE_"))
        }
        values: dict[str, str | None] = {**base, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **self.around, **(extra or {})}
        return {name: value for name, value in values.items() if value is not None}

    def __call__(
        self, *words: str | bytes, given: bytes = b"", env: Mapping[str, str | None] | None = None, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run it, output and messages caught."""
        done = subprocess.run(
            [*self.command, *words], input=given, env=self.environ(env), cwd=cwd, capture_output=True, timeout=60, check=False
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        )

    def on_terminal(
        self, *words: str, keys: Sequence[bytes] = (), size: tuple[int, int] = (80, 24), env: Mapping[str, str | None] | None = None
    ) -> Shown:
        """Run it on a terminal of that size, type `keys` one at a time as it asks for them, then Ctrl-D."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        around = self.environ({"TERM": "xterm-256color", "PAGER": "", **(env or {})})
        process = subprocess.Popen([sys.executable, "-c", _LOGIN, str(slave), *self.command, *words], env=around, pass_fds=[slave])
        os.close(slave)
        try:
            text = _typed(master, [*keys, b"\x04", b"\x04"])
            return Shown(text, process.wait(timeout=30))
        finally:
            process.kill()
            os.close(master)


def _typed(master: int, keys: list[bytes]) -> str:
    """Everything shown, with each key typed once the program has asked (a colon and a space end a prompt)."""
    shown, answered, deadline = b"", 0, time.monotonic() + 20
    while time.monotonic() < deadline:
        if select.select([master], [], [], 0.1)[0]:
            try:
                shown += os.read(master, 65536)
            except OSError:  # nobody holds the other end any more
                break
        elif shown.endswith((b": ", b": \x1b[K")) and len(shown) > answered and keys:
            answered = len(shown)
            os.write(master, keys.pop(0))
    return shown.decode("utf-8", "replace").replace("\r\n", "\n")


@pytest.fixture(scope="session")
def therapycry() -> Program:
    """The program from the source tree."""
    return Program((sys.executable, "-m", "therapycry"), {"PYTHONPATH": str(SOURCE)})


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from this tree."""
    return build(tmp_path_factory.mktemp("wheel"), "wheel")


def build(folder: Path, target: str) -> Path:
    """The `target` ("wheel" or "sdist") that hatchling builds from this tree."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("therapycry-*")
    return built


@pytest.fixture(scope="session")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new virtual environment with the wheel and, copied from this one without a network, what it depends on."""
    return with_wheel(tmp_path_factory.mktemp("environment"), wheel, sys.executable)


def with_wheel(folder: Path, wheel: Path, interpreter: str, *, bare: bool = False) -> Path:
    """A new virtual environment of that interpreter with the wheel in it, and what it needs unless it is to be `bare`."""
    subprocess.run([interpreter, "-m", "venv", "--without-pip", str(folder)], check=True)
    (site,) = folder.glob("lib/python*/site-packages")
    for name in () if bare else _NEEDED:
        _copy(name, site)
    python = str(folder / "bin" / "python")
    install = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--no-deps", str(wheel)]
    subprocess.run(install, check=True, capture_output=True, env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"})
    return folder


def _copy(name: str, site: Path) -> None:
    try:
        files = importlib.metadata.files(name) or []
    except importlib.metadata.PackageNotFoundError:
        return
    for file in files:
        if ".." not in file.parts:
            target = site / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(str(file.locate()), target)


@pytest.fixture(scope="session")
def installed(environment: Path) -> Program:
    """The program as the wheel installs it."""
    return Program((str(environment / "bin" / "therapycry"),), {})
