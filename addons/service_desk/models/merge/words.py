"""Words of subjects, cut to what stays equal when they are bent: enough for "the same matter in other words".

Independent of the database's locale, in which PostgreSQL may not know a Cyrillic letter from a comma.
"""

import math
import re
from collections import Counter
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
#: Endings of Russian and English words, the longest first.
ENDINGS = sorted(
    (
        "иями ями ами иях ого его ому ему ыми ими ает яет ует ают яют уют ать ять ить еть ешь ишь ется ится аются"
        " ются лась лось лись ался ался ала ало али ила ило или ось ась ись ость ости ение ения ению ов ев ей ой ий ый"
        " ая яя ое ее ые ие ах ях ам ям ом ем ия ию ью ет ит ат ят ют ут ть ся сь ла ло ли а я о е ы и у ю ь й"
        " ings ing ed es s"
    ).split(),
    key=len,
    reverse=True,
)
STOP_WORDS = frozenset(
    "и в во на не ни с со к ко у о об от до из за по под при для что как это а но или же ли бы мы вы я он она они"
    " нас вас нам вам мне меня мой наш ваш все всё так там тут есть нет где когда пожалуйста помогите срочно"
    " здравствуйте добрый день the a an of to in on at for with and or is are was be not no my our your we you it its"
    " this that there do does how please help urgent hello re fw fwd".split()
)
#: Words kept of one text: a subject has fewer.
MAX_WORDS = 24


@lru_cache(maxsize=32_768)
def stem(word):
    """Return the beginning of ``word`` (lower case) that its other forms share."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def stems(text):
    """Return the set of stems of a text, without words that say nothing."""
    words = (word.group() for word in WORD.finditer((text or "").lower().replace("ё", "е")))
    kept = [word for word in words if word not in STOP_WORDS and (len(word) > 1 or word.isdigit())]
    return {stem(word) for word in kept[:MAX_WORDS]}


class Likeness:
    """Tells how alike texts are; words that stand in every other text count little."""

    def __init__(self, texts):
        self.stems = [stems(text) for text in texts]
        self.frequency = Counter(word for words in self.stems for word in words)
        self.total = len(self.stems)

    def _weight(self, words):
        return sum(
            math.log1p((self.total + 1) / (self.frequency.get(word, 0) + 1)) for word in words
        )

    def scores(self, text):
        """Return ``[(index, score)]`` of the texts that share words with ``text``; 1.0 means all words."""
        wanted = stems(text)
        weight = self._weight(wanted)
        found = []
        for index, words in enumerate(self.stems):
            common = wanted & words
            # one word in common says little, unless there is hardly more to compare
            if not common or (len(common) < 2 and min(len(wanted), len(words)) > 2):
                continue
            all_words = weight + self._weight(words)
            found.append((index, 2 * self._weight(common) / all_words))
        return found
