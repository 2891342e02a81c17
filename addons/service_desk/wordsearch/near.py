"""Words that are nearly alike: by pairs of letters first, then by the number of typing errors."""

from bisect import bisect_left
from collections import Counter

#: Shorter words have too many neighbours.
SHORTEST = 4
#: From this length on two errors are forgiven.
LONG = 7
#: Letters that two forms of one word may differ by at their ends.
ENDING = 3
FOUND = 6


def errors_between(one, other, limit):
    """Return the number of typing errors between two words, at most ``limit`` + 1.

    A wrong, missing or needless letter is one error, and so are two letters in the wrong order.
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    older, last = None, list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, second in enumerate(other, 1):
            best = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != second))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == second:
                best = min(best, older[column - 2] + 1)
            line.append(best)
        if min(line) > limit:
            return limit + 1
        older, last = last, line
    return last[-1]


def _pairs(word):
    marked = f"^{word}$"
    return {marked[place : place + 2] for place in range(len(marked) - 1)}


class Vocabulary:
    """The words of all texts, found by their beginning or by what is nearly the same."""

    def __init__(self, words):
        self.words = sorted(words)
        self.places = {}
        for place, word in enumerate(self.words):
            if len(word) >= SHORTEST - 1:
                for pair in _pairs(word):
                    self.places.setdefault(pair, []).append(place)

    def forms(self, stem):
        """Yield ``(word, factor)`` of words that begin alike and differ by an ending only."""
        if len(stem) < SHORTEST:
            return
        for place in range(bisect_left(self.words, stem), len(self.words)):
            word = self.words[place]
            if not word.startswith(stem):
                break
            if word != stem and len(word) - len(stem) <= ENDING:
                yield word, 0.7
        for cut in range(1, ENDING + 1):
            shorter = stem[:-cut]
            if len(shorter) < SHORTEST + (cut > 1):
                break
            place = bisect_left(self.words, shorter)
            if place < len(self.words) and self.words[place] == shorter:
                yield shorter, 0.7

    def beginnings(self, start):
        """Yield ``(word, factor)`` of words that begin with what is being typed."""
        if len(start) < 3:
            return
        for place in range(bisect_left(self.words, start), len(self.words)):
            word = self.words[place]
            if not word.startswith(start):
                break
            if word != start:
                yield word, 0.7 * max(0.5, len(start) / len(word))

    def near(self, word):
        """Return ``[(word, factor)]`` of the words with fewest errors between."""
        if len(word) < SHORTEST:
            return []
        limit = 2 if len(word) >= LONG else 1
        common = Counter(place for pair in _pairs(word) for place in self.places.get(pair, ()))
        # an error changes three pairs at most
        enough = max(1, len(word) + 1 - 3 * limit)
        found = []
        for place, count in common.items():
            other = self.words[place]
            if count >= enough and abs(len(other) - len(word)) <= limit:
                errors = errors_between(word, other, limit)
                if 0 < errors <= limit:
                    found.append((errors, -count, other))
        found.sort()
        one = 0.8 if len(word) > SHORTEST else 0.6  # four letters are soon another word
        return [(other, one if errors == 1 else 0.55) for errors, _count, other in found[:FOUND]]
