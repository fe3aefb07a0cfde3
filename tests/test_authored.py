"""The handbook as authors write it: every fault is told by file, line, what is wrong and what is allowed."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from therapycry import handbook
from therapycry.model import HandbookError, Topic

if TYPE_CHECKING:
    from collections.abc import Callable

TINY = Path(__file__).parent / "handbook"
PAGE = "entries/why-rain.md"
ALLOWED = "allowed are ## headings, paragraphs, - bullets, *emphasis* and [@source]"
SOURCE_KEYS = "kind, grade, authors, title, container, accessed, year, volume, issue, pages, doi, url, note, verified, founding"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A handbook of its own for each test to spoil."""
    return Path(shutil.copytree(TINY, tmp_path / "handbook"))


@pytest.fixture
def spoil(copy: Path) -> Callable[[str, str, str], str]:
    """Replace words of a file, once, and return what is said to the author."""

    def spoilt(name: str, old: str, new: str) -> str:
        path = copy / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1, old
        path.write_bytes(text.replace(old, new, 1).encode("utf-8", "surrogatepass"))
        return told(copy)

    return spoilt


def told(folder: Path) -> str:
    """What the author of a faulty handbook is told."""
    with pytest.raises(HandbookError) as raised:
        handbook.load(folder)
    return str(raised.value)


def test_a_handbook_is_read_in_reading_order() -> None:
    """Topics, numbers and fields come out as they were written."""
    book = handbook.load(TINY)
    assert book.topics[0] == Topic("rain", "When it rains", ("why-rain", "how-much-rain"))
    assert [(entry.number, entry.slug, entry.topic) for entry in book] == [
        (1, "why-rain", "rain"),
        (2, "how-much-rain", "rain"),
        (3, "borrow-umbrella", "umbrellas"),
        (4, "wide-words", "umbrellas"),
    ]
    entry = book["why-rain"]
    assert entry.question == "Why does it rain?"
    assert entry.short.startswith("Because water in clouds")
    assert entry.phrasings == ("what makes it rain", "why is it raining")
    assert entry.related == ("how-much-rain", "borrow-umbrella")
    assert entry.sources == ("cloud-2001", "flood-2010", "umbrella-board")
    assert (entry.reviewed, entry.footer) == (date(2026, 2, 3), "crisis")
    assert entry.body.startswith("Water in clouds")
    assert entry.body.endswith("[@umbrella-board]")


def test_sources_are_read_with_their_absences() -> None:
    """What a source does not say stays unsaid."""
    sources = handbook.load(TINY).sources
    assert sources["hearsay"].verified is False
    assert (sources["hearsay"].authors, sources["hearsay"].year, sources["hearsay"].founding) == ((), None, 1)
    assert sources["flood-2010"].authors == ("Eva Flood", "Finn Gale", "Gül Hail", "Ines Ice")


