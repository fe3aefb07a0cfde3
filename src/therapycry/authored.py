"""The handbook from the files that authors write, checked in full.

Every fault stops the reading with `file:line: what is wrong, what is allowed`, so that an author learns of it before a reader does.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from . import prose
from .model import Entry, Handbook, HandbookError, Source, Topic, Weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike

KINDS = ("article", "book", "chapter", "thesis", "report", "code", "web page", "news", "blog", "forum")
GRADES = ("review", "study", "scholarly", "professional", "journalism", "opinion")
FOOTERS = ("crisis", "misconduct")

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_PAGE = re.compile(r"```toml\n(?P<head>.*?)^```\n+# (?P<title>[^\n]+)\n(?P<body>.*)", re.DOTALL | re.MULTILINE)

# Field: (type, required). Lists hold text.
_ENTRY_FIELDS = {"short": (str, True), "phrasings": (list, True), "related": (list, True), "reviewed": (date, True), "footer": (str, False)}
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
_TOPIC_FIELDS = {"slug": (str, True), "title": (str, True), "entries": (list, True)}
_TYPE_NAMES = {str: "text in quotes", list: "a list of texts", date: "a date such as 2026-11-23", int: "a whole number", bool: "true or false"}


class _File:
    """One file of the handbook: its text, and where in it something is said."""

    def __init__(self, path: Path, root: Path) -> None:
        self.name = path.relative_to(root).as_posix()
        try:
            self.text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
        except FileNotFoundError:
            self.text = ""
            self.fail(1, "the file is missing; a handbook needs it")
        except UnicodeDecodeError:
            self.text = ""
            self.fail(1, "this is not UTF-8 text; save the file as UTF-8")
        except OSError as error:
            self.text = ""
            self.fail(1, f"the file cannot be read ({error.strerror}); check its permissions")

    def fail(self, line: int, message: str) -> NoReturn:
        raise HandbookError(f"{self.name}:{line}: {message}")

    def line_of(self, key: str, table: str = "") -> int:
        """The line on which `key` is set (in `[table]`, if given), or the first."""
        start = self.text.find(f"[{table}]") if table else 0
        found = re.compile(rf"^[ \t]*{re.escape(key)}[ \t]*=", re.MULTILINE).search(self.text, max(start, 0))
        return self.text.count("\n", 0, found.start() if found else max(start, 0)) + 1

    def toml(self, text: str | None = None, offset: int = 0) -> dict[str, Any]:
        found = prose.control_character((self.text if text is None else text).replace("\n", "").replace("\t", ""))
        if found:
            self.fail(1 + offset, f"the invisible character {found} is not allowed; remove it")
        try:
            return tomllib.loads(self.text if text is None else text)
        except tomllib.TOMLDecodeError as error:
            at = _TOML_LINE.search(str(error))
            self.fail(offset + (int(at[1]) if at else 1), f"not valid TOML: {_TOML_LINE.sub('', str(error)).strip()}")

    def check(self, values: Mapping[str, Any], fields: Mapping[str, tuple[type, bool]], table: str = "") -> None:
        """Fail unless `values` has just the `fields`, each of its type."""
        for key, value in values.items():
            if key not in fields:
                self.fail(self.line_of(key, table), f"unknown key {key!r}; allowed are {', '.join(fields)}")
            kind = fields[key][0]
            texts = kind is not list or (isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value))
            if type(value) is not kind or not texts or value == "":
                self.fail(self.line_of(key, table), f"{key!r} has a wrong value; allowed is {_TYPE_NAMES[kind]}")
        missing = [key for key, (_, required) in fields.items() if required and key not in values]
        if missing:
            line = self.line_of("", table) if table else 1
            self.fail(line, f"{_named(missing)} missing; required are {', '.join(key for key, (_, need) in fields.items() if need)}")


def read(folder: str | PathLike[str], shipped: str | PathLike[str]) -> Handbook:
    """The handbook in `folder`; lexicon and safety fall back to those of `shipped`. Raises `HandbookError`."""
    root, fallback = Path(folder), Path(shipped)
    if not root.is_dir():
        raise HandbookError(f"{root}:1: there is no such folder; a handbook is a folder with contents.toml, sources.toml and entries/")
    topics = _topics(_File(root / "contents.toml", root))
    sources = _sources(_File(root / "sources.toml", root))
    slugs = {slug: topic.slug for topic in topics for slug in topic.entries}
    _no_stray_pages(root, slugs)
    pages = [(_File(root / "entries" / f"{slug}.md", root), slug) for slug in slugs]
    entries = tuple(_entry(page, slug, number, slugs, sources) for number, (page, slug) in enumerate(pages, 1))
    _no_shared_phrasing(zip((page for page, _ in pages), entries, strict=True))
    return Handbook(
        topics=topics,
        entries=entries,
        sources=sources,
        lexicon={**_table("lexicon.toml", root, fallback), "common": _words(root, fallback)},
        safety=_table("safety.toml", root, fallback),
        weights=_weights(root, slugs),
    )


def _topics(file: _File) -> tuple[Topic, ...]:
    """The topics of contents.toml, in reading order; each slug once."""
    record = file.toml()
    tables = record.get("topic")
    if set(record) != {"topic"} or not isinstance(tables, list):
        file.fail(1, "expected [[topic]] tables and nothing else")
    seen: set[str] = set()
    for values in tables:
        file.check(values, _TOPIC_FIELDS)
        for slug in [values["slug"], *values["entries"]]:
            if not _SLUG.fullmatch(slug):
                file.fail(file.line_of("entries"), f"{slug!r} is no slug; allowed are a-z, 0-9 and hyphens")
        twice = [slug for slug in values["entries"] if slug in seen]
        if twice:
            file.fail(file.line_of("entries"), f"{twice[0]!r} stands twice; an entry belongs to one topic")
        seen.update(values["entries"])
    return tuple(Topic(values["slug"], values["title"], tuple(values["entries"])) for values in tables)


def _sources(file: _File) -> dict[str, Source]:
    return {key: _source(file, key, values) for key, values in file.toml().items()}


def _source(file: _File, key: str, values: Any) -> Source:  # noqa: ANN401 (TOML)
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
    return Source(key=key, **{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})


def _entry(file: _File, slug: str, number: int, slugs: Mapping[str, str], sources: Mapping[str, Source]) -> Entry:
    page = _PAGE.fullmatch(file.text)
    if not page:
        _explain_page(file)
    head = file.toml(page["head"], offset=1)
    file.check(head, _ENTRY_FIELDS)
    for other in head["related"]:
        if other not in slugs or other == slug:
            file.fail(file.line_of("related"), f"related {other!r} is not another entry; allowed are {', '.join(s for s in slugs if s != slug)}")
    if head.get("footer", FOOTERS[0]) not in FOOTERS:
        file.fail(file.line_of("footer"), f"footer {head['footer']!r} is unknown; allowed are {', '.join(FOOTERS)}")
    body = page["body"].strip("\n")
    lines_before = file.text.count("\n", 0, file.text.find(body, page.start("body")))
    try:
        cited = prose.citations(prose.parse(body))
    except prose.ProseError as error:
        file.fail(lines_before + error.line, str(error))
    for key in cited:
        if key not in sources:
            line = file.text.count("\n", 0, file.text.index(f"@{key}")) + 1
            file.fail(line, f"unknown source {key!r}; add it to sources.toml or cite one that is there")
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


def _explain_page(file: _File) -> NoReturn:
    """Say which part of the page's frame is missing."""
    if not file.text.startswith("```toml\n"):
        file.fail(1, "a page starts with a block ```toml that holds short, phrasings, related and reviewed")
    closing = re.search(r"^```$", file.text[3:], re.MULTILINE)
    if not closing:
        file.fail(1, "the ```toml block is not closed; end it with a line ```")
    line = file.text.count("\n", 0, closing.end() + 3) + 1
    file.fail(line, "after the ```toml block comes the question as `# Title`, then the prose")


