"""Senders, recipients, ids, subjects, dates, names, and the verdict about the sender."""

import datetime

import pytest
from corpus import mailparse
from mailparse.addresses import normalise_email, parse_addresses
from mailparse.clean import file_name
from mailparse.dates import parse_date, parse_written_date


def read(headers, body="x"):
    return mailparse.read(headers.strip().encode("utf-8") + b"\n\n" + body.encode("utf-8"))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Иван <Ivan@Firma.Example>", [("Иван", "ivan@firma.example")]),
        (
            '"Петров, Иван" <i@f.example>, b@f.example',
            [("Петров, Иван", "i@f.example"), ("", "b@f.example")],
        ),
        ("team: a@f.example, B <b@f.example>;", [("", "a@f.example"), ("B", "b@f.example")]),
        ("undisclosed-recipients:;", []),
        ("i@f.example (Ivan)", [("Ivan", "i@f.example")]),
        ("'i@f.example'", [("", "i@f.example")]),
        ("<mailto:i@f.example>", [("", "i@f.example")]),
        ("=?utf-8?B?ItCY0LLQsNC9IiA8aUBmLmV4YW1wbGU+?=", [("Иван", "i@f.example")]),
        ("A <a@f.example>; B <b@f.example>", [("A", "a@f.example"), ("B", "b@f.example")]),
        ("пётр@почта.рф", [("", "пётр@почта.рф")]),
        ("a@b@c", [("a@b@c", "")]),
        ("no address", [("no address", "")]),
    ],
)
def test_address_lists(value, expected):
    assert [tuple(item) for item in parse_addresses([value.encode("utf-8")], 50)] == expected


def test_addresses_are_normalised():
    assert normalise_email(" <Ivan@F.Example.> ") == "ivan@f.example"
    assert normalise_email("%@f.example") == "%@f.example"
    assert normalise_email("a b@f.example") == "ab@f.example"
    assert not normalise_email("nothing")


def test_recipients_of_the_envelope():
    mail = read(
        "Delivered-To: one@f.example\nX-Original-To: Two@f.example\nEnvelope-To: <three@f.example>\n"
        "Received: from a by b for <four@f.example>; Tue, 12 Mar 2024 10:15:00 +0300\n"
        "Received: from c by d for <five@f.example>\nFrom: a@f.example\nTo: b@f.example"
    )
    assert set(mail.delivered_to) == {
        f"{name}@f.example" for name in ("one", "two", "three", "four")
    }


def test_ids():
    refs = " ".join(f"<{number}@x>" for number in range(300))
    mail = read(f"From: a@f.example\nMessage-ID: <m@x>\nIn-Reply-To: <p@x>\nReferences: {refs}")
    assert (mail.message_id, mail.in_reply_to) == ("<m@x>", ["<p@x>"])
    assert len(mail.references) == 100
    assert mail.references[-1] == "<299@x>"
    bare = read("From: a@f.example\nMessage-ID: m@x")
    assert bare.message_id == "<m@x>"


@pytest.mark.parametrize(
    ("subject", "reply", "forward"),
    [
        ("Re: Принтер", True, False), ("RE[2]: Принтер", True, False), ("Отв: Принтер", True, False),
        ("Ответ: Принтер", True, False), ("[desk] Re: Принтер", True, False), ("AW: x", True, False),
        ("Fwd: Принтер", False, True), ("FW: x", False, True), ("Пересл: x", False, True),
        ("Ремонт принтера", False, False), ("Fwdata упала", False, False),
    ],
)  # fmt: skip
def test_marks_of_the_subject(subject, reply, forward):
    mail = read(f"From: a@f.example\nSubject: {subject}")
    assert (mail.subject_is_reply, mail.subject_is_forward) == (reply, forward)


def test_subject_is_inert():
    mail = read("From: a@f.example\nSubject: =?utf-8?Q?a=0D=0AX:_b=00=E2=80=AEc=E2=80=8Bd?=")
    assert mail.subject == "a X: bcd"
    assert len(read("From: a@f.example\nSubject: " + "ы" * 1000).subject) == 255


