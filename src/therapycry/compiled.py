"""The handbook as one JSON file beside its large tables: written when the wheel is built, read at every start.

Reading trusts what it finds: everything was checked when the file was written.
"""

from __future__ import annotations

import json
from datetime import date
from os.path import exists

from .lines import FileLines, Lines
from .model import Entry, EvidenceTables, FilterTables, Handbook, HandbookError, Source, Topic
from .tables import lines_of, shipped, weights_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

FORMAT = 1


def dump(handbook: Handbook) -> str:
    """The handbook as JSON text; the same handbook gives the same bytes."""
    record = {
        "format": FORMAT,
        "topics": [topic._asdict() for topic in handbook.topics],
        "entries": [entry._asdict() for entry in handbook.entries],
        "sources": [source._asdict() for source in handbook.sources.values()],
        "lexicon": handbook.lexicon,
        "safety": handbook.safety,
        "phrasings": handbook.phrasings,
        "heard": handbook.evidence.filters.heard.stretches() if handbook.evidence and handbook.evidence.filters else [],
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"), default=_iso) + "\n"


def read(path: str, data: str) -> Handbook:
    """The handbook in the compiled file `path`, its large tables from the folder `data`.

    Raises `HandbookError` where a file is damaged, missing or of another version.
    """
    try:
        record = json.loads(shipped(path))
        return _handbook(record, data)
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{path}:1: the compiled handbook is damaged ({type(error).__name__}); install therapycry again"
        raise HandbookError(message) from None


def _handbook(record: Mapping[str, Any], data: str) -> Handbook:
    if record["format"] != FORMAT:
        raise ValueError(record["format"])
    sources = (_value(Source, fields, "accessed") for fields in record["sources"])
    return Handbook(
        topics=tuple(_value(Topic, fields) for fields in record["topics"]),
        entries=tuple(_value(Entry, fields, "reviewed") for fields in record["entries"]),
        sources={source.key: source for source in sources},
        lexicon=record["lexicon"],
        safety=record["safety"],
        weights=weights_of(shipped(f"{data}/weights.tsv").decode("ascii")),
        evidence=EvidenceTables(
            weights_of(shipped(f"{data}/evidence.tsv").decode("ascii")),
            weights_of(shipped(f"{data}/variants.tsv").decode("ascii")),
            lines_of(shipped(f"{data}/senses.tsv").decode("ascii")),
            FilterTables(weights_of(shipped(f"{data}/filters.tsv").decode("ascii")), _heard(f"{data}/heard.tsv", record["heard"])),
        ),
        common=lines_of(shipped(f"{data}/words.txt").decode("ascii")),
        phrasings=record["phrasings"],
    )


def _heard(path: str, stretches: list[list[Any]]) -> Lines | FileLines:
    """The largest table stays on the disk, except in a zip."""
    return FileLines(path, stretches) if exists(path) else Lines(shipped(path).decode("ascii"))


def _value(kind: Any, fields: dict[str, Any], day: str = "") -> Any:  # noqa: ANN401 (one reader for three named tuples)
    """A named tuple from JSON: lists become tuples again, the day a date."""
    values = {name: tuple(value) if type(value) is list else value for name, value in fields.items()}
    if day:
        values[day] = date.fromisoformat(fields[day])
    return kind(**values)


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
