from email.message import EmailMessage

from .common import ServiceDeskCommon


class MailInCommon(ServiceDeskCommon):
    """Builds raw messages and hands them to the real gateway."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settings = cls.env["service_desk.settings"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.settings = cls.settings or cls.env["service_desk.settings"].create(
            {"company_id": cls.company.id}
        )
        cls.settings.write(
            {
                "trusted_mail_servers": "mx.desk.example.com",
                "accept_replies_of_colleagues": True,
                "mail_max_megabytes": 40,
                "budget_sender": 50,
                "budget_domain": 1000,
                "budget_team": 5000,
                "budget_minutes": 120,
            }
        )
        cls.last_before = cls.env["service_desk.mail.intake"].search([], limit=1).id or 0
        cls.agent.notification_type = "inbox"
        cls.team_it.default_type_id = cls.type_question
        cls.counter = 0

    @classmethod
    def _raw(cls, text="The printer is on fire.", html=None, files=(), auth=None, **headers):
        """Return a raw message; header names are given with underscores, None leaves one out."""
        cls.counter += 1
        message = EmailMessage()
        values = {
            "From": "Alla Customer <alla@firm-a.example.org>",
            "To": "it@desk.example.com",
            "Subject": f"Question {cls.counter}",
            "Message-ID": f"<m{cls.counter}@firm-a.example.org>",
            "Date": "Mon, 02 Jun 2025 10:00:00 +0200",
        }
        values.update({name.replace("_", "-"): value for name, value in headers.items()})
        if auth:
            domain = values["From"].rpartition("@")[2].strip(">")
            values["Authentication-Results"] = (
                f"mx.desk.example.com; dmarc={auth} header.from={domain}"
            )
        for name, value in values.items():
            if value is not None:
                message[name] = value
        message.set_content(text)
        if html:
            message.add_alternative(html, subtype="html")
        for name, content in files:
            message.add_attachment(
                content, maintype="application", subtype="octet-stream", filename=name
            )
        return message.as_bytes()

    def _process(self, raw, model=None, **kwargs):
        """Hand ``raw`` to the gateway and return (ticket, ledger row)."""
        ticket_id = self.env["mail.thread"].message_process(model, raw, **kwargs)
        row = self._rows()[:1]
        return self.env["service_desk.ticket"].browse(ticket_id or []), row

    def _rows(self, *domain):
        """Return the ledger rows of this test, newest first."""
        return self.env["service_desk.mail.intake"].search([("id", ">", self.last_before), *domain])

    def _receive(self, **headers):
        """Make a raw message, process it and return (ticket, ledger row)."""
        return self._process(self._raw(**headers))

    def _last_mail(self, ticket):
        return ticket.message_ids.filtered(lambda message: message.message_type == "email")[:1]

    def _solve(self, ticket, state="solved"):
        ticket.write({"state": state, "resolution": "<p>Paper was missing.</p>"})

    def _count_tickets(self, domain=()):
        return (
            self.env["service_desk.ticket"]
            .with_context(active_test=False)
            .search_count(list(domain))
        )
