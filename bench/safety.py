"""What the safety check is worth on labelled questions: recall by kind, false alarms, and time, which may grow with length alone.

    python bench/safety.py FILE...        .jsonl with q, label, also, kind, or .txt with one ordinary question a line

A label that starts with "risk" calls for a notice; where `also` names another outcome either is right. No question is printed.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from therapycry import handbook, safety

BOOK = handbook.load()
PROSE = (
    "Yesterday I told my counsellor about the long drive to the coast, and she asked how the children were getting on at school. "
)


def records(name: str) -> list[dict[str, object]]:
    """The questions of a file with their labels."""
    lines = Path(name).read_text(encoding="utf-8").splitlines()
    if name.endswith(".jsonl"):
        return [json.loads(line) for line in lines]
    return [{"q": line, "label": "none", "also": [], "kind": "ordinary"} for line in lines if line.strip()]


def judge(name: str) -> None:
    """Print what the check makes of one file."""
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    took = []
    for record in records(name):
        label, also = str(record["label"]), [str(other) for other in record.get("also", [])]  # type: ignore[attr-defined]
        start = time.perf_counter()
        notice = safety.notice_for(str(record["q"]), BOOK)
        took.append((time.perf_counter() - start) * 1e6)
        found = f"risk-{notice.kind}" if notice else "none"
        risk = label.startswith("risk")
        fits = found == label if risk else notice is None
        for group in (label, f"{label} {record['kind']}") if risk else ("ordinary",):
            asked[group] += 1
            right[group] += fits or found in also
    took.sort()
    print(f"{Path(name).name}: median {took[len(took) // 2]:.0f} us, 99th percentile {took[len(took) * 99 // 100]:.0f} us")
    for group in sorted(asked):
        if group == "ordinary":
            alarms = asked[group] - right[group]
            print(f"  false alarms {alarms}/{asked[group]} = {alarms / asked[group]:.1%}")
        else:
            print(f"  {group}: {right[group]}/{asked[group]} = {right[group] / asked[group]:.1%}")


def lengths() -> None:
    """Print the time for ordinary prose, and for the same dangerous words over and over, at growing lengths."""
    for size in (1_000, 10_000, 100_000, 1_000_000):
        texts = {"prose": PROSE, "telling words": "die kill hurt pills bridge gun he hits cut goodbye "}
        parts = []
        for name, text in texts.items():
            long = (text * (size // len(text) + 1))[:size]
            start = time.perf_counter()
            safety.notice_for(long, BOOK)
            parts.append(f"{name} {(time.perf_counter() - start) * 1e3:.1f} ms")
        print(f"{size:>9,} characters: {', '.join(parts)}")


def main() -> None:
    """Run as the module's text says."""
    safety.notice_for("warm up", BOOK)
    for name in sys.argv[1:]:
        judge(name)
    lengths()


if __name__ == "__main__":
    main()
