"""Every mail of the collection through a real mailbox: none lost, none unreadable, none answered wrongly."""

import hashlib
import json
import time

import pytest

from . import corpus
from .corpus_differences import DIFFERENCES
from .world import running

#: On a machine of its own it is well below four minutes; a busy one may take longer, but not for ever.
PATIENCE = 480
FAILURES = ("error", "killed")

LEDGER = """
SELECT jsonb_agg(r)::text FROM (
    SELECT i.raw_hash, i.state, i.reason, i.result, i.ticket_id, i.subject, i.email_from, i.preview, i.reason_text,
           m.body, t.description, t.name AS ticket_name,
           (SELECT json_agg(a.name) FROM message_attachment_rel l JOIN ir_attachment a ON a.id = l.attachment_id
             WHERE l.message_id = m.id) AS files
      FROM service_desk_mail_intake i
 LEFT JOIN mail_message m ON m.id = i.message_ref_id
 LEFT JOIN service_desk_ticket t ON t.id = i.ticket_id
) r
"""


@pytest.fixture(scope="module")
def world(make_world):
    """A desk of its own: its numbers are counted."""
    with running(make_world()) as desk:
        yield desk


@pytest.fixture(scope="module")
def cases(world):
    """All mails with the rows that the desk has made of them."""
    found = corpus.load()
    world.mailbox.drop(*(case.raw for case in found))
    on_the_way = list(world.mailbox.look())
    assert [corpus.key(raw) for raw in on_the_way] == [corpus.key(case.raw) for case in found]
    begin = time.monotonic()
    world.drain_by_scheduler(PATIENCE)
    world.seconds = time.monotonic() - begin
    rows = {row["raw_hash"]: row for row in json.loads(world.value(LEDGER))}
    for case, raw in zip(found, on_the_way, strict=True):
        case.row = rows.get(hashlib.sha256(raw).hexdigest(), {})
    return found


def check(name, differences):
    """Fail with everything that differs and is not known to differ on purpose."""
    known = DIFFERENCES.get(name, {})
    unknown = {file: what for file, what in differences.items() if file not in known}
    lines = [
        f"{file}: wanted {wanted!r}, got {got!r}" for file, (wanted, got) in sorted(unknown.items())
    ]
    assert not lines, f"{len(lines)} of {name} differ:\n" + "\n".join(lines)


def test_nothing_is_lost(world, cases):
    """Tickets, replies, notes and what the ledger keeps add up to what was sent."""
    assert [case.name for case in cases if not case.row] == []
    sent = len({case.row["raw_hash"] for case in cases})
    assert world.count("service_desk_mail_intake") == sent
    rows = {case.row["raw_hash"]: case.row for case in cases}.values()
    kept = sum(row["state"] in ("held", "filed") for row in rows)
    made = {
        kind: sum(row["result"] == kind for row in rows) for kind in ("ticket", "reply", "note")
    }
    assert kept + sum(made.values()) == sent
    assert world.count("service_desk_ticket") == made["ticket"]
    posted = world.count("mail_message", "model = 'service_desk.ticket' AND message_type = 'email'")
    assert posted == sum(made.values())
    assert world.waiting() == 0


def test_none_is_slow(world, cases):
    """No message holds up the others: what the desk needs for one is bounded, so the sum is too."""
    assert len(cases) >= 855
    assert world.seconds / len(cases) < 0.5


def test_no_mail_fails(cases):
    """Nothing ends in the list because of an error of ours."""
    failed = {
        case.name: (None, (case.row["reason_text"] or "").strip().splitlines()[-1:])
        for case in cases
        if case.row["reason"] in FAILURES
    }
    check("failures", failed)


def test_bounces_make_no_tickets(cases):
    """Delivery reports never become tickets."""
    tickets = {
        case.name: ("no ticket", case.row["ticket_name"])
        for case in cases
        if case.expected.get("is_bounce") and case.row["result"] == "ticket"
    }
    check("bounces", tickets)


