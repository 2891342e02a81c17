"""Words of a text, whatever their spelling: letters of two alphabets that look alike, ё, accents, soft hyphens.

The stems come from outside (the database has dictionaries); here they are only compared.
"""

import re
import unicodedata

#: Characters of a text that rules look at: a longer letter is a quotation or a log.
MAX_TEXT = 8_000
MAX_TOKENS = 1_500
MAX_TOKEN = 60
TOKEN = re.compile(r"[^\W_]+")
#: A term is a word, or what stands in quotation marks.
TERM = re.compile(r'"([^"]*)"|«([^»]*)»|[“„]([^”“]*)[”“]|([^\s,;"«“„]+)')
#: Accents, soft hyphens and joiners: no letters.
IGNORED = re.compile("[\u0300\u0301\u00ad\u200b-\u200d\ufeff]")
LATIN, CYRILLIC = "aceopxykmhtb", "асеорхукмнтв"
LATIN_LETTERS = frozenset(LATIN)
VOWELS = "аеиоуыэюя"
ENDINGS = (
    "",
    "а",
    "я",
    "ы",
    "и",
    "е",
    "у",
    "ю",
    "ом",
    "ем",
    "ой",
    "ей",
    "ов",
    "ев",
    "ам",
    "ами",
    "ах",
)
TO_LATIN = str.maketrans(CYRILLIC, LATIN)
TO_CYRILLIC = str.maketrans(LATIN, CYRILLIC)


def folded(text):
    """Return ``text`` in small letters, with its look-alike spellings made one (ё is written as е as often)."""
    small = unicodedata.normalize("NFKC", text[:MAX_TEXT]).lower().replace("ё", "е")
    return IGNORED.sub("", small)


def tokens(text):
    """Return the words of ``text`` in their order, as they are compared."""
    found = []
    for match in TOKEN.finditer(folded(text)):
        found.append(_one_alphabet(match.group()[:MAX_TOKEN]))
        if len(found) >= MAX_TOKENS:
            break
    return found


def _one_alphabet(token):
    """Return the word with letters of one alphabet: «1С» and "1C", «кacca» typed with Latin letters."""
    if token.isascii():
        return token
    if not token.isalpha():
        latin = token.translate(TO_LATIN)
        return latin if latin.isascii() else token
    if not LATIN_LETTERS.isdisjoint(token):
        return token.translate(TO_CYRILLIC)
    return token


def parse_terms(text):
    """Return the terms of a list that somebody typed: single words, and phrases in quotation marks."""
    terms = (next(filter(None, match), "") for match in TERM.findall(text or ""))
    return list(dict.fromkeys(term.strip() for term in terms if tokens(term)))


def russian_forms(word):
    """Return spellings that a Russian noun may have; what is no form of it stands in no text.

    A stemmer takes «терминал» for a verb in the past and knows nothing of «ошибка» – «ошибок»: of the words
    of rules, which are few, all forms are looked up, and each stem that comes out counts.
    """
    base = word[:-1] if word[-1] in "аяоеьйыи" and len(word) > 3 else word
    bases = {base}
    if len(base) > 2 and base[-1] == "к" and base[-2] not in VOWELS:
        bare = base[:-2] if base[-2] in "ьй" else base[:-1]
        forms = {f"{bare}ек", f"{base[:-1]}ок"}
    else:
        forms = set()
    if len(word) > 4 and word[-2:] in ("ок", "ек"):
        bases.add(f"{word[:-2]}к")
    return {word} | forms | {f"{some}{ending}" for some in bases for ending in ENDINGS}


def alternatives(word, stem_of):
    """Return the stems by which a word of a rule is found, of ``{spelling: stem}``."""
    if not is_russian(word):
        return frozenset([stem_of.get(word, word)])
    stems = (stem_of.get(form, form) for form in russian_forms(word))
    shortest = max(3, len(word) - 3)
    long_enough = frozenset(stem for stem in stems if len(stem) >= shortest)
    return long_enough | {stem_of.get(word, word)}


def is_russian(word):
    """Tell whether the Russian dictionary is asked for a word."""
    return "а" <= word[0] <= "я"


class Wording:
    """A text as rules see it: the stem of each word, in their order."""

    def __init__(self, words, stem_of):
        """:param dict stem_of: ``{word: stem}``; a word that is not there is its own stem"""
        self.words = words
        self.stems = [stem_of.get(word, word) for word in words]
        self.places = {}
        for place, stem in enumerate(self.stems):
            self.places.setdefault(stem, []).append(place)

    def find(self, term):
        """Return the words of the text that follow each other as ``term`` says, or None.

        :param term: for each word the set of the stems by which it is found
        """
        length = len(term)
        for first in term[0]:
            for place in self.places.get(first, ()):
                stems = self.stems[place : place + length]
                if len(stems) == length and all(map(frozenset.__contains__, term, stems)):
                    return " ".join(self.words[place : place + length])
        return None
