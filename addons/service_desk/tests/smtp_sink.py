"""A real SMTP server on a loopback port, for tests of what really leaves."""

import email
import email.policy
import socket

from aiosmtpd.controller import Controller


def free_port():
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class SmtpSink:
    """Takes mails, or answers what the test tells it to.

    ``data_answers`` and ``rcpt_answers`` are what it says next; when they are used up it accepts.
    """

    def __init__(self, port=None):
        self.port = port or free_port()
        self.received = []
        self.data_answers = []
        self.rcpt_answers = {}
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *args):
        self.controller.stop()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if answer := self.rcpt_answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        answer = self.data_answers.pop(0) if self.data_answers else "250 OK"
        if answer == "hang up":
            server.transport.close()
            return "421 gone"
        if answer.startswith("250"):
            message = email.message_from_bytes(envelope.content, policy=email.policy.default)
            self.received.append((list(envelope.rcpt_tos), message))
        return answer

    def mails_to(self, address):
        """Return the messages that were accepted for ``address``, in their order."""
        return [message for recipients, message in self.received if address in recipients]
