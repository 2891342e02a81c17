"""One set-up at a time: several people or programs may start ./desk together."""

import fcntl
from contextlib import contextmanager

from .paths import HOME


@contextmanager
def exclusive(name):
    """Hold the lock ``name`` of this DESK_HOME; waits while another process has it."""
    folder = HOME / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / f"{name}.lock", "w", encoding="ascii") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
