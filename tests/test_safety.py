"""The safety check: what calls for a notice, whatever hides it, and where it sends the reader."""

from __future__ import annotations

import copy
import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from therapycry import compiled, direct, handbook, safety
from therapycry.disguise import Words
from therapycry.model import Handbook, HandbookError
from therapycry.sayings import Sayings
from therapycry.signs import Detector

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from therapycry.model import EvidenceTables

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
        ("my boyfriend raped me", "danger"),
        ("my boyfriend hit me again last night", "danger"),
        ("I feel like hurting my baby", "harm"),
        ("my daughter told me grandpa touches her", "child"),
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


@settings(max_examples=60)
@given(st.sampled_from(CRISES), st.text(max_size=60), st.text(max_size=60))
def test_the_notice_never_repeats_what_was_typed(crisis: str, before: str, after: str) -> None:
    """A notice consists of authored words alone, whatever was typed."""
    found = safety.notice_for(f"{before} {crisis} {after}", BOOK)
    if found:
        authored = BOOK.safety["notices"][found.variant]
        assert (found.title, list(found.paragraphs)) == (authored["title"], authored["paragraphs"])


@settings(max_examples=200)
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


def test_a_foreign_folder_still_has_safety(folder: Path) -> None:
    """A handbook from another folder without a safety.toml of its own uses the shipped one."""
    assert safety.notice_for("I want to die", handbook.load(folder)) is not None


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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A handbook folder with one entry, to which a safety.toml may be added."""
    (tmp_path / "entries").mkdir()
    (tmp_path / "contents.toml").write_text('[[topic]]\nslug = "t"\ntitle = "T"\nentries = ["rain"]\n', encoding="utf-8")
    (tmp_path / "sources.toml").write_text("", encoding="utf-8")
    head = 'short = "Clouds."\nphrasings = ["why is it wet"]\nrelated = []\nreviewed = 2026-11-23\n'
    (tmp_path / "entries" / "rain.md").write_text(f"```toml\n{head}```\n\n# Why does it rain?\n\nClouds.\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("words", [("ask", "is it normal"), ("helplines",)])
@pytest.mark.parametrize(
    "text",
    ["x = 1\n", "helplines = [1]\n", "", "".join(f"{table} = 1\n" for table in safety._TABLES)],
    ids=["unknown key", "one table", "empty", "numbers for tables"],
)
def test_a_faulty_safety_file_stops_the_command(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, words: tuple[str, ...]
) -> None:
    """A folder with a faulty safety.toml ends with status 4 and one line that names the file, and never goes on without a check."""
    (folder / "safety.toml").write_text(text, encoding="utf-8")
    status = direct.run((*words, "--handbook", str(folder)))
    out, err = capsys.readouterr()
    assert (status, out) == (4, "")
    assert err.startswith("therapycry: safety.toml:1: ")
    assert err.count("\n") == 1
    assert "allowed" in err or "required" in err


def test_a_list_of_numbers_for_helplines_stops_the_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Helplines that are no tables, in a file that is sound otherwise, end both commands with status 4 and one line."""
    sound = (Path(handbook.DATA) / "safety.toml").read_text(encoding="utf-8")
    before, after = sound.partition("[[helplines]]\n")[0], sound.rpartition("[evidence]\n")[2]
    (folder / "safety.toml").write_text(f"helplines = [1]\n{before}[evidence]\n{after}", encoding="utf-8")
    for words in (("ask", "is it normal"), ("helplines",)):
        status = direct.run((*words, "--handbook", str(folder)))
        out, err = capsys.readouterr()
        assert (status, out) == (4, "")
        assert err == (
            "therapycry: safety.toml:1: a value is missing or of the wrong kind (AttributeError); "
            "allowed is what the shipped safety.toml has\n"
        )


def test_a_fault_stays_a_fault(folder: Path) -> None:
    """A caller who asks again after a fault in safety.toml is told again, not answered without a check."""
    (folder / "safety.toml").write_text("", encoding="utf-8")
    book = handbook.load(folder)
    for _ in range(2):
        with pytest.raises(HandbookError, match=r"^safety\.toml:1: \[spelling\] is missing; required are spelling, put, "):
            safety.notice_for("I want to die", book)
        with pytest.raises(HandbookError, match=r"^safety\.toml:1: "):
            safety.helplines(book)