def test_windows_line_ends_change_nothing(copy: Path) -> None:
    """A page saved on Windows is the same page."""
    for path in copy.rglob("*.*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert handbook.load(copy).entries == handbook.load(TINY).entries


def test_a_hidden_file_is_no_page(copy: Path) -> None:
    """What a desktop or an editor leaves behind does no harm."""
    (copy / "entries" / ".DS_Store").write_bytes(b"\0")
    (copy / "entries" / ".why-rain.md.swp").write_bytes(b"\0")
    assert len(handbook.load(copy)) == 4


def test_a_handbook_may_bring_its_own_words(copy: Path) -> None:
    """A lexicon, a safety file and common words of its own replace the shipped ones."""
    (copy / "lexicon.toml").write_text('[spellings]\nbrolly = "umbrella"\n[concepts]\numbrella = ["umbrella"]\n', encoding="utf-8")
    (copy / "safety.toml").write_text("own = true\n", encoding="utf-8")
    (copy / "words.txt").write_text("# common\nmuddle\nmud\n", encoding="utf-8")
    book = handbook.load(copy)
    assert book.lexicon["singles"] == {"umbrella": ["umbrella"]}
    assert book.safety == {"own": True}
    assert list(book.common) == ["mud", "muddle"]


def test_a_handbook_without_words_of_its_own_has_the_shipped_ones(copy: Path) -> None:
    """A folder of pages is enough."""
    book, shipped = handbook.load(copy), handbook.load(handbook.DATA)
    assert (book.lexicon, book.safety, book.common) == (shipped.lexicon, shipped.safety, shipped.common)
    assert book.weights is None


# --- the folder and its files -----------------------------------------------------------------------------------------------


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    """The message says what a handbook is made of."""
    expected = f"{tmp_path}/none:1: there is no such folder; a handbook is a folder with contents.toml, sources.toml and entries/"
    assert told(tmp_path / "none") == expected


def test_a_file_instead_of_a_folder_is_told(copy: Path) -> None:
    """A page alone is no handbook."""
    assert "there is no such folder" in told(copy / "contents.toml")


@pytest.mark.parametrize("name", ["contents.toml", "sources.toml", PAGE])
def test_a_missing_file_is_told(copy: Path, name: str) -> None:
    """Each file that a handbook needs is named."""
    (copy / name).unlink()
    assert told(copy) == f"{name}:1: the file is missing; a handbook needs it"


@pytest.mark.parametrize("name", ["contents.toml", "sources.toml", PAGE])
def test_a_file_that_is_not_utf_8_is_told(copy: Path, name: str) -> None:
    """An old encoding is the likeliest cause, so the remedy is named."""
    (copy / name).write_bytes(b"caf\xe9")
    assert told(copy) == f"{name}:1: this is not UTF-8 text; save the file as UTF-8"


def test_a_file_that_cannot_be_read_is_told(copy: Path) -> None:
    """The system's own reason is given."""
    (copy / PAGE).unlink()
    (copy / PAGE).mkdir()
    assert told(copy) == f"{PAGE}:1: the file cannot be read (Is a directory); check its permissions"


@pytest.mark.parametrize("name", ["stray.md", "why-rain.txt", "why-rain.md~"])
def test_a_page_that_no_topic_lists_is_told(copy: Path, name: str) -> None:
    """A page that nobody can reach was forgotten."""
    shutil.copy(copy / PAGE, copy / "entries" / name)
    assert told(copy) == f"entries/{name}:1: contents.toml does not list this page; add its slug to a topic"


# --- TOML, in any file ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "wrong"),
    [
        ("contents.toml", 'title = "Umbrellas', 'title = Umbrellas"', 10, "Invalid value"),
        ("sources.toml", "year = 2010", "year = ", 19, "Invalid value"),
        (PAGE, "reviewed = 2026-02-03", "reviewed = soon", 5, "Invalid value"),
        (PAGE, 'footer = "crisis"', "footer = '''crisis", 6, "Expected \"'''\""),
        (PAGE, "reviewed = 2026-02-03", "reviewed = 2026-02-30", 5, "Invalid date or datetime"),
    ],
)
def test_faulty_toml_is_told_by_its_line_in_the_file(  # noqa: PLR0913, PLR0917 (a table of faults)
    spoil: Callable[[str, str, str], str], name: str, old: str, new: str, line: int, wrong: str
) -> None:
    """Lines are counted from the top of the file, not of the block."""
    message = spoil(name, old, new)
    assert message.startswith(f"{name}:{line}: not valid TOML: {wrong}")
    assert "column" not in message


def test_toml_nested_too_deep_is_told(spoil: Callable[[str, str, str], str]) -> None:
    """A hostile file is a faulty file."""
    assert spoil("contents.toml", 'slug = "rain"', f"slug = {'[' * 5000}").startswith("contents.toml:")


