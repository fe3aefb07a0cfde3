"""What each command does: look up, have it rendered, write it, say how it went. Parses nothing and words nothing."""

from __future__ import annotations

import os
import sys

from . import render, stream
from .usage import ANSWERED, FAULTY, MISUSED, NOTHING, UNSURE, Call, Refusal, check, did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .model import Entry, Handbook, Lookup
    from .render import Display

_BLANK = "the question is empty; put it after the command, for example: therapycry ask is it normal"
_HINT = "Ask in your own words. An empty line ends this."
_ASK = "Your question: "
_CHOOSE = "Number to read (Enter for none): "
_NO_SUCH_NUMBER = "that is none of the numbers above; to read one of these questions, type the command below it"
_CHOOSE_OR_ASK = "Number to read, or a question: "


def run(call: Call) -> int:
    """Carry out the call; returns the exit status. Whatever stops it is told in one line."""
    from .model import HandbookError

    try:
        return _run(check(call))
    except Refusal as refusal:
        stream.tell(str(refusal))
        return refusal.status
    except HandbookError as error:
        stream.tell(str(error))
        return FAULTY


def _run(call: Call) -> int:
    display = _display(call)
    if call.help or call.version or not call.command or call.command == "help":
        return _write(_manual(call, display), call, display)
    return _DOES[call.command](call, display)


def _display(call: Call) -> Display:
    view = "json" if call.json else "plain" if call.plain else "markdown" if call.markdown else None
    wishes = render.Wishes(view=view, color=call.color or "auto", width=call.width, short=call.short)  # type: ignore[arg-type]
    terminal = stream.is_terminal(sys.stdout)
    return render.decide(wishes, os.environ, terminal=terminal, size=stream.size() if terminal else None)


def _manual(call: Call, display: Display) -> str:
    from . import manual

    if call.version:
        return manual.version()
    if call.command == "help" and call.words:
        return manual.command(call.words[0], display)
    if call.command and not (call.command == "help" and not call.help):
        return manual.command(call.command, display)
    return manual.whole(display) if call.help or call.command else manual.brief(display)


def _write(text: str, call: Call, display: Display) -> int:
    stream.write(text, height=None if call.no_pager else display.height)
    return ANSWERED


def _handbook(call: Call) -> Handbook:
    from .handbook import load

    return load(call.handbook)


def _ask(call: Call, display: Display) -> int:
    asked = stream.typed(call.words)
    if call.words and call.words != ("-",):
        return _answered(asked, call, display)
    if stream.is_terminal(sys.stdin):
        return _conversation(call, display)
    return _answered(stream.read(), call, display)


def _answered(asked: str, call: Call, display: Display) -> int:
    """Answer one question; where several may be meant and a person is there, let them choose."""
    handbook = _handbook(call)
    found = _answer(asked, handbook, call, display)
    if _status(found) == UNSURE and _can_choose(display):
        line = stream.prompt(_CHOOSE)
        entry = _chosen(line, found)
        if entry:
            return _write(render.page(entry, handbook, display), call, display)
        if line and line.strip():
            stream.tell(_NO_SUCH_NUMBER)
    return _status(found)


def _conversation(call: Call, display: Display) -> int:
    """Answer question after question until an empty line or Ctrl-D."""
    handbook = _handbook(call)
    stream.say(_HINT)
    found: Lookup | None = None
    while True:
        choosing = found is not None and _status(found) == UNSURE
        line = (stream.prompt(_CHOOSE_OR_ASK if choosing else _ASK) or "").strip()
        if not line:
            return ANSWERED
        entry = _chosen(line, found) if found and choosing else None
        if entry:
            found = None
            _write(render.page(entry, handbook, display), call, display)
        else:
            found = _answer(line, handbook, call, display)


def _answer(asked: str, handbook: Handbook, call: Call, display: Display) -> Lookup:
    from .match import lookup
    from .safety import region_from

    if not asked.strip():
        raise Refusal(_BLANK, MISUSED)
    found = lookup(asked, handbook, limit=3, region=region_from(call.region, os.environ))
    # Help must stand there in full: a notice never waits in a pager.
    _write(render.answer(found, handbook, display, why=call.why), call, display._replace(height=None) if found.notice else display)
    return found


def _status(found: Lookup) -> int:
    if found.notice or found.confidence == "sure":
        return ANSWERED
    return UNSURE if found.confidence == "unsure" else NOTHING


def _can_choose(display: Display) -> bool:
    return display.view in ("terminal", "plain") and stream.is_terminal(sys.stdin) and stream.is_terminal(sys.stdout)


def _chosen(line: str | None, found: Lookup) -> Entry | None:
    """The entry whose number was typed."""
    word = (line or "").strip().rstrip(".")
    numbers = {str(number): match.entry for number, match in enumerate(found.candidates, 1)}
    return numbers.get(word)


def _list(call: Call, display: Display) -> int:
    handbook = _handbook(call)
    topics = handbook.topics
    if call.topic is not None:
        wish = call.topic.strip().casefold()
        topics = tuple(topic for topic in topics if wish in (topic.slug, topic.title.casefold()))
    if not topics and call.topic is not None:
        near = did_you_mean(call.topic, (topic.slug for topic in handbook.topics))
        message = f"there is no such topic; the topics are {', '.join(topic.slug for topic in handbook.topics)}{near}"
        raise Refusal(message, NOTHING)
    return _write(render.contents(topics, handbook, display), call, display)


def _show(call: Call, display: Display) -> int:
    handbook = _handbook(call)
    return _write(render.page(_entry(call.words[0], handbook), handbook, display), call, display)


def _sources(call: Call, display: Display) -> int:
    handbook = _handbook(call)
    entry = _entry(call.words[0], handbook) if call.words else None
    keys = entry.sources if entry else tuple(handbook.sources)
    sources = [handbook.sources[key] for key in keys]
    return _write(render.bibliography(sources, display, entry=entry), call, display)


def _entry(word: str, handbook: Handbook) -> Entry:
    """The entry of that slug or number; raises `Refusal` with the nearest slug."""
    wish = word.strip().casefold()
    for entry in handbook:
        if wish in (entry.slug, str(entry.number)):
            return entry
    message = f"there is no such entry; see them with: therapycry list{did_you_mean(wish, (entry.slug for entry in handbook))}"
    raise Refusal(message, NOTHING)


def _helplines(call: Call, display: Display) -> int:
    from .safety import helplines, region_from

    region = region_from(call.words[0] if call.words else None, os.environ)
    return _write(render.helplines(helplines(_handbook(call), region), display), call, display)


def _completions(call: Call, display: Display) -> int:
    from . import completions

    return _write(completions.script(call.words[0], _handbook(call)), call, display._replace(height=None))


_DOES: dict[str, Callable[[Call, Display], int]] = {
    "ask": _ask,
    "list": _list,
    "show": _show,
    "sources": _sources,
    "helplines": _helplines,
    "completions": _completions,
}
