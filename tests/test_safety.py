"""The safety check: what calls for a notice, whatever hides it, and where it sends the reader."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from therapycry import compiled, handbook, safety
from therapycry.model import Handbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BOOK = handbook.load()
CRISES = (
    "I want to die",
    "i want to kill myself",
    "I am suicidal",
    "my boyfriend strangled me",
    "I took all my pills",
    "I cut myself again",
)
CALM = (
    "I cried so hard I thought I would die laughing",
    "my therapist is killing it",
    "my dad died in May",
    "deadline is killing me",
    "suicide squad film",
    "how do I kill a process",
    "is it normal for a therapist to cry",
    "why did my therapist hug me when I cried",
)
MASKS: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "letters set apart": lambda asked: "  ".join(" ".join(word) for word in asked.split()),
    "all letters set apart": lambda asked: " ".join(asked.replace(" ", "")),
    "full stops for spaces": lambda asked: asked.replace(" ", "."),
    "underscores for spaces": lambda asked: asked.replace(" ", "_"),
    "run together": lambda asked: asked.replace(" ", ""),
    "hyphens between all letters": lambda asked: "-".join(asked.replace(" ", "")),
    "numbers for letters": lambda asked: asked.translate(str.maketrans("ieoa", "1304")),
    "symbols for letters": lambda asked: asked.translate(str.maketrans("ias", "!@$")),
    "zero-width spaces": "\u200b".join,
    "accents": lambda asked: "".join(letter + "\u0301" if letter.isalpha() else letter for letter in asked),
    "letters drawn out": lambda asked: "".join(letter * 3 if letter in "aeiou" else letter for letter in asked),
    "cyrillic lookalikes": lambda asked: asked.translate(str.maketrans("aeopcyi", "\u0430\u0435\u043e\u0440\u0441\u0443\u0456")),
    "full-width letters": lambda asked: "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in asked),
    "stars around": lambda asked: f"*{asked}*",
    "exclamation marks": lambda asked: f"{asked}!!!",
    "a line for each word": lambda asked: asked.replace(" ", "\n"),
    "a comma after each word": lambda asked: asked.replace(" ", ", "),
}


def variant(asked: str) -> str | None:
    """The variant of the notice that the shipped handbook shows."""
    found = safety.notice_for(asked, BOOK)
    return found.variant if found else None


@pytest.mark.parametrize("asked", CRISES)
@pytest.mark.parametrize("mask", MASKS)
def test_no_mask_hides_a_crisis(mask: str, asked: str) -> None:
    """Spacing, case, punctuation, accents, invisible characters and symbols for letters do not hide a crisis."""
    found = safety.notice_for(MASKS[mask](asked), BOOK)
    assert found is not None
    assert found.kind == "crisis"


@pytest.mark.parametrize("asked", CALM)
def test_ordinary_words_raise_no_alarm(asked: str) -> None:
    """Turns of phrase and everyday questions are answered as they are."""
    assert variant(asked) is None


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("I want to end my life", "self"),
        ("sucidal and scared", "self"),
        ("k*ll myself", "self"),
        ("quiero morirme", "self"),
        ("\u60f3\u6b7b", "self"),
        ("\u0445\u043e\u0447\u0443 \u0443\u043c\u0435\u0440\u0435\u0442\u044c", "self"),
        ("my friend says he will kill himself", "other"),
        ("my client disclosed suicidal ideation", "client"),
        ("my husband hits me and I am afraid", "danger"),
        ("my stepdad touches me at night", "child"),
        ("I am going to stab my brother", "harm"),
        ("my therapist kissed me on the lips", "misconduct"),
    ],
)
def test_the_notice_fits_the_situation(asked: str, expected: str) -> None:
    """Oneself, another, a client, danger, a child, harm to others and a therapist's misconduct each have their own words."""
    assert variant(asked) == expected


def test_an_idiom_does_not_cover_a_crisis_beside_it() -> None:
    """A harmless turn of phrase is taken out, what stands beside it is still read."""
    assert variant("I nearly died laughing at the film, and tonight I want to kill myself") == "self"


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(CRISES), st.text(max_size=60), st.text(max_size=60))
def test_the_notice_never_repeats_what_was_typed(crisis: str, before: str, after: str) -> None:
    """A notice consists of authored words alone, whatever was typed."""
    found = safety.notice_for(f"{before} {crisis} {after}", BOOK)
    if found:
        authored = BOOK.safety["notices"][found.variant]
        assert (found.title, list(found.paragraphs)) == (authored["title"], authored["paragraphs"])


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_without_a_fault(asked: str) -> None:
    """Whatever is typed, the check gives a notice of its own or none."""
    assert variant(asked) in {None, *BOOK.safety["notices"]}


@pytest.mark.parametrize("asked", ["a " * 500_000, "x" * 1_000_000, "k*" * 500_000, "'a" * 500_000, "\ud800" * 1_000, "\0" * 1_000])
def test_a_monstrous_text_is_ordinary(asked: str) -> None:
    """Endless runs of the same characters mean nothing, and are read at all."""
    assert variant(asked) is None


def test_a_crisis_in_the_middle_of_a_megabyte_is_seen() -> None:
    """Outright words are found wherever they stand in a very long text."""
    filler = "lorem ipsum " * 40_000
    assert variant(f"{filler} I want to kill myself {filler}") == "self"