@pytest.mark.parametrize("name", ["contents.toml", "sources.toml", PAGE])
@pytest.mark.parametrize(("character", "code"), [("\u202e", "U+202E"), ("\u200b", "U+200B"), ("\x1b", "U+001B")])
def test_an_invisible_character_is_told_by_its_line(copy: Path, name: str, character: str, code: str) -> None:
    """It is named where it stands, in the head of a page too."""
    path = copy / name
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[2] += f" # {character}"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert told(copy) == f"{name}:3: the invisible character {code} is not allowed; remove it"


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        (PAGE, "Because water", "Because\\u001b[31m water", 2),
        (PAGE, '"why is it raining"', '"why is it \\u202Eraining"', 3),
        ("sources.toml", "Ada Cloud", "Ada\\u0007 Cloud", 4),
        ("contents.toml", "Umbrellas, and", "Umbrellas\\u009b and", 10),
        (PAGE, "# Why does it rain?", "# Why does\x1b[2J it rain?", 9),
        (PAGE, "A second paragraph", "A \u2066second paragraph", 14),
    ],
)
def test_an_escaped_character_that_steers_a_terminal_is_told(
    spoil: Callable[[str, str, str], str], name: str, old: str, new: str, line: int
) -> None:
    """TOML can spell one that no editor shows; the title and the prose are looked through as well."""
    message = spoil(name, old, new)
    assert message.startswith(f"{name}:{line}: the invisible character U+")
    assert message.endswith(" is not allowed; remove it")


# --- contents.toml ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", 'topic = "rain"', "topic = [1, 2]", "other = 1\n[[topic]]\n", '[topic]\nslug = "rain"'])
def test_contents_hold_topics_and_nothing_else(copy: Path, text: str) -> None:
    """Anything else in contents.toml was meant for another file."""
    (copy / "contents.toml").write_text(text, encoding="utf-8")
    assert told(copy) == "contents.toml:1: expected [[topic]] tables and nothing else"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title = "Umbrellas', 'titel = "Umbrellas', "10: unknown key 'titel'; allowed are slug, title, entries"),
        ('title = "When it rains"', 'title = ""', "5: 'title' has a wrong value; allowed is text in quotes"),
        ('title = "Umbrellas, and who holds them"', "title = 3", "10: 'title' has a wrong value; allowed is text in quotes"),
        ('["borrow-umbrella", "wide-words"]', '"wide-words"', "11: 'entries' has a wrong value; allowed is a list of texts"),
        ('title = "Umbrellas, and who holds them"\n', "", "8: 'title' is missing; required are slug, title, entries"),
        ('slug = "umbrellas"', 'slug = "Umbrellas!"', "9: 'Umbrellas!' is no slug; allowed are a-z, 0-9 and hyphens"),
        ('"wide-words"]', '"../secret"]', "11: '../secret' is no slug; allowed are a-z, 0-9 and hyphens"),
        ('"wide-words"]', '"why-rain"]', "11: 'why-rain' stands twice; an entry belongs to one topic, once"),
        ('"wide-words"]', '"borrow-umbrella"]', "11: 'borrow-umbrella' stands twice; an entry belongs to one topic, once"),
        ('slug = "umbrellas"', 'slug = "rain"', "9: 'rain' stands twice; each topic has a slug of its own"),
    ],
)
def test_a_faulty_topic_is_told(spoil: Callable[[str, str, str], str], old: str, new: str, message: str) -> None:
    """The line is that of the faulty topic, not of the first one."""
    assert spoil("contents.toml", old, new) == f"contents.toml:{message}"


