"""The handbook from the files that authors write, checked in full.

Every fault stops the reading with `file:line: what is wrong, what is allowed`, so that an author learns of it before a reader does.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from . import fitted, prose
from .files import File
from .lexicon import prepare
from .model import UNCHECKED, Entry, Handbook, HandbookError, Source, Topic
from .words import key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike
    from typing import Any, NoReturn


KINDS = ("article", "book", "chapter", "thesis", "report", "code", "web page", "news", "blog", "forum")
GRADES = ("review", "study", "scholarly", "professional", "journalism", "opinion")
FOOTERS = ("crisis", "misconduct")

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PAGE = re.compile(r"```toml\n(?P<head>.*?)^```\n+# (?P<title>[^\n]+)\n(?P<body>.*)", re.DOTALL | re.MULTILINE)

_ONCE = {"slug": "each topic has a slug of its own", "entries": "an entry belongs to one topic, once"}

# Field: (type, required). Lists hold text.
_ENTRY_FIELDS = {
    "short": (str, True),
    "phrasings": (list, True),
    "related": (list, True),
    "reviewed": (date, True),
    "footer": (str, False),
}
_SOURCE_FIELDS = {
    "kind": (str, True),
    "grade": (str, True),
    "authors": (list, True),
    "title": (str, True),
    "container": (str, True),
    "accessed": (date, True),
    "year": (int, False),
    "volume": (str, False),
    "issue": (str, False),
    "pages": (str, False),
    "doi": (str, False),
    "url": (str, False),
    "note": (str, False),
    "verified": (bool, False),
    "founding": (int, False),
}
_LEXICON_TABLES = {"spellings": (dict, False), "emoji": (dict, False), "concepts": (dict, False)}
_TOPIC_FIELDS = {"slug": (str, True), "title": (str, True), "entries": (list, True)}


def read(folder: str | PathLike[str], shipped: str | PathLike[str], *, weighed: bool = True) -> Handbook:
    """The handbook in `folder`; lexicon and safety fall back to those of `shipped`. Raises `HandbookError`.

    Unless `weighed`, fitted weights are left aside: they are about to be fitted again.
    """
    root, fallback = Path(folder), Path(shipped)
    if not root.is_dir():
        told = f"{root}:1: there is no such folder; a handbook is a folder with contents.toml, sources.toml and entries/"
        raise HandbookError(told)
    topics = _topics(File(root / "contents.toml", root))
    sources = _sources(File(root / "sources.toml", root))
    slugs = {slug: topic.slug for topic in topics for slug in topic.entries}
    _no_stray_pages(root, slugs)
    pages = [(File(root / "entries" / f"{slug}.md", root), slug) for slug in slugs]
    entries = tuple(_entry(page, slug, number, slugs, sources) for number, (page, slug) in enumerate(pages, 1))
    _no_shared_phrasing(zip((page for page, _ in pages), entries, strict=True))
    handbook = Handbook(
        topics=topics,
        entries=entries,
        sources=sources,
        lexicon=prepare(_lexicon(_shared("lexicon.toml", root, fallback))),
        safety=_shared("safety.toml", root, fallback).toml(),
        weights=fitted.weights(root, slugs) if weighed else None,
        evidence=fitted.evidence(root if (root / "safety.toml").exists() else fallback) if weighed else None,
        common=fitted.common_words(_shared("words.txt", root, fallback).text),
        phrasings={key(text): entry.slug for entry in entries for text in (entry.question, *entry.phrasings)},
    )
    handbook.derived[UNCHECKED] = True
    return handbook


def _topics(file: File) -> tuple[Topic, ...]:
    """The topics of contents.toml, in reading order; each slug once."""
    record = file.toml()
    tables = record.get("topic")
    if set(record) != {"topic"} or not isinstance(tables, list) or not all(isinstance(values, dict) for values in tables):
        file.fail(1, "expected [[topic]] tables and nothing else")
    seen: dict[str, set[str]] = {"slug": set(), "entries": set()}
    for nth, values in enumerate(tables):
        file.check(values, _TOPIC_FIELDS, "topic", nth)
        for field, slug in [("slug", values["slug"]), *(("entries", slug) for slug in values["entries"])]:
            if not _SLUG.fullmatch(slug):
                file.fail(file.line_of(field, "topic", nth), f"{slug!r} is no slug; allowed are a-z, 0-9 and hyphens")
            if slug in seen[field]:
                file.fail(file.line_of(field, "topic", nth), f"{slug!r} stands twice; {_ONCE[field]}")
            seen[field].add(slug)
    return tuple(Topic(values["slug"], values["title"], tuple(values["entries"])) for values in tables)


def _sources(file: File) -> dict[str, Source]:
    return {key: _source(file, key, values) for key, values in file.toml().items()}


def _source(file: File, key: str, values: Any) -> Source:  # noqa: ANN401 (TOML)
    if not isinstance(values, dict) or not _SLUG.fullmatch(key):
        file.fail(file.line_of(key), f"{key!r} is no source; expected a table such as [surname-2013]")
    file.check(values, _SOURCE_FIELDS, key)
    for field, allowed in (("kind", KINDS), ("grade", GRADES)):
        if values[field] not in allowed:
            file.fail(file.line_of(field, key), f"{field} {values[field]!r} is unknown; allowed are {', '.join(allowed)}")
    if "url" in values and not values["url"].startswith("https://"):
        file.fail(file.line_of("url", key), "a url starts with https://")
    if values.get("verified", True) and not ("doi" in values or "url" in values):
        file.fail(file.line_of("kind", key), f"{key!r} needs a doi or a url, or verified = false")
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return Source(key=key, **fields)


def _entry(file: File, slug: str, number: int, slugs: Mapping[str, str], sources: Mapping[str, Source]) -> Entry:
    page = _PAGE.fullmatch(file.text)
    if not page:
        _explain_page(file)
    head = file.toml(page["head"], offset=1)
    file.refuse_control(file.text.count("\n", 0, page.start("title")) + 1, page["title"])
    file.check(head, _ENTRY_FIELDS)
    for other in head["related"]:
        if other not in slugs or other == slug:
            others = ", ".join(name for name in slugs if name != slug)
            file.fail(file.line_of("related"), f"related {other!r} is not another entry; allowed are {others}")
    if head.get("footer", FOOTERS[0]) not in FOOTERS:
        file.fail(file.line_of("footer"), f"footer {head['footer']!r} is unknown; allowed are {', '.join(FOOTERS)}")
    body = page["body"].strip("\n")
    lines_before = file.text.count("\n", 0, file.text.find(body, page.start("body")))
    try:
        cited = prose.citations(prose.parse(body))
    except prose.ProseError as error:
        file.fail(lines_before + error.line, str(error))
    unknown = next((source for source in cited if source not in sources), None)
    if unknown:
        line = lines_before + 1 + re.split(rf"@{unknown}(?![a-z0-9-])", body, maxsplit=1)[0].count("\n")
        file.fail(line, f"unknown source {unknown!r}; add it to sources.toml or cite one that is there")
    return Entry(
        slug=slug,
        number=number,
        topic=slugs[slug],
        question=page["title"].strip(),
        short=head["short"],
        body=body,
        phrasings=tuple(head["phrasings"]),
        related=tuple(head["related"]),
        sources=cited,
        reviewed=head["reviewed"],
        footer=head.get("footer"),
    )


def _explain_page(file: File) -> NoReturn:
    """Say which part of the page's frame is missing."""
    if not file.text.startswith("```toml\n"):
        file.fail(1, "a page starts with a block ```toml that holds short, phrasings, related and reviewed")
    closing = re.search(r"^```$", file.text[3:], re.MULTILINE)
    if not closing:
        file.fail(1, "the ```toml block is not closed; end it with a line ```")
    line = file.text.count("\n", 0, closing.end() + 3) + 1
    file.fail(line, "after the ```toml block comes the question as `# Title`, then the prose")


