"""The command-line checklist, row by row: each test is the row of that number.

Where a row holds in another way than its command says, the docstring gives the reason.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from conftest import QUESTION, ROOT
from therapycry import __version__, usage

if TYPE_CHECKING:
    from conftest import Program

pytestmark = pytest.mark.skipif(os.name != "posix", reason="shells of POSIX")
COLOUR = re.compile(r"\x1b\[(?:[0-9]+;)*(3[0-7]|9[0-7]|38|4[0-7]|48)")


class Shell:
    """Lines of shell with the program as `$T`."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def __call__(self, line: str, **env: str | None) -> subprocess.CompletedProcess[str]:
        """Run a line."""
        around = self.program.environ({"T": " ".join(self.program.command), **env})
        return subprocess.run(["/bin/bash", "-c", line], env=around, capture_output=True, text=True, timeout=30, check=False)

    def on_terminal(self, *words: str, **env: str | None) -> str:
        """What a terminal shows of one call."""
        return self.program.on_terminal(*words, env=env).text


@pytest.fixture(scope="module")
def sh(installed: Program) -> Shell:
    """A shell with the installed program."""
    return Shell(installed)


def test_01_success_is_0(sh: Shell) -> None:
    """An answer ends with 0."""
    assert sh('$T ask "is it normal to cry" >/dev/null; echo $?').stdout == "0\n"


def test_02_usage_errors(sh: Shell) -> None:
    """A usage error is 2, its message on standard error, standard output empty."""
    done = sh("$T asl")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


def test_03_nothing_found(sh: Shell) -> None:
    """Nothing found has a status of its own, 1."""
    assert sh("$T ask zxqv").returncode == usage.NOTHING == 1


def test_04_unsure(sh: Shell) -> None:
    """An unsure match is a third status, 3, and documented (test_cli shows a question that gives it)."""
    assert "3    unsure" in sh("$T --help").stdout


def test_05_exit_codes_are_listed(sh: Shell) -> None:
    """The help lists them."""
    assert sh("$T --help | grep -ic 'exit'").returncode == 0


def test_06_help_on_every_level(sh: Shell) -> None:
    """`--help` and `-h` write to standard output and end with 0."""
    for command in ("", *usage.NAMES):
        for flag in ("-h", "--help"):
            done = sh(f"$T {command} {flag}")
            assert (done.returncode, done.stderr) == (0, "")
            assert "Usage" in done.stdout


def test_07_help_as_a_command(sh: Shell) -> None:
    """`help` and `help COMMAND` work."""
    assert sh("$T help").stdout == sh("$T --help").stdout
    assert sh("$T help ask").stdout == sh("$T ask --help").stdout


def test_08_the_bare_command(sh: Shell) -> None:
    """A short help, under a screen, 0."""
    done = sh("$T")
    assert done.returncode == 0
    assert 0 < done.stdout.count("\n") <= 25


def test_09_examples_lead(sh: Shell) -> None:
    """The help leads with examples and names where documentation and issues are."""
    text = sh("$T --help").stdout
    assert text.index("therapycry ask ") < text.index("Usage")
    assert usage.ISSUES in text
    assert usage.DOCUMENTATION in text


def test_10_version(sh: Shell) -> None:
    """Name and version on standard output."""
    assert sh("$T --version").stdout == f"therapycry {__version__}\n"


def test_11_version_of_the_package(environment: os.PathLike[str], sh: Shell) -> None:
    """`--version` is the installed package's."""
    code = 'import importlib.metadata as m; print(m.version("therapycry"))'
    version = subprocess.run([f"{environment}/bin/python", "-c", code], capture_output=True, text=True, check=True).stdout
    assert sh("$T --version").stdout == f"therapycry {version}"


def test_12_long_forms() -> None:
    """Every option has a long form; `-h` is the only short one."""
    names = [option.name for command in (usage.ROOT, *usage.COMMANDS) for option in command.options]
    assert all(name.startswith("--") for name in names)


def test_13_two_hyphens_end_options(sh: Shell) -> None:
    """What follows `--` is words, not options: no heading of `--why` in the answer."""
    done = sh("$T ask -- --why do they cry")
    assert done.returncode in (0, 1, 3)
    assert "How this was understood" not in done.stdout


def test_14_a_hyphen_reads_standard_input(sh: Shell) -> None:
    """`ask -` reads the question from the pipe."""
    piped = sh("echo 'is it normal for a therapist to cry' | $T ask -")
    assert piped.stdout == sh("$T ask is it normal for a therapist to cry").stdout


