"""Every message of the shared cases, against what its own project expects of it."""

import time

import pytest
from corpus import CASES, REPLY_BODIES, SKIP, Check, check_reply_body, load_index, mailparse
from deviations import DEVIATIONS, EMPTY

ENTRIES = load_index()
SECONDS = 5


def test_the_cases_are_there():
    if SKIP:
        pytest.skip("SERVICE_DESK_CASES=skip: the shared mail cases are left out by request")
    assert len(ENTRIES) > 800, (
        f"no mail cases in {CASES}: set SERVICE_DESK_CASES to their folder, or to 'skip'"
    )


def test_deviations_name_existing_cases():
    if ENTRIES:
        files = {entry["file"] for entry in ENTRIES}
        assert set(DEVIATIONS) | set(EMPTY) <= files


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])
def test_message(entry):
    raw = (CASES / entry["file"]).read_bytes()
    expected = entry.get("expected") or {}
    start = time.monotonic()
    mail = mailparse.read(raw)
    assert time.monotonic() - start < SECONDS
    assert not [note for note in mail.notes if note.startswith(("failed", "out_of_time"))]
    if entry["corpus"] == REPLY_BODIES:
        failures = check_reply_body(raw, expected)
    else:
        failures = Check(mail, expected).failures()
        check_clean(mail, raw)
        if entry["file"] not in EMPTY:
            assert mail.text, "no text, though the message has some"
            assert mail.new_text
            assert mail.body_html
    allowed = DEVIATIONS.get(entry["file"], {})
    unexpected = {key: value for key, value in failures.items() if key not in allowed}
    assert not unexpected, f"expected {[expected[key] for key in unexpected]}"
    assert set(allowed) <= set(failures), "a deviation that is none any more"


def check_clean(mail, raw):
    """No control characters, no characters that were lost in decoding, bounded values."""
    for value in (
        mail.subject,
        mail.from_name,
        mail.from_email,
        *[a.name for a in mail.attachments],
    ):
        assert not any(ord(char) < 32 or ord(char) == 127 for char in value)
    assert len(mail.subject) <= 255
    assert all(len(attachment.name) <= 200 for attachment in mail.attachments)
    assert "\0" not in mail.text + mail.html + mail.body_html
    if b"\xef\xbf\xbd" not in raw and b"=EF=BF=BD" not in raw.upper():
        assert "\ufffd" not in mail.text + mail.subject + mail.from_name