# --- sources.toml -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[cloud-2001]", "[Cloud_2001]", "1: 'Cloud_2001' is no source; expected a table such as [surname-2013]"),
        ("[cloud-2001]", 'stray = "x"\n[cloud-2001]', "1: 'stray' is no source; expected a table such as [surname-2013]"),
        ("note = ", "notes = ", f"13: unknown key 'notes'; allowed are {SOURCE_KEYS}"),
        ("year = 2010", 'year = "2010"', "19: 'year' has a wrong value; allowed is a whole number"),
        ("year = 2010", "year = true", "19: 'year' has a wrong value; allowed is a whole number"),
        (
            "accessed = 2026-01-03",
            'accessed = "2026-01-03"',
            "24: 'accessed' has a wrong value; allowed is a date such as 2026-11-23",
        ),
        (
            "accessed = 2026-01-03",
            "accessed = 2026-01-03T10:00:00",
            "24: 'accessed' has a wrong value; allowed is a date such as 2026-11-23",
        ),
        ("verified = false", 'verified = "no"', "44: 'verified' has a wrong value; allowed is true or false"),
        ("authors = []", 'authors = ["", "B"]', "40: 'authors' has a wrong value; allowed is a list of texts"),
        ("authors = []", "authors = [1]", "40: 'authors' has a wrong value; allowed is a list of texts"),
        ('container = "A forum"', 'container = " "', "42: 'container' has a wrong value; allowed is text in quotes"),
        (
            'kind = "forum"\n',
            "",
            "37: 'kind' is missing; required are kind, grade, authors, title, container, accessed",
        ),
        (
            'kind = "forum"\ngrade = "opinion"\n',
            "",
            "37: 'kind', 'grade' are missing; required are kind, grade, authors, title, container, accessed",
        ),
        (
            'kind = "forum"',
            'kind = "tweet"',
            "38: kind 'tweet' is unknown; allowed are article, book, chapter, thesis, report, code, web page, news, blog, forum",
        ),
        (
            'grade = "review"',
            'grade = "gold"',
            "17: grade 'gold' is unknown; allowed are review, study, scholarly, professional, journalism, opinion",
        ),
        ("https://umbrella.example.org/code", "http://umbrella.example.org/code", "32: a url starts with https://"),
        ("verified = false\n", "", "38: 'hearsay' needs a doi or a url, or verified = false"),
        ("verified = false", "verified = true", "38: 'hearsay' needs a doi or a url, or verified = false"),
    ],
)
def test_a_faulty_source_is_told(spoil: Callable[[str, str, str], str], old: str, new: str, message: str) -> None:
    """The line is that of the faulty key within its own table."""
    assert spoil("sources.toml", old, new) == f"sources.toml:{message}"


def test_a_source_named_in_a_note_is_not_taken_for_its_table(copy: Path) -> None:
    """A key in brackets elsewhere in the file does not lead the author astray."""
    path = copy / "sources.toml"
    text = (
        path.read_text(encoding="utf-8")
        .replace("120 clouds over one town", "see [hearsay]")
        .replace('kind = "forum"', 'kind = "tweet"')
    )
    path.write_text(text, encoding="utf-8")
    assert told(copy).startswith("sources.toml:38: kind 'tweet' is unknown")


# --- a page -----------------------------------------------------------------------------------------------------------------

