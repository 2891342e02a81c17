"""Messages made to cost time or memory. Each is a function of nothing, so that none is kept."""

HEAD = b"From: a@firma.example\r\nTo: desk@help.example\r\nSubject: s\r\n"


def text(body):
    return HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + body


def html(body):
    return HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + body


def mixed(parts):
    body = b"".join(b"--B\r\n" + part + b"\r\n" for part in parts)
    return HEAD + b"Content-Type: multipart/mixed; boundary=B\r\n\r\n" + body + b"--B--\r\n"


def nested(count, boundary):
    levels = (
        b"Content-Type: multipart/mixed; boundary=%(b)s\r\n\r\n--%(b)s\r\n"
        % {b"b": boundary(number)}
        for number in range(count)
    )
    return HEAD + b"".join(levels) + b"Content-Type: text/plain\r\n\r\ndeep\r\n"


BOMBS = {
    "1200 parts": lambda: mixed(b"Content-Type: text/plain\r\n\r\npart" for _ in range(1_200)),
    "50000 parts": lambda: mixed(b"\r\npart" for _ in range(50_000)),
    "400 html parts": lambda: mixed(
        b"Content-Type: text/html\r\n\r\n" + b"<p>x</p>" * 2_400 for _ in range(400)
    ),
    "2000 nested multiparts": lambda: nested(2_000, lambda number: b"B%d" % number),
    "2000 nested, one boundary": lambda: nested(2_000, lambda number: b"B"),
    "2000 nested messages": lambda: (
        HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 2_000 + b"\r\nhello"
    ),
    "50000 headers": lambda: (
        HEAD + b"".join(b"X-H%d: v\r\n" % number for number in range(50_000)) + b"\r\nbody"
    ),
    "a header in 1000000 folds": lambda: HEAD + b"X: a\r\n" + b" b\r\n" * 1_000_000 + b"\r\nbody",
    "10000 references": lambda: (
        HEAD + b"References: " + b" ".join(b"<%d@x>" % n for n in range(10_000)) + b"\r\n\r\nbody"
    ),
    "subject of 1000000": lambda: (
        b"From: a@b.example\r\nSubject: " + "я".encode() * 1_000_000 + b"\r\n\r\nbody"
    ),
    "100000 open encoded words": lambda: (
        b"From: a@b.example\r\nSubject: " + b"=?utf-8?q?a" * 100_000 + b"\r\n\r\nbody"
    ),
    "10 MB line": lambda: text(b"x" * 10_000_000),
    "10 MB of >": lambda: text(b">" * 10_000_000),
    "500000 quoted lines": lambda: text(b">\n" * 500_000),
    "wrote lines": lambda: text(b"On 12:00 a@b.example wrote:\n" * 40_000),
    "lines with colons": lambda: text(b"a:\n" * 330_000),
    "From lines": lambda: text(b"From: a\n" * 120_000),
    "signature lines": lambda: text(b"--\n" * 330_000),
    "closing lines": lambda: text("С уважением\n".encode() * 50_000),
    "dashes": lambda: text((b"-" * 500 + b" forwarded message \n") * 2_000),
    "forward lines": lambda: text(b"---------- Forwarded message ----------\n" * 25_000),
    "uuencode begins": lambda: text(b"begin 644 a\n" * 80_000 + b"end\n"),
    "combining marks": lambda: text("а".encode() + "\u0301".encode() * 500_000),
    "2 MB of <": lambda: html(b"<" * 2_000_000),
    "open tags": lambda: html(b"<a " * 700_000),
    "attribute without end": lambda: html(b'<a encoding="' * 30_000),
    "spaces in a tag": lambda: html(b"<a " + b" " * 400_000 + b">x"),
    "deep html": lambda: html(b"<div>" * 90_000),
    "tables in tables": lambda: html(b"<table><tr><td>" * 6_000),
    "siblings": lambda: html(b"<p>x</p>" * 9_000),
    "cells of one row": lambda: html(b"<table><tr>" + b"<td>a</td>" * 9_000),
    "quote marks of Outlook": lambda: html(b"<div><p id=appendonsend></p>z</div>" * 6_000),
    "scripts": lambda: html(b"<script>x</script>y" * 9_000),
    "picture of 5 MB in html": lambda: html(
        b'<img src="data:image/png;base64,' + b"A" * 5_000_000 + b'">'
    ),
    "100000 pictures": lambda: html(b"data:image/png;base64," * 100_000),
    "Cc of 2000": lambda: (
        HEAD + b"Cc: " + b", ".join(b"u%d@x.example" % n for n in range(2_000)) + b"\r\n\r\nbody"
    ),
    "comments in Cc": lambda: HEAD + b"Cc: " + b"(" * 1_000_000 + b"\r\n\r\nbody",
    "quotes in Cc": lambda: HEAD + b"Cc: " + b'"' * 1_000_000 + b"\r\n\r\nbody",
    "parameters": lambda: HEAD + b"Content-Type: text/plain; " + b"a=b;" * 200_000 + b"\r\n\r\nb",
    "near boundaries": lambda: (
        HEAD + b"Content-Type: multipart/mixed; boundary=B\r\n\r\n" + b"--Bx\r\n" * 500_000
    ),
    "no boundary": lambda: HEAD + b"Content-Type: multipart/mixed\r\n\r\n" + b"--a\r\n" * 500_000,
    "padding": lambda: HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"QQ==" * 500_000,
    "soft line ends": lambda: (
        HEAD + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b"=\r\n" * 1_000_000
    ),
    "50 MB file": lambda: (
        HEAD + b"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + (b"A" * 76 + b"\r\n") * 640_000
    ),
    "NULs": lambda: b"\0" * 5_000_000,
    "every byte": lambda: bytes(range(256)) * 20_000,
    "nothing": lambda: b"",
    "line ends": lambda: b"\n" * 5_000_000,
    "calendar": lambda: (
        HEAD + b"Content-Type: text/calendar\r\n\r\nBEGIN:VEVENT\r\n" + b"SUMMARY:" * 100_000
    ),
}  # fmt: skip
