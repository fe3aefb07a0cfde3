"""Write data/words.txt from plain word lists: `python bench/words.py LIST...` (Debian: wamerican-small, wbritish-small).

The words guard spelling repair: a word that is in the list is spelt right, whatever crying word it resembles.
"""

from __future__ import annotations

import sys
from pathlib import Path

from therapycry.handbook import DATA
from therapycry.stems import stem

HEAD = """\
# Stems (therapycry.stems.stem) of common English words, which spelling repair leaves alone. Written by bench/words.py.
"""
NOTICE = """\
# Derived from SCOWL, (c) 2000-2018 by Kevin Atkinson. Permission to use, copy, modify, distribute and sell these word lists, the
# associated scripts, the output created from the scripts, and its documentation for any purpose is hereby granted without fee,
# provided that the above copyright notice appears in all copies and that both that copyright notice and this permission notice
# appear in supporting documentation. Kevin Atkinson makes no representations about the suitability of this array for any purpose.
# It is provided "as is" without express or implied warranty.
"""


def main(lists: list[str]) -> None:
    """Write the stems of the words of the `lists`, names among them ("Monday" is no slip for "moody")."""
    words = {word.strip() for path in lists for word in Path(path).read_text(encoding="utf-8").splitlines()}
    kept = (word.lower() for word in words if word.isascii() and word.isalpha() and word[1:].islower() and 3 <= len(word) <= 14)
    stems = sorted(set(map(stem, kept)))
    Path(DATA, "words.txt").write_text(HEAD + NOTICE + "\n".join(stems) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(stems)} stems\n")


if __name__ == "__main__":
    main(sys.argv[1:])
