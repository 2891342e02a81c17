"""Groups of tickets that have words, a service or a place in common, and are more than usual."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations

from .chance import chance_of_at_least

#: A group is no accident if fewer than one in so many would come about by chance. Some thousand keys are
#: looked at in some ten independent windows a day: that makes about one false alarm in a week.
RARE = 2e-5
#: A further ticket of the same person says half as much as one of somebody else.
SAME_PERSON = 0.5
#: Groups that share so much of the smaller one are one group.
OVERLAP = 0.5
#: A word that so many of a group have says what the group is about.
TYPICAL = 0.6


@dataclass(frozen=True)
class Item:
    """A ticket: what it is about (stems; ``@5`` a service, ``#7`` a site), and who asks."""

    id: int
    words: frozenset
    person: str


@dataclass
class Cluster:
    """Tickets that are alike, and the keys that make them so."""

    items: dict = field(default_factory=dict)
    keys: list = field(default_factory=list)
    chance: float = 1.0

    @property
    def words(self):
        """Return the words that most of the tickets have, the most frequent first."""
        counts = defaultdict(int)
        for item in self.items.values():
            for word in item.words:
                counts[word] += 1
        least = TYPICAL * len(self.items)
        return sorted((w for w, n in counts.items() if n >= least), key=lambda w: (-counts[w], w))


def keys_of(words, largest):
    """Return every combination of up to ``largest`` words, each as a sorted tuple."""
    ordered = sorted(words)
    return [key for size in range(1, largest + 1) for key in combinations(ordered, size)]


def key_text(key):
    """Return a key as it is stored."""
    return " ".join(key)


def score_of(items):
    """Return how many askers ``items`` count for."""
    people = len({item.person for item in items})
    return people + SAME_PERSON * (len(items) - people)


def find_clusters(items, expected, least=5, largest=2):
    """Return groups of alike tickets that are more than chance, the least accidental first.

    :param expected: function that gets ``[key]`` and returns ``{key: number usual in the same time}``
    :param int least: fewer askers make no group
    :param int largest: so many words a key has at most
    """
    by_key = defaultdict(list)
    for item in items:
        for key in keys_of(item.words, largest):
            by_key[key].append(item)
    many = {key: group for key, group in by_key.items() if score_of(group) >= least}
    if not many:
        return []
    usual = expected(list(many))
    rare = []
    for key, group in many.items():
        chance = chance_of_at_least(score_of(group), usual[key])
        if chance < RARE:
            rare.append((chance, -len(key), key, group))
    return _joined(sorted(rare, key=lambda found: found[:3]))


def _joined(rare):
    """Put keys that have the same tickets together."""
    clusters = []
    for chance, _size, key, group in rare:
        ids = {item.id for item in group}
        home = None
        for cluster in clusters:
            shared = len(ids & cluster.items.keys())
            if shared >= OVERLAP * min(len(ids), len(cluster.items)):
                home = cluster
                break
        if home is None:
            home = Cluster(chance=chance)
            clusters.append(home)
        home.items.update((item.id, item) for item in group)
        home.keys.append(key)
    return clusters