@pytest.mark.skipif(not shutil.which("script"), reason="script is not installed")
def test_15_a_terminal_never_hangs(sh: Shell) -> None:
    """`ask -` on a terminal where nobody types ends."""
    assert sh('timeout 5 script -qec "$T ask -" /dev/null </dev/null').returncode != 124


def test_16_no_prompt_without_a_terminal(sh: Shell) -> None:
    """Without a terminal nothing is asked."""
    assert sh("timeout 5 $T ask crying </dev/null").returncode != 124
    assert "Number to read" not in sh("$T ask crying </dev/null").stdout


def test_17_a_blank_question(sh: Shell) -> None:
    """Rejected with 2."""
    assert sh("$T ask '  '").returncode == 2


def test_18_typos_suggest(sh: Shell) -> None:
    """A mistyped command names the nearest."""
    assert "Did you mean 'sources'?" in sh("$T sorces").stderr


def test_19_no_abbreviations(sh: Shell) -> None:
    """The beginning of a command is none."""
    assert sh("$T sou").returncode == 2
    assert sh("$T list --pla").returncode == 2


def test_20_no_escapes_in_a_pipe(sh: Shell) -> None:
    """What is piped holds no escape."""
    for words in ("ask is it normal", "list", "sources", "--help"):
        assert "\x1b" not in sh(f"$T {words}").stdout


def test_21_no_color(sh: Shell) -> None:
    """NO_COLOR takes the colours and leaves bold; empty it says nothing."""
    assert COLOUR.search(sh.on_terminal(*QUESTION))
    assert not COLOUR.search(sh.on_terminal(*QUESTION, NO_COLOR="1"))
    assert COLOUR.search(sh.on_terminal(*QUESTION, NO_COLOR=""))


def test_22_force_color(sh: Shell) -> None:
    """FORCE_COLOR=1 colours a pipe; empty and 0 do not."""
    assert "\x1b" in sh("$T list", FORCE_COLOR="1").stdout
    assert "\x1b" not in sh("$T list", FORCE_COLOR="0").stdout
    assert "\x1b" not in sh("$T list", FORCE_COLOR="").stdout


def test_23_clicolor(sh: Shell) -> None:
    """CLICOLOR_FORCE=1 colours a pipe, CLICOLOR=0 takes colour from a terminal, NO_COLOR wins."""
    assert "\x1b" in sh("$T list", CLICOLOR_FORCE="1").stdout
    assert not COLOUR.search(sh.on_terminal("list", CLICOLOR="0"))
    assert not COLOUR.search(sh("$T list", CLICOLOR_FORCE="1", NO_COLOR="1").stdout)


def test_24_the_option_beats_the_environment(sh: Shell) -> None:
    """`--color`, before the command or after it, beats NO_COLOR."""
    assert COLOUR.search(sh("$T --color always list", NO_COLOR="1").stdout)
    assert COLOUR.search(sh("$T list --color always", NO_COLOR="1").stdout)
    assert "\x1b" not in sh("$T list --color never", FORCE_COLOR="1").stdout


def test_25_a_dumb_terminal(sh: Shell) -> None:
    """TERM=dumb: no escapes, the plain layout."""
    shown = sh.on_terminal("show", "1", TERM="dumb")
    assert "\x1b" not in shown
    assert shown == sh("$T show 1").stdout


def test_26_colour_is_never_alone(sh: Shell) -> None:
    """Without its colours the terminal's page has the same words as the piped one, marks of layout aside."""
    coloured = re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", sh("$T show 1", FORCE_COLOR="1").stdout)
    plain = sh("$T show 1").stdout

    def words(text: str) -> list[str]:
        return [word.rstrip(":") for word in re.sub(r"[\u258e\u2022]|(?<!\S)-(?!\S)", " ", text).split()]

    assert words(coloured) == words(plain)


def test_27_plain_is_linear(sh: Shell) -> None:
    """`--plain` has no boxes and no emoji."""
    assert not re.search("[\u2500-\u257f\U0001f300-\U0001faff]", sh("$T ask --plain is it normal").stdout)


def test_28_one_record_a_line(sh: Shell) -> None:
    """`list --plain` has as many lines as `list --json` records."""
    assert sh("$T list --plain").stdout.count("\n") == len(json.loads(sh("$T list --json").stdout))


def test_29_json_is_whole(sh: Shell) -> None:
    """An answer as JSON has its slug and its sources, and nothing else stands on standard output."""
    record = json.loads(sh("$T ask --json is it normal for a therapist to cry").stdout)
    assert record["slug"]
    assert record["sources"]


