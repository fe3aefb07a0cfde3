"""Fit data/evidence.tsv: `python bench/fit_safety.py [--cross-validate]` (needs scikit-learn; deterministic).

Multinomial logistic regression on the clues of labelled statements: those of bench/questions (risk and ordinary), and the
development questions. `--cross-validate` prints instead what sayings and evidence together find of statements that the weights have
not seen.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections import Counter
from math import sqrt
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from therapycry.authored import read as read_handbook
from therapycry.disguise import fold
from therapycry.evidence import KINDS, STRENGTH
from therapycry.handbook import DATA
from therapycry.model import ALWAYS
from therapycry.ranking import NONE
from therapycry.signs import Detector
from therapycry.tables import weights_of

HERE = Path(__file__).parent
FILES = [*sorted((HERE / "questions").rglob("*.jsonl")), HERE.parent / "tests" / "questions" / "dev.jsonl"]
EVERYDAY = HERE / "questions" / "everyday.txt"
SEEN_AT_LEAST, INVERSE_PENALTY, FOLDS = 2, 1.0, 5
LEAVE_OUT_BELOW = 12  # hundredths

handbook = read_handbook(DATA, DATA, weighed=False)
detector = Detector(handbook.safety, None)


def statements() -> list[dict]:
    """Every statement with its clues; where a label and `also` disagree on risk it is left out."""
    rows = [json.loads(line) | {"file": path.name} for path in FILES for line in path.read_text(encoding="utf-8").splitlines()]
    rows += [
        {"q": line, "label": NONE, "also": [], "file": "everyday"} for line in EVERYDAY.read_text(encoding="utf-8").splitlines()
    ]
    kept = []
    for row in rows:
        risk = row["label"].startswith("risk-")
        if risk or not any(label.startswith("risk-") for label in row["also"]):
            words = detector.put_plainly(detector.speller.read(fold(row["q"])))
            row["clues"] = sorted(detector.evidence.clues(words, asks="?" in row["q"]))
            row["call"] = row["label"].removeprefix("risk-") if risk else NONE
            kept.append(row)
    return kept


def fit(rows: list[dict]) -> str:
    """The table of weights fitted on `rows`: hundredths of log-odds by clue."""
    seen = Counter(clue for row in rows for clue in row["clues"])
    features = []
    for row in rows:
        known = [clue for clue in row["clues"] if seen[clue] >= SEEN_AT_LEAST]
        features.append(dict.fromkeys(known, STRENGTH / sqrt(max(1, len(known)))))
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=INVERSE_PENALTY, max_iter=300).fit(
        vectorizer.fit_transform(features), [row["call"] for row in rows]
    )
    order = [*KINDS, NONE]
    columns = [list(model.classes_).index(column) for column in order]
    weights = np.rint(100 * (model.coef_ - model.coef_.mean(axis=0))[columns].T).astype(int)
    base = np.rint(100 * (model.intercept_ - model.intercept_.mean())[columns]).astype(int)
    lines = ["\t".join([ALWAYS, *map(str, base)])]
    for clue, row in zip(vectorizer.feature_names_, weights, strict=True):
        if abs(row).max() >= LEAVE_OUT_BELOW:
            lines.append("\t".join([clue, *map(str, row)]))
    return "\n".join(["\t".join(["clue", *order]), *sorted(lines)]) + "\n"


def cross_validate(rows: list[dict]) -> None:
    """Print recall and false alarms, each statement judged by weights that have not seen it (the sayings may have)."""
    called: dict[str, list[bool]] = {}
    for part in range(FOLDS):
        apart = [zlib.crc32(row["q"].encode()) % FOLDS == part for row in rows]
        judge = Detector(handbook.safety, weights_of(fit([row for row, out in zip(rows, apart, strict=True) if not out])))
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
    lines = text.count("\n") - 1
    print(f"{len(rows)} statements; {lines} clues, {len(text)} bytes")


if __name__ == "__main__":
    main()
