"""Talk to the person: steps with their time, and troubles as one clear sentence."""

import sys
import threading
import time
from contextlib import contextmanager


class Trouble(Exception):
    """Something the person can mend; the text says what it is and what to do."""


class Progress:
    """Numbered steps: ``[2/7] Python environment … 41 s``.

    On a terminal the line of the current step is redrawn each second with the elapsed time; elsewhere
    each step is printed once when it starts and once when it took more than a second.
    """

    def __init__(self, total, out=None):
        self.total = total
        self.number = 0
        self.out = out or sys.stdout
        self.live = self.out.isatty()
        self.detail = ""
        self.started = time.monotonic()

    @property
    def elapsed(self):
        """Seconds since the first step."""
        return time.monotonic() - self.started

    def note(self, text):
        """Say what the current step does now (shown on the live line only)."""
        self.detail = text

    @contextmanager
    def step(self, title):
        """Frame one step; its time is printed when it ends, also by an error."""
        self.number += 1
        self.detail = ""
        head = f"[{self.number}/{self.total}] {title}"
        begin = time.monotonic()
        ended = threading.Event()
        if self.live:
            ticker = threading.Thread(target=self._tick, args=(head, begin, ended), daemon=True)
            ticker.start()
        else:
            self._write(head + " …\n")
        result = "failed after"
        try:
            yield
            result = "done in"
        finally:
            ended.set()
            seconds = time.monotonic() - begin
            if self.live:
                ticker.join()
                self._write(f"\r\033[K{head}: {result} {seconds:.0f} s\n")
            elif seconds >= 1 or result != "done in":
                self._write(f"      {result} {seconds:.0f} s\n")

    def _tick(self, head, begin, ended):
        while True:
            detail = f" – {self.detail}" if self.detail else ""
            line = f"{head} … {time.monotonic() - begin:.0f} s{detail}"
            self._write(f"\r\033[K{line[:150]}")
            if ended.wait(1):
                return

    def _write(self, text):
        self.out.write(text)
        self.out.flush()


class Quiet(Progress):
    """Steps that keep silent unless they last: for commands whose output is the result."""

    def __init__(self):
        super().__init__(0, sys.stderr)

    @contextmanager
    def step(self, title):
        """Print the title only when the step has lasted two seconds."""
        timer = threading.Timer(2, self._write, (f"{title} …\n",))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


def ask(question):
    """Return True when the person answers yes; False without a terminal."""
    if not sys.stdin.isatty():
        return False
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes", "д", "да")
