"""`desk`, and `python -m desk`."""

import sys

from desk.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
