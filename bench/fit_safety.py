"""Fit data/evidence.tsv and data/variants.tsv: `python bench/fit_safety.py [--without-dev]` (needs scikit-learn; deterministic).

Multinomial logistic regression on the clues of labelled statements: those of bench/questions (risk and ordinary), and the
development questions. A danger is often told in one clause of a longer text, so clauses are learnt from too: every clause of an
ordinary text is ordinary, and of a risky one the clause that the weights so far find riskiest is risky (multiple-instance
learning: T. G. Dietterich, R. H. Lathrop, T. Lozano-Pérez 1997, doi 10.1016/S0004-3702(96)00034-3). A clue that one kind of text
has far oftener than the others may take a large weight, one that all have alike may not (after S. Wang, C. D. Manning 2012,
"Baselines and bigrams", ACL, pages 90-94).
What is really asked counts more than what was written to be hard to tell, and statements are told within others too (composed.py).
`--without-dev` prints instead what the check makes of the development questions with weights that have not seen them; the filters
have not either.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from itertools import chain
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from clauses import clauses
from composed import composed
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from therapycry.authored import read as read_handbook
from therapycry.evidence import SPARE, STRENGTH
from therapycry.filters import KINDS
from therapycry.handbook import DATA
from therapycry.letters import fold
from therapycry.lines import Lines
from therapycry.model import ALWAYS, EvidenceTables, FilterTables, Weights
from therapycry.ranking import NONE
from therapycry.signs import Detector
from therapycry.tables import lines_of, weights_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from therapycry.disguise import Words

HERE = Path(__file__).parent
FILES = [*sorted((HERE / "questions").rglob("*.jsonl")), HERE.parent / "tests" / "questions" / "dev.jsonl"]
HARD = {path.stem for path in (HERE / "questions" / "hard").glob("*.jsonl")}
EVERYDAY = HERE / "questions" / "everyday.txt"
LONGEST = 130  # words that are learnt from
SEEN_AT_LEAST, INVERSE_PENALTY = 3, 1.0
UNSEEN = 0.5  # times that a clue is taken to have been seen beside the times that it was
ROUNDS, PLAUSIBLE = 2, 0.5
AS_ASKED, AS_ASKED_COUNTS, HARD_COUNTS = ("train-", "dev", "everyday", "44-in-scope", "45-near"), 4.0, 0.6
COMPOSED = 6_000  # texts of each sort
KEPT, KEPT_FOR_VARIANTS = 60_000, 6_000  # clues
VARIANTS = ("self", "other", "client", "danger", "child", "harm")

handbook = read_handbook(DATA, DATA, weighed=False)
SENSES = lines_of(Path(DATA, "senses.tsv").read_text(encoding="ascii"))
nothing = Weights(KINDS, Lines(f"{ALWAYS}\t0\t0"))
detector = Detector(handbook.safety, EvidenceTables(nothing, nothing, SENSES))


def statements() -> list[dict]:
    """Every statement once, with its plain words; where a label and `also` disagree on risk it is left out."""
    rows = [json.loads(line) | {"file": path.stem} for path in FILES for line in path.read_text(encoding="utf-8").splitlines()]
    rows += [
        {"q": line, "label": NONE, "also": [], "file": "everyday"} for line in EVERYDAY.read_text(encoding="utf-8").splitlines()
    ]
    kept = {}
    for row in rows:
        risk = row["label"].startswith("risk-")
        if risk or not any(label.startswith("risk-") for label in row["also"]):
            row["words"] = plain_words(row["q"])
            row["call"] = row["label"].removeprefix("risk-") if risk else NONE
            row["counts"] = AS_ASKED_COUNTS if row["file"].startswith(AS_ASKED) else HARD_COUNTS if row["file"] in HARD else 1.0
            kept[" ".join(row["words"].plain)] = row
    return list(kept.values())


def plain_words(text: str) -> Words:
    """A text as the check reads it, without what is very far on."""
    words = detector.put_plainly(detector.speller.read(fold(text)))
    return words._replace(plain=words.plain[:LONGEST])


class Bags:
    """Bags of clues as matrices: a bag holds the whole text's clues first, then those of its clauses."""

    def __init__(self, bags: list[list[set[str]]], clues: list[str]) -> None:
        """Take the bags, of whose clues those count that are listed."""
        self.place = {clue: number for number, clue in enumerate(clues)}
        self.whole = self.matrix([bag[0] for bag in bags])
        self.clauses = self.matrix([clause for bag in bags for clause in bag[1:]])
        self.owner = np.array([number for number, bag in enumerate(bags) for _ in bag[1:]])

    def matrix(self, sets: list[set[str]]) -> csr_matrix:
        """The clues of each set as a row; they share one strength."""
        starts, columns, values = [0], [], []
        for clues in sets:
            known = sorted(self.place[clue] for clue in clues if clue in self.place)
            columns += known
            values += [STRENGTH / sqrt(len(known) + SPARE)] * len(known)
            starts.append(len(columns))
        return csr_matrix((values, columns, starts), shape=(len(sets), len(self.place)))