FRAME = "a page starts with a block ```toml that holds short, phrasings, related and reviewed"
TITLE = "after the ```toml block comes the question as `# Title`, then the prose"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("```toml\n", "", f"1: {FRAME}"),
        ("```toml\n", "\n```toml\n", f"1: {FRAME}"),
        ("```toml\n", "---\n", f"1: {FRAME}"),
        ("```\n\n# Why", "\n\n# Why", "1: the ```toml block is not closed; end it with a line ```"),
        ("# Why does it rain?", "## Why does it rain?", f"7: {TITLE}"),
        ("# Why does it rain?", "Why does it rain?", f"7: {TITLE}"),
        ("# Why does it rain?", "#", f"7: {TITLE}"),
        ("\n# Why", "\nStray words.\n\n# Why", f"7: {TITLE}"),
    ],
)
def test_a_faulty_frame_is_told(spoil: Callable[[str, str, str], str], old: str, new: str, message: str) -> None:
    """Which part of the frame is missing, and where it belongs."""
    assert spoil(PAGE, old, new) == f"{PAGE}:{message}"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("footer = ", "foot = ", "6: unknown key 'foot'; allowed are short, phrasings, related, reviewed, footer"),
        ('footer = "crisis"', 'footer = "sos"', "6: footer 'sos' is unknown; allowed are crisis, misconduct"),
        ('footer = "crisis"', "footer = 1", "6: 'footer' has a wrong value; allowed is text in quotes"),
        (
            "reviewed = 2026-02-03",
            'reviewed = "2026-02-03"',
            "5: 'reviewed' has a wrong value; allowed is a date such as 2026-11-23",
        ),
        ("reviewed = 2026-02-03\n", "", "1: 'reviewed' is missing; required are short, phrasings, related, reviewed"),
        ('"how-much-rain", ', '"", ', "4: 'related' has a wrong value; allowed is a list of texts"),
        (
            '"how-much-rain", ',
            '"snow", ',
            "4: related 'snow' is not another entry; allowed are how-much-rain, borrow-umbrella, wide-words",
        ),
        (
            '"how-much-rain", ',
            '"why-rain", ',
            "4: related 'why-rain' is not another entry; allowed are how-much-rain, borrow-umbrella, wide-words",
        ),
    ],
)
def test_a_faulty_head_is_told(spoil: Callable[[str, str, str], str], old: str, new: str, message: str) -> None:
    """Unknown keys, wrong types and unknown slugs name what is allowed."""
    assert spoil(PAGE, old, new) == f"{PAGE}:{message}"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("A second paragraph", "### A second paragraph", f"14: a heading of another level is not supported; {ALLOWED}"),
        ("  The study watched", "```\n  The study watched", f"18: a code block is not supported; {ALLOWED}"),
        ("one town.", "one **town**.", f"18: '*' is not supported here; {ALLOWED}"),
        ("- Take an umbrella", "1. Take an umbrella", f"22: a numbered or starred list is not supported; {ALLOWED}"),
        (
            "A second paragraph",
            "    A second paragraph",
            f"14: an indented line is only supported right under a bullet, by two spaces; {ALLOWED}",
        ),
        ("A second", "\n\n<b>A</b> second", f"16: '<' is not supported here; {ALLOWED}"),
        ("[@umbrella-board]", "[@umbrella]", "22: unknown source 'umbrella'; add it to sources.toml or cite one that is there"),
        (
            "stands alone.",
            "stands alone. [@flood]",
            "14: unknown source 'flood'; add it to sources.toml or cite one that is there",
        ),
    ],
)
def test_faulty_prose_is_told_by_its_line_in_the_file(
    spoil: Callable[[str, str, str], str], old: str, new: str, message: str
) -> None:
    """Lines are counted from the top of the file; a source whose key begins another's is found at its own place."""
    assert spoil(PAGE, old, new) == f"{PAGE}:{message}"


# --- phrasings --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "slug"),
    [
        ("may i take your umbrella", "What makes it RAIN?!", "why-rain"),
        ("may i take your umbrella", "why does it   rain", "why-rain"),
        ("may i take your umbrella", "Umbrella-lending", "borrow-umbrella"),
        ("may i take your umbrella", "May I borrow an umbrella?", "borrow-umbrella"),
    ],
)
def test_a_phrasing_that_stands_twice_is_told(spoil: Callable[[str, str, str], str], old: str, new: str, slug: str) -> None:
    """Case, spacing and punctuation do not make another phrasing, and a question is a phrasing of its own entry."""
    twice = "umbrella lending" if new == "Umbrella-lending" else new
    message = spoil("entries/borrow-umbrella.md", old, new)
    place = "entries/borrow-umbrella.md:3"
    assert message == f"{place}: the phrasing {twice!r} stands twice, also in {slug!r}; a phrasing belongs to one entry, once"


def test_a_phrasing_without_words_is_told(spoil: Callable[[str, str, str], str]) -> None:
    """Nobody could ask it."""
    expected = "entries/borrow-umbrella.md:3: the phrasing '?!' has no words; write what a person may ask"
    assert spoil("entries/borrow-umbrella.md", "may i take your umbrella", "?!") == expected


