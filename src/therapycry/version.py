"""The version, in one place: read by the build and by `--version` (importlib.metadata would cost four start-ups)."""

__version__ = "0.1.0"
