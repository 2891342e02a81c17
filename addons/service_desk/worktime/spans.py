"""Spans of time in whole seconds: merged, cut, and as a table for bisection."""

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import NamedTuple


def merge(pairs):
    """Return the ``(start, end)`` pairs ascending and apart; touching ones become one, empty ones fall out."""
    merged = []
    for start, end in sorted(pair for pair in pairs if pair[0] < pair[1]):
        if merged and start <= merged[-1][1]:
            if end > merged[-1][1]:
                merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def cut(pairs, holes):
    """Return what is left of merged ``pairs`` without merged ``holes``."""
    left, index = [], 0
    for start, end in pairs:
        while index < len(holes) and holes[index][1] <= start:
            index += 1
        at = index
        while at < len(holes) and holes[at][0] < end:
            if holes[at][0] > start:
                left.append((start, holes[at][0]))
            start = holes[at][1]
            at += 1
        if start < end:
            left.append((start, end))
    return left


class Spans(NamedTuple):
    """The working spans of one UTC year, ascending and apart; ``done[i]`` is the work until the end of span i."""

    starts: tuple
    ends: tuple
    done: tuple

    @classmethod
    def of(cls, pairs):
        """Return the spans of ``(start, end)`` pairs in seconds since 1970; touching ones become one."""
        merged = merge(pairs)
        return cls(
            tuple(start for start, _end in merged),
            tuple(end for _start, end in merged),
            tuple(accumulate(end - start for start, end in merged)),
        )

    @property
    def total(self):
        """Return the working seconds of the year."""
        return self.done[-1] if self.done else 0

    def work_until(self, second):
        """Return the working seconds of the year before ``second``."""
        index = bisect_right(self.starts, second) - 1
        if index < 0:
            return 0
        return self.done[index] - max(0, self.ends[index] - second)

    def end_of(self, work):
        """Return when ``work`` seconds of the year are done: at the end of a span rather than at the next start."""
        index = bisect_left(self.done, work)
        return self.ends[index] - (self.done[index] - work)

    def start_of(self, work):
        """Return the last moment at which ``work`` seconds are done: at the start of a span rather than at an end."""
        index = bisect_right(self.done, work)
        return self.ends[index] - (self.done[index] - work)

    def next_from(self, second):
        """Return the first working second from ``second`` on; None when the year has no more."""
        index = bisect_right(self.ends, second)
        return max(second, self.starts[index]) if index < len(self.ends) else None

    def last_until(self, second):
        """Return the last end of work up to ``second``, which is itself one within a span; None without any."""
        index = bisect_left(self.starts, second) - 1
        return min(second, self.ends[index]) if index >= 0 else None

    def within(self, start, end):
        """Return the ``(start, end)`` pairs between two seconds, cut at them."""
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        return [
            (max(start, self.starts[index]), min(end, self.ends[index]))
            for index in range(first, last)
        ]
