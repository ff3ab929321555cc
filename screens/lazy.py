"""Names of a package that are loaded when first asked for (PEP 562)."""

from __future__ import annotations

import importlib
from collections.abc import Callable


def later(package: str, **names: str) -> Callable[[str], object]:
    """Give the `__getattr__` of `package`; `names` says which of its modules holds which names."""
    homes = {name: module for module, held in names.items() for name in held.split()}

    def find(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{package}.{homes[name]}"), name)

    return find
