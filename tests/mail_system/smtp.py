"""Two SMTP servers: the desk's mail exchanger (to a mailbox) and the sink for what Odoo sends."""

import asyncio
import email
import email.policy
import threading
import time
from collections import namedtuple

from aiosmtpd.controller import Controller

from devtools import odoo

Received = namedtuple("Received", "sender recipients message raw at")

# The name by which our mail exchanger signs what it found out about a sender.
AUTHSERV_ID = "mx.desk.test"


class Listener:
    """An SMTP server on loopback whose behaviour can be changed while it runs."""

    def __init__(self):
        self.port = odoo.free_port()
        self.controller = None

    @property
    def running(self):
        """Tell whether it listens now."""
        return self.controller is not None

    def start(self):
        """Listen (again, on the same port)."""
        self.controller = Controller(
            self, "127.0.0.1", self.port, data_size_limit=80 << 20, decode_data=False
        )
        self.controller.start()
        return self

    def stop(self):
        """Refuse connections, as a machine that is down does."""
        if self.controller:
            self.controller.stop()
            self.controller = None


class Exchanger(Listener):
    """The own mail server: takes what customers send and puts it into a mailbox.

    Like a real one it says in a header of its own what it found out about the sender.
    """

    def __init__(self, mailbox):
        super().__init__()
        self.mailbox = mailbox
        self.verdict = "pass"

    async def handle_DATA(self, server, session, envelope):  # the library's name
        """Deliver one message into the mailbox."""
        domain = (envelope.mail_from or "").rpartition("@")[2] or "nobody.invalid"
        head = f"Return-Path: <{envelope.mail_from or ''}>\r\n"
        head += f"Delivered-To: {envelope.rcpt_tos[0]}\r\n"
        head += (
            f"Authentication-Results: {AUTHSERV_ID}; dmarc={self.verdict} header.from={domain};"
            f" spf={self.verdict} smtp.mailfrom={domain}\r\n"
        )
        message = head.encode() + envelope.content
        await asyncio.get_running_loop().run_in_executor(None, self.mailbox.deliver, message)
        return "250 delivered"


class Sink(Listener):
    """Takes everything Odoo sends, and can be slow, busy (451) or refuse single recipients."""

    def __init__(self):
        super().__init__()
        self.lock = threading.Lock()
        self.messages = []
        self.attempts = 0
        self.busy = False
        self.delay = 0
        self.refused = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        """Take a recipient unless he is refused for good."""
        if address in self.refused:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        """Keep one message, or answer as told."""
        self.attempts += 1
        if self.delay:
            await asyncio.sleep(self.delay)
        if self.busy:
            return "451 try again later"
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        with self.lock:
            self.messages.append(
                Received(
                    envelope.mail_from,
                    list(envelope.rcpt_tos),
                    message,
                    envelope.content,
                    time.time(),
                )
            )
        return "250 taken"

    def to(self, address):
        """Return what has come for ``address``, oldest first."""
        with self.lock:
            return [one for one in self.messages if address in one.recipients]

    def wait_for(self, address, count=1, seconds=60):
        """Wait until ``count`` messages for ``address`` are there and return them."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = self.to(address)
            if len(found) >= count:
                return found
            time.sleep(0.2)
        subjects = [one.message["Subject"] for one in self.to(address)]
        raise AssertionError(f"{count} mails to {address} expected, got {subjects}")

    def reset(self):
        """Forget all and behave well again."""
        with self.lock:
            self.messages.clear()
        self.attempts, self.busy, self.delay = 0, False, 0
        self.refused.clear()
        if not self.running:
            self.start()


def text_of(message):
    """Return the readable plain text of a received message."""
    part = message.get_body(preferencelist=("plain", "html"))
    return part.get_content() if part else ""
