"""Where things are. Everything that ./desk makes lies in one folder that git ignores."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDONS = ROOT / "addons"
TESTS = ROOT / "tests"
TEST_ADDONS = TESTS / "addons"

# Another clone may share the folder: DESK_HOME names it.
HOME = (ROOT / os.environ.get("DESK_HOME", ".desk")).resolve()
DOWNLOADS = HOME / "downloads"
LOGS = HOME / "logs"
DATA = HOME / "data"
STATE = HOME / "state"


def make_home():
    """Create the private folders; harmless when they exist."""
    for folder in (HOME, DOWNLOADS, LOGS, DATA, STATE):
        folder.mkdir(parents=True, exist_ok=True)
