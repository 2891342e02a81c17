"""What somebody meant to type: on the other keyboard, or with the letters of the other alphabet."""

LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
CYRILLIC_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбю"
TO_CYRILLIC_KEYS = str.maketrans(
    f'{LATIN_KEYS}{LATIN_KEYS.upper()}{{}}:"<>~', f"{CYRILLIC_KEYS * 2}хъжэбюё"
)
TO_LATIN_KEYS = str.maketrans(CYRILLIC_KEYS + CYRILLIC_KEYS.upper(), LATIN_KEYS * 2)
#: Letters of Russian words as people write them in Latin letters, the longest first.
SOUNDS = (
    ("shch", "щ"), ("sch", "щ"), ("yo", "ё"), ("jo", "ё"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("tc", "ц"),
    ("ch", "ч"), ("sh", "ш"), ("yu", "ю"), ("ju", "ю"), ("ya", "я"), ("ja", "я"), ("ph", "ф"), ("ck", "к"),
)  # fmt: skip
LETTERS = dict(zip("abcdefghijklmnopqrstuvwz'", "абкдефгхийклмнопкрстуввзь", strict=True))
LETTERS["x"] = "кс"
LATIN_SOUNDS = dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye", strict=True))
LATIN_SOUNDS.update(
    ё="e", ж="zh", х="h", ц="ts", ч="ch", ш="sh", щ="sch", ъ="", ь="", ю="yu", я="ya"
)
VOWELS = frozenset("аеёиоуыэюя")


def on_other_keyboard(text):
    """Return what the same keys are on the other keyboard: «ghbynth» is «принтер», «зкштеук» is printer."""
    if text.isascii():
        return text.translate(TO_CYRILLIC_KEYS)
    return text.translate(TO_LATIN_KEYS)


def in_other_letters(word):
    """Return a word in the other alphabet, by its sound: «noutbuk» is «ноутбук», «принтер» is printer."""
    if not word.isascii():
        return "".join(LATIN_SOUNDS.get(letter, letter) for letter in word)
    found, place = [], 0
    while place < len(word):
        for latin, cyrillic in SOUNDS:
            if word.startswith(latin, place):
                found.append(cyrillic)
                place += len(latin)
                break
        else:
            found.append(_letter(word[place], found))
            place += 1
    return "".join(found).replace("ё", "е")


def _letter(letter, before):
    if letter == "y":
        return "й" if before and before[-1] in VOWELS else "ы"
    return LETTERS.get(letter, letter)
