"""What each page says, in which order: the wording that the terminal, plain and Markdown views share."""

from __future__ import annotations

from .. import prose
from ..model import Bullets, Citation, Emphasis, Heading
from .parts import Part, Run
from .reference import GRADES, reference

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..model import Block, Entry, Handbook, Helpline, Lookup, Match, Notice, Source, Span, Topic
    from .parts import Kind

_FOOTERS = {
    "crisis": "If things feel too heavy right now, people are there to listen: ",
    "misconduct": "If a therapist crossed a line with you, it is not your fault. Where to turn: ",
}
_REGIONS = {
    "world": "Worldwide",
    "au": "Australia",
    "ca": "Canada",
    "gb": "United Kingdom",
    "ie": "Ireland",
    "in": "India",
    "nz": "New Zealand",
    "us": "United States",
}
# From this score on, in these words; below the last the first matcher would not be sure.
_SURE = ((95, "Almost certainly"), (80, "Very likely"), (0, "Probably"))
_FEW = 3


def page(entry: Entry, handbook: Handbook, *, short: bool, found: Lookup | None = None) -> Iterator[Part]:
    """An entry; with the lookup that found it, also how sure that is and which questions came close."""
    yield _part("title", entry.question)
    if found and found.best:
        yield _part("remark", _how_sure(found.best))
    yield Part("short", ((Run("In short: ", "strong"), Run(entry.short)),))
    if not short:
        numbers = {key: number for number, key in enumerate(entry.sources, 1)}
        for block in prose.parse(entry.body):
            yield from _block(block, numbers, handbook)
    if entry.sources:
        yield _part("heading", "Sources")
        for number, key in enumerate(entry.sources, 1):
            yield reference(handbook.sources[key], f"[{number}]")
    near = () if short else _near(entry, handbook, found)
    if near:
        yield _part("heading", "Related questions")
        yield from (_offer("related", other, "-") for other in near)
    if entry.footer:
        yield Part("closing", ((Run(_FOOTERS[entry.footer]), _command("helplines")),))
    yield _part("closing", f"Last reviewed: {entry.reviewed.isoformat()}")


def outcome(found: Lookup, handbook: Handbook, *, short: bool) -> Iterator[Part]:
    """What a question led to: the notice alone where there is one, else the answer, the choices, or that there is none."""
    if found.notice:
        return _alert(found.notice, found)
    if found.confidence == "sure" and found.best:
        return page(found.best.entry, handbook, short=short, found=found)
    return _choices(found) if found.confidence == "unsure" else _nothing(found, handbook)


def _choices(found: Lookup) -> Iterator[Part]:
    """Up to three questions that may have been meant."""
    yield _part("title", "I am not sure which of these you mean.")
    for number, match in enumerate(found.candidates[:_FEW], 1):
        yield _offer("choice", match.entry, f"{number}.")
    yield _hint("None of these? To see every question: ", "list")
    yield _hint(_FOOTERS["crisis"], "helplines")


def _nothing(found: Lookup, handbook: Handbook) -> Iterator[Part]:
    """That the handbook has no answer, and where to look."""
    yield _part("title", "The handbook has no answer to this question.")
    near = found.candidates[0].entry.topic if found.candidates else None
    for topic in handbook.topics:
        if topic.slug == near:
            yield _hint(f'The closest topic is "{topic.title}": ', f"list --topic {topic.slug}")
    yield _hint("To see every question: ", "list")
    # The safety check misses some who are in danger: where no answer is given, the way to help stands all the same.
    yield _hint(_FOOTERS["crisis"], "helplines")


def _alert(notice: Notice, found: Lookup) -> Iterator[Part]:
    """The notice with its helplines; the questions that matched are only offered, below."""
    yield _part("alert", notice.title)
    yield from (_part("notice", paragraph) for paragraph in notice.paragraphs)
    yield from _by_region(notice.helplines, addresses=False)
    matches = (found.best,) if found.confidence == "sure" and found.best else found.candidates[:_FEW]
    if matches and found.confidence != "none":
        yield _part("heading", "I can also show:")
        yield from (_offer("related", match.entry, "-") for match in matches)


