"""What is checked, and on which Pythons: `nox` runs all, `nox -s tests-3.12` one."""

from __future__ import annotations

import nox

nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = False
PYTHONS = ("3.11", "3.12", "3.13")
LOWEST = ("typer==0.26.0", "rich==14.3.0", "rapidfuzz==3.9.0")


@nox.session
def lint(session: nox.Session) -> None:
    """Style and types."""
    session.install("-e", ".[test]")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("mypy")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """The whole suite, with the coverage of branches."""
    session.install("-e", ".[test]")
    session.run("coverage", "run", "-m", "pytest", *session.posargs)
    session.run("coverage", "combine")
    session.run("coverage", "report")


@nox.session(python=PYTHONS[0])
def lowest(session: nox.Session) -> None:
    """The suite with the oldest dependencies that the project allows."""
    session.install("-e", ".[test]", *LOWEST)
    session.run("pytest", *session.posargs)


@nox.session
def build(session: nox.Session) -> None:
    """Wheel and source distribution, checked as an index would."""
    session.install("build", "twine")
    session.run("python", "-m", "build", "--outdir", session.create_tmp())
    session.run("twine", "check", "--strict", f"{session.create_tmp()}/*")
