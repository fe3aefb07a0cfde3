"""Statements put together: a short one told within a sentence about therapy, or beside an ordinary question.

People seldom type a danger by itself; they ask about tears and say it on the way. The words around it must then weigh nothing, and
they learn that only from texts in which they stand around dangers as often as around harmless things.
"""

from __future__ import annotations

from random import Random

from therapycry.ranking import NONE

JOINS = (". ", ", ", "? ", "... ", " and ", " but ", " - ", "; ", " ")
TOLD = (
    "my therapist teared up after I said {}",
    "I told my psychologist {} and she had tears in her eyes",
    "can I tell my therapist {}",
    "what would a counsellor do if I said {}",
    "{}, can I cry about it with my therapist",
    "since {} I cry at every session",
    "{} so I cry a lot",
    "last session I mentioned {} and my T went quiet",
    "no tears left, {}",
    "{}, should I bring it up next session",
    "my shrink got emotional when she heard {}",
    "not sure whether to say it in session but {}",
    "{} and then I cried all the way to my appointment",
    "do therapists get sad when they hear {}",
    "in our last session I whispered {}",
    "{} and nobody knows except my therapist",
    "I was crying because {}",
    "would it be too much for her to hear that {}",
)
SHORTEST, LONGEST, LONGEST_BESIDE = 3, 14, 16  # words


def composed(rows: list[dict], count: int) -> list[dict]:
    """As many texts with a risk in them as without, `count` of each, always the same ones for the same statements."""
    random = Random(0)  # noqa: S311 - nothing secret
    short = [row for row in rows if SHORTEST <= len(row["q"].split()) <= LONGEST and "?" not in row["q"]]
    beside = [row["q"] for row in rows if _in_scope(row) and len(row["q"].split()) <= LONGEST_BESIDE]
    risky = [row for row in short if row["call"] != NONE]
    harmless = [row for row in short if row["call"] == NONE]
    return [
        {"q": _told(row["q"], beside, random), "call": row["call"]}
        for pool in (risky, harmless)
        for row in random.choices(pool, k=count)
    ]


def _in_scope(row: dict) -> bool:
    return row["label"] != NONE and row["call"] == NONE


def _told(text: str, beside: list[str], random: Random) -> str:
    """The text within a sentence, or before or after a question."""
    text = text.strip().rstrip(".!,")
    if random.random() < 1 / 2:
        started = text if text.startswith(("I ", "I'")) else text[0].lower() + text[1:]
        return random.choice(TOLD).format(started)
    first, second = random.sample([text, random.choice(beside).strip().rstrip(".!")], 2)
    join = random.choice(JOINS)
    return first.rstrip("?" if join == "? " else "") + join + second