def with_clauses(bags: Bags, calls: list[str], counts: np.ndarray) -> LogisticRegression:
    """The regression on whole texts, then `ROUNDS` times on the telling clauses too; a clause counts as much as its text."""
    owners_call, room = np.array(calls)[bags.owner], room_for(bags.whole, calls)
    ordinary = owners_call == NONE
    model = regression(bags.whole, calls, room, counts=counts)
    for _ in range(ROUNDS):
        columns = np.array([list(model.classes_).index(call) for call in owners_call])
        likely = model.predict_proba(bags.clauses)[np.arange(len(columns)), columns]
        best: dict[int, int] = {}
        for clause in np.flatnonzero(~ordinary & (likely > PLAUSIBLE)):
            owner = bags.owner[clause]
            if owner not in best or likely[clause] > likely[best[owner]]:
                best[owner] = clause
        chosen = [*np.flatnonzero(ordinary), *best.values()]
        features, counted = vstack([bags.whole, bags.clauses[chosen]]), np.concatenate([counts, counts[bags.owner[chosen]]])
        model = regression(features, [*calls, *owners_call[chosen]], room, counts=counted)
    return model


def room_for(features: csr_matrix, calls: list[str]) -> np.ndarray:
    """How large the weight of each clue may grow: a half, and half the largest ratio (a log) between one call and the others."""
    has, called = features > 0, np.array(calls)
    ratios = []
    for call in sorted(set(calls)):
        within, others = (np.asarray(has[rows].sum(axis=0)).ravel() + UNSEEN for rows in (called == call, called != call))
        ratios.append(np.abs(np.log((within / within.sum()) / (others / others.sum()))))
    return (1 + np.max(ratios, axis=0)) / 2


def regression(
    features: csr_matrix, calls: list[str], room: np.ndarray, *, counts: np.ndarray | None = None, balanced: bool = False
) -> LogisticRegression:
    """Multinomial logistic regression, with its room for each weight, and how often each text counts."""
    model = LogisticRegression(C=INVERSE_PENALTY, max_iter=300, class_weight="balanced" if balanced else None)
    model.fit(features.multiply(room).tocsr(), calls, sample_weight=counts)
    model.coef_ *= room
    return model


def strongest(model: LogisticRegression, clues: list[str], kept: int) -> list[str]:
    """Those of the clues that tell most."""
    spread = model.coef_.max(axis=0) - model.coef_.min(axis=0)
    return sorted(clues[number] for number in np.argsort(-spread, kind="stable")[:kept])


def often(bags: list[list[set[str]]]) -> list[str]:
    """The clues that enough whole texts have."""
    seen = Counter(chain.from_iterable(bag[0] for bag in bags))
    return sorted(clue for clue, times in seen.items() if times >= SEEN_AT_LEAST and clue.isascii())


