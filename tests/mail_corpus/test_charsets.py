"""Fifty Russian phrases in six charsets, declared, undeclared and wrongly declared."""

import base64
import itertools

import pytest
from corpus import mailparse
from phrases import CODECS, PHRASES, encode

LABELS = ("", "us-ascii", "iso-8859-1", "utf-8", "x-unknown")


def message(data, label):
    """Return a message with ``data`` raw in subject, sender, body and file name."""
    charset = b"; charset=" + label.encode() if label else b""
    return (
        b"From: " + data.replace(b'"', b"'") + b" <a@firma.example>\r\nSubject: " + data
        + b"\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain"
        + charset + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode(data)
        + b'\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="'
        + data.replace(b'"', b"'") + b'.pdf"\r\n\r\n%PDF\r\n--b--\r\n'
    )  # fmt: skip


def test_there_are_fifty():
    assert len(PHRASES) == len(set(PHRASES)) == 50


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("label", LABELS)
def test_phrases_are_read(codec, label):
    wrong = []
    for phrase in PHRASES:
        written, data = encode(phrase, codec)
        mail = mailparse.read(message(data, label))
        everything = mail.subject + mail.text + mail.attachments[0].name
        assert "\ufffd" not in everything
        stem = mailparse.clean.file_name(written.replace('"', "'") + ".pdf")
        if (mail.subject, mail.text, mail.attachments[0].name) != (written, written, stem):
            wrong.append((written, mail.subject, mail.text, mail.attachments[0].name))
    assert not wrong


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "cp866", "iso-8859-5"])
def test_a_right_label_is_believed(codec):
    for phrase in PHRASES:
        written, data = encode(phrase, codec)
        assert mailparse.read(message(data, codec)).text == written


def test_a_wrong_label_of_another_russian_set_is_overruled():
    sets = ("cp1251", "koi8-r", "cp866", "iso-8859-5")
    wrong = 0
    for codec, label in itertools.permutations(sets, 2):
        for phrase in PHRASES:
            written, data = encode(phrase, codec)
            wrong += mailparse.read(message(data, label)).text != written
    assert wrong <= 12, f"{wrong} of 600"


@pytest.mark.parametrize(
    "text",
    [
        "Ich möchte die Übersicht für März, schöne Grüße aus Köln",
        "Señor Núñez: mañana habrá reunión",
        "Problème d'accès à l'imprimante, ça ne marche pas",
        "Año", "für", "café", "Ärger",
    ],
)  # fmt: skip
def test_western_text_stays_western(text):
    for label in ("", "iso-8859-1", "us-ascii", "utf-8"):
        assert mailparse.read(message(text.encode("cp1252"), label)).text == text
