"""Fit data/weights.tsv: `python bench/fit.py` (needs scikit-learn; the same questions give the same table).

Multinomial logistic regression on the signals of labelled questions: those of bench/questions, the phrasings of the handbook,
and the development questions of tests/questions. A question with a second acceptable answer counts a little for that one too.
Rare signals and small weights are left out, so that the table stays readable.
"""

from __future__ import annotations

import json
from collections import Counter
from math import sqrt
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from therapycry.authored import read as read_handbook
from therapycry.handbook import DATA
from therapycry.lexicon import Lexicon
from therapycry.model import ALWAYS
from therapycry.ranking import NONE, STRENGTH, by_weights, unknown_words
from therapycry.reading import read
from therapycry.tables import weights_of

HERE = Path(__file__).parent
TRAIN = sorted((HERE / "questions").glob("*.jsonl"))
# Written for the safety check: most of them have no answer in the handbook, so those count little.
WRITTEN = sorted((HERE / "questions" / "written").glob("*.jsonl"))
WRITTEN_COUNTS, WRITTEN_NONE_COUNTS = 0.8, 0.15
EVERYDAY = HERE / "questions" / "everyday.txt"
DEVELOPMENT = HERE.parent / "tests" / "questions" / "dev.jsonl"
# How much a question counts: development questions are real wordings; phrasings and bare words must be found.
DEVELOPMENT_COUNTS, PHRASING_COUNTS, SECOND_ANSWER_COUNTS = 8.0, 2.0, 0.35
SEEN_AT_LEAST = 5
INVERSE_PENALTY = 1.0
LEAVE_OUT_BELOW = 12  # hundredths

handbook = read_handbook(DATA, DATA, weighed=False)
# Read as if no weights were there: what they know must not depend on the weights before.
lexicon = Lexicon(handbook.lexicon, handbook.common, lambda _: False)
_signals: dict[str, tuple[str, ...]] = {}


def signals(question: str) -> tuple[str, ...]:
    """The signals of a question, read once."""
    if question not in _signals:
        _signals[question] = read(question, lexicon).signals
    return _signals[question]


def questions() -> tuple[list[dict], list[dict]]:
    """Training questions (with `counts`) and development questions; risk questions belong to the safety check."""
    training = [
        json.loads(line) | {"counts": PHRASING_COUNTS if path.stem == "bare" else 1.0}
        for path in TRAIN
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    written = [json.loads(line) for path in WRITTEN for line in path.read_text(encoding="utf-8").splitlines()]
    training += [
        row | {"counts": WRITTEN_NONE_COUNTS if row["label"] == NONE else WRITTEN_COUNTS}
        for row in written
        if not any(slug.startswith("risk-") for slug in row["also"])
    ]
    training += [
        {"q": line, "label": NONE, "also": [], "counts": 0.5} for line in EVERYDAY.read_text(encoding="utf-8").splitlines()
    ]
    training += [
        {"q": text, "label": entry.slug, "also": [], "counts": PHRASING_COUNTS}
        for entry in handbook
        for text in (entry.question, *entry.phrasings)
    ]
    development = [
        json.loads(line) | {"counts": DEVELOPMENT_COUNTS} for line in DEVELOPMENT.read_text(encoding="utf-8").splitlines()
    ]
    return [row for row in training if row["label"] in _labels()], [row for row in development if row["label"] in _labels()]


def _labels() -> set[str]:
    return {NONE, *(entry.slug for entry in handbook)}


def rows(asked: list[dict], seen: Counter[str], *, own: bool) -> list[dict[str, float]]:
    """Each question's signals with their strength; `own` questions do not count as having seen themselves."""
    result = []
    for row in asked:
        found = signals(row["q"])
        known = [signal for signal in found if seen[signal] >= SEEN_AT_LEAST]
        known += unknown_words(found, lambda signal: seen[signal] - own >= SEEN_AT_LEAST)
        result.append(dict.fromkeys(known, STRENGTH / sqrt(len(known))))
    return result


def fit(training: list[dict]) -> tuple[LogisticRegression, DictVectorizer, Counter[str]]:
    """The regression on `training`, and how often each signal was seen."""
    seen = Counter(signal for row in training for signal in signals(row["q"]))
    vectorizer = DictVectorizer()
    features = vectorizer.fit_transform(rows(training, seen, own=True))
    at, labels, counts = [], [], []
    for index, row in enumerate(training):
        also = [slug for slug in row["also"] if slug in _labels() and slug != NONE]
        at.append(index)
        labels.append(row["label"])
        counts.append(row["counts"] * (1 - SECOND_ANSWER_COUNTS * bool(also)))
        for slug in also:
            at.append(index)
            labels.append(slug)
            counts.append(row["counts"] * SECOND_ANSWER_COUNTS / len(also))
    model = LogisticRegression(C=INVERSE_PENALTY, max_iter=300).fit(features[at], labels, sample_weight=counts)
    return model, vectorizer, seen


def table(model: LogisticRegression, vectorizer: DictVectorizer) -> str:
    """The weights as tab-separated hundredths of log-odds, by signal."""
    order = [*(entry.slug for entry in handbook), NONE]
    columns = [list(model.classes_).index(slug) for slug in order]
    # Only differences between entries matter, so each row is centred: small numbers, fewer of them.
    weights = np.rint(100 * (model.coef_ - model.coef_.mean(axis=0))[columns].T).astype(int)
    base = np.rint(100 * (model.intercept_ - model.intercept_.mean())[columns]).astype(int)
    lines = ["\t".join([ALWAYS, *map(str, base)])]
    for signal, row in zip(vectorizer.feature_names_, weights, strict=True):
        if abs(row).max() >= LEAVE_OUT_BELOW:
            lines.append("\t".join([signal, *(str(number) if abs(number) >= LEAVE_OUT_BELOW // 4 else "0" for number in row)]))
    # In the order of whole lines, since the program finds a row by halving.
    return "\n".join(["\t".join(["signal", *order]), *sorted(lines)]) + "\n"


def cross_validate(folds: int = 5, seed: int = 0) -> list[tuple[dict, dict[str, float]]]:
    """The development questions, each with its likelihoods by a table that was fitted without it."""
    training, development = questions()
    split = StratifiedKFold(folds, shuffle=True, random_state=seed).split(development, [row["label"] for row in development])
    found = []
    for inside, outside in split:
        model, vectorizer, _ = fit(training + [development[at] for at in inside])
        weights = weights_of(table(model, vectorizer))
        found += [(development[at], by_weights(signals(development[at]["q"]), weights).likelihood) for at in outside]
    return found


def main() -> None:
    """Write the table."""
    training, development = questions()
    model, vectorizer, _ = fit(training + development)
    text = table(model, vectorizer)
    Path(DATA, "weights.tsv").write_text(text, encoding="utf-8")
    signal_count = text.count("\n") - 1
    print(f"{len(training)} training, {len(development)} development questions; {signal_count} signals, {len(text)} bytes")


if __name__ == "__main__":
    main()
