"""Fit data/evidence.tsv: `python bench/fit_safety.py [--cross-validate]` (needs scikit-learn; deterministic).

Multinomial logistic regression on the clues of labelled statements: those of bench/questions (risk and ordinary), and the
development questions. A danger is often told in one clause of a longer text, so clauses are learnt from too: every clause of an
ordinary text is ordinary, and of a risky one the clause that the weights so far find riskiest is risky (multiple-instance
learning: T. G. Dietterich, R. H. Lathrop, T. Lozano-Pérez 1997, doi 10.1016/S0004-3702(96)00034-3).
`--cross-validate` prints instead what signs and evidence together find of statements that the weights have not seen.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections import Counter
from itertools import chain
from math import sqrt
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from therapycry.authored import read as read_handbook
from therapycry.disguise import fold
from therapycry.evidence import KINDS, SPARE, STRENGTH
from therapycry.handbook import DATA
from therapycry.model import ALWAYS
from therapycry.ranking import NONE
from therapycry.signs import Detector
from therapycry.tables import weights_of

HERE = Path(__file__).parent
FILES = [*sorted((HERE / "questions").rglob("*.jsonl")), HERE.parent / "tests" / "questions" / "dev.jsonl"]
EVERYDAY = HERE / "questions" / "everyday.txt"
LONGEST = 130  # words that are learnt from
SEEN_AT_LEAST, INVERSE_PENALTY, FOLDS = 3, 1.0, 4
ROUNDS, PLAUSIBLE = 2, 0.5
KEPT = 40_000  # clues
ORDER = [*KINDS, NONE]

handbook = read_handbook(DATA, DATA, weighed=False)
detector = Detector(handbook.safety, None, handbook.senses)


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
            words = detector.put_plainly(detector.speller.read(fold(row["q"])))
            row["words"] = words._replace(plain=words.plain[:LONGEST])
            row["call"] = row["label"].removeprefix("risk-") if risk else NONE
            kept[" ".join(row["words"].plain)] = row
    return list(kept.values())


class Model:
    """Weights by clue and call, fitted on bags of clues: a bag holds the whole text's first, then those of its clauses."""

    def __init__(self, bags: list[list[set[str]]], calls: list[str], clues: list[str]) -> None:
        """Fit on whole texts, then `ROUNDS` times on the telling clauses too."""
        self.place = {clue: number for number, clue in enumerate(clues)}
        whole = self.matrix([bag[0] for bag in bags])
        clauses = self.matrix([clause for bag in bags for clause in bag[1:]])
        owner = np.array([number for number, bag in enumerate(bags) for _ in bag[1:]])
        owners_call = np.array([ORDER.index(call) for call in calls])[owner]
        self.fit(whole, calls)
        for _ in range(ROUNDS):
            likely = self.likelihood(clauses)[np.arange(len(owner)), owners_call]
            chosen = list(np.flatnonzero(owners_call == ORDER.index(NONE)))
            best: dict[int, int] = {}
            for clause in np.flatnonzero(owners_call != ORDER.index(NONE)):
                if likely[clause] > max(PLAUSIBLE, likely[best[owner[clause]]] if owner[clause] in best else 0):
                    best[owner[clause]] = clause
            chosen += best.values()
            self.fit(vstack([whole, clauses[chosen]]), [*calls, *(ORDER[call] for call in owners_call[chosen])])

    def fit(self, features: csr_matrix, calls: list[str]) -> None:
        """Fit the weights: the log-odds of each kind against none."""
        model = LogisticRegression(C=INVERSE_PENALTY, max_iter=300).fit(features, calls)
        columns = [list(model.classes_).index(call) for call in ORDER]
        self.weights = (model.coef_ - model.coef_[columns[-1]])[columns]
        self.base = (model.intercept_ - model.intercept_[columns[-1]])[columns]

    def likelihood(self, features: csr_matrix) -> np.ndarray:
        """The likelihood of each call for each row."""
        sums = np.exp(features @ self.weights.T + self.base)
        return sums / sums.sum(axis=1, keepdims=True)

    def matrix(self, sets: list[set[str]]) -> csr_matrix:
        """The clues of each set as a row; they share one strength."""
        starts, columns, values = [0], [], []
        for clues in sets:
            known = sorted(self.place[clue] for clue in clues if clue in self.place)
            columns += known
            values += [STRENGTH / sqrt(len(known) + SPARE)] * len(known)
            starts.append(len(columns))
        return csr_matrix((values, columns, starts), shape=(len(sets), len(self.place)))


def fit(rows: list[dict]) -> str:
    """The table of weights fitted on `rows`, once with all clues and again with those that told most: hundredths of log-odds."""
    bags = [list(detector.evidence.clues(row["words"], asks="?" in row["q"])) for row in rows]
    calls = [row["call"] for row in rows]
    seen = Counter(chain.from_iterable(bag[0] for bag in bags))
    clues = sorted(clue for clue, times in seen.items() if times >= SEEN_AT_LEAST and clue.isascii())
    if len(clues) > KEPT:
        first = Model(bags, calls, clues)
        strongest = np.argsort(-np.abs(first.weights).max(axis=0), kind="stable")[:KEPT]
        clues = sorted(clues[number] for number in strongest)
    model = Model(bags, calls, clues)
    base = np.rint(100 * model.base).astype(int)
    weights = np.rint(100 * model.weights.T).astype(int)
    lines = ["\t".join([ALWAYS, *map(str, base[:-1])])]
    lines += ["\t".join([clue, *map(str, row[:-1])]) for clue, row in zip(clues, weights, strict=True) if any(row)]
    return "\n".join(["\t".join(["clue", *KINDS]), *sorted(lines)]) + "\n"


def cross_validate(rows: list[dict]) -> None:
    """Print recall and false alarms, each statement judged by weights that have not seen it (the signs may have)."""
    called: dict[str, list[bool]] = {}
    for fold_number in range(FOLDS):
        apart = [zlib.crc32(row["q"].encode()) % FOLDS == fold_number for row in rows]
        weights = weights_of(fit([row for row, out in zip(rows, apart, strict=True) if not out]))
        judge = Detector(handbook.safety, weights, handbook.senses)
        for row in (row for row, out in zip(rows, apart, strict=True) if out):
            found = judge.notice_key(row["q"]) is not None
            for group in (row["call"], f"{row['file']} {row['call']}"):
                called.setdefault(group, []).append(found)
    for group, hits in sorted(called.items()):
        print(f"{group:<36}{sum(hits):>6} of {len(hits):<6}{100 * sum(hits) / len(hits):6.1f} %")


def main() -> None:
    """Write the table, or judge."""
    rows = statements()
    if "--cross-validate" in sys.argv:
        cross_validate(rows)
        return
    text = fit(rows)
    Path(DATA, "evidence.tsv").write_text(text, encoding="ascii", errors="strict")
    lines = text.count("\n") - 2
    print(f"{len(rows)} statements; {lines} clues, {len(text)} bytes")


if __name__ == "__main__":
    main()
