"""The texts turned round: for each stem, where it stands and how much it tells there."""

import math
from dataclasses import dataclass, field

from ..routing.words import alternatives
from .near import LONG, Vocabulary
from .query import all_words, telling, weight_of, words_of

#: A synonym and a learned phrase count almost as the word itself.
SYNONYM = 0.75
LEARNED = 4.0
#: What is found with less than this share of the best is not shown.
SHARE = 0.15
#: Each question may bring in so many other words.
MOST_SYNONYMS = 60
#: From this factor on a word is known well enough to ask for its synonyms.
SURE = 0.7


@dataclass
class Document:
    """What can be found: texts with their weights, and phrases that people's choices taught."""

    id: int
    texts: list
    learned: list = field(default_factory=list)

    def all_texts(self):
        """Yield every text whose words need a stem."""
        yield from (text for _weight, text in self.texts)
        yield from self.learned


@dataclass
class Hit:
    """A document that was found, and by which words: ``{"word", "found", "how"}``."""

    id: int
    score: float
    why: list


@dataclass
class _Way:
    """One way in which a word of the question may stand in a document: all ``stems`` must."""

    stems: tuple
    factor: float
    how: str


class Index:
    """Documents, found by words. Made once, asked often; never changed."""

    def __init__(self, documents, synonyms, stem_of):
        """:param synonyms: lists of terms that mean the same to those who search
        :param stem_of: ``{word: stem}`` of all words in both
        """
        self.documents = frozenset(document.id for document in documents)
        self.places, self.titles = {}, {}
        for document in documents:
            self._add(document, stem_of)
        self.phrases = {}
        self._add_learned(documents, stem_of)
        self._add_synonyms(synonyms, stem_of)
        self.vocabulary = Vocabulary(self.places.keys() | self.phrases.keys())

    @staticmethod
    def words(documents, synonyms):
        """Return all words whose stems are needed."""
        texts = (text for document in documents for text in document.all_texts())
        terms = (term for group in synonyms for term in group)
        return {word for text in (*texts, *terms) for word in all_words(text)}

    # ------------------------------------------------------------------ making
    def _add(self, document, stem_of):
        heaviest = max((weight for weight, _text in document.texts), default=0)
        titles = self.titles[document.id] = []
        for weight, text in document.texts:
            stems = {word: stem_of.get(word, word) for word in words_of(text)}
            if weight == heaviest and stems:
                titles.append(frozenset(stems.values()))
            for word, stem in stems.items():
                found = self.places.setdefault(stem, {})
                if found.get(document.id, (0, ""))[0] < weight:
                    found[document.id] = (weight, word)

    def _add_learned(self, documents, stem_of):
        for document in documents:
            for phrase in document.learned:
                stems = frozenset(telling(phrase, stem_of))
                self._add_phrase(stems, (stems, None, document.id, phrase))

    def _add_synonyms(self, synonyms, stem_of):
        """A term is asked for with all its words, «не работает», and found by those that tell something."""
        for group in synonyms:
            terms = []
            for term in group:
                asked = frozenset(stem_of.get(word, word) for word in all_words(term))
                found = tuple(dict.fromkeys(stem_of.get(word, word) for word in words_of(term)))
                if len(found) == 1 < len(asked) and weight_of(found[0]) < 1:
                    found = ()
                terms.append((asked, found, term))
            for asked, found, term in terms:
                others = {other for _asked, other, _term in terms if other and other != found}
                self._add_phrase(asked, (asked, others, None, term))

    def _add_phrase(self, stems, phrase):
        if stems:
            # found by its rarest word: the longest is as good a guess as any
            self.phrases.setdefault(max(stems, key=len), []).append(phrase)

    # ----------------------------------------------------------------- asking
    def search(self, query, stem_of, visible, limit):
        """Return the best :class:`Hit` among the documents ``visible``."""
        readings = [self._likeliest(readings, stem_of) for readings in query.pieces]
        if not any(reading.words for reading in readings):
            return []
        asked = {}
        for reading in readings:
            for word in reading.words:
                is_last = reading is readings[-1]
                asked.setdefault(word, self._asked(word, reading, stem_of, is_last))
        others = {stem_of.get(word, word) for reading in readings for word in reading.others}
        asked = list(asked.values())
        learned = self._widen(asked, others)
        return self._rank(asked, learned, visible & self.documents, limit)

    def _likeliest(self, readings, stem_of):
        """Return the reading of a piece whose words are known best."""
        best, best_known = readings[0], 0.0
        for reading in readings:
            known = self._known(reading, stem_of)
            if known > best_known:
                best, best_known = reading, known
        return best

    def _asked(self, word, reading, stem_of, is_last):
        stem = stem_of.get(word, word)
        ways = self._ways(word, stem, reading, stem_of, is_last)
        return _Asked(word, weight_of(stem), ways)

    def _known(self, reading, stem_of):
        """Return how well the words of a reading are known, from 0 to 1."""
        best = (0.6 if reading.words else 1.0) if reading.others else 0.0
        for word in reading.words:
            if any(self._has(stem) for stem in alternatives(word, stem_of)):
                return reading.factor
            stem = stem_of.get(word, word)
            if any(True for _found in self.vocabulary.forms(stem)):
                best = max(best, 0.8)
            # mistyped and on the wrong keyboard besides is believed of long words only
            elif reading.how == "word" or len(word) > LONG:
                near = self.vocabulary.near(stem)
                best = max(best, near[0][1] * 0.9 if near else 0)
        return best * reading.factor

    def _has(self, stem):
        return stem in self.places or stem in self.phrases

    def _ways(self, word, stem, reading, stem_of, is_last):
        """Return the ways of the words that may be meant, without synonyms."""
        how, factor = reading.how, reading.factor
        ways = {stem: (factor, how)}

        def add(found, part, kind):
            if ways.get(found, (0, ""))[0] < factor * part:
                ways[found] = (factor * part, kind if how == "word" else how)

        for other in alternatives(word, stem_of):
            add(other, 0.9, "form")
        for other, part in self.vocabulary.forms(stem):
            add(other, part, "form")
        known = any(self._has(other) for other in ways)
        if is_last and not known:
            for other, part in self.vocabulary.beginnings(word):
                add(other, part, "beginning")
        if not known:
            for spelling in {stem, word}:
                for other, part in self.vocabulary.near(spelling):
                    add(other, part, "typo")
        return [_Way((other,), part, kind) for other, (part, kind) in ways.items()]

    def _widen(self, asked, others):
        """Add what else people call it; returns ``[(document, learned phrase, words of the question)]``.

        :param others: stems of the question that count as parts of phrases only
        """
        sure = dict.fromkeys(others, (None, 1.0))
        for place, word in enumerate(asked):
            for way in word.ways:
                if way.factor >= SURE:
                    sure.setdefault(way.stems[0], (place, way.factor))
        learned, added = [], 0
        for stem in list(sure):
            for stems, same, document, phrase in self.phrases.get(stem, ()):
                if not stems <= sure.keys():
                    continue
                places = {sure[part][0] for part in stems} - {None}
                if len(stems) > 1:
                    # together they tell something
                    for place in places:
                        asked[place].weight = 1.0
                if document:
                    learned.append((document, phrase, places))
                    continue
                factor = SYNONYM * min(sure[part][1] for part in stems)
                for other in sorted(same):
                    if added < MOST_SYNONYMS:
                        added += 1
                        for place in places:
                            asked[place].ways.append(_Way(other, factor, "synonym"))
        return learned

    def _rank(self, asked, learned, visible, limit):
        found, rarity = {}, []
        for place, word in enumerate(asked):
            matches = self._best_ways(word, visible)
            rarity.append(word.weight * self._rarity(len(matches)))
            for document, (score, way, surface) in matches.items():
                found.setdefault(document, {})[place] = (score, way, surface)
        for document, phrase, places in learned:
            if document in visible:
                for place in places:
                    mine = found.setdefault(document, {})
                    if mine.get(place, (0,))[0] < LEARNED:
                        mine[place] = (LEARNED, None, phrase)
        hits = [self._hit(document, asked, rarity, matches) for document, matches in found.items()]
        hits.sort(key=lambda hit: (-hit.score, hit.id))
        least = hits[0].score * SHARE if hits else 0
        return [hit for hit in hits[:limit] if hit.score >= least]

    def _best_ways(self, word, visible):
        """Return ``{document: (score, way, word found)}`` for one word of the question."""
        best = {}
        for way in word.ways:
            places = [self.places.get(stem, {}) for stem in way.stems]
            smallest = min(places, key=len)
            for document in smallest.keys() & visible:
                if not all(document in place for place in places):
                    continue
                score = way.factor * min(place[document][0] for place in places)
                if score > best.get(document, (0,))[0]:
                    surface = " ".join(place[document][1] for place in places)
                    best[document] = (score, way, surface)
        return best

    def _rarity(self, count):
        """Return how much a word tells that leads to so many documents, by whatever way."""
        return math.log(1 + (len(self.documents) + 1) / (count + 0.5))

    def _hit(self, document, asked, rarity, matches):
        """Return the hit: the more of the question's telling words lead there, the better."""
        score = sum(match[0] * rarity[place] for place, match in matches.items())
        covered = sum(rarity[place] for place in matches) / sum(rarity)
        stems = {
            stem
            for _score, way, _surface in matches.values()
            if way and way.how != "synonym"
            for stem in way.stems
        }
        named = max((len(stems & title) / len(title) for title in self.titles[document]), default=0)
        why = [
            {"word": asked[place].word, "found": surface, "how": way.how if way else "learned"}
            for place, (_score, way, surface) in sorted(matches.items())
        ]
        return Hit(document, score * (0.3 + 0.7 * covered) * (1 + 0.3 * named), why)


@dataclass
class _Asked:
    """A word of the question with all ways in which it may be found."""

    word: str
    weight: float
    ways: list
