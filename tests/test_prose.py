"""The closed subset of Markdown: what it means, and what it refuses, each on the right line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapycry import prose
from therapycry.model import Bullets, Citation, Emphasis, Heading, Paragraph, Text
from therapycry.prose import ALLOWED, ProseError

MARKS = st.text(st.sampled_from("ab .\n-#*_`<>[]@;|\\{}&\t\x1b\u202e1 "), max_size=80)


def failing(text: str) -> tuple[int, str]:
    """The line and the message of what is wrong with the text."""
    with pytest.raises(ProseError) as raised:
        prose.parse(text)
    return raised.value.line, str(raised.value)


def test_a_page_becomes_blocks_in_reading_order() -> None:
    """Headings, paragraphs and bullets come out as written, with their spans."""
    text = "Rain falls. [@cloud-2001]\nIt *rarely* stops.\n\nAlone.\n## Found\n- One. [@a; @b-2]\n  More of it.\n- Two.\nAfter."
    assert prose.parse(text) == (
        Paragraph((Text("Rain falls."), Citation(("cloud-2001",)), Text(" It "), Emphasis("rarely"), Text(" stops."))),
        Paragraph((Text("Alone."),)),
        Heading("Found"),
        Bullets(((Text("One."), Citation(("a", "b-2")), Text(" More of it.")), (Text("Two."),))),
        Paragraph((Text("After."),)),
    )


def test_nothing_becomes_no_blocks() -> None:
    """Empty lines hold nothing."""
    assert prose.parse("\n\n  \n") == ()


def test_lines_of_a_paragraph_are_joined_by_a_space() -> None:
    """One sentence per line is for authors; readers get running prose."""
    assert prose.parse("One.\nTwo.  \nThree.") == (Paragraph((Text("One. Two. Three."),)),)


def test_a_heading_ends_the_paragraph_before_it() -> None:
    """A heading needs no blank line on either side."""
    assert [type(block) for block in prose.parse("One.\n## Two\nThree.\n## Four")] == [Paragraph, Heading, Paragraph, Heading]


def test_a_paragraph_and_bullets_may_touch() -> None:
    """Bullets start without a blank line before them."""
    assert prose.parse("One.\n- Two.") == (Paragraph((Text("One."),)), Bullets(((Text("Two."),),)))


def test_a_blank_line_parts_two_lists() -> None:
    """Two runs of bullets are two blocks."""
    assert prose.parse("- One.\n\n- Two.") == (Bullets(((Text("One."),),)), Bullets(((Text("Two."),),)))


def test_emphasis_may_hold_several_words() -> None:
    """Everything between the stars is stressed, and nothing beyond them."""
    assert prose.parse("a *b c* d *e*")[0] == Paragraph((Text("a "), Emphasis("b c"), Text(" d "), Emphasis("e")))


def test_citations_come_once_in_order_of_appearance() -> None:
    """A page numbers its sources in this order."""
    blocks = prose.parse("A. [@b; @a]\n\n- C. [@c; @b]\n- D. [@a]")
    assert prose.citations(blocks) == ("b", "a", "c")


def test_spans_come_in_reading_order() -> None:
    """Paragraphs and bullets give their spans; headings have none."""
    assert list(prose.spans(prose.parse("A.\n## H\n- B.\n- C."))) == [Text("A."), Text("B."), Text("C.")]


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ("# One", "a heading of another level"),
        ("### Three", "a heading of another level"),
        ("##NoSpace", "a heading of another level"),
        ("##", "a heading of another level"),
        ("1. One", "a numbered or starred list"),
        ("2) Two", "a numbered or starred list"),
        ("* Star", "a numbered or starred list"),
        ("+ Plus", "a numbered or starred list"),
        ("> Said", "a quotation"),
        ("```python", "a code block"),
        ("~~~", "a code block"),
        ("| a | b |", "a table"),
        ("---", "a rule"),
        ("*****", "a rule"),
        ("___", "a rule"),
        ("===", "a rule"),
        ("-", "an empty bullet"),
        ("- ", "an empty bullet"),
        ("a\tb", "a tab"),
    ],
)
def test_other_markdown_is_refused_by_name_and_line(wrong: str, name: str) -> None:
    """The author learns which mark it is, where, and what is allowed."""
    assert failing(f"Fine.\n\n{wrong}\n\nFine.") == (3, f"{name} is not supported; {ALLOWED}")


@pytest.mark.parametrize("wrong", ["    code", " one space", "  two spaces"])
def test_an_indented_line_outside_a_bullet_is_refused(wrong: str) -> None:
    """Elsewhere an indent means code, or was not meant at all."""
    message = f"an indented line is only supported right under a bullet, by two spaces; {ALLOWED}"
    assert failing(f"Fine.\n{wrong}") == (2, message)
    assert failing(f"- Fine.\n\n{wrong}") == (3, message)


def test_a_bullet_is_not_continued_by_one_space() -> None:
    """One space is a slip: nobody sees whether the line belongs to the bullet."""
    assert failing("- Fine.\n slip")[0] == 2


@pytest.mark.parametrize("wrong", ["  - nested", "  ## heading", "    - deeper"])
def test_a_bullet_holds_neither_bullets_nor_headings(wrong: str) -> None:
    """A list within a list is not shown as one, so it is refused."""
    assert failing(f"- Fine.\n  Fine.\n{wrong}") == (3, f"a list or heading within a bullet is not supported; {ALLOWED}")


def test_other_markdown_is_refused_within_a_bullet_too() -> None:
    """An indent hides nothing."""
    assert failing("- Fine.\n  1. One") == (2, f"a numbered or starred list is not supported; {ALLOWED}")


@pytest.mark.parametrize(
    ("wrong", "mark"),
    [
        ("a **bold** word", "*"),
        ("a lone * star", "*"),
        ("snake_case", "_"),
        ("some `code`", "`"),
        ("a <b>tag", "<"),
        ("a > b", ">"),
        ("[text](address)", "["),
        ("[@Upper-2001]", "["),
        ("[@]", "["),
        ("[@a,@b]", "["),
        ("a ] b", "]"),
        ("{curly}", "{"),
        ("a | b", "|"),
        ("back\\slash", "\\"),
        ("see https://example.org", "https://"),
        ("see http://example.org", "http://"),
        ("a&nbsp;b", "&nbsp;"),
        ("a&#8212;b", "&#8212;"),
    ],
)
@pytest.mark.parametrize(
    ("before", "after"), [("Fine. [@a]\n*Fine.*\n", ""), ("Fine.\n\n- ", ""), ("- Fine.\n- Fine.\n  ", "\n- Fine.")]
)
def test_a_stray_mark_is_named_with_its_line(before: str, after: str, wrong: str, mark: str) -> None:
    """In a paragraph, in a bullet and in its continuation, the third line is the one that is named."""
    assert failing(before + wrong + after) == (3, f"{mark!r} is not supported here; {ALLOWED}")


@pytest.mark.parametrize(("wrong", "mark"), [("*a `b` c*", "`"), ("*a [@b] c*", "["), ("*see https://example.org*", "https://")])
def test_emphasis_hides_no_mark(wrong: str, mark: str) -> None:
    """What is stressed is read as it is, a source within it would be lost."""
    assert failing(f"Fine.\n{wrong}") == (2, f"{mark!r} is not supported here; {ALLOWED}")


@pytest.mark.parametrize(("wrong", "mark"), [("## A *b*", "*"), ("## A [@b]", "["), ("## `A`", "`"), ("## <A", "<")])
def test_a_heading_has_no_marks(wrong: str, mark: str) -> None:
    """A heading is plain words."""
    assert failing(f"Fine.\n\n{wrong}") == (3, f"{mark!r} is not supported here; {ALLOWED}")


@pytest.mark.parametrize("character", "\x00\x07\x1b\x7f\x85\x9b\u200b\u200f\u2028\u202e\u2066\ufeff\ud800\r\x0b\x0c\x1c")
@pytest.mark.parametrize("place", ["{}Fine.", "Fi{}ne.", "Fine.{}", "## He{}ading", "- Bul{}let", "{}"])
def test_what_could_steer_a_terminal_is_refused(place: str, character: str) -> None:
    """Controls and marks that turn or hide text are named by their code, at the end of a line too."""
    message = f"the invisible character U+{ord(character):04X} is not allowed; remove it"
    assert failing("Fine.\n" + place.format(character)) == (2, message)


@pytest.mark.parametrize("text", ["naïve café", "雨が降る", "👍🏽", "a\nb\tc", "non\u00a0breaking"])
def test_ordinary_characters_are_no_control_characters(text: str) -> None:
    """Other scripts, emoji, line ends and tabs steer nothing."""
    assert prose.control_character(text) is None


def test_the_first_control_character_is_named() -> None:
    """One name is enough to find it."""
    assert prose.control_character("ab\u202ec\x1b") == "U+202E"


@pytest.mark.parametrize(
    "text", ["*a `b` c*\nFine.\nFine.", "a ` b\nFine.\nFine.", "- a ` b\n  Fine.\n- Fine.", "*Fine.* a `\nFine."]
)
def test_what_follows_a_stray_mark_does_not_move_it(text: str) -> None:
    """The first line is named, however many come after it."""
    assert failing(text) == (1, f"'`' is not supported here; {ALLOWED}")


@given(text=MARKS)
def test_text_is_parsed_or_refused_on_one_of_its_lines(text: str) -> None:
    """Nothing else happens, whatever the marks; a fault lies within the text."""
    words, line, told = [], 1, ""
    try:
        words = [span.text for span in prose.spans(prose.parse(text)) if not isinstance(span, Citation)]
    except ProseError as error:
        line, told = error.line, str(error)
    assert 1 <= line <= text.count("\n") + 1
    assert "\n" not in told
    assert not any(mark in word for word in words for mark in "*_`<>[]{}|\\\x1b\u202e\n\t")


@given(sentences=st.lists(st.text(st.sampled_from("abc ,."), min_size=1).map(str.strip).filter(bool), min_size=1, max_size=8))
def test_plain_sentences_lose_no_word(sentences: list[str]) -> None:
    """What an author writes as sentences is what is read."""
    (block,) = prose.parse("\n".join(sentences))
    assert isinstance(block, Paragraph)
    assert block.spans == (Text(" ".join(sentences)),)