def _no_stray_pages(root: Path, slugs: Mapping[str, str]) -> None:
    for path in sorted((root / "entries").glob("*")):
        if path.suffix != ".md" or path.stem not in slugs:
            raise HandbookError(f"entries/{path.name}:1: contents.toml does not list this page; add its slug to a topic")


def _no_shared_phrasing(pages: Iterable[tuple[_File, Entry]]) -> None:
    seen: dict[str, str] = {}
    for file, entry in pages:
        for phrasing in (entry.question, *entry.phrasings):
            words = " ".join(re.findall(r"\w+", phrasing.casefold()))
            if words in seen:
                file.fail(file.line_of("phrasings"), f"the phrasing {phrasing!r} stands twice, also in {seen[words]!r}; a phrasing belongs to one entry, once")
            seen[words] = entry.slug


def _table(name: str, root: Path, fallback: Path) -> dict[str, Any]:
    home = root if (root / name).exists() else fallback
    return _File(home / name, home).toml()


def _words(root: Path, fallback: Path) -> str:
    """The common words of words.txt, one a line; lines that start with # are comments."""
    home = root if (root / "words.txt").exists() else fallback
    lines = _File(home / "words.txt", home).text.split("\n")
    return " ".join(line for line in lines if not line.startswith("#")).strip()


def _weights(root: Path, slugs: Mapping[str, str]) -> Weights | None:
    """The fitted weights; a handbook without them is ranked by its phrasings alone."""
    if not (root / "weights.tsv").exists():
        return None
    file = _File(root / "weights.tsv", root)
    header, *lines = file.text.rstrip("\n").split("\n")
    columns = tuple(header.split("\t")[1:])
    if set(columns) != {*slugs, "none"}:
        file.fail(1, "the columns are not the entries of contents.toml and 'none'; fit the weights again with bench/fit.py")
    for number, line in enumerate(lines, 2):
        if line.count("\t") != len(columns):
            file.fail(number, f"expected a signal and {len(columns)} numbers, apart by tabs; fit the weights again with bench/fit.py")
    pairs = (line.partition("\t") for line in lines)
    return Weights(columns, {signal: numbers.replace("\t", " ") for signal, _, numbers in pairs})


def _named(keys: list[str]) -> str:
    return f"{', '.join(map(repr, keys))} {'is' if len(keys) == 1 else 'are'}"