def test_a_foreign_folder_still_has_safety(tmp_path: Path) -> None:
    """A handbook from another folder without a safety.toml of its own uses the shipped one."""
    (tmp_path / "entries").mkdir()
    (tmp_path / "contents.toml").write_text('[[topic]]\nslug = "t"\ntitle = "T"\nentries = []\n', encoding="utf-8")
    (tmp_path / "sources.toml").write_text("", encoding="utf-8")
    assert safety.notice_for("I want to die", handbook.load(tmp_path)) is not None


def test_the_compiled_handbook_gives_the_same_notice(tmp_path: Path) -> None:
    """Dates that became text in the compiled handbook are dates again in its helplines."""
    path = tmp_path / "handbook.json"
    path.write_text(compiled.dump(BOOK), encoding="utf-8")
    found = safety.notice_for("I want to die", compiled.read(str(path), handbook.DATA), "gb")
    assert found == safety.notice_for("I want to die", BOOK, "gb")
    assert found is not None
    assert isinstance(found.helplines[0].last_checked, date)


def test_a_handbook_without_safety_raises_no_alarm() -> None:
    """A bare handbook made in code is read without a check."""
    bare = Handbook(topics=(), entries=(), sources={}, lexicon={}, safety={}, weights=None)
    assert safety.notice_for("I want to die", bare) is None


def keys(region: str | None) -> list[str]:
    """The helplines of the notice for oneself."""
    found = safety.notice_for("I want to die", BOOK, region)
    assert found is not None
    return [line.key for line in found.helplines]


def test_no_country_is_assumed() -> None:
    """Where the country is not known several countries stand side by side, and the world-wide directory last."""
    assert len({key.partition("-")[0] for key in keys(None)}) >= 5
    assert keys(None)[-1] == "intl-fah"


def test_the_region_comes_first_and_the_directory_last() -> None:
    """A known country shows its emergency number and lines, then the directory."""
    assert keys("gb") == ["uk-emergency", "uk-samaritans", "uk-shout", "uk-nhs111", "intl-fah"]


def test_an_unknown_country_shows_the_directory() -> None:
    """A country without lines of its own is not given another country's."""
    assert keys("zz") == ["intl-fah"]
    assert [line.key for line in safety.helplines(BOOK, "zz")] == ["intl-tell", "intl-fah"]


def test_all_helplines_end_with_the_directory() -> None:
    """Without a country every line is listed once, the world-wide ones last."""
    lines = safety.helplines(BOOK)
    assert len(lines) == len({line.key for line in lines}) == len(BOOK.safety["helplines"])
    assert lines[-1].key == "intl-fah"
    assert {line.region for line in safety.helplines(BOOK, "us")} == {"us", "world"}


@pytest.mark.parametrize(
    ("wish", "environ", "expected"),
    [
        ("UK", {"THERAPYCRY_REGION": "us"}, "gb"),
        (" usa ", {}, "us"),
        (None, {"THERAPYCRY_REGION": "ie", "LANG": "en_US.UTF-8"}, "ie"),
        (None, {"LC_ALL": "en_NZ.UTF-8", "LANG": "en_US.UTF-8"}, "nz"),
        (None, {"LC_MESSAGES": "fr_CA@euro", "LANG": "en_US"}, "ca"),
        (None, {"LANG": "C.UTF-8"}, None),
        (None, {"LANG": "en_150"}, None),
        (" ", {"THERAPYCRY_REGION": ""}, None),
        (None, {}, None),
    ],
)
def test_where_the_reader_is(wish: str | None, environ: dict[str, str], expected: str | None) -> None:
    """The option, then THERAPYCRY_REGION, then the locale say the country; nothing says it otherwise."""
    assert safety.region_from(wish, environ) == expected


def _damaged(change: str) -> dict[str, Any]:  # noqa: C901 (one case for each fault)
    data: dict[str, Any] = copy.deepcopy(dict(BOOK.safety))
    line, sign = data["helplines"][1], data["sign"][0]
    match change:
        case "table":
            data["extra"] = {}
        case "gap":
            del data["regions"]
        case "sign key":
            sign["sya"] = []
        case "sign notice":
            sign["notice"] = "alarm"
        case "group":
            sign["say"] = ["<nobody_has_this>"]
        case "region":
            line["region"] = "xx"
        case "day":
            line["last_checked"] = "soon"
        case "kind":
            line["kinds"] = ["fun"]
        case "address":
            line["url"] = "http://example.org"
        case "detail":
            del line["hours"]
        case "twice":
            line["key"] = data["helplines"][0]["key"]
        case "line":
            data["notices"]["self"]["first"] = ["nowhere"]
    return data


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("table", "unknown key 'extra'"),
        ("gap", r"\[regions\] is missing"),
        ("sign key", "sign 1 has the unknown key 'sya'"),
        ("sign notice", "sign 1 needs a notice"),
        ("group", "names the group <nobody_has_this>"),
        ("region", "unknown region 'xx'"),
        ("day", "was checked on 'soon'; allowed is a date"),
        ("kind", "has the kinds"),
        ("address", "starts with https://"),
        ("detail", "lacks hours"),
        ("twice", "stands twice"),
        ("line", r"\[notices.self\] names \['nowhere'\]"),
    ],
)
def test_faulty_data_says_what_is_wrong(change: str, message: str) -> None:
    """A fault in safety.toml is found when it is checked, with what is allowed, not when someone needs help."""
    with pytest.raises(ValueError, match=message):
        safety.check(_damaged(change))


def test_shipped_data_is_sound_in_both_forms() -> None:
    """The check accepts the authored data and the same data from JSON."""
    safety.check(BOOK.safety)
    safety.check(json.loads(json.dumps(BOOK.safety, default=str)))