def test_a_handbook_is_prepared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A caller's second question is read with what the first one prepared."""
    made: list[Detector] = []

    def counted(data: Mapping[str, Any], tables: EvidenceTables | None) -> Detector:
        made.append(Detector(data, tables))
        return made[-1]

    monkeypatch.setattr("therapycry.safety.Detector", counted)
    book = changed(dict(BOOK.safety))
    first, second = (safety.notice_for("I want to die", book) for _ in range(2))
    assert first is not None
    assert first == second
    assert len(made) == 1


def changed(data: dict[str, Any]) -> Handbook:
    """A handbook made in code that has this safety data."""
    return Handbook(topics=(), entries=(), sources={}, lexicon={}, safety=data, weights=None, evidence=BOOK.evidence)


def test_a_handbook_without_safety_has_no_helplines() -> None:
    """A bare handbook made in code lists nowhere to turn, without a fault."""
    assert safety.helplines(changed({})) == ()


def test_a_notice_shows_few_helplines() -> None:
    """However many lines authors name first, a reader sees six of them and then the directory."""
    data: dict[str, Any] = copy.deepcopy(dict(BOOK.safety))
    several = [line["key"] for line in data["helplines"] if line["region"] != "world"][:10]
    data["notices"]["self"]["first"] = several
    found = safety.notice_for("I want to die", changed(data))
    assert found is not None
    assert [line.key for line in found.helplines] == [*several[:6], "intl-fah"]


def test_a_helpline_can_be_kept_in_a_set() -> None:
    """The kinds of a helpline cannot be changed by a caller, and equal helplines count as one."""
    assert len({*safety.helplines(BOOK), *safety.helplines(BOOK)}) == len(BOOK.safety["helplines"])


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("en_US.UTF-8", "us"), ("de_AT@euro", "at"), ("de", None), ("en_12", None), ("zh_Hant", None), ("ca_ES_valencia", None)],
)
def test_what_a_locale_says_of_the_country(locale: str, expected: str | None) -> None:
    """Two letters after the language are a country; a language alone, a number or a script is none."""
    assert safety.region_from(None, {"LANG": locale}) == expected


REGIONS = ", ".join(BOOK.safety["regions"])
VARIANTS = ", ".join(BOOK.safety["notices"])
KINDS = "crisis, danger, assault, child, misconduct, emergency, directory"


@pytest.mark.parametrize(
    ("place", "values", "message"),
    [
        ((), {"x": {}}, "the file has the unknown key 'x'; allowed are evidence, groups, harmless, helplines, "),
        (
            ("evidence",),
            {"misconduct": "much"},
            "[evidence] needs crisis, misconduct, with_sign and outright; allowed are log-odds such as 1.5",
        ),
        (("sign", 0), {"about": []}, f"sign 1 needs a notice ({VARIANTS} or life), about and say"),
        (("sign", 1), {"say": []}, f"sign 2 needs a notice ({VARIANTS} or life), about and say"),
        (("sign", 1), {"notice": "alarm"}, f"sign 2 needs a notice ({VARIANTS} or life), about and say"),
        (("notices", "self"), {"colour": "red"}, "[notices.self] has the unknown key 'colour'; allowed are first, kind, lines, "),
        (
            ("notices", "self"),
            {"kind": "alarm"},
            "[notices.self] names 'alarm'; allowed are keys of helplines, and crisis or misconduct",
        ),
        (("helplines", 1), {"fax": "1"}, "helpline us-988 has the unknown key 'fax'; allowed are "),
        (
            ("helplines", 1),
            {"key": "uk-emergency"},
            "helpline uk-emergency stands twice; a helpline has its own key and all details",
        ),
        (("helplines", 1), {"region": "xx"}, f"helpline us-988 is in the unknown region 'xx'; allowed are {REGIONS}"),
        (("helplines", 1), {"kinds": ["fun"]}, f"helpline us-988 has the kinds ['fun']; allowed are {KINDS}"),
        (("helplines", 1), {"kinds": []}, f"helpline us-988 has the kinds []; allowed are {KINDS}"),
        (
            ("helplines", 1),
            {"last_checked": "soon"},
            "helpline us-988 was checked on 'soon'; allowed is a date such as 2026-11-23",
        ),
    ],
)
def test_a_fault_is_named_in_full(place: tuple[str | int, ...], values: dict[str, Any], message: str) -> None:
    """An author reads where in safety.toml the fault is, what it is, and everything that is allowed there."""
    data: dict[str, Any] = copy.deepcopy(dict(BOOK.safety))
    at: Any = data
    for step in place:
        at = at[step]
    at.update(values)
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        safety.check(data)


