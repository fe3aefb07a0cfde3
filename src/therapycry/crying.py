"""Scene: binds each crying word to the one who cries: the therapist, the client, or somebody else.

The decision turns on the nearest noun or pronoun to the left within the sentence, past those that only stand beside the crying
("in front of my therapist"), with the antecedent of "she" taken from what went before.
"""

from __future__ import annotations

from .words import STOP

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .reading import Token

# Concepts of those who may cry; the earlier one decides where a word carries several.
_ROLE_OF = {
    "work_other": "other",
    "baby": "other",
    "animal": "other",
    "therapist": "therapist",
    "trainee": "therapist",
    "client": "client",
    "me": "asker",
    "we": "asker",
    "they": "somebody",
    "you": "you",
    "people": "client",
    "family": "other",
    "friend": "other",
}
_BESIDE = frozenset("with to at from by over about before of during behind toward towards beside against near".split())
_BETWEEN = frozenset("my your a an the her his their our new one of male female this that".split())
_PLACE = frozenset("appointment office session room couch visit waiting chair place sofa".split())
_POSSESSIVES = frozenset("my your our his their".split())
_OBJECTS = frozenset("her him them me us".split())
_NOT_AFTER = frozenset("i my you we".split())
_SPEAKS_AS = (["as", "a"], ["as", "an"], ["am", "a"], ["am", "an"], ["being", "a"])
# Nobody says who cries farther off than this many words; the bound keeps the cost linear where nobody says it at all.
_REACH = 40


class Scene:
    """The words of a question with what holds for all of it: who is mentioned, and on which side the asker stands."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        """Look over the words once. `clinician` says whether the asker is a therapist, trainee or supervisor."""
        self.tokens = tokens
        self.words = {token.word for token in tokens}
        self.first: dict[str, int] = {}
        for at, token in enumerate(tokens):
            for concept in token.concepts:
                self.first.setdefault(concept, at)
        self.roles = [self._role_at(at) for at in range(len(tokens))]
        self.clinician = any(self._tells_of_clinician(at) for at in range(len(tokens)))

    def who_cries(self) -> tuple[str, ...]:
        """Who cries, in order of mention, each once: "therapist", "client", "other" or "unsaid"."""
        crying = (at for at, token in enumerate(self.tokens) if "cry" in token.concepts or self._wet_eyes(at))
        return tuple(dict.fromkeys(self._person(self._subject(at), at) for at in crying))

    def _role_at(self, at: int) -> str:
        """The role that the word names, or nothing; "my therapist appointment" names a time."""
        token = self.tokens[at]
        role = next((role for concept, role in _ROLE_OF.items() if concept in token.concepts), "")
        following = self.tokens[at + 1].word if at + 1 < len(self.tokens) else ""
        return "" if "therapist" in token.concepts and following.rstrip("s") in _PLACE else role

    def _tells_of_clinician(self, at: int) -> bool:
        token, before = self.tokens[at], [token.word for token in self.tokens[max(0, at - 2) : at]]
        if "client" in token.concepts and ("my" in before or "our" in before):
            return True
        if token.word in ("client", "patient") and "a" in before and "therapist" not in self.first:
            return bool({"i", "my", "me"} & self.words)
        if "trainee" in token.concepts and token.word != "training":
            return "my" not in before[-1:] or token.word == "placement" or before in _SPEAKS_AS
        return "therapist" in token.concepts and before in _SPEAKS_AS

    def _wet_eyes(self, at: int) -> bool:
        """Whether eyes, cheeks or a face stand here with a word for wet near by."""
        near = self.tokens[max(0, at - 3) : at + 5] if "eyes" in self.tokens[at].concepts else ()
        return any("wet" in token.concepts or "cry" in token.concepts for token in near)

    def _subject(self, at: int) -> int | None:
        """The place of the word that names who cries, or nothing."""
        owner = self._owner_to_the_right(at)
        if owner is not None:
            return owner
        left = self._nearest_left(at)
        # "crying therapist", "tearful psych"
        if left is None and at + 1 < len(self.tokens) and self.roles[at + 1] and self.tokens[at + 1].word not in _NOT_AFTER:
            return at + 1
        return left

    def _owner_to_the_right(self, at: int) -> int | None:
        """The owner in "tears in her eyes", "the tears of my therapist", "weeping by counsellors"."""
        tokens = self.tokens
        for index in range(at + 1, min(at + 6, len(tokens))):
            if tokens[index].word == STOP:
                return None
            if "eyes" in tokens[index].concepts and index > at + 1:
                return next((back for back in range(index - 1, at, -1) if self.roles[back]), None)
        noun = tokens[at].stem in ("tear", "sob", "cry", "weep")
        if noun and at + 1 < len(tokens) and tokens[at + 1].word in ("of", "from", "by"):
            return next((index for index in range(at + 2, min(at + 5, len(tokens))) if self.roles[index]), None)
        return None

    def _nearest_left(self, at: int) -> int | None:
        """The nearest role to the left; one that only stands beside the crying serves where there is no other."""
        spare: int | None = None
        for index in range(at - 1, max(-1, at - 1 - _REACH), -1):
            word = self.tokens[index].word
            if word == STOP:
                break
            if not self.roles[index] or (word in _POSSESSIVES and not self._leads_to(index, at)):
                continue
            if not self._stands_beside(index) and not (word in _OBJECTS and at - index > 2):
                return index
            spare = index if spare is None else spare
        return spare if spare is not None and not self._in_front(spare) else None

    def _leads_to(self, index: int, at: int) -> bool:
        """Whether a possessive leads to the crying: "my tears", "her ugly sobbing", "his eyes"."""
        if "eyes" in self.tokens[at].concepts:
            return True
        return at - index <= 2 and not any(self.roles[index + 1 : at])

    def _stands_beside(self, index: int) -> bool:
        """Whether the word stands after a preposition: "with my therapist"; "for therapists to cry" does not count."""
        for token in reversed(self.tokens[max(0, index - 4) : index]):
            if token.word in _BESIDE:
                return True
            if token.word not in _BETWEEN:
                return False
        return False

    def _in_front(self, index: int) -> bool:
        return any(token.word == "front" for token in self.tokens[max(0, index - 4) : index])

    def _person(self, subject: int | None, at: int) -> str:
        """Who the word that names the subject means."""
        role = "" if subject is None else self.roles[subject]
        if subject is None:
            return self._unsaid(at)
        if role == "asker" and self.tokens[subject].word == "mine" and "therapist" in self.first:
            return "therapist"
        if role == "asker":
            return "therapist" if self.clinician else "client"
        if role == "somebody":
            return self._antecedent(subject)
        if role == "you":
            return "therapist" if "client" in self.first or self.words >= {"as", "a", "do", "you"} else "client"
        return role

    def _antecedent(self, subject: int) -> str:
        """Whom "she" means: the therapist of a client, the client of a therapist, else somebody else."""
        if self.clinician:
            return "client"
        if self.first.get("therapist", subject) < subject:
            return "therapist"
        if self.first.get("client", subject) < subject:
            return "client"
        return "therapist" if {"therapy", "session", "therapist"} & self.first.keys() else "other"

    def _unsaid(self, at: int) -> str:
        """Nobody is named: whoever the crying happens in front of gives the other one away."""
        for index in range(at + 1, min(at + 8, len(self.tokens))):
            concepts = self.tokens[index].concepts if self.roles[index] else ()
            if "therapist" in concepts:
                return "client"
            if "client" in concepts:
                return "therapist"
        return "unsaid"
