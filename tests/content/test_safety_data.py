"""The shipped safety data: notices worth showing, helplines that are fresh, and figures that do not get worse."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from therapycry import handbook, safety

if TYPE_CHECKING:
    from collections.abc import Callable

BOOK = handbook.load()
NOTICES = BOOK.safety["notices"]
QUESTIONS = Path(__file__).parents[1] / "questions"
OLDEST = timedelta(days=366)
MOST_WORDS = 95
# The least that each file must reach: recall for crisis and for misconduct, and the most false alarms. Some are below the
# aims, and docs/decisions/0004-safety-recall.md says why; here they only must not fall.
FLOORS = {
    "dev.jsonl": (0.98, 0.98, 0.005),
    "holdout.jsonl": (0.98, 0.98, 0.005),
    "holdout-2.jsonl": (0.98, 0.98, 0.01),
    "holdout-3.jsonl": (0.95, 0.93, 0.005),
    "holdout-4.jsonl": (0.88, 0.85, 0.009),
    "holdout-5.jsonl": (0.98, 0.98, 0.006),
    "holdout-6.jsonl": (0.97, 0.90, 0.012),
    "holdout-7.jsonl": (0.98, 0.90, 0.005),
    "risk-test.jsonl": (0.81, 0.70, 0.0),
    "risk-test-calm.jsonl": (0.0, 0.0, 0.025),
}


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_is_short_and_calm(name: str) -> None:
    """A notice is at most 95 words, without exclamation marks, guilt, promises or ways to die."""
    words = " ".join([NOTICES[name]["title"], *NOTICES[name]["paragraphs"]])
    assert len(words.split()) <= MOST_WORDS
    lowered = words.lower()
    for unwanted in (
        "!",
        "commit",
        "think of your",
        "selfish",
        "promise",
        "confidential",
        "pills",
        "rope",
        "overreact",
        "don't cry",
        "failed attempt",
        "successful",
    ):
        assert unwanted not in lowered


@pytest.mark.parametrize("name", NOTICES)
def test_every_notice_names_the_emergency_number(name: str) -> None:
    """The reader's own emergency number stands in the words, since the country is not known."""
    assert "your local emergency number" in " ".join(NOTICES[name]["paragraphs"])


@pytest.mark.parametrize("name", [name for name in NOTICES if NOTICES[name]["kind"] == "crisis"])
def test_a_crisis_notice_says_that_nobody_reads(name: str) -> None:
    """A person in danger must not wait for an answer from a program."""
    assert "nobody is reading what you type" in " ".join(NOTICES[name]["paragraphs"])


def test_misconduct_never_sends_the_client_back() -> None:
    """The notice on misconduct lays no fault on the client, and asks nobody to speak to the therapist or to the APA."""
    words = " ".join([NOTICES["misconduct"]["title"], *NOTICES["misconduct"]["paragraphs"]])
    assert "never your fault" in words
    assert "need not speak to the therapist" in words
    assert "confront" not in words
    assert "APA" not in words


def test_helplines_were_checked_within_a_year() -> None:
    """Numbers age: a line that nobody has looked at for twelve months must be looked at again."""
    today = datetime.now(tz=UTC).date()
    assert [line.key for line in safety.helplines(BOOK) if today - line.last_checked > OLDEST] == []


def test_no_known_trap_is_shipped() -> None:
    """Numbers that ended, were never verified or belong elsewhere do not come back."""
    shown = json.dumps([[line.reach, line.hours] for line in safety.helplines(BOOK)])
    for trap in ("press 3", "1-800-273-8255", "891-4416", "64673", "686868", "Vibrant", "50808"):
        assert trap not in shown
    assert {line.region for line in safety.helplines(BOOK) if "call 116 123" in line.reach} == {"gb", "ie"}


@pytest.mark.parametrize("name", FLOORS)
def test_figures_do_not_fall(name: str) -> None:
    """Recall and false alarms on the labelled questions stay at least where the decision record says they are."""
    crisis, misconduct, alarms = FLOORS[name]
    counts = {"risk-crisis": [0, 0], "risk-misconduct": [0, 0], "ordinary": [0, 0]}
    for line in (QUESTIONS / name).read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        notice = safety.notice_for(record["q"], BOOK)
        found = f"risk-{notice.kind}" if notice else "none"
        label = record["label"] if record["label"].startswith("risk") else "ordinary"
        counts[label][1] += 1
        counts[label][0] += (
            (notice is not None and found not in record["also"])
            if label == "ordinary"
            else (found == label or found in record["also"])
        )
    assert counts["risk-crisis"][0] >= crisis * counts["risk-crisis"][1]
    assert counts["risk-misconduct"][0] >= misconduct * counts["risk-misconduct"][1]
    assert counts["ordinary"][0] <= alarms * counts["ordinary"][1]


# Whole questions in disguise: what is still seen, of those crises and cases of misconduct that are seen without it.
DISGUISES: dict[str, tuple[Callable[[str], str], float]] = {
    "capitals": (str.upper, 1.0),
    "every other letter a capital": (lambda asked: "".join(x.upper() if at % 2 else x for at, x in enumerate(asked)), 1.0),
    "zero-width spaces": ("\u200b".join, 1.0),
    "accents": (lambda asked: "".join(letter + "\u0301" if letter.isalpha() else letter for letter in asked), 1.0),
    "full-width letters": (lambda asked: "".join(chr(ord(x) + 0xFEE0) if "!" <= x <= "~" else x for x in asked), 1.0),
    "lookalike letters": (lambda asked: asked.lower().translate(str.maketrans("aeoi", "\u0430\u0435\u043e\u0456")), 1.0),
    "underscores": (lambda asked: asked.replace(" ", "_"), 1.0),
    "no punctuation": (lambda asked: re.sub(r"[^a-z0-9 ]", "", asked.lower()), 0.97),
    "commas after every word": (lambda asked: asked.replace(" ", ", "), 0.97),
    "letters set apart": (lambda asked: "   ".join(" ".join(word) for word in asked.split()), 0.97),
    "full stops between letters": (lambda asked: " ".join(".".join(word) for word in asked.split()), 0.93),
    "digits for letters": (lambda asked: asked.lower().translate(str.maketrans("oieas", "01345")), 0.93),
    "symbols for letters": (lambda asked: asked.lower().translate(str.maketrans("asi", "@$!")), 0.87),
    "drawn-out letters": (lambda asked: " ".join(w[:2] + 2 * w[1] + w[2:] if len(w) > 3 else w for w in asked.split()), 0.9),
}


@pytest.mark.parametrize("name", DISGUISES)
def test_a_disguise_hides_little(name: str) -> None:
    """However a whole question is spaced, cased, accented or put in symbols, nearly every danger in it is still seen."""
    disguise, least = DISGUISES[name]
    lines = [
        line for file in ("dev", "holdout", "holdout-2") for line in (QUESTIONS / f"{file}.jsonl").read_text("utf-8").splitlines()
    ]
    risks = [record["q"] for record in map(json.loads, lines) if record["label"].startswith("risk")]
    seen = [asked for asked in risks if safety.notice_for(asked, BOOK)]
    assert len(seen) > 100
    assert sum(safety.notice_for(disguise(asked), BOOK) is not None for asked in seen) >= least * len(seen)


def test_no_phrasing_of_the_handbook_raises_an_alarm() -> None:
    """What the handbook answers is asked without a word of danger."""
    asked = [text for entry in BOOK for text in (entry.question, *entry.phrasings)]
    assert len(asked) > 400
    assert [text for text in asked if safety.notice_for(text, BOOK)] == []
