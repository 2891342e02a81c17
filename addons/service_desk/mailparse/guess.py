"""Which charset unlabelled bytes are in: scored by the letters and letter pairs of Russian."""

import re

CYRILLIC = ("cp1251", "koi8-r", "cp866", "iso-8859-5", "mac-cyrillic")
# The commonest pairs of Russian letters, in the order of their frequency.
PAIRS = set(
    "то ст но на по ен ни ко не ра ов ро го ал пр ли ре ос во ла ка та ет ан ва ер от ор ть де "
    "ло ат ел ес ин та ль ит ол ом ри ле ть ем бо да за ог об мо ак ме до ки ве ся сь ил ви ай "
    "ть ди им пе тр те ть ны ый ой ые ий ая ие ия их ых ти ть ас од из ав ма со ам вы же че "
    "ас ть тв ас ск ди он ар ми мы вс ше ду сл уд ус чт же ны на ич ош ук бы ть му си са ав аз "
    "оч ру ую аб яв ея ви ба ха жа юч ют ши нт нн зн сп сс ще дн пи гд ед иб ик ир еж еб его ож "
    "оп ок ую ть бл кл уч ду ур ня дл ля св зд ту ив уж бр ча ищ тч ещ ьн ьк йт йс шл ню ым".split()
)
LETTER_WEIGHT = {
    letter: weight
    for weight, letters in ((3, "оеаинтсрвл"), (2, "кмдпуяыьгзбч"), (1, "йхжшюцщэ"), (0, "фъё"))
    for letter in letters
}
SAMPLE = 16 * 1024
CONTEXT = re.compile(rb"[\x80-\xff][\x00-\xff]{0,200}")
WORD = re.compile("[А-Яа-яЁёІіЇїЄєҐґЎўЂ-Џђ-џ]+")
BYTE_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
HIGH = re.compile(rb"[\x80-\xff]")
EAST = ("gb18030", "cp932", "cp949", "big5hkscs", "euc_jp")


def sample_of(data):
    """Return the pieces of ``data`` around its high bytes, at most ``SAMPLE`` bytes."""
    if len(data) <= SAMPLE:
        return data
    pieces, size = [], 0
    for match in CONTEXT.finditer(data):
        pieces.append(match.group())
        size += len(match.group())
        if size > SAMPLE:
            break
    return b" ".join(pieces)


def cyrillic_score(data, codec):
    """Score ``data`` as Russian in ``codec`` per high byte: about 4 when right, below 1 if not."""
    text = data.decode(codec, "replace")
    high = sum(1 for char in text if ord(char) > 127)
    if not high:
        return 0.0
    score = -6.0 * text.count("\ufffd")
    letters = 0
    for word in WORD.findall(text):
        letters += len(word)
        score += _word_score(word)
    score -= 4.0 * (high - letters)
    return score / high


def _word_score(word):
    lower = word.lower()
    score = float(sum(LETTER_WEIGHT.get(letter, -3) for letter in lower))
    score += 2 * sum(lower[i : i + 2] in PAIRS for i in range(len(lower) - 1))
    # Koi8-r and Windows-1251 have large and small letters exchanged.
    if not (word.islower() or word.isupper() or word[1:].islower()):
        score -= 3 * len(word)
    elif word.isupper() and len(word) > 1:
        score -= 1.2 * len(word)
    return score


def western_score(data):
    """Tell which share of the high bytes stands in words with ASCII letters, as Western ones do."""
    high = mixed = 0
    for word in BYTE_WORD.findall(data):
        count = len(HIGH.findall(word))
        high += count
        if count < len(word):
            mixed += count
    return mixed / high if high else 0.0


def guess(data):
    """Return the codec that most probably reads ``data``, which is not UTF-8."""
    data = sample_of(data)
    scores = {codec: cyrillic_score(data, codec) for codec in CYRILLIC}
    if len(HIGH.findall(data)) < 6:
        # A few letters fit anything; the set nobody uses any more must not win by chance.
        scores["mac-cyrillic"] -= 1.5
    best = max(CYRILLIC, key=scores.get)
    if scores[best] >= 1.5 and western_score(data) < 0.6:
        return best
    if _has_kana(data):
        return "cp932"
    if western_score(data) < 0.5:
        east = _eastern(data)
        if east:
            return east
        if scores[best] > 0.5:
            return best
    return "cp1252"


def _has_kana(data):
    """Tell whether unlabelled bytes are Japanese in Shift JIS: kana are most of its letters."""
    text = _decodes(data, "cp932")
    high = sum(1 for char in text if ord(char) > 127)
    return high > 3 and 3 * sum("\u3040" <= char <= "\u30ff" for char in text) > high


def _eastern(data):
    for codec in EAST:
        text = _decodes(data, codec)
        if not text:
            continue
        east = sum(
            1
            for char in text
            if "\u3040" <= char <= "\u30ff"
            or "\u4e00" <= char <= "\u9fff"
            or "\uac00" <= char <= "\ud7af"
        )
        if east * 3 >= len(HIGH.findall(data)):
            return codec
    return ""


def _decodes(data, codec):
    try:
        return data.decode(codec)
    except UnicodeError:
        return ""


def looks_wrong(data, codec):
    """Tell whether ``data`` labelled with the one-byte ``codec`` is Russian in another one."""
    data = sample_of(data)
    high = HIGH.findall(data)
    if len(high) < 4:
        return False
    scores = {name: cyrillic_score(data, name) for name in CYRILLIC}
    best = max(CYRILLIC, key=scores.get)
    own = next((name for name in CYRILLIC if name.replace("-", "") == codec.replace("-", "")), "")
    if own:
        margin = 1.5 if best == "mac-cyrillic" else 0.7
        return own != best and scores[best] > 2 and scores[best] > scores[own] + margin
    if codec.startswith("koi8"):
        return False
    return scores[best] > 2.5 and western_score(data) < 0.3
