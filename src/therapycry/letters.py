"""fold(): a text in small plain letters, whatever alphabet, accent or invisible character hides them."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = (
    r"[\u00ad\u0300-\u036f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufeff]+"
)
_CONTROLS = dict.fromkeys((*range(9), *range(14, 32), 127))
_LIKE = {
    "'": "\u2018\u2019\u02bc\u201b\u0060\u00b4\uff07",
    "a": "\u0430\u03b1\u1d00\u0251\u0250",
    "b": "\u0432\u03b2\u0299\u044c",
    "c": "\u0441\u03f2\u1d04\u00a2\u2184",
    "d": "\u0501\u1d05\u0111\u00f0",
    "e": "\u0435\u03b5\u1d07\u20ac\u01dd\u0259\u0454",
    "g": "\u0261\u0262",
    "h": "\u04bb\u029c\u043d",
    "i": "\u0456\u03b9\u0131\u026a\u0269",
    "j": "\u0458\u1d0a",
    "k": "\u043a\u03ba\u1d0b",
    "l": "\u04cf\u029f\u0142\u01c0",
    "m": "\u043c\u1d0d",
    "n": "\u0438\u03b7\u0274\u043f",
    "o": "\u043e\u03bf\u1d0f\u00f8\u03c3",
    "p": "\u0440\u03c1\u1d18",
    "q": "\u051b",
    "r": "\u0433\u0280",
    "s": "\u0455\ua731",
    "t": "\u0442\u03c4\u1d1b",
    "u": "\u057d\u03c5\u1d1c\u028b",
    "v": "\u03bd\u1d20",
    "w": "\u0461\u051d\u1d21\u03c9",
    "x": "\u0445\u03c7",
    "y": "\u0443\u04af\u028f",
    "z": "\u1d22",
}
# What looks like a letter of ours, as the letter.
LIKENESS = {ord(other): plain for plain, others in _LIKE.items() for other in others}


def fold(text: str) -> str:
    """The text in small letters, without accents and invisible characters."""
    text = text.casefold()
    if text.isascii():
        return text if text.isprintable() else text.translate(_CONTROLS)
    return re.sub(_UNSEEN, "", unicodedata.normalize("NFKD", text)).translate(_CONTROLS)
