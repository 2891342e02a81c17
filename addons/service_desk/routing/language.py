"""A guess at the language of a short text: by its alphabet, then by letters or small words that only one has."""

import re
from collections import Counter
from functools import lru_cache

SAMPLE = 2_000
WORD = re.compile(r"[^\W\d_]+")
#: Ranges of letters and the language they stand for; Latin and Cyrillic stand for several.
ALPHABETS = (
    ("cyrillic", "\u0400", "\u052f"),
    ("latin", "a", "\u024f"),
    ("el", "\u0370", "\u03ff"),
    ("hy", "\u0530", "\u058f"),
    ("he", "\u0590", "\u05ff"),
    ("ar", "\u0600", "\u06ff"),
    ("ka", "\u10a0", "\u10ff"),
    ("ja", "\u3040", "\u30ff"),
    ("zh", "\u4e00", "\u9fff"),
    ("ko", "\uac00", "\ud7af"),
)
CYRILLIC = {"kk": "әғқңөұүһ", "uk": "ґєї", "be": "ў"}
LATIN = {
    "en": "the and is are not you we for with this that have please from our",
    "de": "der die das und ist nicht ich wir sie ein eine mit für auf bitte",
    "fr": "le la les et est pas nous vous une des pour avec sur merci bonjour",
    "es": "el los las es una por para con que del hola gracias está nuestro",
    "it": "il di che è non per una sono con grazie della abbiamo buongiorno",
    "pt": "os não uma para com por do da obrigado está nosso bom você",
    "pl": "nie jest się na do że proszę dzień dobry oraz mamy",
    "tr": "bir ve bu için değil var yok ile merhaba lütfen çok",
}
SMALL_WORDS = {
    word: [code for code, text in LATIN.items() if word in text.split()]
    for text in LATIN.values()
    for word in text.split()
}
#: Languages that are written in another alphabet than the Latin one.
ALPHABET_OF = {
    **dict.fromkeys(["ru", "uk", "be", "kk", "bg", "sr", "mk", "mn", "ky", "tg"], "cyrillic"),
    **{code: code for code, _first, _last in ALPHABETS[2:]},
}


def language_of(text, known=""):
    """Return the code of the language of a request, or an empty string.

    :param known: the language of the contact (``ru_RU``); it counts unless the text is written in another
        alphabet, for contacts made of mail bear the language of the company. Latin letters alone say little:
        names of devices and programs are Latin in every language.
    """
    code = (known or "").partition("_")[0].partition("@")[0]
    alphabet = _alphabet(text)
    if code and (not alphabet or ALPHABET_OF.get(code, "latin") == alphabet):
        return code
    if alphabet == "cyrillic":
        return _cyrillic(text[:SAMPLE].lower())
    if alphabet == "latin":
        return _latin(text[:SAMPLE].lower()) or code
    return alphabet


@lru_cache(maxsize=2_048)
def _alphabet_of(char):
    """Return the alphabet of a small letter, or None."""
    if not char.isalpha():
        return None
    return next((name for name, first, last in ALPHABETS if first <= char <= last), None)


def _alphabet(text):
    counts = Counter(map(_alphabet_of, text[:SAMPLE].lower()))
    counts.pop(None, None)
    if counts["ja"]:
        return "ja"
    return counts.most_common(1)[0][0] if counts else ""


def _cyrillic(text):
    for code, letters in CYRILLIC.items():
        if any(letter in text for letter in letters):
            return code
    return "uk" if "і" in text and "ы" not in text else "ru"


def _latin(text):
    counts = Counter(
        code for word in WORD.findall(text) for code in SMALL_WORDS.get(word, ())
    ).most_common(2)
    if not counts or len(counts) > 1 and counts[0][1] == counts[1][1]:
        return ""
    return counts[0][0]
