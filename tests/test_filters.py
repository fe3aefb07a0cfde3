"""What filters make of three words in a row, on tables small enough to add up by hand, and on the shipped ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapycry import handbook
from therapycry.filters import LEAST, UNIT, Filters
from therapycry.lines import Lines
from therapycry.model import FilterTables, Weights

EVIDENCE = handbook.load().evidence
assert EVIDENCE
assert EVIDENCE.filters
SHIPPED = EVIDENCE.filters
assert isinstance(SHIPPED.heard, Lines)
NAMES = [line.partition("\t")[0] for line in SHIPPED.heard]


def signs(*levels: int) -> str:
    """Levels as the table writes them."""
    return "".join(chr(ord(LEAST) + level) for level in levels)


# Two filters: the first waits for "harm" before "self" with or without a word between, the second for a question.
# The first two signs of a row are for a word in the first place, the next for the second, the last for the third.
HEARD = {
    "#7": signs(20, 0, 0, 0, 0, 0),
    ",": signs(0, 0, 0, 0, 0, 0),
    "-": signs(0, 0, 1, 0, 0, 0),
    "?": signs(0, 0, 0, 85, 0, 0),
    "^": signs(0, 0, 0, 0, 0, 0),
    "harm": signs(50, 0, 50, 0, 0, 0),
    "self": signs(0, 0, 0, 0, 40, 0),
}
WEIGHTS = "crisis\t-20000\t500\t-100\nfloor\t0\t60\t0\nmisconduct\t-30000\t0\t10"
TABLES = FilterTables(
    Weights(("base", "0", "1"), Lines(WEIGHTS)),
    Lines("\n".join(f"{name}\t{row}" for name, row in HEARD.items())),
)
FILTERS = Filters(TABLES)


def weighed(text: str) -> tuple[float, float]:
    """The log-odds of a crisis and of misconduct; a word may have several names, apart by a bar."""
    odds = FILTERS.weigh([tuple(names.split("|")) for names in text.split()])
    return odds["crisis"], odds["misconduct"]


@pytest.mark.parametrize(
    ("text", "above", "second"),
    [
        ("", 0, 0),
        ("harm self", 90 - 60, 0),
        ("harm my self", 90 + 1 - 60, 0),
        ("harm and my self", 0, 0),  # 50 in the first place, 1 in the second: not above the floor
        ("self harm", 0, 0),
        ("my harm self", 90 - 60, 0),
        ("harm self harm self", 90 - 60, 0),
        ("harm self ?", 90 - 60, 85),
        ("harm , self", 90 - 60, 0),
        ("wound|#7 self", 60 - 60, 0),
        ("wound|#7 harm self", 20 + 50 + 40 - 60, 0),
        ("harm|#7 self", 90 - 60, 0),
    ],
)
def test_the_loudest_place_of_each_filter_is_weighed(text: str, above: int, second: int) -> None:
    """By hand: what lies above the floor in the one place where it is most, times the weight, and the base."""
    crisis = (-20_000 + 500 * above - 100 * second) / UNIT
    misconduct = (-30_000 + 10 * second) / UNIT
    assert weighed(text) == pytest.approx((crisis, misconduct))


words = st.lists(st.sampled_from(["harm", "self", "my", "wound|#7", ",", "?"]), max_size=40)


@given(words, words)
def test_a_danger_is_heard_wherever_it_stands(before: list[str], after: list[str]) -> None:
    """What else is told takes nothing from it, as a question takes away here."""
    crisis, _ = weighed(" ".join([*before, "harm", "self", *after]))
    quiet = (-20_000 + 500 * 30 - (85 * 100 if "?" in (*before, *after) else 0)) / UNIT
    assert crisis > quiet - 1e-9


@given(st.lists(st.sampled_from(NAMES), max_size=30))
def test_the_sums_of_the_shipped_table_never_run_over(names: list[str]) -> None:
    """Digit by digit, as numbers would be added one by one."""
    filters = Filters(SHIPPED)
    count = len(filters.floors)
    table = SHIPPED.heard.rows({*names, "^"})
    row = ["^", "^", "^", *names, "^", "^"]
    for kind, (base, *weights) in filters.weights.items():
        odds = base
        for number in range(count):
            heard = [
                sum(ord(table[name][place * count + number]) - ord(LEAST) for place, name in enumerate(row[start : start + 3]))
                for start in range(len(row) - 2)
            ]
            odds += weights[number] * max(0, max(heard) - filters.floors[number])
        assert filters.weigh([(name,) for name in names])[kind] == pytest.approx(odds / UNIT)
