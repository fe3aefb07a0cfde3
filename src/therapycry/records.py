"""NamedTuple, as `typing` has it, without loading `typing`: that takes a quarter of what Python itself takes to start.

A type checker sees the one of `typing`; when the program runs, `collections.namedtuple` makes the class.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 (said twice, it is offered to others)
else:
    from collections import namedtuple

    class _Maker(type):
        """Turns the class that is written into the named tuple that is meant."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, object]) -> type:
            """A named tuple of the annotated names, with their defaults, and with whatever else stands in the body."""
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = body.pop("__annotations__")
            defaults = [body.pop(field) for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body.pop("__module__"))  # noqa: PYI024 (see above)
            for key, value in body.items():
                setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_Maker):
        """What a record says it is made from."""