def test_30_any_encoding(sh: Shell) -> None:
    """ASCII, latin-1 and cp1252 never crash."""
    for encoding in ("ascii", "latin-1", "cp1252"):
        assert sh("$T ask is it normal", PYTHONIOENCODING=encoding).stderr == ""


def test_31_the_c_locale(sh: Shell) -> None:
    """LC_ALL=C works."""
    assert sh("$T show 1", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0").returncode == 0


def test_32_a_closed_pipe(sh: Shell) -> None:
    """A closed pipe is silent."""
    assert sh("$T list | true; $T sources | head -1 >/dev/null").stderr == ""


def test_33_a_full_disk(sh: Shell) -> None:
    """One line, 1."""
    done = sh("$T ask is it normal >/dev/full")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


def test_34_control_c(sh: Shell) -> None:
    """Ctrl-C early shows no traceback (test_surroundings tries every moment).

    On a busy machine the moment may come before Python has read a line of the program: hence three tries.
    """
    assert any("Traceback" not in sh("timeout -s INT 0.05 $T ask crying").stderr for _ in range(3))


def test_35_the_width(sh: Shell) -> None:
    """COLUMNS is obeyed, and prose is never wider than 88."""
    for width in (20, 40, 80, 200):
        assert max(map(len, sh("$T show 1", COLUMNS=str(width)).stdout.splitlines())) <= min(width, 88)


def test_36_the_pager(sh: Shell) -> None:
    """Only on a terminal, only if it does not fit, $PAGER honoured (test_cli_conversation shows the terminal)."""
    assert sh("$T show 1", PAGER="false").stdout == sh("$T show 1").stdout


def test_37_no_home(sh: Shell, tmp_path: os.PathLike[str]) -> None:
    """HOME may be missing, and no XDG folder is made: there is no configuration to keep."""
    done = sh(f'cd {tmp_path}; env -i PATH="$PATH" XDG_CONFIG_HOME=rel $T show 1 >/dev/null; ls')
    assert (done.stdout, done.stderr) == ("", "")


def test_38_precedence(sh: Shell) -> None:
    """Option before environment before default."""
    assert "\x1b" in sh("$T --color always list", THERAPYCRY_COLOR="never").stdout
    assert "\x1b" not in sh("$T list", THERAPYCRY_COLOR="never", FORCE_COLOR="1").stdout
    assert "\x1b" in sh("$T list", THERAPYCRY_COLOR="always", NO_COLOR="1").stdout


def test_39_writes_nothing_and_40_no_network() -> None:
    """Rows 39 and 40 are test_privacy: an audit hook over every command, and the kernel's own account."""
    text = (ROOT / "tests" / "test_privacy.py").read_text(encoding="utf-8")
    assert "def test_no_network_no_file_no_process" in text
    assert "def test_no_network_no_file_by_the_kernels_account" in text


@pytest.mark.parametrize("shell", usage.SHELLS)
def test_41_completion(sh: Shell, shell: str) -> None:
    """A script for each shell, printed without looking for a shell (test_completions runs them)."""
    done = sh(f"$T completions {shell}", SHELL=None)
    assert done.returncode == 0
    assert "show" in done.stdout


@pytest.mark.skipif(not os.path.exists("/usr/bin/man"), reason="man is not installed")
def test_42_the_man_page(environment: os.PathLike[str]) -> None:
    """Installed with the wheel, and man finds no fault."""
    page = f"{environment}/share/man/man1/therapycry.1"
    command = ["/usr/bin/man", "-l", "--warnings", "-E", "UTF-8", page]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "MANWIDTH": "80"})
    assert done.stderr == ""
    assert "therapycry ask [QUESTION...]" in done.stdout


def test_43_start_up() -> None:
    """Bounded by modules, not by a clock: test_startup; bench/startup.py measures the ratios."""
    from test_startup import MOST_PLAIN, MOST_TERMINAL, NEVER

    assert max(MOST_PLAIN, MOST_TERMINAL) <= 260
    assert {"pydantic", "markdown_it", "pygments", "importlib.metadata"} <= set(NEVER)


def test_44_packaging() -> None:
    """Layout, entry point and metadata: test_packaging; both names are one, so `pipx run` needs no entry point of its own."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'therapycry = "therapycry.__main__:main"' in text
    assert (ROOT / "src" / "therapycry" / "py.typed").exists()
