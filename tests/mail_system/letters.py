"""Letters as customers write them."""

import smtplib
from datetime import datetime, timezone
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid


def letter(
    sender, to, subject, text, *, reply_to=None, files=(), message_id=None, charset=None, **headers
):
    """Return the bytes of a message.

    :param EmailMessage reply_to: the message it answers: its headers go into In-Reply-To and References
    :param files: ``(name, bytes)`` pairs
    :param charset: a charset other than UTF-8, for the subject as well as for the text
    """
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Date"] = format_datetime(datetime.now(timezone.utc))
    if message_id is not False:
        message["Message-ID"] = message_id or make_msgid(domain="customer.test")
    if reply_to is not None:
        message["In-Reply-To"] = reply_to["Message-ID"]
        message["References"] = " ".join(
            part for part in (reply_to["References"], reply_to["Message-ID"]) if part
        )
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    if charset:
        return _in_charset(message, subject, text, charset)
    message["Subject"] = subject
    message.set_content(text)
    for name, content in files:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message.as_bytes(policy=SMTP)


def _in_charset(message, subject, text, charset):
    """Finish a message in an 8-bit charset, as old mail programs do."""
    lines = [
        *message.as_bytes().rstrip(b"\n").split(b"\n"),
        b"Subject: " + Header(subject, charset).encode(linesep="\r\n").encode(),
        b"MIME-Version: 1.0",
        f"Content-Type: text/plain; charset={charset}".encode(),
        b"Content-Transfer-Encoding: 8bit",
        b"",
        *text.encode(charset).split(b"\n"),
        b"",
    ]
    return b"\r\n".join(lines)


def send(exchanger, sender, to, content):
    """Hand the bytes of a message to the desk's mail exchanger, as the customer's server does."""
    with smtplib.SMTP("127.0.0.1", exchanger.port, timeout=60) as line:
        line.sendmail(sender, [to], content, mail_options=["BODY=8BITMIME"])
