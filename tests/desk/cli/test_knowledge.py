"""`desk knowledge`: listed, shown, out and in, and what is due."""

import json
from pathlib import Path

from tests.desk.cli.conftest import Desk