def test_nobody_is_answered_who_must_not_be(clean_after, cases):
    """Machines, lists and bounces get nothing from us; nobody gets two acknowledgements for one mail."""
    sink = clean_after
    people = {case.row["email_from"] for case in cases if case.row["result"] == "ticket"}
    told = {address.lower() for one in sink.messages for address in one.recipients}
    bounced = {case.row["email_from"] for case in cases if case.expected.get("is_bounce")} - people
    assert told & bounced == set()
    # Odoo's own weekly digest to the people of the desk comes when its time has come.
    outside = [one for one in sink.messages if any("@desk.test" not in to for to in one.recipients)]
    assert outside
    unmarked = [one for one in outside if not one.message["Auto-Submitted"]]
    assert [(one.message["Subject"], one.recipients) for one in unmarked] == []
    tickets = sum(case.row["result"] == "ticket" for case in cases)
    assert len(sink.messages) <= tickets


@pytest.fixture
def clean_after(sink):
    """The sink with what the collection has caused."""
    yield sink
    sink.reset()


def test_subjects(cases):
    differences = {}
    for case in cases:
        # Some expectations end with "…": so far it must agree, and a very long subject is cut by us too.
        wanted, cut, _rest = corpus.subject_of(case.expected.get("subject")).partition("…")
        got = corpus.subject_of(case.row["subject"])
        wanted = wanted.rstrip()
        agrees = got.startswith(wanted) if cut else got == wanted
        if wanted and not agrees and not (len(got) > 200 and wanted.startswith(got.rstrip("…"))):
            differences[case.name] = (wanted, got)
    check("subjects", differences)


def test_senders(cases):
    differences = {}
    for case in cases:
        wanted = (case.expected.get("from_email") or "").strip().lower()
        got = (case.row["email_from"] or "").lower()
        if wanted and wanted != got:
            differences[case.name] = (wanted, got)
    check("senders", differences)


def test_bodies(cases):
    """The words of the text are there, in the right letters."""
    differences = {}
    for case in cases:
        for name in (
            "body_text",
            "body_starts",
            "body_ends",
            "body_has",
            "body",
            "reply_text",
            "trimmed",
        ):
            wanted = case.expected.get(name)
            if not isinstance(wanted, str):
                continue
            for piece in wanted.split("…")[:1] if name == "body_starts" else wanted.split("…"):
                marker = corpus.letters_of(piece)
                marker = marker[-60:] if name == "body_ends" else marker[:60]
                got = corpus.letters_of(case.text)
                # Of what is kept in the list only, the new text is shown: without quotes and signature.
                is_start = (
                    case.row["body"] is None and got and marker.startswith(got[: len(marker)])
                )
                if marker not in ("", corpus.NO_TEXT) and marker not in got and not is_start:
                    differences[case.name] = (marker, f"{case.row['state']} {got[:80]}")
    check("bodies", differences)


def test_replies_are_cut(cases):
    """What the list shows of a reply is the new text, without the history below it."""
    differences = {}
    for case in cases:
        wanted = case.expected.get("trimmed")
        if isinstance(wanted, str) and len(wanted) < 1500:
            got = corpus.letters_of(case.row["preview"] or "")
            if got != corpus.letters_of(wanted):
                differences[case.name] = (wanted[:80], (case.row["preview"] or "")[:120])
    check("replies", differences)


def test_attachments(cases):
    differences = {}
    for case in cases:
        if case.row["state"] != "processed":
            continue
        got = corpus.files_of(case.row["files"] or [])
        wanted = case.expected.get("files_inside") or case.expected.get("attachments")
        if isinstance(wanted, list) and all(isinstance(name, str) for name in wanted):
            if not corpus.has_files(wanted, got):
                differences[case.name] = (corpus.files_of(wanted), got)
        elif case.expected.get("attachment_count", 0) > len(got):
            differences[case.name] = (case.expected["attachment_count"], got)
    check("attachments", differences)
