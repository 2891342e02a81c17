import re
from collections import Counter

WORD = re.compile(r"\w+")
#: Length of the pieces of words that are compared besides the words themselves.
GRAM = 3
#: More of a text adds cost and no sense to the comparison by pieces.
MOST_CHARS = 2_000


def plain(text):
    """Return a text in lower case, with one letter for е and ё."""
    return (text or "").lower().replace("ё", "е")


def grams(text):
    """Return how often each piece of three letters stands in the words of a text.

    A word begins and ends with a blank, so that beginnings of words are pieces of their own.
    """
    found = Counter()
    for word in WORD.findall(plain(text)[:MOST_CHARS]):
        padded = f" {word} "
        found.update(padded[i : i + GRAM] for i in range(len(padded) - GRAM + 1))
    return found


def shared(asked, text):
    """Return ``({piece: how often}, number of pieces)``: which pieces of ``asked`` stand in a text, and how long it is."""
    found, length = {}, 0
    for word in WORD.findall(plain(text)):
        padded = f" {word} "
        length += len(word)
        for i in range(len(word)):
            piece = padded[i : i + GRAM]
            if piece in asked:
                found[piece] = found.get(piece, 0) + 1
    return found, length


def stripped(text, limit):
    """Return the first ``limit`` characters of a text without NUL bytes and needless blanks."""
    return " ".join((text or "").replace("\x00", " ").split())[:limit]