def test_a_helpline_without_a_key_is_found() -> None:
    """An author who forgot a helpline's key is told so."""
    data: dict[str, Any] = copy.deepcopy(dict(BOOK.safety))
    del data["helplines"][1]["key"]
    with pytest.raises(ValueError, match=r"^helpline without a key lacks key; a helpline has its own key and all details$"):
        safety.check(data)


def test_a_helpline_of_every_kind_is_sound() -> None:
    """A line that serves for everything may say so."""
    data: dict[str, Any] = copy.deepcopy(dict(BOOK.safety))
    data["helplines"][1]["kinds"] = KINDS.split(", ")
    safety.check(data)


def plain(text: str) -> Words:
    """The words of a text in which a full stop that stands alone ends a sentence."""
    words: list[str] = []
    ends: set[int] = set()
    for word in text.split():
        if word == ".":
            ends.add(len(words))
        else:
            words.append(word)
    return Words(words, frozenset(ends))


GROUPS = {
    "pain": ["hurt", "in pain", "in great pain", "<harm>"],
    "harm": ["cut+", "bruise+", "bury+", "slay+", "push+", "miss+", "teach+", "fix+"],
}


@pytest.mark.parametrize(
    ("saying", "holding", "not_holding"),
    [
        ("he hits", ["he hits", "and he hits me"], ["he", "hits he", "he never hits", "he . hits"]),
        ("he|she hits|beats_up", ["he hits", "she beats up"], ["they hits", "she beats", "she beats . up", "she beats us up"]),
        ("a cut_off|cut_up|cut", ["a cut", "a cut off", "a cut up"], ["a", "cut off a"]),
        ("<pain> me", ["hurt me", "in pain me", "in great pain me"], ["in me", "in . pain me", "in great me", "pain me"]),
        (
            "<harm> me",
            ["cut me", "cuts me", "cuted me", "cuting me", "bruise me", "bruises me", "bruised me", "bruising me"],
            ["bruisees me", "cutes me", "harm me"],
        ),
        (
            "<pain> me",
            ["buries me", "buried me", "burying me", "slays me", "slayed me", "pushes me", "misses me", "teaches me", "fixes me"],
            ["burys me", "slaies me", "slaied me", "pushs me", "misss me", "teachs me", "fixs me"],
        ),
        ("he really? hits", ["he hits", "he really hits"], ["he hardly hits", "he really really hits"]),
        ("he <harm>? hits", ["he hits", "he bruises hits"], ["he harm hits"]),
        ("he * hits", ["he hits", "he often hits"], ["he a b hits", "he . hits", "he often . hits"]),
        ("he .. hits", ["he hits", "he a b c hits"], ["he a b c d hits", "he a . b hits"]),
        ("he ... hits", ["he a b c d e f g h hits"], ["he a b c d e f g h i hits", "he a . b hits"]),
        ("he ~ hits", ["he a . b hits", "he . hits", f"he {'a ' * 16}hits"], [f"he {'a ' * 17}hits"]),
        ("^ he hits", ["he hits"], ["and he hits"]),
        ("he hits $", ["he hits", "he hits . so"], ["he hits me"]),
        ("^|and he hits", ["he hits", "and he hits", "if and he hits"], ["if he hits"]),
        ("he hits & i fear", ["he hits so i fear", "i fear . he hits"], ["he hits", "i fear", "he i hits fear"]),
    ],
)
def test_a_saying_means_what_its_notation_says(saying: str, holding: list[str], not_holding: list[str]) -> None:
    """An author's saying is found in the texts that the notation describes, and in no other."""
    sayings = Sayings(GROUPS)
    for text in holding * 2:
        words = plain(text)
        assert sayings.found(saying, words, set(words.plain)), text
    for text in not_holding:
        words = plain(text)
        assert not sayings.found(saying, words, set(words.plain)), text


def test_a_saying_ends_at_its_last_place() -> None:
    """Of a harmless saying with several ends the longest is taken out, from the place where it begins."""
    sayings = Sayings(GROUPS)
    words = plain("i cut down down cut")
    assert [sayings.end("cut down? down?", words, start) for start in range(5)] == [0, 4, 2, 3, 5]
    assert sayings.end("cut up", words, 1) == 1
