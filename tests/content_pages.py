"""What the tests of the content share: the shipped handbook, and measures of its prose."""

from __future__ import annotations

import re
from functools import cache

from therapycry import handbook, prose
from therapycry.model import Bullets, Citation, Handbook, Heading, Paragraph

# Slugs and titles of the 14 core questions, and how many points each must convey.
CORE = (
    ("why-therapists-cry", "What makes therapists cry?", 8),
    ("is-it-common", "Is it common for therapists to cry?", 8),
    ("how-often", "How often do therapists cry in session?", 7),
    ("clients-crying", "How common is crying in therapy?", 7),
    ("what-it-means", "What does it mean if your therapist cries?", 7),
    ("good-therapist", "What are the signs of a good therapist?", 10),
    ("therapist-personality", "What personality type are therapists?", 6),
    ("when-a-client-cries", "What do therapists do when a client cries?", 10),
    ("crying-breakthrough", "Is crying a breakthrough in therapy?", 9),
    ("first-session", "Do people cry in their first therapy session?", 5),
    ("are-therapists-allowed", "Are therapists allowed to cry during sessions?", 8),
    ("upset-over-clients", "Do therapists get upset over clients?", 6),
    ("hugging-clients", "Should a therapist ever hug a client?", 8),
    ("thinking-between-sessions", "Does my therapist think about me between sessions?", 7),
)
SLUGS = tuple(slug for slug, _, _ in CORE)

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_VOWELS = re.compile(r"[aeiouy]+")
_DECIMAL = re.compile(r"(?<=\d)[.,](?=\d)")


@cache
def book() -> Handbook:
    """The handbook as its authors wrote it."""
    return handbook.load(handbook.DATA)


def statements(body: str) -> list[str]:
    """The headings, paragraphs and bullets of a page as they are read, without citation marks."""
    found: list[str] = []
    for block in prose.parse(body):
        if isinstance(block, Heading):
            found.append(block.text)
        elif isinstance(block, Paragraph):
            found.append(_read(block.spans))
        elif isinstance(block, Bullets):
            found.extend(_read(item) for item in block.items)
    return found


def _read(spans: tuple[object, ...]) -> str:
    return "".join(str(getattr(span, "text", "")) for span in spans if not isinstance(span, Citation)).strip()


def parts(body: str) -> dict[str, str]:
    """The parts of a page as written, by heading; what comes before the first has the heading ""."""
    pieces = re.split(r"^## (.+)$", f"\n{body}", flags=re.MULTILINE)
    return {"": pieces[0], **dict(zip(pieces[1::2], pieces[2::2], strict=True))}


def words(text: str) -> list[str]:
    """The words of a text; a hyphen or an apostrophe parts none."""
    return _WORD.findall(text)


def grade(texts: list[str]) -> float:
    """The US school grade that reads the texts with ease (Flesch and Kincaid), syllables counted as groups of vowels."""
    found = [word for text in texts for word in words(text)]
    sentences = sum(max(1, len(re.findall(r"[.?](?:\s|$)", _DECIMAL.sub("", text)))) for text in texts)
    return 0.39 * len(found) / sentences + 11.8 * sum(map(syllables, found)) / len(found) - 15.59


def syllables(word: str) -> int:
    """How many syllables, roughly: groups of vowels, less a silent e; a number is read as one word of two."""
    if word[0].isdigit():
        return 2
    plain = word.lower()
    groups = len(_VOWELS.findall(plain))
    silent = plain.endswith(("e", "es", "ed")) and not plain.endswith(
        ("le", "les", "ee", "ees", "ses", "ces", "ges", "shes", "ches", "ted", "ded")
    )
    return max(1, groups - silent)
