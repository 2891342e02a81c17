"""Talk to the person: steps with their time, and troubles as one clear sentence."""

import shutil
import sys
import threading
import time
from contextlib import contextmanager


class Trouble(Exception):
    """Something the person can mend; the text says what it is and what to do."""


class Progress:
    """Numbered steps: ``[2/7] Python environment … 41 s``.

    On a terminal the line of the current step is redrawn each second with the elapsed time and what it
    does now; elsewhere a step that lasts says the same on a new line every ten seconds.
    """

    PERIOD = 10

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
        """Say what the current step does now."""
        self.detail = text

    @contextmanager
    def step(self, title):
        """Frame one step; its time is printed when it ends, also by an error."""
        self.number += 1
        self.detail = ""
        head = f"[{self.number}/{self.total}] {title}"
        begin = time.monotonic()
        ended = threading.Event()
        tick = self._redraw if self.live else self._report
        ticker = threading.Thread(target=tick, args=(head, begin, ended), daemon=True)
        ticker.start()
        result = "failed after"
        try:
            yield
            result = "done in"
        finally:
            ended.set()
            ticker.join()
            seconds = time.monotonic() - begin
            start = "\r\033[K" if self.live else ""
            self._write(f"{start}{head}: {result} {seconds:.0f} s\n")

    def _redraw(self, head, begin, ended):
        while True:
            width = shutil.get_terminal_size().columns - 1
            self._write(f"\r\033[K{self._line(head, begin)[:width]}")
            if ended.wait(1):
                return

    def _report(self, head, begin, ended):
        while not ended.wait(self.PERIOD):
            self._write(self._line(head, begin) + "\n")

    def _line(self, head, begin):
        detail = f" – {self.detail}" if self.detail else ""
        return f"{head} … {time.monotonic() - begin:.0f} s{detail}"

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
