"""Fit the weights of `[evidence]` in safety.toml, and print what they are worth on questions left out of the fit.

    python bench/fit_safety.py FILE...            cross-validated figures only
    python bench/fit_safety.py --write FILE...    fit on all of them and write the weights into safety.toml

Files are labelled questions (.jsonl) or ordinary ones, one a line (.txt). Never give it a hold-out file. It needs nothing but
Python, and the same files give the same weights.
"""

from __future__ import annotations

import json
import math
import re
import sys
import zlib
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

import tomllib

from therapycry.disguise import fold
from therapycry.evidence import KINDS
from therapycry.signs import Detector

DATA = Path(__file__).parents[1] / "src" / "therapycry" / "data" / "safety.toml"
EPOCHS, RATE, RIDGE, RISK_COUNTS = 120, 0.3, 4.0, 3.0
LEAST_SEEN, LEAST_WEIGHT, FOLDS = 4, 0.2, 5
Row = tuple[frozenset[str], str]


def rows_of(names: list[str], detector: Detector) -> list[tuple[str, Row]]:
    """Each question with its clues and label; where a label and `also` disagree on risk the question is left out."""
    rows = []
    for name in names:
        for line in Path(name).read_text(encoding="utf-8").splitlines():
            record = json.loads(line) if name.endswith(".jsonl") else {"q": line, "label": "none", "also": []}
            risk = [label.startswith("risk") for label in (record["label"], *record["also"])]
            if line.strip() and (risk[0] or not any(risk)):
                words = detector.put_plainly(detector.speller.read(fold(record["q"])))
                rows.append((record["q"], (frozenset(detector.evidence.clues(words, asks="?" in record["q"])), record["label"])))
    return sorted(rows)


def fit(rows: list[Row], kind: str) -> dict[str, float]:
    """Logistic regression with a ridge penalty, by full-batch Adagrad."""
    seen = Counter(clue for clues, _ in rows for clue in clues)
    names = sorted(clue for clue, count in seen.items() if count >= LEAST_SEEN)
    place = {clue: number for number, clue in enumerate(names)}
    cases = [([place[clue] for clue in sorted(clues) if clue in place], label == f"risk-{kind}") for clues, label in rows]
    weights, squares, base, base_square = [0.0] * len(names), [1e-6] * len(names), -2.0, 1e-6
    for _ in range(EPOCHS):
        slopes, base_slope = [RIDGE * weight for weight in weights], 0.0
        for clues, risk in cases:
            total = base + sum(weights[clue] for clue in clues)
            miss = (1 / (1 + math.exp(-max(min(total, 30), -30))) - risk) * (RISK_COUNTS if risk else 1.0)
            base_slope += miss
            for clue in clues:
                slopes[clue] += miss
        base_square += base_slope**2
        base -= RATE * base_slope / math.sqrt(base_square)
        for number, slope in enumerate(slopes):
            squares[number] += slope * slope
            weights[number] -= RATE * slope / math.sqrt(squares[number])
    kept = {name: round(weight, 2) for name, weight in zip(names, weights, strict=True) if abs(weight) >= LEAST_WEIGHT}
    return {"base": round(base, 2), **kept}


def cross_validate(rows: list[tuple[str, Row]]) -> None:
    """Print recall at several rates of false alarm, each question judged by weights that have not seen it."""
    scores: dict[str, list[tuple[float, str]]] = {kind: [] for kind in KINDS}
    for part in range(FOLDS):
        rest = [row for asked, row in rows if zlib.crc32(asked.encode()) % FOLDS != part]
        for kind in KINDS:
            weights = fit(rest, kind)
            for asked, (clues, label) in rows:
                if zlib.crc32(asked.encode()) % FOLDS == part:
                    scores[kind].append((weights["base"] + sum(weights.get(clue, 0.0) for clue in clues), label))
    for rate in (0.005, 0.01, 0.02, 0.04):
        words = []
        for kind in KINDS:
            calm = sorted((score for score, label in scores[kind] if not label.startswith("risk")), reverse=True)
            enough = calm[int(len(calm) * rate / 2)]
            own = [score > enough for score, label in scores[kind] if label == f"risk-{kind}"]
            words.append(f"{kind} {sum(own) / len(own):.3f} (enough {enough:.2f})")
        print(f"false alarms {rate:.1%}: {', '.join(words)}")


def write(rows: list[Row]) -> None:
    """Replace the weights in safety.toml."""
    text = DATA.read_text(encoding="utf-8")
    for kind in KINDS:
        lines = "\n".join(f"{json.dumps(name, ensure_ascii=False)} = {weight}" for name, weight in fit(rows, kind).items())
        text = re.sub(rf"(?s)(\[evidence\.{kind}\]\n).*?(?=\n\[|\Z)", lambda found, lines=lines: f"{found[1]}{lines}\n", text)
    DATA.write_text(text, encoding="utf-8")


def main() -> None:
    """Run as the module's text says."""
    names = [name for name in sys.argv[1:] if name != "--write"]
    rows = rows_of(names, Detector(tomllib.loads(DATA.read_text(encoding="utf-8"))))
    if "--write" in sys.argv:
        write([row for _, row in rows])
    else:
        cross_validate(rows)


if __name__ == "__main__":
    main()
