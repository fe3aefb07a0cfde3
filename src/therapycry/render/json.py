"""The JSON view: records of the model with a version, documented in docs/json.md and held by docs/answer.schema.json."""

from __future__ import annotations

import json
from datetime import date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from ..model import Entry, Handbook, Helpline, Lookup, Match, Source

SCHEMA = 1
_OF_A_MATCH = ("slug", "number", "topic", "question", "short", "reviewed")


def answer(found: Lookup, handbook: Handbook, *, why: bool) -> str:
    """The outcome of a question; the whole best entry only where it is the answer."""
    kinds = {"sure": "answer", "unsure": "choices", "none": "nothing"}
    kind = "notice" if found.notice else kinds[found.confidence]
    best = found.best or (found.candidates[0] if found.candidates else None)
    entry = _entry(best.entry, handbook) if best and found.confidence != "none" else {}
    return _written(
        {
            **_head(kind),
            "asked": found.asked,
            "confidence": found.confidence,
            "notice": found.notice,
            **(entry if kind == "answer" else {key: entry[key] for key in ("slug", "question", "sources") if entry}),
            "best": _match(found.best, why=why) if found.best else None,
            "candidates": [_match(match, why=why) for match in found.candidates],
            **({"why": found.reading} if why else {}),
        }
    )


def page(entry: Entry, handbook: Handbook) -> str:
    """An entry with its sources in full."""
    return _written({**_head("page"), **_entry(entry, handbook)})


def contents(entries: Iterable[Entry]) -> str:
    """The entries as an array, one record each, so that its length is their number."""
    return _written([{"schema": SCHEMA, **entry._asdict()} for entry in entries])


def bibliography(sources: Sequence[Source]) -> str:
    """The sources as an array, one record each; `kind` says what kind of work each is."""
    return _written([{"schema": SCHEMA, **_source(source)} for source in sources])


def helplines(lines: Sequence[Helpline]) -> str:
    """The helplines, in the order to show them."""
    return _written({**_head("helplines"), "helplines": lines})


def _head(kind: str) -> dict[str, Any]:
    return {"schema": SCHEMA, "kind": kind}


def _entry(entry: Entry, handbook: Handbook) -> dict[str, Any]:
    return {**entry._asdict(), "sources": [_source(handbook.sources[key]) for key in entry.sources]}


def _source(source: Source) -> dict[str, Any]:
    return {**source._asdict(), "address": source.address}


def _match(match: Match, *, why: bool) -> dict[str, Any]:
    entry = {key: getattr(match.entry, key) for key in _OF_A_MATCH}
    return {"entry": entry, "score": match.score, "phrasing": match.phrasing, **({"signals": match.signals} if why else {})}


def _written(value: object) -> str:
    """JSON in ASCII: whatever a handbook or a question holds, no escape reaches a terminal."""
    return json.dumps(_plain(value), indent=2).replace("\x7f", "\\u007f") + "\n"


def _plain(value: object) -> object:
    """Named tuples as objects, tuples as arrays, days as ISO 8601."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return _plain(value._asdict())
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
