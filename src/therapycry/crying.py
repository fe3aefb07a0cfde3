"""who_cries(): binds each crying word to the one who cries: the therapist, the client, or somebody else.

The decision turns on the nearest noun or pronoun to the left within the sentence, past those that only stand beside the crying
("in front of my therapist"), with the antecedent of "she" taken from what went before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .reading import Token

_ROLES = ("therapist", "client", "me", "you", "they", "we", "family", "friend", "work_other", "people", "trainee", "baby", "animal")
_BESIDE = frozenset({"with", "to", "at", "from", "by", "over", "about", "before", "of", "during", "behind", "toward", "towards", "beside", "against", "near"})
_FRONT = frozenset({"front"})
_PLACE = frozenset({"appointment", "office", "session", "room", "couch", "visit", "waiting", "chair", "place", "sofa"})
_OBJECT = frozenset({"her", "him", "them", "me", "us"})
_POSSESSED = frozenset({"eyes", "wet"})
# Nobody says who cries farther off than this many words; the bound keeps the cost linear where nobody says it at all.
_REACH = 40
_CLINICIAN = ("trainee", "supervisor", "colleague")


def who_cries(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Who cries, in order of mention, each once: "therapist", "client", "other" or "unsaid"."""
    clinician = speaks_as_clinician(tokens)
    found: list[str] = []
    for at, token in enumerate(tokens):
        if "cry" in token.concepts or _wet_eyes(tokens, at):
            found.append(_role(tokens, _subject(tokens, at), at, clinician=clinician))
    return tuple(dict.fromkeys(found))


def speaks_as_clinician(tokens: Sequence[Token]) -> bool:
    """Whether the asker is a therapist, trainee or supervisor."""
    for at, token in enumerate(tokens):
        before = [tokens[index].word for index in range(max(0, at - 4), at)]
        if "client" in token.concepts and ({"my", "our"} & set(before[-2:])):
            return True
        if token.word in {"client", "patient"} and "a" in before[-2:] and _first_person_alone(tokens):
            return True
        if ("therapist" in token.concepts or "trainee" in token.concepts) and before[-2:] in (["as", "a"], ["am", "a"], ["as", "an"], ["being", "a"], ["am", "an"]):
            return True
        if "trainee" in token.concepts and ("my" not in before[-1:] or token.word == "placement") and token.word != "training":
            return True
    return False


def _first_person_alone(tokens: Sequence[Token]) -> bool:
    """Whether the asker speaks of themselves and of no therapist but themselves."""
    return bool({"i", "my", "me"} & _words(tokens)) and not any("therapist" in token.concepts for token in tokens)


def _words(tokens: Sequence[Token]) -> set[str]:
    return {token.word for token in tokens}


def _wet_eyes(tokens: Sequence[Token], at: int) -> bool:
    """Whether eyes, cheeks or a face stand here with a word for wet near by."""
    if "eyes" not in tokens[at].concepts:
        return False
    near = tokens[max(0, at - 3) : at + 5]
    return any("wet" in token.concepts or "cry" in token.concepts for token in near)


def _subject(tokens: Sequence[Token], at: int) -> int | None:
    """The index of the word that names who cries, or nothing."""
    owner = _owner_to_the_right(tokens, at)
    if owner is not None:
        return owner
    following = tokens[at + 1 : at + 2]
    left = _nearest_left(tokens, at)
    if following and left is None and _is_role(tokens, at + 1) and following[0].word not in {"i", "my", "you", "we"}:
        return at + 1
    return left


def _owner_to_the_right(tokens: Sequence[Token], at: int) -> int | None:
    """The owner in "tears in her eyes", "the tears of my therapist", "weeping by counsellors"."""
    for index in range(at + 1, min(at + 6, len(tokens))):
        if tokens[index].word == ".":
            return None
        if "eyes" in tokens[index].concepts and index > at + 1:
            return next((back for back in range(index - 1, at, -1) if _is_role(tokens, back)), None)
    nouns = tokens[at].stem in {"tear", "sob", "cry", "weep"}
    if nouns and at + 1 < len(tokens) and tokens[at + 1].word in {"of", "from", "by"}:
        return next((index for index in range(at + 2, min(at + 5, len(tokens))) if _is_role(tokens, index)), None)
    return None


