"""Bombs and random damage: no exception, bounded time, bounded results."""

import dataclasses
import os
import random
import resource
import time

import pytest
from bombs import BOMBS, html, mixed
from corpus import CASES, HERE, load_index, mailparse

SECONDS = 5
FUZZ = int(os.environ.get("SERVICE_DESK_FUZZ") or 2_000)
SEED = 20240312
MAX_SEED_BYTES = 40_000


def check_bounds(mail, limits=mailparse.LIMITS):
    assert len(mail.subject) <= limits.max_subject
    assert len(mail.text) <= limits.max_text_chars
    assert len(mail.cc) <= limits.max_cc
    assert len(mail.references) <= limits.max_references
    assert len(mail.attachments) <= limits.max_attachments
    assert mail.body_html.count("<") <= 4 * limits.max_html_tags
    assert bool(mail.new_text) == bool(mail.text)
    assert len(mail.raw_hash) == 64 and len(mail.content_hash) == 64
    assert not [note for note in mail.notes if note.startswith("failed")], mail.notes


@pytest.mark.parametrize("name", BOMBS)
def test_bomb(name):
    raw = BOMBS[name]()
    start = time.process_time()
    mail = mailparse.read(raw)
    assert time.process_time() - start < SECONDS
    check_bounds(mail)
    if name not in ("nothing", "NULs", "line ends", "every byte"):
        assert mail.from_email


def test_without_the_guard_the_bomb_goes_off():
    """The twin: with the limits lifted, the same html is parsed as a tree ten times as large."""
    raw = html(b"<p>x</p>" * 45_000)
    guarded = mailparse.read(raw)
    assert "html_too_large" in guarded.notes
    lifted = dataclasses.replace(mailparse.LIMITS, max_html_tags=10**6, max_html_bytes=10**7)
    open_mail = mailparse.read(raw, lifted)
    assert "html_too_large" not in open_mail.notes
    assert open_mail.body_html.count("<p>") > 10 * max(1, guarded.body_html.count("<p>"))


def test_limits_are_kept():
    raw = mixed(b"Content-Disposition: attachment\r\n\r\nx" for _ in range(30))
    limits = dataclasses.replace(mailparse.LIMITS, max_attachments=7, max_parts=20)
    mail = mailparse.read(raw, limits)
    assert len(mail.attachments) == 7
    assert {"attachments_cut", "parts_cut"} <= set(mail.notes)


def test_time_is_kept():
    raw = mixed(b"Content-Type: text/html\r\n\r\n" + b"<p>x</p>" * 2_000 for _ in range(200))
    mail = mailparse.read(raw, dataclasses.replace(mailparse.LIMITS, seconds=0.0))
    assert "out_of_time" in mail.notes
    assert mail.from_email and mail.subject, "the envelope is read in any case"


def seeds():
    paths = sorted((HERE / "own").glob("*.eml"))
    paths += [CASES / entry["file"] for entry in load_index()[::3]]
    found = [path.read_bytes() for path in paths]
    return [raw for raw in found if len(raw) < MAX_SEED_BYTES]


def mutate(raw, rng):
    """Return ``raw`` with one to three kinds of damage."""
    data = bytearray(raw)
    for _step in range(rng.randint(1, 3)):
        data = rng.choice(MUTATIONS)(data, rng)
    return bytes(data)


def flip_bits(data, rng):
    for _step in range(rng.randint(1, 30)):
        if data:
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return data


def cut_piece(data, rng):
    start = rng.randrange(len(data) + 1)
    return data[:start] + data[start + rng.randint(0, 400) :]


def cut_end(data, rng):
    return data[: rng.randrange(len(data) + 1)]


def double_piece(data, rng):
    start = rng.randrange(len(data) + 1)
    piece = data[start : start + rng.randint(1, 300)]
    return data[:start] + piece * rng.randint(2, 20) + data[start:]


def shuffle_headers(data, rng):
    head, blank, body = bytes(data).partition(b"\n\n")
    lines = head.split(b"\n")
    rng.shuffle(lines)
    return bytearray(b"\n".join(lines) + blank + body)


def insert_noise(data, rng):
    start = rng.randrange(len(data) + 1)
    return data[:start] + rng.randbytes(rng.randint(1, 60)) + data[start:]


MUTATIONS = (flip_bits, cut_piece, cut_end, double_piece, shuffle_headers, insert_noise)


def test_damaged_messages():
    rng, pool = random.Random(SEED), seeds()
    assert len(pool) > 50
    slowest = 0.0
    for _round in range(FUZZ):
        raw = mutate(rng.choice(pool), rng)
        start = time.process_time()
        mail = mailparse.read(raw)
        slowest = max(slowest, time.process_time() - start)
        check_bounds(mail)
    assert slowest < SECONDS


def test_memory_stays_bounded():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    raw = BOMBS["50 MB file"]()
    for _round in range(3):
        mailparse.read(raw)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown < 400, f"{grown:.0f} MiB for a message of 50 MB"
