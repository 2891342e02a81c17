"""What somebody typed, read in every way that makes sense."""

from dataclasses import dataclass, field
from functools import lru_cache

from ..routing.words import is_russian, russian_forms, tokens
from ..waves.words import SAYS_NOTHING
from .keyboard import in_other_letters, on_other_keyboard
from .near import errors_between

#: Characters and words of a question that are looked at: more is a letter, not a search.
MAX_TEXT = 400
MAX_WORDS = 16
#: Stems that a learned phrase has at most: longer ones are nobody else's words.
MAX_KEY = 4
#: Words that tell nothing whatever stands beside them.
STOP_WORDS = frozenset(
    "а без бы в во вот все всё вы где да для до его ее если есть еще же за и из или их к как какой ко когда кто куда "
    "ли мне мой моя мое мои моего моей моем моим моих мы на над нам нас наш наша наше него нее ней нет не ни но о об "
    "он она они от ото по под после при про с сам свой свою себе себя сейчас со так там то тоже только тот тут у уже "
    "хотел хотела хочу хотим что чтобы это этот я можно надо быть был была было будет очень меня "
    "a an and any are as at be been by can could do does for from has have here how i i'm im in into is isn it its me my no "
    "not of on or our out please so some somebody t that the their there too these this to us was we were what when "
    "where which who will with would you your s m re don doesn didn won ve ll am if".split()
)
#: Stems that every second request has.
WEAK = SAYS_NOTHING | frozenset(
    "заказа закажит оформ получ дать дайт сдела сделайт установ постав поставит требует хотел плох сил"
    " off order give take set up broken stop doesn don n ask can service tell show way".split()
)
WEAK_WEIGHT = 0.2


@dataclass
class Reading:
    """One way to read a piece of the text: as it stands, on the other keyboard, in other letters."""

    how: str
    factor: float
    words: list
    #: words that tell nothing but as a part of a phrase: «не» of «не работает»
    others: list


@dataclass
class Query:
    """A question: for each piece between blanks, the ways to read it."""

    text: str
    pieces: list = field(default_factory=list)

    @classmethod
    def of(cls, text):
        """Read ``text``; what is too long is cut, what is no word is passed over."""
        query = cls(text[:MAX_TEXT])
        for piece in query.text.lower().split()[: 3 * MAX_WORDS]:
            readings = list(_readings(piece))
            if readings:
                query.pieces.append(readings)
            if len(query.pieces) >= MAX_WORDS:
                break
        return query

    def words(self):
        """Return all words whose stems are needed: of Russian ones all forms that may be meant."""
        words = {word for readings in self.pieces for reading in readings for word in reading.words}
        return words.union(*(russian_forms(word) for word in words if is_russian(word)))


def _readings(piece):
    words = all_words(piece)
    if words:
        yield _reading("word", 1.0, words)
    other = all_words(on_other_keyboard(piece))
    if other and other != words and any(len(word) > 1 for word in other):
        yield _reading("keyboard", 0.95, other)
    letters = all_words(" ".join(map(in_other_letters, words)))
    if letters and letters not in (words, other) and len(letters[0]) > 1:
        yield _reading("letters", 0.8, letters)


def _reading(how, factor, words):
    telling_words = [word for word in words if word not in STOP_WORDS]
    return Reading(how, factor, telling_words, [word for word in words if word in STOP_WORDS])


def all_words(text):
    """Return the words of a text, those with a hyphen also as one."""
    found = []
    for piece in text.split():
        parts = tokens(piece)
        found += parts
        if 1 < len(parts) < 4 and "-" in piece:
            found.append("".join(parts))
    return found


def words_of(text):
    """Return the words of a text that tell something."""
    return [word for word in all_words(text) if word not in STOP_WORDS]


def weight_of(stem):
    """Return how much a stem of a question tells."""
    return WEAK_WEIGHT if stem in WEAK or len(stem) < 2 or _is_weak_mistyped(stem) else 1.0


@lru_cache(maxsize=8_192)
def _is_weak_mistyped(stem):
    return len(stem) > 4 and any(
        len(weak) > 3 and errors_between(stem, weak, 1) < 2 for weak in WEAK
    )


def telling(text, stem_of):
    """Return the different stems of a text that say what it is about."""
    stems = dict.fromkeys(stem_of.get(word, word) for word in words_of(text))
    return [stem for stem in stems if weight_of(stem) == 1.0]


def key_of(text, stem_of):
    """Return what a phrase is learned by, whatever the order of its words; empty where it cannot be learned."""
    stems = telling(text, stem_of)
    return " ".join(sorted(stems)) if len(stems) <= MAX_KEY else ""