def _nearest_left(tokens: Sequence[Token], at: int) -> int | None:
    spare: int | None = None
    for index in range(at - 1, max(-1, at - 1 - _REACH), -1):
        if tokens[index].word == ".":
            break
        if not _is_role(tokens, index):
            continue
        if tokens[index].word in {"my", "your", "our", "his", "their"} and "eyes" not in tokens[at].concepts and not _possesses_near(tokens, index, at):
            continue
        if _beside(tokens, index) or (tokens[index].word in _OBJECT and at - index > 2):
            spare = index if spare is None else spare
            continue
        return index
    return spare if spare is not None and not _in_front(tokens, spare) else None


def _possesses_near(tokens: Sequence[Token], index: int, at: int) -> bool:
    """Whether a possessive leads straight to the crying: "my tears", "her sobbing", "my ugly crying"."""
    return at - index <= 2 and not any(_is_role(tokens, between) for between in range(index + 1, at))


def _beside(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word stands after a preposition: "with my therapist", "in front of her"; "for therapists to cry" does not count."""
    before = [token.word for token in tokens[max(0, index - 4) : index]]
    for word in reversed(before):
        if word in _BESIDE:
            return True
        if word not in {"my", "your", "a", "an", "the", "her", "his", "their", "our", "new", "one", "of", "male", "female", "this", "that"}:
            return False
    return False


def _in_front(tokens: Sequence[Token], index: int) -> bool:
    return any(token.word in _FRONT for token in tokens[max(0, index - 4) : index])


def _is_role(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if not any(role in token.concepts for role in _ROLES):
        return False
    following = tokens[index + 1].word if index + 1 < len(tokens) else ""
    return not ("therapist" in token.concepts and (following in _PLACE or stem_is_place(following)))


def stem_is_place(word: str) -> bool:
    """Whether a word after "therapist" makes it a place or time: "my therapist appointments"."""
    return word.rstrip("s") in _PLACE


def _role(tokens: Sequence[Token], subject: int | None, at: int, *, clinician: bool) -> str:
    if subject is None:
        return _unsaid(tokens, at)
    concepts, word = tokens[subject].concepts, tokens[subject].word
    if "work_other" in concepts or "baby" in concepts or "animal" in concepts:
        return "other"
    if "therapist" in concepts or "trainee" in concepts:
        return "therapist"
    if "client" in concepts:
        return "client"
    if word == "mine" and any("therapist" in token.concepts for token in tokens):
        return "therapist"
    if "me" in concepts or "we" in concepts:
        return "therapist" if clinician else "client"
    if "they" in concepts:
        return _antecedent(tokens, subject, clinician=clinician)
    if "you" in concepts:
        return "therapist" if _addresses_therapist(tokens) else "client"
    if "people" in concepts:
        return "client"
    return "other" if word else "unsaid"


def _antecedent(tokens: Sequence[Token], subject: int, *, clinician: bool) -> str:
    """Whom "she" means: the therapist of a client, the client of a therapist, else whoever was named last."""
    before = [concept for token in tokens[:subject] for concept in token.concepts]
    therapy = any("therapy" in token.concepts or "session" in token.concepts or "therapist" in token.concepts for token in tokens)
    if clinician:
        return "client"
    if "therapist" in before:
        return "therapist"
    if "client" in before:
        return "client"
    return "therapist" if therapy else "other"


def _addresses_therapist(tokens: Sequence[Token]) -> bool:
    return any("client" in token.concepts for token in tokens) or _words(tokens) >= {"as", "a", "do", "you"}


def _unsaid(tokens: Sequence[Token], at: int) -> str:
    """Nobody is named: whoever the crying happens in front of gives the other one away."""
    beside = [index for index in range(at + 1, min(at + 8, len(tokens))) if _is_role(tokens, index)]
    for index in beside:
        if "therapist" in tokens[index].concepts:
            return "client"
        if "client" in tokens[index].concepts:
            return "therapist"
    return "unsaid"
