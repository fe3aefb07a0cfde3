"""signals(): everything that the ranking may weigh, as short texts that a person can read.

`about hug` a concept is mentioned; `therapist cries, about why` a concept together with who cries; `hug, about allowed` two
subjects together; `therapist then think` two concepts in this order; `word weekend`, `words no one`, `starts how often` the
wording itself; `ends ...` the same of the last sentence of several, where the question of a long story mostly stands.
"""

from __future__ import annotations

from itertools import pairwise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .reading import Token

# Who is spoken of says little about the subject, so these concepts are not paired.
_ACTORS = frozenset(
    (
        "therapist",
        "client",
        "people",
        "me",
        "you",
        "they",
        "we",
        "family",
        "friend",
        "work_other",
        "trainee",
        "supervisor",
        "colleague",
        "eyes",
        "wet",
        "tissue",
        "make_cry",
    )
)
_SUBJECTS = ("hug", "think", "upset", "good", "personality", "therapist", "therapy")
_LENGTHS = ((4, "tiny"), (8, "short"), (16, "middling"), (40, "long"))


def signals(tokens: Sequence[Token], cries: Sequence[str], *, clinician: bool) -> tuple[str, ...]:
    """The signals of a question, each once, in order of discovery."""
    concepts = dict.fromkeys(concept for token in tokens for concept in token.concepts)
    found: dict[str, None] = {}
    for source in (
        _about(concepts, cries or ("nobody",), clinician=clinician),
        _pairs(concepts),
        _wording(tokens),
        _order(tokens),
        _ending(tokens),
    ):
        found.update(dict.fromkeys(source))
    return tuple(found)


def _about(concepts: dict[str, None], cries: Sequence[str], *, clinician: bool) -> Iterator[str]:
    yield from (f"{who} cries" for who in cries)
    yield from (f"about {concept}" for concept in concepts)
    if clinician:
        yield "clinician"
    for concept in concepts:
        if concept not in _ACTORS:
            yield from (f"{who} cries, about {concept}" for who in cries)
            if clinician:
                yield f"clinician, about {concept}"


def _pairs(concepts: dict[str, None]) -> Iterator[str]:
    for subject in _SUBJECTS:
        if subject in concepts:
            yield from (f"{subject}, about {concept}" for concept in concepts if concept != subject)


def _wording(tokens: Sequence[Token]) -> Iterator[str]:
    stems = [token.stem for token in tokens]
    count = sum(stem != "." for stem in stems)
    yield from (f"word {stem}" for stem in stems if stem != ".")
    yield from (f"words {first} {second}" for first, second in pairwise(stems) if "." not in (first, second))
    yield f"starts {' '.join(stems[:1])}"
    yield f"starts {' '.join(stems[:2])}"
    yield f"length {next((name for most, name in _LENGTHS if count < most), 'story')}"


def _order(tokens: Sequence[Token]) -> Iterator[str]:
    before: Sequence[str] = ()
    for token in tokens:
        if token.word == ".":
            before = ()
        elif token.concepts:
            yield from (f"{first} then {second}" for first in before for second in token.concepts)
            before = token.concepts


def _ending(tokens: Sequence[Token]) -> Iterator[str]:
    """The last sentence, where there are several."""
    ends = [at for at, token in enumerate(tokens) if token.word == "."]
    last = [at for at in ends if at < len(tokens) - 1]
    if not last or last[-1] == 0:
        return
    for token in tokens[last[-1] + 1 :]:
        if token.word != ".":
            yield f"ends word {token.stem}"
            yield from (f"ends about {concept}" for concept in token.concepts)
