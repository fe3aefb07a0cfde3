"""The three standard streams, whatever state they are in: closed, full, broken, not a terminal, of any encoding."""

from __future__ import annotations

import os
import sys

from .render import encodable
from .usage import NOTHING, Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

LONGEST = 16_000_000  # bytes of a question: what comes after them in a pipe is not read
_LESS = ("less", "-FIRX")


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person is at the other end; a closed stream has nobody."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def size() -> tuple[int, int] | None:
    """Columns and lines of the terminal that shows the output, where there is one."""
    try:
        return tuple(os.get_terminal_size(sys.stdout.fileno()))  # type: ignore[return-value]
    except (OSError, ValueError, AttributeError):
        return None


def write(text: str, *, height: int | None = None) -> None:
    """Write an answer to standard output, through the pager where it is taller than `height` lines.

    A reader who closes the pipe has seen enough: no fault. Raises `Refusal` where the output takes nothing, as on a full disk.
    """
    stream: TextIO | None = sys.stdout
    if stream is None:
        message = "the answer cannot be written: standard output is closed"
        raise Refusal(message, NOTHING)
    text = encodable(text, stream.encoding or "utf-8")
    try:
        if height is None or text.count("\n") < height or not _paged(text, stream, os.environ):
            stream.write(text)
            stream.flush()
    except BrokenPipeError:
        _discard(stream)
    except (OSError, ValueError) as error:
        _discard(stream)
        reason = getattr(error, "strerror", None) or "standard output is closed"
        message = f"the answer cannot be written: {reason}"
        raise Refusal(message, NOTHING) from None


def tell(message: str) -> None:
    """One line about what stopped the program, with its name."""
    say(f"therapycry: {message}")


def say(message: str) -> None:
    """One line for the person, to standard error; where that is closed or full nobody can be told."""
    from contextlib import suppress

    from .render.parts import visible

    with suppress(AttributeError, OSError, ValueError):
        sys.stderr.write(f"{visible(' '.join(message.split()))}\n")
        sys.stderr.flush()


def read() -> str:
    """All that standard input has, as text; bytes that are no text are marked as such. A closed one has nothing.

    Line breaks become spaces, since files are often wrapped; blank lines stay.
    """
    try:
        data = sys.stdin.buffer.read(LONGEST)
    except (AttributeError, OSError, ValueError):
        return ""
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    return "\n\n".join(paragraph.replace("\n", " ") for paragraph in text.split("\n\n"))


def typed(words: tuple[str, ...]) -> str:
    """Words of the command line as one text; bytes that the locale could not read are UTF-8 after all, or marked as no text."""
    text = " ".join(words)
    try:
        data = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        data = text.encode("utf-8", "replace")
    return data.decode("utf-8", "replace")


def prompt(words: str) -> str | None:
    """A line that the person types at the prompt, or None at the end of input. Ctrl-C raises `KeyboardInterrupt`."""
    import signal

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # the line editor puts the terminal right on its way out
    try:
        return _line(words)
    except EOFError:
        sys.stderr.write("\n")
        return None
    finally:
        signal.signal(signal.SIGINT, before)


def _line(words: str) -> str:
    """The line, with Python's line editor where a person is about to type."""
    from select import select

    # The editor changes the terminal's mode and would not see a Ctrl-D, or words, that came before it was ready.
    if not is_terminal(sys.stdout) or select([sys.stdin], [], [], 0)[0]:
        prompted = sys.stdout if is_terminal(sys.stdout) else sys.stderr  # the prompt must not stand in the answer
        prompted.write(words)
        prompted.flush()
        line = sys.stdin.buffer.readline()
        if not line:
            raise EOFError
        return line.decode("utf-8", "replace")
    from contextlib import suppress

    with suppress(ImportError):
        import readline  # noqa: F401 (gives `input` its line editor; nothing is saved)
    sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]
    return input(words)


def _paged(text: str, stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Show the text in the reader's pager, or else say that there is none."""
    wish = environ.get("PAGER")
    if wish is None:
        return _run(_LESS, text, stream, environ)
    from shlex import split

    try:
        pager = tuple(split(wish))
    except ValueError:
        return False
    return bool(pager) and pager != ("cat",) and _run(pager, text, stream, environ)


def _run(pager: tuple[str, ...], text: str, stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Start the pager without a shell and wait for it; false where it cannot be started (on Windows nothing is paged)."""
    if not hasattr(os, "posix_spawnp"):
        return False
    import signal

    encoding = stream.encoding or "utf-8"
    around = {**environ, "LESSHISTFILE": "-"}  # less would keep a history of what was searched for
    if encoding.lower() in ("utf-8", "utf8"):
        around.setdefault("LESSCHARSET", "utf-8")
    stream.flush()
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the pager's: it ends a search, not the reading
    try:
        _feed(pager, text.encode(encoding, "replace"), around)
    except (OSError, ValueError):
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    return True


def _feed(pager: tuple[str, ...], data: bytes, environ: Mapping[str, str]) -> None:
    """Run the pager on these bytes. `subprocess` would do the same at the price of half a start-up."""
    from signal import SIGINT, SIGPIPE

    source, sink = os.pipe()
    actions = ((os.POSIX_SPAWN_DUP2, source, 0), (os.POSIX_SPAWN_CLOSE, sink))
    try:
        child = os.posix_spawnp(pager[0], pager, environ, file_actions=actions, setsigdef=(SIGINT, SIGPIPE))
    except OSError:
        os.close(sink)
        raise
    finally:
        os.close(source)
    try:
        with open(sink, "wb") as file:
            file.write(data)
    except BrokenPipeError:
        pass  # the reader left before the end
    os.waitpid(child, 0)


def _discard(stream: TextIO) -> None:
    """Point the stream at nothing, so that Python does not fail again when it closes it."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        pass
