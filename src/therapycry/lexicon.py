"""The lexicon made ready for reading: prepared once when a handbook is compiled, opened at every start."""

from __future__ import annotations

from .stems import stem
from .words import STOP, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from .lines import Lines

# A shorter word is not repaired, and nothing is repaired into one.
REPAIR_FROM = 3


def prepare(tables: Mapping[str, Any]) -> dict[str, Any]:
    """The tables of lexicon.toml by stem: single words, and phrases by their first word; plain values, fit for JSON.

    `targets` are the words that misspelt ones are repaired to.
    """
    spellings, emoji = tables.get("spellings", {}), tables.get("emoji", {})
    singles: dict[str, list[str]] = {}
    phrases: dict[str, list[tuple[list[str], str]]] = {}
    targets: dict[str, None] = {}
    for concept, texts in tables.get("concepts", {}).items():
        for text in texts:
            found = [word for word in words(text, spellings, {}) if word != STOP]
            targets.update(dict.fromkeys(word for word in found if len(word) >= REPAIR_FROM))
            stems = [stem(word) for word in found]
            if len(stems) == 1:
                carried = singles.setdefault(stems[0], [])
                carried += [concept] if concept not in carried else []
            elif stems:
                for item in stems:
                    singles.setdefault(item, [])  # no concept of its own, and yet a word that is known
                phrases.setdefault(stems[0], []).append((stems, concept))
    return {"spellings": spellings, "emoji": emoji, "singles": singles, "phrases": phrases, "targets": list(targets)}


class Lexicon:
    """What the reading looks words up in."""

    def __init__(self, prepared: Mapping[str, Any], common: Lines, weighed: Callable[[str], bool]) -> None:
        """Take `prepare`'s tables, the stems of common words, and whether the weights know a stem."""
        self.spellings: Mapping[str, str] = prepared["spellings"]
        self.emoji: Mapping[str, str] = prepared["emoji"]
        self.singles: Mapping[str, list[str]] = prepared["singles"]
        self.phrases: Mapping[str, list[tuple[list[str], str]]] = prepared["phrases"]
        self.targets: list[str] = prepared["targets"]
        self._common = common
        self._weighed = weighed

    def knows(self, word: str) -> bool:
        """Whether the word is spelt as some word that is known: of the lexicon, of the weights, or a common English one."""
        found = stem(word)
        return found in self.singles or self._weighed(found) or found in self._common
