"""Which stems of a subject say what it is about."""

#: Stems (as PostgreSQL's dictionaries make them) that every second request has: they make no two alike.
SAYS_NOTHING = frozenset(
    """
    help pleas urgent asap hello hi hey dear thank problem issu error fail work question request need
    ticket support re fw fwd want get make new
    помог помощ пожалуйст срочн здравств приветств добр ден дня утр вечер коллег уважа
    проблем ошибк сбо вопрос заявк обращен нужн необходим прос подскаж подскажит работа перестан случ
    сегодн вчер опя снов почем никак постоян очен
    """.split()
)
SHORTEST, LONGEST = 2, 30
#: So many words of one subject are looked at: the rest is a text, not a title.
MOST_WORDS = 10


def words_of(stems, more=()):
    """Return the stems that say what a ticket is about.

    :param stems: those of the subject
    :param more: those of the beginning of the text, used where the subject says next to nothing
    """
    words = _telling(stems)
    if len(words) < 2:
        words |= _telling(more)
    return frozenset(sorted(words)[:MOST_WORDS])


def _telling(stems):
    return {
        stem
        for stem in stems
        if SHORTEST <= len(stem) <= LONGEST
        and stem not in SAYS_NOTHING
        and stem.isalnum()
        and any(char.isalpha() for char in stem)
        and not (len(stem) > 4 and sum(char.isdigit() for char in stem) > 2)
    }


def surface_of(stem, texts):
    """Return the first word of ``texts`` that begins like ``stem``, else the stem itself."""
    head = stem[: max(3, len(stem) - 1)]
    for text in texts:
        for word in text.lower().replace("ё", "е").split():
            word = word.strip("«»\"'“”.,:;!?()[]-–—")
            if word.startswith(head):
                return word
    return stem
