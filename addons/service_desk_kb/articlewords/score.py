"""Scores: Okapi BM25 over stems with weighted fields (BM25F), and alikeness of pieces of words.

Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), sections 3.4 and 3.5.
"""

import math
from typing import NamedTuple

from .pieces import shared

K1 = 1.2
B = 0.75
#: How much the views of alikeness count: stems, the title's pieces, the text's pieces. Chosen by measuring.
FACTORS = (1.0, 1.0, 1.0)


class Candidate(NamedTuple):
    """An article that may be meant: its score by stems, its title and the beginning of its text."""

    article_id: int
    stems: float
    title: str
    beginning: str


def idf(count, of):
    """Return how telling a stem is that stands in ``count`` of ``of`` articles."""
    return math.log(1 + (of - count + 0.5) / (count + 0.5))


def impact(weighted):
    """Return what a stem adds to an article's score before its idf.

    :param float weighted: its occurrences, each field's weighed and divided by the field's relative length
    """
    return weighted * (K1 + 1) / (weighted + K1)


def field_share(count, length, average, weight):
    """Return the weighted occurrences of a stem in one field."""
    return weight * count / (1 - B + B * length / max(average, 1))


def rank(candidates, asked):
    """Return ``[(article id, score)]``, the best first; scores are comparable within one search only.

    :param asked: the pieces of the question, as :func:`pieces.grams` counts them
    """
    titles = [_alike(asked, *shared(asked, one.title)) for one in candidates]
    texts = _overlaps(asked, [shared(asked, one.beginning) for one in candidates])
    views = list(zip((one.stems for one in candidates), titles, texts, strict=True))
    # each view counts by its share of the best: their scales have nothing in common
    tops = [max(view) or 1 for view in zip(*views, strict=True)]
    scored = [
        (one.article_id, sum(f * v / top for f, v, top in zip(FACTORS, view, tops, strict=True)))
        for one, view in zip(candidates, views, strict=True)
    ]
    return sorted(scored, key=lambda one: (-one[1], one[0]))


def _alike(asked, found, length):
    """Return how much of two sets of pieces is common, from 0 to 1 (Dice)."""
    total = len(asked) + length
    return 2 * len(found) / total if total else 0.0


def _overlaps(asked, texts):
    """Return what the pieces of the question tell that stand in each text (BM25 over pieces)."""
    counts = {}
    for found, _length in texts:
        for piece in found:
            counts[piece] = counts.get(piece, 0) + 1
    telling = {
        piece: idf(count, len(texts)) * min(asked[piece], 2) ** 0.5
        for piece, count in counts.items()
    }
    ordinary = sum(length for _found, length in texts) / max(len(texts), 1)
    return [
        sum(
            telling[piece] * impact(field_share(times, length, ordinary, 1))
            for piece, times in found.items()
        )
        for found, length in texts
    ]
