"""A lookup in a made-up handbook of 10,000 entries: `python bench/scale.py [ENTRIES]`; the same each time."""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from therapycry import load, lookup

PAGE = """```toml
short = "An answer."
phrasings = ["{}", "{}", "{}"]
related = ["{}"]
reviewed = 2026-11-23
```

# {}

Prose. [@source]
"""
SOURCE = """[source]
kind = "article"
grade = "study"
authors = []
title = "A title"
container = "A journal"
doi = "10.1000/1"
accessed = 2026-11-23
"""


def main(count: int) -> None:
    """Make the handbook, load it, ask it."""
    chance = random.Random(0)  # noqa: S311 (made-up words)
    syllables = [a + b for a in "bcdfghklmnprstvz" for b in ("an", "el", "ir", "om", "us")]
    vocabulary = ["".join(chance.choices(syllables, k=chance.randint(2, 3))) for _ in range(3_000)]
    questions = [[" ".join(["why", "do", *chance.choices(vocabulary, k=6), str(at)]) for _ in range(4)] for at in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "entries").mkdir()
        (root / "sources.toml").write_text(SOURCE, encoding="utf-8")
        slugs = ", ".join(f'"e{at}"' for at in range(count))
        (root / "contents.toml").write_text(f'[[topic]]\nslug = "t"\ntitle = "T"\nentries = [{slugs}]\n', encoding="utf-8")
        for at, (title, *phrasings) in enumerate(questions):
            page = PAGE.format(*phrasings, f"e{(at + 1) % count}", title)
            (root / "entries" / f"e{at}.md").write_text(page, encoding="utf-8")
        start = time.perf_counter()
        handbook = load(root)
        loaded = time.perf_counter()
        lookup("warm up", handbook)
        ready = time.perf_counter()
    print(f"{count} entries: load {loaded - start:.2f} s, first lookup (reads every phrasing) {ready - loaded:.2f} s")
    times, hits = [], 0
    for at in chance.sample(range(count), 200):
        words = questions[at][1].split()[:-2]
        start = time.perf_counter()
        found = lookup(" ".join(words), handbook)
        times.append(1000 * (time.perf_counter() - start))
        hits += bool(found.candidates) and found.candidates[0].entry.slug == f"e{at}"
    print(f"warm lookup: median {statistics.median(times):.2f} ms, longest {max(times):.2f} ms")
    print(f"the right entry came first for {hits} of 200 shortened phrasings")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
