"""The build hook: compiles the handbook into the wheel, so that an installed program starts without reading TOML.

The compiled file never lands in the source tree: there it would hide what authors edit. An editable install has none either.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledHandbook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds therapycry/handbook.json to a wheel, made from the authored files, which it checks on the way."""

    _folder: str | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, unless the install is editable; a faulty handbook stops the build with its file and line."""
        if version == "editable":
            return
        self._folder = tempfile.mkdtemp(prefix="therapycry-build-")
        compiled = Path(self._folder, "handbook.json")
        compiled.write_text(self._compiled(), encoding="utf-8", newline="\n")
        build_data["force_include"][str(compiled)] = "therapycry/handbook.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 (the hook's signature)
        """Remove the folder of the compiled file."""
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _compiled(self) -> str:
        """The handbook as JSON. The package is imported from the source: of its dependencies none is needed for this."""
        source = Path(self.root, "src")
        sys.path.insert(0, str(source))
        try:
            from therapycry import authored, compiled

            data = source / "therapycry" / "data"
            return compiled.dump(authored.read(data, data))
        finally:
            sys.path.remove(str(source))
