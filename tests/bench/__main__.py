"""`make bench`: every figure of the design, one line each; `python -m tests.bench [names] [--quick]`.

Ratios within one run on one machine; nothing is asserted, OVER is for people to read.
"""

import argparse
import compileall
import importlib
import sys
import time

from tests.bench.programs import ROOT
from tests.bench.table import Skipped

MODULES = (
    "starting",
    "keys",
    "emergencies",
    "side_panel",
    "memory",
    "registering",
    "pages",
    "searching",
    "importing",
    "duty_list",
    "dispatching",
    "assessing",
    "checking",
)


def main() -> int:
    """Print the figures as they come; the exit status tells only that the benchmarks ran."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MODULES, []], help="which ones; all when none is named")
    parser.add_argument("--quick", dest="is_quick", action="store_true", help="fewer runs, smaller stores")
    given = parser.parse_args()
    _compile()
    for name in given.names or MODULES:
        begun = time.monotonic()
        print(f"-- {name}", flush=True)
        try:
            for figure in importlib.import_module(f"tests.bench.{name}").figures(is_quick=given.is_quick):
                print(figure, flush=True)
        except Skipped as skipped:
            print(f"skip  {skipped}")
        print(f"   ({time.monotonic() - begun:.0f} s)", flush=True)
    return 0


def _compile() -> None:
    """Compile the desk as its installation does: Textual, in the hello-world, is compiled too."""
    for folder in ("db", "desk", "screens", "seed", "tests"):
        compileall.compile_dir(ROOT / folder, quiet=2)


if __name__ == "__main__":
    sys.exit(main())
