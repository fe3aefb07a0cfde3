"""The house: who may import whom, who alone may use a library, how large a room may be. Read from the source, not from a running program."""

from __future__ import annotations

import ast
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "src" / "therapycry"
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in sorted(ROOT.rglob("*.py"))
}

# Floors of the house, the highest first. A module imports from floors below its own, never sideways unless named here.
FLOORS = (
    ("__main__",),
    ("direct",),
    ("fault",),
    ("cli",),
    ("commands",),
    ("manual", "completions"),
    ("stream",),
    ("usage",),
    ("render",),
    ("render.sheet", "render.terminal", "render.plain", "render.markdown", "render.json"),
    ("render.why", "render.reference"),
    ("render.layout", "render.display", "render.encoding"),
    ("render.parts",),
    ("__init__",),
    ("match",),
    ("reading", "ranking"),
    ("crying", "signals"),
    ("safety",),
    ("signs",),
    ("disguise",),
    ("handbook",),
    ("authored", "compiled"),
    ("lexicon", "tables", "files"),
    ("words", "stems", "prose"),
    ("model", "version"),
)
SOLE_IMPORTERS = {"typer": {"cli"}, "rich": {"render.terminal"}, "rapidfuzz": {"reading", "signs", "disguise", "safety"}}
# Nothing of this may be imported anywhere: no network, no other process that could have one, nothing that writes logs.
NETWORK = frozenset(
    "asyncio asyncore ftplib http imaplib logging multiprocessing nntplib poplib requests selectors smtplib socket socketserver ssl "
    "subprocess telnetlib urllib webbrowser xmlrpc".split()
)
MOST_LINES = 220
MOST_LINES_OF_A_FUNCTION = 40


@cache
def tree(module: str) -> ast.Module:
    """The module as Python reads it."""
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imports(module: str) -> set[str]:
    """All that the module imports, in functions and for type checking too: ours by our names, others by theirs."""
    found: set[str] = set()
    package = [*module.split(".")[:-1]] if MODULES[module].name != "__init__.py" else [part for part in module.split(".") if part != "__init__"]
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            names = [*base, *(node.module or "").split(".")] if node.module else base
            source = ".".join(names)
            ours = node.level > 0
            found.update(_target(source, alias.name) if ours else source for alias in node.names)
    return found


def _target(source: str, name: str) -> str:
    """The module of ours that `from source import name` reads."""
    whole = f"{source}.{name}" if source else name
    return whole if whole in MODULES else source or "__init__"


def floor(module: str) -> int:
    """The floor of the module, counted from the top."""
    return next(number for number, names in enumerate(FLOORS) if module in names)


ours = pytest.mark.parametrize("module", [name or "__init__" for name in MODULES])


def test_every_module_has_its_floor() -> None:
    """A new room is drawn on the plan first, and a room that is gone is erased."""
    drawn = [name for names in FLOORS for name in names]
    assert sorted(drawn) == sorted(MODULES)


@ours
def test_imports_point_downward(module: str) -> None:
    """Nothing flows back up."""
    upward = {name for name in imports(module) if name in MODULES and name != module and floor(name) <= floor(module)}
    sideways_for_types = {name for name in upward if floor(name) <= floor(module) and name not in runtime_imports(module)}
    assert upward - sideways_for_types == set()


def runtime_imports(module: str) -> set[str]:
    """What the module imports when it runs: all but what is named for the type checker."""
    whole = tree(module)
    checking = {
        node
        for branch in ast.walk(whole)
        if isinstance(branch, ast.If) and isinstance(branch.test, ast.Name) and branch.test.id == "TYPE_CHECKING"
        for node in ast.walk(branch)
    }
    package = module.split(".")[:-1] if MODULES[module].name != "__init__.py" else [part for part in module.split(".") if part != "__init__"]
    found: set[str] = set()
    for node in ast.walk(whole):
        if isinstance(node, ast.ImportFrom) and node.level and node not in checking:
            base = package[: len(package) - node.level + 1]
            source = ".".join([*base, node.module] if node.module else base)
            found.update(_target(source, alias.name) for alias in node.names)
    return found
