"""What a stream cannot show, replaced by the nearest that it can."""

from __future__ import annotations

_PLAIN = str.maketrans(
    {
        "▎": "|",
        "•": "-",
        "\u00a0": " ",
        "\u2010": "-",
        "\u2011": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2026": ".",
        "æ": "a",
        "Æ": "A",
        "ø": "o",
        "Ø": "O",
        "œ": "o",
        "ß": "s",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
    }
)


def encodable(text: str, encoding: str) -> str:
    """`text` with every character that `encoding` lacks replaced by a plain one ("•" by "-", "é" by "e"), else by "?".

    One character for one, so that lines keep their length. An unknown encoding counts as ASCII; never raises.
    """
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(character if _fits(character, encoding) else _nearest(character, encoding) for character in text)
    except (LookupError, ValueError):
        return encodable(text, "ascii")
    return text


def _fits(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _nearest(character: str, encoding: str) -> str:
    from unicodedata import combining, normalize

    if combining(character):
        return ""
    plain = character.translate(_PLAIN)
    for candidate in (plain, normalize("NFKD", plain)[0]):
        if _fits(candidate, encoding):
            return candidate
    return "?"