def contents(topics: Sequence[Topic], handbook: Handbook) -> Iterator[Part]:
    """The questions under their topics."""
    for topic in topics:
        yield _part("heading", topic.title)
        for slug in topic.entries:
            entry = handbook[slug]
            yield Part("row", ((Run(entry.question),), (Run(slug, "slug"),)), f"{entry.number}.")
    slugs = [slug for topic in topics for slug in topic.entries]
    yield _hint("To read one, give its number or its name: ", f"show {slugs[0]}" if slugs else "list")


def bibliography(sources: Sequence[Source], entry: Entry | None) -> Iterator[Part]:
    """The sources: of one entry in the order of its numbers, else grouped by what kind of evidence they are."""
    if entry:
        yield _part("title", f"Sources of: {entry.question}")
        yield from (reference(source, f"[{number}]", full=True) for number, source in enumerate(sources, 1))
        yield _hint("To read the answer: ", f"show {entry.slug}")
        return
    yield _part("title", f"The {len(sources)} sources of the handbook")
    for grade, name in GRADES.items():
        group = [source for source in sources if source.grade == grade]
        if group:
            yield _part("heading", f"{name} ({len(group)})")
            yield from (reference(source, "-", full=True) for source in group)


def helplines(lines: Sequence[Helpline]) -> Iterator[Part]:
    """Places to turn, by region."""
    yield _part("title", "Where to turn")
    yield _part("paragraph", "In danger right now: call your local emergency number.")
    yield from _by_region(lines, addresses=True)


def _runs(span: Span, numbers: Mapping[str, int], sources: Mapping[str, Source]) -> tuple[Run, ...]:
    """A span as runs; a citation becomes its numbers, each leading to its source."""
    if isinstance(span, Citation):
        keys = sorted(span.keys, key=numbers.__getitem__)
        return tuple(Run(f"[{numbers[key]}]", "citation", sources[key].address) for key in keys)
    return (Run(span.text, "emphasis" if isinstance(span, Emphasis) else "text"),)


def _block(block: Block, numbers: Mapping[str, int], handbook: Handbook) -> Iterator[Part]:
    def runs(spans: Iterable[Span]) -> tuple[Run, ...]:
        return tuple(run for span in spans for run in _runs(span, numbers, handbook.sources))

    if isinstance(block, Heading):
        yield _part("heading", block.text)
    elif isinstance(block, Bullets):
        yield from (Part("bullet", (runs(item),), "-") for item in block.items)
    else:
        yield Part("paragraph", (runs(block.spans),))


def _how_sure(best: Match) -> str:
    words = next(words for least, words in _SURE if best.score >= least)
    return f"{words} what you asked ({best.score} of 100)"


def _near(entry: Entry, handbook: Handbook, found: Lookup | None) -> tuple[Entry, ...]:
    """Questions that came close when it was asked, then those its author relates; up to three."""
    close = [match.entry.slug for match in found.candidates] if found else []
    slugs = [slug for slug in dict.fromkeys((*close, *entry.related)) if slug != entry.slug]
    return tuple(handbook[slug] for slug in slugs[:_FEW])


def _by_region(lines: Sequence[Helpline], *, addresses: bool) -> Iterator[Part]:
    """The lines under their regions; a notice leaves the web addresses out, so that it stays short: how to call stands there."""
    region = None
    for line in lines:
        if line.region != region:
            region = line.region
            yield _part("heading", _REGIONS.get(region, region.upper()))
        serves = (Run(f" ({line.serves})"),) if line.serves else ()
        reach = (Run("; ".join(line.reach), "strong"),)
        address = (Run(line.url, "address", line.url),) if line.url and addresses else ()
        hours = (Run(f"{line.hours}. " if address else f"{line.hours}."), *address)
        yield Part("helpline", ((Run(line.name), *serves, Run(":")), reach, hours), "-")
    days = sorted(line.last_checked for line in lines)
    if days:
        advice = "Numbers can change: if one does not work, call your local emergency number."
        yield _part("paragraph", f"{advice} Last checked on published pages: {days[0].isoformat()}")


def _offer(kind: Kind, entry: Entry, marker: str) -> Part:
    return Part(kind, ((Run(entry.question),), (_command(f"show {entry.slug}"),)), marker)


def _hint(words: str, command: str) -> Part:
    return Part("closing", ((Run(words), _command(command)),))


def _command(words: str) -> Run:
    return Run(f"therapycry {words}", "command")


def _part(kind: Kind, text: str) -> Part:
    return Part(kind, ((Run(text),),))