def test_dates():
    assert parse_date("Tue, 12 Mar 2024 10:15:00 +0300") == datetime.datetime(2024, 3, 12, 7, 15)
    assert parse_date("garbage") is None
    assert parse_date("Tue, 99 Mar 99999 10:15:00 +9999") is None
    assert parse_written_date("12 марта 2024 г. 10:15") == datetime.datetime(2024, 3, 12, 10, 15)
    assert parse_written_date("March 12, 2024 at 3:15 PM") == datetime.datetime(2024, 3, 12, 15, 15)
    assert parse_written_date("вт, 12 мар. 2024 г. в 10:15") == datetime.datetime(
        2024, 3, 12, 10, 15
    )


def test_file_names():
    assert file_name("C:\\temp\\отчёт.pdf") == "отчёт.pdf"
    assert file_name("a\x00b\r\n.txt") == "ab .txt"
    assert file_name("..") == ""
    long = file_name("ж" * 300 + ".docx")
    assert len(long) == 200 and long.endswith("ж.docx")


def test_content_hash_is_of_the_content():
    one = read("From: a@f.example\nSubject: Принтер\nMessage-ID: <1@x>\nReceived: x", "Не работает")
    two = read(
        "From: A@f.example\nSubject: Re: [list] Принтер\nMessage-ID: <2@y>", "Не  работает\n"
    )
    other = read("From: a@f.example\nSubject: Принтер\nMessage-ID: <1@x>", "Работает")
    sender = read("From: b@f.example\nSubject: Принтер\nMessage-ID: <1@x>", "Не работает")
    assert one.content_hash == two.content_hash
    assert one.raw_hash != two.raw_hash
    assert len({one.content_hash, other.content_hash, sender.content_hash}) == 3


OWN = ["mx.help.example"]


@pytest.mark.parametrize(
    ("headers", "result", "why"),
    [
        (["mx.help.example; dmarc=pass header.from=firma.example"], "pass", "dmarc_pass"),
        (["MX.help.example 1; dmarc=fail (p=none) header.from=firma.example; spf=pass smtp.mailfrom=firma.example"], "fail", "dmarc_fail"),
        (["mx.help.example; dkim=pass header.d=mail.firma.example"], "pass", "dkim_pass"),
        (["mx.help.example; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=x@evil.example"], "none", "not_aligned"),
        (["mx.help.example; spf=softfail smtp.mailfrom=a@firma.example"], "fail", "spf_fail"),
        (["mx.help.example; spf=fail smtp.mailfrom=a@firma.example; dkim=pass header.i=@firma.example"], "pass", "dkim_pass"),
        (["mx.help.example; spf=fail; dkim=fail"], "fail", "spf_and_dkim_fail"),
        (["mx.help.example; none"], "none", "no_result"),
        (["evil.example; dmarc=pass header.from=firma.example"], "none", "no_trusted_header"),
        (["mx.help.example; dmarc=fail", "mx.help.example; dmarc=pass"], "fail", "dmarc_fail"),
        (["evil.example; dmarc=pass", "mx.help.example; dmarc=fail"], "fail", "dmarc_fail"),
        (["mx.help.example.evil.example; dmarc=pass"], "none", "no_trusted_header"),
        (["mx.help.example; spf=none (dmarc=pass; dkim=pass header.d=firma.example)"], "none", "no_result"),
        (['mx.help.example; spf=none reason="; dmarc=pass header.from=firma.example"'], "none", "no_result"),
        (["mx.help.example; dmarc=pass header.from=evil.example"], "none", "no_result"),
        ([], "none", "no_trusted_header"),
    ],
)  # fmt: skip
def test_authentication(headers, result, why):
    verdict = mailparse.authentication(headers, OWN, "ivan@firma.example")
    assert (verdict.result, verdict.why) == (result, why)


def test_without_trusted_servers_nothing_is_proved():
    passed = ["mx.help.example; dmarc=pass header.from=firma.example"]
    failed = ["mx.help.example; dmarc=fail header.from=firma.example"]
    assert mailparse.authentication(passed, [], "ivan@firma.example").result == "none"
    assert mailparse.authentication(failed, [], "ivan@firma.example").result == "fail"


def test_authentication_headers_come_top_to_bottom():
    mail = read(
        "Authentication-Results: one; spf=pass\nARC-Authentication-Results: i=1; arc; dmarc=pass\n"
        "Authentication-Results: two;\n dkim=pass\nFrom: a@f.example"
    )
    assert mail.auth_headers == ["one; spf=pass", "two; dkim=pass"]
