"""How many tickets of a kind are expected in the watched time."""

from dataclasses import dataclass

#: With fewer days of history than this nothing is known to be usual.
DAYS_KNOWN = 3
#: The busiest hour of a day has this part of its tickets.
BUSY_HOUR = 0.2
#: The hours in which the tickets of a day come, where there is nothing but this day to judge by.
BUSY_HOURS = 8
#: What is expected in an hour of words that the days before hardly had, by their number.
HARDLY_SEEN = {1: 0.6, 2: 0.3, 3: 0.3}
#: That is generous: it holds for so much busier a time than usual as well.
BUSY_MARGIN = 3
#: Without days before: at least so many, and such a part of all tickets. One word says nothing then.
LEAST = {2: 0.3, 3: 0.3}
PART = {2: 0.015, 3: 0.003}


@dataclass(frozen=True)
class Usual:
    """What the days before and this day so far were like.

    :param int days: days of history that are known
    :param int tickets: tickets of all these days
    :param int volume: tickets in the watched time
    :param float hours: length of the watched time
    """

    days: int
    tickets: int
    volume: int
    hours: float

    @property
    def is_known(self):
        return self.days >= DAYS_KNOWN

    @property
    def largest_key(self):
        """Return how many words are looked at together: where nothing is known, three make sure."""
        return 2 if self.is_known else 3

    def expected(self, size, history, earlier):
        """Return how many tickets with some words are no surprise in the watched time.

        :param int size: number of words
        :param int history: tickets with these words in the days before
        :param int earlier: tickets with these words in the 24 hours before the watched time
        """
        known = max(history / max(self.days, 1) * BUSY_HOUR * self._busier, earlier / BUSY_HOURS)
        return known * self.hours + self._unseen(size)

    @property
    def _busier(self):
        """Return how much busier it is than in the busiest hour of a usual day, at least 1."""
        usual = self.tickets / max(self.days, 1) * BUSY_HOUR * self.hours
        return max(1.0, self.volume / max(usual, 1.0))

    def _unseen(self, size):
        if self.is_known:
            return HARDLY_SEEN[size] * max(1.0, self._busier / BUSY_MARGIN)
        if size == 1:
            return float("inf")
        return max(LEAST[size], PART[size] * self.volume)
