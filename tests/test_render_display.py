"""The one decision on view, width, colour and links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapycry.render import Display, Wishes, decide

XTERM = {"TERM": "xterm-256color"}
SIZE = (100, 30)


def on_screen(wishes: Wishes | None = None, /, **environ: str) -> Display:
    """The display on a usual terminal of 100 by 30."""
    return decide(wishes or Wishes(), XTERM | environ, terminal=True, size=SIZE)


def piped(wishes: Wishes | None = None, /, **environ: str) -> Display:
    """The display behind a pipe."""
    return decide(wishes or Wishes(), XTERM | environ, terminal=False, size=None)


def test_a_terminal_gets_the_terminal_view() -> None:
    """On a usual terminal everything is on, at its size."""
    assert on_screen() == Display("terminal", 100, 30, colour=True, links=True, bold=True)


def test_a_pipe_gets_plain_text() -> None:
    """Behind a pipe: plain, 80 columns, no height, no escapes."""
    assert piped() == Display("plain", 80)


def test_an_option_names_the_view() -> None:
    """`--json`, `--plain` and `--markdown` beat whatever the medium is, and none of them has escapes."""
    for view in ("json", "plain", "markdown"):
        display = on_screen(Wishes(view=view, color="always"), FORCE_COLOR="1")
        assert (display.view, display.colour, display.bold, display.links) == (view, False, False, False)


@pytest.mark.parametrize("environ", [{"ACCESSIBLE": "1"}, {"TERM": "dumb"}])
def test_some_readers_get_plain_text_on_a_terminal(environ: dict[str, str]) -> None:
    """ACCESSIBLE=1 and TERM=dumb ask for linear text."""
    assert on_screen(**environ).view == "plain"


def test_accessible_beats_forced_colour() -> None:
    """Who listens to the page is not served by colour, whatever else the environment forces."""
    assert piped(ACCESSIBLE="1", FORCE_COLOR="1").view == "plain"
    assert on_screen(ACCESSIBLE="0").view == "terminal"


@pytest.mark.parametrize("name", ["FORCE_COLOR", "CLICOLOR_FORCE"])
def test_forcing_colours_a_pipe(name: str) -> None:
    """A forced colour goes through a pipe, with the terminal view but without hyperlinks; 0 and empty force nothing."""
    display = piped(**{name: "1"})
    assert (display.view, display.colour, display.links, display.height) == ("terminal", True, False, None)
    for value in ("", "0"):
        assert piped(**{name: value}) == piped()


def test_no_color_takes_the_colours_and_leaves_bold() -> None:
    """NO_COLOR wins over forcing, keeps bold, and means nothing when empty."""
    display = on_screen(NO_COLOR="1", FORCE_COLOR="1", CLICOLOR_FORCE="1")
    assert (display.view, display.colour, display.bold, display.links) == ("terminal", False, True, False)
    assert piped(NO_COLOR="1", FORCE_COLOR="1").view == "plain"
    assert on_screen(NO_COLOR="").colour


def test_clicolor_0_leaves_no_escape() -> None:
    """CLICOLOR=0 asks for none on a terminal; forcing beats it."""
    display = on_screen(CLICOLOR="0")
    assert (display.view, display.colour, display.bold) == ("terminal", False, False)
    assert on_screen(CLICOLOR="0", CLICOLOR_FORCE="1").colour


def test_the_option_beats_the_environment() -> None:
    """`--color`, then THERAPYCRY_COLOR, then the common variables."""
    always, never = Wishes(color="always"), Wishes(color="never")
    assert piped(always, NO_COLOR="1", THERAPYCRY_COLOR="never").colour
    assert piped(always, TERM="dumb").colour
    assert not on_screen(never, FORCE_COLOR="1", THERAPYCRY_COLOR="always").bold
    assert piped(THERAPYCRY_COLOR="always", NO_COLOR="1").colour
    assert not on_screen(THERAPYCRY_COLOR="never", FORCE_COLOR="1").bold
    assert on_screen(THERAPYCRY_COLOR="sometimes") == on_screen(THERAPYCRY_COLOR="auto") == on_screen()


def test_the_width_is_the_first_that_is_known() -> None:
    """`--width`, then COLUMNS, then the terminal, then 80."""
    assert on_screen(Wishes(width=50), COLUMNS="60").width == 50
    assert on_screen(COLUMNS="60").width == 60
    assert on_screen().width == 100
    assert decide(Wishes(), {}, terminal=True, size=(0, 0)) == Display("terminal", 80, None, colour=True, bold=True)


@pytest.mark.parametrize("columns", ["", "0", "000", "-5", "wide", "1e3", "٤٠", "4 0"])
def test_columns_that_make_no_sense_are_passed_over(columns: str) -> None:
    """Anything but a positive whole number in COLUMNS counts as not set."""
    assert on_screen(COLUMNS=columns).width == 100


def test_the_width_stays_within_reason() -> None:
    """Less than 20 counts as 20, more than 500 as 500, however long the number."""
    assert piped(Wishes(width=-3)).width == piped(COLUMNS="1").width == 20
    assert piped(Wishes(width=10**9)).width == piped(COLUMNS="9" * 10_000).width == 500


@pytest.mark.parametrize(
    ("environ", "links"),
    [
        ({"TERM": "linux"}, False),
        ({"TERM": ""}, False),
        ({"STY": "1.pts"}, False),
        ({"TERM": "screen"}, False),
        ({"VTE_VERSION": "4602"}, False),
        ({"VTE_VERSION": "6003"}, True),
        ({"VTE_VERSION": "new"}, True),
        ({"TMUX": "/tmp/t,1,0"}, False),  # noqa: S108 (a value, no file)
        ({"TMUX": "x", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.3a"}, False),
        ({"TMUX": "x", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.4"}, True),
        ({"TMUX": "x", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.10b"}, True),
        ({"TMUX": "x", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "next"}, False),
    ],
)
def test_links_only_where_they_are_likely_to_work(environ: dict[str, str], links: bool) -> None:  # noqa: FBT001 (a table)
    """Consoles and multiplexers that would print or drop a hyperlink get none."""
    assert on_screen(**environ).links is links


def test_short_is_passed_on() -> None:
    """`--short` reaches the views."""
    assert piped(Wishes(short=True)).short


NAMES = [
    "COLUMNS",
    "TERM",
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR",
    "THERAPYCRY_COLOR",
    "VTE_VERSION",
    "TMUX",
    "TERM_PROGRAM_VERSION",
    "ACCESSIBLE",
]


@given(environ=st.dictionaries(st.sampled_from(NAMES), st.text(max_size=12)), terminal=st.booleans())
def test_any_environment_gives_a_display(environ: dict[str, str], terminal: bool) -> None:  # noqa: FBT001 (hypothesis)
    """No value in the environment breaks the decision, and colour comes only with bold, links only with colour."""
    display = decide(Wishes(), environ | {"TERM_PROGRAM": "tmux"}, terminal=terminal, size=SIZE)
    assert 20 <= display.width <= 500
    assert display.bold >= display.colour >= display.links
