"""System tests see the product from the outside; they use the developer tool's own parts."""

import sys
from pathlib import Path

# pytest may be started by itself, from any folder.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