def test_phrasings_in_other_scripts_are_told_apart() -> None:
    """Words that are not Latin are words."""
    phrasings = handbook.load(TINY).phrasings
    assert [key for key, slug in phrasings.items() if slug == "wide-words" and not key.isascii()] != []
    assert "" not in phrasings


# --- lexicon.toml and weights.tsv ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[word]\n", "1: unknown key 'word'; allowed are spellings, emoji, concepts"),
        ("concepts = 3\n", "1: 'concepts' has a wrong value; allowed is a table"),
        ('[concepts]\nrain = "rain"\n', "2: 'rain' has a wrong value; allowed is a list of texts"),
        ('[concepts]\nrain = ["rain", 3]\n', "2: 'rain' has a wrong value; allowed is a list of texts"),
        ('[spellings]\na = "b"\nrane = ["rain"]\n', "3: 'rane' has a wrong value; allowed is text in quotes"),
        ('[spellings]\n[emoji]\n"☔" = 1\n', "3: '☔' has a wrong value; allowed is text in quotes"),
    ],
)
def test_a_faulty_lexicon_is_told(copy: Path, text: str, message: str) -> None:
    """A lexicon of one's own is checked as the pages are."""
    (copy / "lexicon.toml").write_text(text, encoding="utf-8")
    assert told(copy) == f"lexicon.toml:{message}"


HEADER = "signal\twhy-rain\thow-much-rain\tborrow-umbrella\twide-words\tnone"
REFIT = "fit the weights again with bench/fit.py"
COLUMNS = "why-rain, how-much-rain, borrow-umbrella, wide-words, none"


def test_weights_of_its_own_are_read(copy: Path) -> None:
    """A handbook may bring weights; a row is found by its signal."""
    (copy / "weights.tsv").write_text(f"{HEADER}\nabout rain\t1\t-2\t3\t4\t5\nalways\t0\t0\t0\t0\t9\n", encoding="utf-8")
    weights = handbook.load(copy).weights
    assert weights is not None
    assert weights.columns == ("why-rain", "how-much-rain", "borrow-umbrella", "wide-words", "none")
    assert weights.row("about rain") == [1, -2, 3, 4, 5]
    assert weights.row("about") == weights.row("about rain ") == weights.row("zebra") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", f"1: the columns are not {COLUMNS}; {REFIT}"),
        (HEADER.replace("wide-words", "wide"), f"1: the columns are not {COLUMNS}; {REFIT}"),
        (f"{HEADER}\tnone", f"1: the columns are not {COLUMNS}; {REFIT}"),
        (HEADER, f"1: the row 'always' is missing; {REFIT}"),
        (f"{HEADER}\nalways\t1\t2\t3\t4", f"2: expected a signal and 5 whole numbers, apart by tabs; {REFIT}"),
        (f"{HEADER}\nalways\t1\t2\t3\t4\tx", f"2: expected a signal and 5 whole numbers, apart by tabs; {REFIT}"),
        (f"{HEADER}\n\nalways\t1\t2\t3\t4\t5\n", f"2: expected a signal and 5 whole numbers, apart by tabs; {REFIT}"),
        (f"{HEADER}\nalways\t1\t2\t3\t4\t5\nabout rain\t1\t2\t3\t4\t5", f"3: the rows are not in order; {REFIT}"),
    ],
)
def test_faulty_weights_are_told(copy: Path, text: str, message: str) -> None:
    """Weights of another handbook, cut short, or out of order would answer wrongly without a word."""
    (copy / "weights.tsv").write_text(text, encoding="utf-8")
    assert told(copy) == f"weights.tsv:{message}"


# --- the tables beside a safety.toml of one's own -------------------------------------------------------------------------------


