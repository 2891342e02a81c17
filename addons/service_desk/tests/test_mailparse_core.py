import base64
import time

from odoo.tests import tagged
from odoo.tests.common import BaseCase
from odoo.tools import html_sanitize

from odoo.addons.service_desk.mailparse import authentication, read


@tagged("post_install", "-at_install")
class TestMailparseCore(BaseCase):
    def _read(self, headers, body, charset="utf-8"):
        return read(headers.encode(charset) + b"\r\n\r\n" + body.encode(charset))

    def test_undeclared_russian_is_readable(self):
        for charset in ("koi8-r", "cp1251", "cp866", "iso-8859-5", "mac-cyrillic", "utf-8"):
            with self.subTest(charset=charset):
                mail = self._read(
                    "From: Иван <ivan@firma.example>\r\nSubject: Сломался принтер",
                    "Добрый день! Не печатает принтер.",
                    charset,
                )
                self.assertEqual(mail.subject, "Сломался принтер")
                self.assertEqual(mail.from_name, "Иван")
                self.assertEqual(mail.text, "Добрый день! Не печатает принтер.")

    def test_history_stays_marked_after_the_sanitizer(self):
        mail = self._read(
            "From: a@firma.example\r\nSubject: Re: x\r\nContent-Type: text/html; charset=utf-8",
            "<div>Не помогло.</div><div>12.03.2024 10:15, Служба &lt;d@help.example&gt; пишет:</div>"
            "<blockquote>Попробуйте ещё раз</blockquote><script>alert(1)</script>",
        )
        self.assertEqual(mail.new_text, "Не помогло.")
        clean = html_sanitize(mail.body_html)
        self.assertNotIn("script", clean)
        new, _mark, history = clean.partition('data-o-mail-quote="1"')
        self.assertIn("Не помогло.", new)
        self.assertIn("Попробуйте ещё раз", history)

    def test_html_bombs_leave_little_for_the_sanitizer(self):
        for name, body in (
            ("open tags", "<a " * 300_000),
            ("attributes", '<a encoding="' * 60_000),
            ("paragraphs", '<p class="MsoNormal">x<o:p></o:p></p>' * 25_000),
            ("nested", "<div>" * 50_000),
            ("lines", "a\n" * 250_000),
        ):
            with self.subTest(name):
                start = time.process_time()
                mail = self._read("From: a@b.example\r\nContent-Type: text/html", body)
                html_sanitize(mail.body_html)
                self.assertLess(time.process_time() - start, 5)

    def test_original_of_a_forward(self):
        mail = self._read(
            "From: agent@help.example\r\nSubject: Fwd: Printer\r\nContent-Type: text/plain; charset=utf-8",
            "Займитесь\n\n-------- Пересылаемое сообщение --------\nОт: Мария <maria@client.example>\n"
            "Кому: agent@help.example\nДата: вторник, 12 марта 2024, 10:15 +03:00\nТема: Принтер\n\n"
            "Не печатает.",
        )
        self.assertEqual(mail.original.email, "maria@client.example")
        self.assertEqual(mail.original.subject, "Принтер")
        self.assertEqual(mail.original.text, "Не печатает.")
        self.assertEqual(mail.original.note, "Займитесь")

    def test_machines(self):
        away = self._read("From: a@b.example\r\nSubject: Автоматический ответ: x", "Я в отпуске")
        self.assertEqual(away.machine.kind, "out_of_office")
        for subject, text in (
            ("Автоответчик не работает", "Помогите"),
            ("Автоматическое сообщение на сайте не приходит", "Помогите"),
            ("OOO Romashka - invoice", "Please pay"),
            ("Вне офиса не открывается почта", "Не пускает"),
            ("VPN в командировке", "Я сейчас в командировке, VPN не подключается."),
        ):
            request = self._read(f"From: a@b.example\r\nSubject: {subject}", text)
            self.assertIsNone(request.machine, subject)
        for subject in ("Автоответ", "Out of office: x", "Automatic reply to your mail", "OOO: x"):
            self.assertTrue(
                self._read(f"From: a@b.example\r\nSubject: {subject}", "x").machine, subject
            )
        human = self._read(
            "From: a@b.example\r\nSubject: x\r\nX-Auto-Response-Suppress: All", "Всё сломалось"
        )
        self.assertIsNone(human.machine)
        self.assertTrue(human.no_auto_answer)
        bounce = self._read(
            "From: MAILER-DAEMON@mx.example\r\nReturn-Path: <>\r\nSubject: failure notice",
            "<m@client.example>:\n550 5.1.1 no such user\n\nMessage-ID: <15@help.example>",
        )
        self.assertEqual(bounce.machine.kind, "bounce")
        self.assertEqual(bounce.machine.about_message_ids, ["<15@help.example>"])
        self.assertEqual(bounce.machine.failed_recipients, ["m@client.example"])
        self.assertTrue(bounce.machine.permanent)

    def test_only_the_own_server_vouches(self):
        forged = ["evil.example; dmarc=pass header.from=b.example"]
        self.assertEqual(authentication(forged, ["mx.help.example"], "a@b.example").result, "none")
        own = ["mx.help.example; dmarc=pass header.from=b.example", *forged]
        self.assertEqual(authentication(own, ["mx.help.example"], "a@b.example").result, "pass")
        self.assertEqual(authentication(own, [], "a@b.example").result, "none")

    def test_picture_in_the_html_becomes_a_file(self):
        picture = base64.b64encode(b"\x89PNG" + bytes(400)).decode()
        mail = self._read(
            "From: a@b.example\r\nContent-Type: text/html",
            f'<p>See</p><img src="data:image/png;base64,{picture}">',
        )
        self.assertEqual(len(mail.attachments), 1)
        self.assertTrue(mail.attachments[0].inline)
        self.assertIn("cid:" + mail.attachments[0].cid, mail.body_html)

    def test_any_bytes_are_read(self):
        for raw in (
            b"",
            b"\0" * 1000,
            bytes(range(256)) * 40,
            b"\n\n\n",
            b"From: \xff\xfe\n\n\x80",
        ):
            mail = read(raw)
            self.assertFalse([note for note in mail.notes if note.startswith("failed")])
            self.assertEqual(len(mail.content_hash), 64)