def _no_stray_pages(root: Path, slugs: Mapping[str, str]) -> None:
    for path in sorted((root / "entries").glob("[!.]*")):
        if path.suffix != ".md" or path.stem not in slugs:
            told = f"entries/{path.name}:1: contents.toml does not list this page; add its slug to a topic"
            raise HandbookError(told)


def _no_shared_phrasing(pages: Iterable[tuple[File, Entry]]) -> None:
    seen: dict[str, str] = {}
    for file, entry in pages:
        for phrasing in (entry.question, *entry.phrasings):
            words = key(phrasing)
            if not words:
                file.fail(file.line_of("phrasings"), f"the phrasing {phrasing!r} has no words; write what a person may ask")
            if words in seen:
                twice = f"the phrasing {phrasing!r} stands twice, also in {seen[words]!r}; a phrasing belongs to one entry, once"
                file.fail(file.line_of("phrasings"), twice)
            seen[words] = entry.slug


def _shared(name: str, root: Path, fallback: Path) -> File:
    """The handbook's own file of that name, or the shipped one."""
    home = root if (root / name).exists() else fallback
    return File(home / name, home)


def _lexicon(file: File) -> dict[str, Any]:
    """The tables of lexicon.toml: spellings and emoji as text, the words of each concept as a list."""
    tables = file.toml()
    file.check(tables, _LEXICON_TABLES)
    for table, kind in (("spellings", str), ("emoji", str), ("concepts", list)):
        names = tables.get(table, {})
        file.check(names, dict.fromkeys(names, (kind, True)), table)
    return tables
