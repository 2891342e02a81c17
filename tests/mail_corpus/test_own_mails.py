"""Messages written for this desk, Russian and English, with what each must yield."""

import json

import pytest
from corpus import HERE, mailparse

OWN = HERE / "own"
EXPECTED = json.loads((OWN / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture(params=sorted(EXPECTED))
def case(request):
    mail = mailparse.read((OWN / request.param).read_bytes())
    return mail, EXPECTED[request.param]


def test_every_file_is_expected():
    assert {path.name for path in OWN.glob("*.eml")} == set(EXPECTED)
    assert len(EXPECTED) >= 60


def test_reads_as_expected(case):
    mail, expected = case
    assert not [note for note in mail.notes if note.startswith(("failed", "out_of_time"))]
    for key in ("subject", "from_name", "no_auto_answer"):
        if key in expected:
            assert getattr(mail, key) == expected[key]
    for note in expected.get("notes", ()):
        assert note in mail.notes
    if "text" in expected:
        assert expected["text"] in mail.text
    assert "\ufffd" not in mail.text + mail.subject + mail.from_name


def test_newest_text_is_apart(case):
    mail, expected = case
    if "new" in expected:
        assert mail.new_text.split() == expected["new"].split()
        first = expected["new"].split()[0]
        assert first.lstrip(">") in mail.body_html
    if "folded" in expected:
        marked = mail.body_html[mail.body_html.index("data-o-mail-quote") :]
        assert expected["folded"] in marked, "history is kept, and marked"
        assert expected["folded"] not in mail.new_text


def test_files(case):
    mail, expected = case
    if "attachments" in expected:
        assert [attachment.name for attachment in mail.attachments] == expected["attachments"]
    if "inline" in expected:
        assert [item.name for item in mail.attachments if item.inline] == expected["inline"]
        assert all("cid:" + item.cid in mail.body_html for item in mail.attachments)


def test_original_of_a_forwarded_message(case):
    mail, expected = case
    if "original" in expected:
        name, email, subject, text = expected["original"]
        original = mail.original
        assert (original.name, original.email) == (name, email)
        assert original.subject == subject
        assert original.text == text
        assert original.note == expected["note"]
        assert original.date is None or original.date.year == 2024


def test_machines(case):
    mail, expected = case
    if "machine" not in expected:
        assert mail.machine is None
        return
    assert (mail.machine and mail.machine.kind) == expected["machine"]
    if mail.machine:
        assert mail.no_auto_answer
        for key, attribute in (
            ("about", "about_message_ids"),
            ("failed", "failed_recipients"),
            ("permanent", "permanent"),
        ):
            if key in expected:
                assert getattr(mail.machine, attribute) == expected[key]
