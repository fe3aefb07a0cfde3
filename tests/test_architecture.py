"""The house: who may import whom, who alone may use a library, how large a room may be; read from the source."""

from __future__ import annotations

import ast
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "src" / "therapycry"
MODULES = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in ROOT.rglob("*.py")}

# The floors of the house, the highest first: a module imports from the floors below its own.
FLOORS = (
    ("__main__",),
    ("direct",),
    ("fault", "cli"),
    ("commands",),
    ("manual", "completions", "stream"),
    ("usage",),
    ("render",),
    ("render.sheet", "render.terminal", "render.plain", "render.markdown", "render.json"),
    ("render.why", "render.reference", "render.layout"),
    ("render.parts", "render.display", "render.encoding"),
    ("__init__",),
    ("match",),
    ("reading", "ranking"),
    ("crying", "signals"),
    ("safety",),
    ("signs",),
    ("evidence", "sayings"),
    ("sentences",),
    ("disguise",),
    ("letters",),
    ("handbook",),
    ("authored", "compiled"),
    ("fitted",),
    ("lexicon", "tables", "files"),
    ("words", "stems", "prose", "filters"),
    ("model", "version"),
    ("records", "lines"),
)
# What may name a type of a floor that is not below; nothing is imported when the program runs.
TYPES_ONLY = {("crying", "reading"), ("signals", "reading")}
# Libraries, with the only modules that may import them.
SOLE_IMPORTERS = {"typer": {"cli"}, "rich": {"render.terminal"}, "rapidfuzz": {"reading"}}
# The network, other processes, and modules that bring them along.
BANNED = frozenset(
    "asyncio ctypes ftplib http imaplib logging multiprocessing nntplib poplib requests selectors smtplib socket socketserver ssl "
    "subprocess telnetlib urllib webbrowser xmlrpc".split()
)
# Modules that cost start-up and belong to nobody on the way of a question; who may have them all the same.
COSTLY = {
    "dataclasses": set[str](),
    "argparse": set[str](),
    "email": set[str](),
    "inspect": {"cli"},
    "pathlib": {"authored", "files", "fitted"},
}
# Lines of code: neither blank nor comment nor docstring, so that nobody saves on explanation.
MOST_LINES = 220
# All lines.
MOST_LINES_OF_A_FUNCTION = 40

each_module = pytest.mark.parametrize("module", sorted(MODULES))


@cache
def tree(module: str) -> ast.Module:
    """The module as Python reads it."""
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


@cache
def imports(module: str) -> frozenset[str]:
    """All that the module imports, in functions and for types too: ours by our own names, others in full."""
    found: set[str] = set()
    home = module.split(".") if MODULES[module].name == "__init__.py" else module.split(".")[:-1]
    package = [part for part in home if part != "__init__"]
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module or "")
        elif isinstance(node, ast.ImportFrom):
            source = [*package[: len(package) - node.level + 1], *(node.module or "").split(".")]
            found.update(_ours(".".join(filter(None, source)), alias.name) for alias in node.names)
    return frozenset(found)


def _ours(source: str, name: str) -> str:
    """The module of ours that `from source import name` reads."""
    whole = f"{source}.{name}".lstrip(".")
    return whole if whole in MODULES else source or "__init__"


def top(name: str) -> str:
    """The first part of a dotted name."""
    return name.partition(".")[0]


def floor(module: str) -> int:
    """The floor of a module, counted from the top; a module that the plan does not show is in the cellar."""
    return next((number for number, names in enumerate(FLOORS) if module in names), len(FLOORS))


def code_lines(module: str) -> list[str]:
    """The lines of a module that are neither blank nor comment nor docstring."""
    told = set[int]()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            told.update(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    lines = MODULES[module].read_text(encoding="utf-8").split("\n")
    return [
        line for number, line in enumerate(lines, 1) if line.strip() and not line.lstrip().startswith("#") and number not in told
    ]


def test_the_plan_shows_every_room_once() -> None:
    """A new module is drawn on the plan first, and one that is gone is erased."""
    assert sorted(name for names in FLOORS for name in names) == sorted(MODULES)


@each_module
def test_imports_point_downward(module: str) -> None:
    """Never up, never sideways."""
    known = {name for name in imports(module) if name in MODULES}
    assert {name for name in known if floor(name) <= floor(module) and (module, name) not in TYPES_ONLY} == set()


@pytest.mark.parametrize(("module", "named"), sorted(TYPES_ONLY))
def test_exceptions_are_for_types_alone(module: str, named: str) -> None:
    """They stand under `if TYPE_CHECKING:`, and one that is no longer needed is struck out."""
    assert named in imports(module)
    running = [node for node in tree(module).body if isinstance(node, ast.ImportFrom)]
    assert named not in {node.module for node in running}


def test_the_reading_of_imports_sees_them_all() -> None:
    """The test itself is no good if it misses those within functions, or of a package's own package."""
    assert "handbook" in imports("match")
    assert {"prose", "model"} <= imports("render.sheet")
    assert {"render.sheet", "render.terminal"} <= imports("render")
    assert "rapidfuzz.process" in imports("reading")
    assert {"model", "match", "version"} <= imports("__init__")


@pytest.mark.parametrize(("library", "allowed"), SOLE_IMPORTERS.items(), ids=SOLE_IMPORTERS)
def test_a_library_has_its_only_importers(library: str, allowed: set[str]) -> None:
    """So that no view and no thought depends on it by accident."""
    users = {module for module in MODULES if library in map(top, imports(module))}
    assert users == allowed


@each_module
def test_nothing_else_is_imported(module: str) -> None:
    """Only Python's own library, ours and the three dependencies."""
    others = {name for name in map(top, imports(module)) if name not in sys.stdlib_module_names}
    assert others <= {*map(top, MODULES), *SOLE_IMPORTERS}


@each_module
def test_nothing_can_reach_the_network(module: str) -> None:
    """No module of ours imports one that could."""
    assert {name for name in map(top, imports(module)) if name in BANNED} == set()


@pytest.mark.parametrize(("costly", "allowed"), COSTLY.items(), ids=COSTLY)
def test_costly_modules_stay_where_they_are(costly: str, allowed: set[str]) -> None:
    """Start-up is bounded by what is imported."""
    assert {module for module in MODULES if costly in map(top, imports(module))} == allowed


@each_module
def test_rapidfuzz_and_views_are_imported_late(module: str) -> None:
    """Only within the function that needs it, so that other questions do not pay for it."""
    early = {top(name.name) for node in tree(module).body if isinstance(node, ast.Import) for name in node.names}
    early |= {top(node.module or "") for node in tree(module).body if isinstance(node, ast.ImportFrom) and not node.level}
    assert "rapidfuzz" not in early


@each_module
def test_no_module_is_too_large(module: str) -> None:
    """One that grows past the limit holds two ideas."""
    assert len(code_lines(module)) <= MOST_LINES


def test_only_code_is_counted() -> None:
    """The version's room holds one line of it."""
    (line,) = code_lines("version")
    assert line.startswith("__version__ = ")


@each_module
def test_no_function_is_too_long(module: str) -> None:
    """A function fits on a screen."""
    functions = [node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {node.name for node in functions if (node.end_lineno or 0) - node.lineno + 1 > MOST_LINES_OF_A_FUNCTION}
    assert long == set()


@each_module
def test_a_module_says_what_it_is_for(module: str) -> None:
    """In its first line, as a sentence."""
    docstring = ast.get_docstring(tree(module)) or ""
    assert docstring.split("\n")[0].endswith((".", ":", ","))