def table(model: LogisticRegression, clues: list[str], columns: Sequence[str], against: str | None) -> str:
    """The weights in hundredths of log-odds against one of the calls, or against their mean."""
    order = [list(model.classes_).index(column) for column in columns]
    zero = list(model.classes_).index(against) if against else None
    base = model.intercept_ - (model.intercept_.mean() if zero is None else model.intercept_[zero])
    weights = model.coef_ - (model.coef_.mean(axis=0) if zero is None else model.coef_[zero])
    lines = ["\t".join([ALWAYS, *map(str, np.rint(100 * base[order]).astype(int))])]
    for clue, row in zip(clues, np.rint(100 * weights[order].T).astype(int), strict=True):
        if row.any():
            lines.append("\t".join([clue, *map(str, row)]))
    return "\n".join(["\t".join(["clue", *columns]), *sorted(lines)]) + "\n"


def fit(rows: list[dict]) -> str:
    """The table of kinds, fitted once with all clues and again with those that told most."""
    told = [row | {"words": plain_words(row["q"]), "counts": 1.0} for row in composed(rows, COMPOSED)]
    clues = often([[next(clues_of(row))] for row in rows])
    bags = [list(clues_of(row)) for row in (*rows, *told)]
    calls = [row["call"] for row in (*rows, *told)]
    counts = np.array([row["counts"] for row in (*rows, *told)])
    clues = strongest(with_clauses(Bags(bags, clues), calls, counts), clues, KEPT)
    return table(with_clauses(Bags(bags, clues), calls, counts), clues, KINDS, NONE)


def clues_of(row: dict) -> Iterator[set[str]]:
    """The clues of a statement: of the whole, then of its clauses, of which the last may ask."""
    words, asks = row["words"], "?" in row["q"]
    yield detector.evidence.clues(words, asks=asks)
    parts = clauses(words)
    for number, clause in enumerate(parts, 1):
        yield detector.evidence.clues(clause, asks=asks and number == len(parts))


def fit_variants(rows: list[dict]) -> str:
    """The table of variants, fitted on those texts whose variant is labelled."""
    rows = [row for row in rows if "variant" in row]
    bags = [[next(clues_of(row))] for row in rows]
    variants = [row["variant"] for row in rows]
    clues = often(bags)
    clues = strongest(for_variants(Bags(bags, clues), variants), clues, KEPT_FOR_VARIANTS)
    return table(for_variants(Bags(bags, clues), variants), clues, VARIANTS, None)


def for_variants(bags: Bags, variants: list[str]) -> LogisticRegression:
    """The regression on whole texts; each variant counts alike."""
    return regression(bags.whole, variants, room_for(bags.whole, variants), balanced=True)


def judge_dev(rows: list[dict]) -> None:
    """Print recall and false alarms on the development questions, judged by weights that have not seen them."""
    apart = [row for row in rows if row["file"] != "dev"]
    heard = FilterTables(
        weights_of(Path(DATA, "filters.tsv").read_text("ascii")), Lines(Path(DATA, "heard.tsv").read_text("ascii"))
    )
    judge = Detector(handbook.safety, EvidenceTables(weights_of(fit(apart)), weights_of(fit_variants(apart)), SENSES, heard))
    called: dict[str, list[str]] = {}
    for row in rows:
        if row["file"] == "dev":
            key = judge.notice_key(row["q"])
            called.setdefault(row["call"], []).append(handbook.safety["notices"][key]["kind"] if key else NONE)
    for call, kinds in called.items():
        print(f"{call}: {kinds.count(call)} of {len(kinds)} called so")


def main() -> None:
    """Write the tables, or judge."""
    rows = statements()
    if "--without-dev" in sys.argv:
        judge_dev(rows)
        return
    for name, text in (("evidence.tsv", fit(rows)), ("variants.tsv", fit_variants(rows))):
        Path(DATA, name).write_text(text, encoding="ascii", errors="strict")
        lines = text.count("\n") - 2
        print(f"{name}: {len(rows)} statements; {lines} clues, {len(text)} bytes")


if __name__ == "__main__":
    main()
