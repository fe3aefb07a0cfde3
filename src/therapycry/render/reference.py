"""A source as a reader sees it: the reference, what kind of evidence it is, where to read it."""

from __future__ import annotations

from .parts import Part, Run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Source

GRADES = {
    "review": "Review of studies",
    "study": "Study",
    "scholarly": "Scholarly work",
    "professional": "Professional body",
    "journalism": "Journalism",
    "opinion": "Opinion",
}
_NAMED_ON_A_PAGE = 3


def reference(source: Source, marker: str, *, full: bool = False) -> Part:
    """The source in up to three lines: the work, what it is worth, its address.

    `full` names every author and says when the work was read; otherwise the fourth author and those after are counted.
    """
    lines = [(*_work(source, full=full),), (*_worth(source, full=full),)]
    if source.address:
        lines.append((Run(source.address, "address", source.address),))
    return Part("source", tuple(lines), marker)


def _work(source: Source, *, full: bool) -> Iterator[Run]:
    year = f"({source.year or 'undated'})."
    title = Run(source.title, "work")
    if source.authors:
        yield Run(f"{_authors(source.authors, full=full)} {year} ")
        yield title
        own = source.authors == (source.container,)  # a body that publishes its own work is named once
        yield Run(_stop(source.title) if own else f"{_stop(source.title)} {_place(source)}.")
    else:
        yield title
        yield Run(f" {year} {_place(source)}.")


def _worth(source: Source, *, full: bool) -> Iterator[Run]:
    grade = f"Scholarly {source.kind}" if source.grade == "scholarly" else GRADES[source.grade]
    yield Run(f"{grade}.", "strong")
    if not source.verified:
        yield Run(" Not verified: nobody of the project has seen it.")
    if source.note:
        yield Run(f" {source.note}{_stop(source.note)}")
    if full and source.founding:
        yield Run(" One of the five resources that the handbook grew from.")
    if full and source.verified:
        yield Run(f" Last read {source.accessed.isoformat()}.")


def _authors(names: tuple[str, ...], *, full: bool) -> str:
    if not full and len(names) > _NAMED_ON_A_PAGE:
        return f"{names[0]} and {len(names) - 1} others"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _place(source: Source) -> str:
    """Where it appeared, such as "Psychotherapy 50(2), 224-234"."""
    number = f" {source.volume}" if source.volume else ""
    issue = f"({source.issue})" if source.issue and source.volume else f" {source.issue}" if source.issue else ""
    pages = f", {source.pages}" if source.pages else ""
    return f"{source.container}{number}{issue}{pages}".rstrip(".")


def _stop(text: str) -> str:
    """The full stop that the text still needs."""
    return "" if text.endswith((".", "?", "!")) else "."
