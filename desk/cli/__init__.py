"""The command line: the desk itself, or one deed without the screens (design part 8)."""

from desk.cli.main import main

__all__ = ["main"]