@pytest.fixture
def guarded(copy: Path) -> Path:
    """A handbook that has its own safety data, with small tables of evidence."""
    shutil.copy(Path(handbook.DATA) / "safety.toml", copy)
    (copy / "evidence.tsv").write_text("clue\tcrisis\tmisconduct\nalways\t0\t0\n", encoding="utf-8")
    (copy / "variants.tsv").write_text(
        "clue\tself\tother\tclient\tdanger\tchild\tharm\nalways\t0\t0\t0\t0\t0\t0\n", encoding="utf-8"
    )
    (copy / "senses.tsv").write_text("# classes\njump\t7\nleap\t7\n", encoding="utf-8")
    (copy / "filters.tsv").write_text("row\tbase\t0\ncrisis\t1\t2\nfloor\t0\t9\nmisconduct\t3\t4\n", encoding="utf-8")
    (copy / "heard.tsv").write_text("#7\t#$x\n-\t###\n^\t###\njump\t$$$\n", encoding="utf-8")
    return copy


def test_tables_of_its_own_weigh_danger(guarded: Path) -> None:
    """The evidence goes with the safety data: both are the folder's own, or both are the shipped ones."""
    own = handbook.load(guarded).evidence
    assert own is not None
    assert [own.kinds.row("always"), own.variants.row("always"), *own.senses] == [[0, 0], [0] * 6, "jump\t7", "leap\t7"]
    assert own.filters is not None
    assert (own.filters.filters.row("floor"), own.filters.heard.rows(["#7", "8"])) == ([0, 9], {"#7": "#$x"})
    (guarded / "filters.tsv").unlink()
    without = handbook.load(guarded).evidence
    assert without is not None
    assert without.filters is None
    (guarded / "evidence.tsv").unlink()
    assert handbook.load(guarded).evidence is None


REFIT_SAFETY = "fit the weights again with bench/fit_safety.py"
REFIT_FILTERS = "fit the filters again with bench/fit_filters.py"
SENSES = "expected a stem and a number, apart by a tab, in order; write the table again with bench/senses.py"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("senses.tsv", "leap\t7\njump\t7\n", f"senses.tsv:2: {SENSES}"),
        ("senses.tsv", "# classes\njump\n", f"senses.tsv:2: {SENSES}"),
        ("senses.tsv", "jump\t-1\n", f"senses.tsv:1: {SENSES}"),
        (
            "evidence.tsv",
            "clue\tcrisis\nalways\t0\n",
            f"evidence.tsv:1: the columns are not crisis, misconduct; {REFIT_SAFETY}",
        ),
        (
            "variants.tsv",
            "clue\tself\nalways\t0\n",
            f"variants.tsv:1: the columns are not self, other, client, danger, child, harm; {REFIT_SAFETY}",
        ),
        (
            "filters.tsv",
            "row\tbase\t0\ncrisis\t1\t2\nfloor\t0\t9\n",
            "filters.tsv:1: the row 'misconduct' is missing; fit the weights again with bench/fit_filters.py",
        ),
        ("heard.tsv", "-\t###\n^\t##\n", f"heard.tsv:2: expected a word and 3 signs, apart by a tab, in order; {REFIT_FILTERS}"),
        ("heard.tsv", "-\t##y\n", f"heard.tsv:1: expected a word and 3 signs, apart by a tab, in order; {REFIT_FILTERS}"),
        ("heard.tsv", "^\t###\n-\t###\n", f"heard.tsv:2: expected a word and 3 signs, apart by a tab, in order; {REFIT_FILTERS}"),
        ("heard.tsv", "-\t###\n", f"heard.tsv:1: the row '^' is missing; {REFIT_FILTERS}"),
    ],
)
def test_a_faulty_table_of_evidence_is_told(guarded: Path, name: str, text: str, message: str) -> None:
    """A table that is cut short or out of order would miss a danger without a word."""
    (guarded / name).write_text(text, encoding="utf-8")
    assert told(guarded) == message


@pytest.mark.parametrize("name", ["senses.tsv", "heard.tsv"])
def test_a_missing_table_beside_another_is_told(guarded: Path, name: str) -> None:
    """Weights of classes without the classes, or of filters without the words, would be half the evidence."""
    (guarded / name).unlink()
    assert told(guarded).startswith(f"{name}:1: ")
