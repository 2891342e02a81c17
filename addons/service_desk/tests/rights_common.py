from pathlib import Path

from odoo.service.model import call_kw
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .common import ServiceDeskCommon

DATA = Path(__file__).parent / "data"
#: Stands in the subject, the text, the notes and the files of hidden tickets, and nowhere else.
CANARY = "Zanzibarquokka"
#: The same length, and nowhere at all.
MISS = "Zanzibarwombat"


class RightsCommon(ServiceDeskCommon):
    """Every kind of person, and tickets that are hidden from one or the other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = new_test_user(
            cls.env, login="rights_owner", groups="service_desk.service_desk_group_owner"
        )
        cls._create_company_b()
        cls._create_hidden_tickets()
        cls.actors = {
            "public": cls.env.ref("base.public_user"),
            "portal_a": cls.portal_a,
            "portal_b": cls.portal_b,
            "employee": cls.employee,
            "agent": cls.agent,
            "member": cls.agent2,
            "lead": cls.lead,
            "manager": cls.manager,
            "auditor": cls.auditor,
            "owner": cls.owner,
            "agent_b": cls.agent_b,
            "manager_b": cls.manager_b,
        }
        cls.env.flush_all()
        cls.env.cr.precommit.run()  # tracking is written at the end of a transaction

    @classmethod
    def _create_company_b(cls):
        cls.company_b = cls.env["res.company"].create({"name": "Company B"})

        def user(login, group):
            return new_test_user(
                cls.env,
                login=login,
                groups=f"service_desk.{group}",
                email=f"{login}@b.example.com",
                company_id=cls.company_b.id,
                company_ids=[(6, 0, cls.company_b.ids)],
            )

        cls.agent_b = user("sd_agent_b1", "service_desk_group_agent")
        cls.manager_b = user("sd_manager_b1", "service_desk_group_manager")
        cls.team_b = cls.env["service_desk.team"].create(
            {
                "name": "Desk of B",
                "company_id": cls.company_b.id,
                "member_ids": [(6, 0, cls.agent_b.ids)],
            }
        )

    @classmethod
    def _create_hidden_tickets(cls):
        cls.open_ticket = cls._create_ticket(name="Seen by every agent of A")
        cls.private = cls._hide(team_id=cls.team_private.id, user_id=cls.agent2.id)
        cls.confidential = cls._hide(is_confidential=True, user_id=cls.agent2.id)
        cls.foreign = cls._hide("Foreignquokka", team_id=cls.team_b.id, partner_id=cls.firm_b.id)
        cls.hidden = cls.private | cls.confidential | cls.foreign
        #: who must not know of what; the rest of the actors have no right on tickets at all
        cls.hidden_from = [
            (cls.agent, cls.hidden),
            (cls.lead, cls.private | cls.foreign),
            (cls.agent2, cls.foreign),
            (cls.manager, cls.foreign),
            (cls.auditor, cls.foreign),
            (cls.agent_b, cls.private | cls.confidential),
            (cls.manager_b, cls.private | cls.confidential),
        ]
        cls.strangers = (
            cls.employee | cls.owner | cls.portal_a | cls.portal_b | cls.env.ref("base.public_user")
        )

    @classmethod
    def _hide(cls, canary=CANARY, **vals):
        """Make a ticket that carries ``canary`` in all that hangs on it."""
        ticket = cls._create_ticket(
            name=f"{canary} was here", description=f"<p>{canary}</p>", **vals
        )
        note = ticket.message_post(body=f"{canary} note", subtype_xmlid="mail.mt_note")
        comment = ticket.message_post(
            body=f"{canary} answer", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        attachment = cls.env["ir.attachment"].create(
            {
                "name": f"{canary}.txt",
                "raw": b"hidden",
                "res_model": ticket._name,
                "res_id": ticket.id,
            }
        )
        note.attachment_ids = attachment
        activity = ticket.activity_schedule(
            "mail.mail_activity_data_todo", user_id=cls.env.uid, summary=canary, note=canary
        )
        cls.hanging = getattr(cls, "hanging", {})
        cls.hanging[ticket.id] = {
            "mail.message": note | comment,
            "ir.attachment": attachment,
            "mail.activity": activity,
            "mail.followers": ticket.message_follower_ids,
        }
        return ticket

    def _call_as_client(self, model, name, args, kwargs, noisy=("odoo.sql_db",)):
        """Call a method as a client does; return the error, or ``None``; what it did is undone."""
        self.env.flush_all()
        try:
            with mute_logger(*noisy), self.env.cr.savepoint() as savepoint:
                call_kw(model, name, args, kwargs)
                self.env.flush_all()
                savepoint.close(rollback=True)
        except Exception as error:  # whatever comes is looked at
            return error
        finally:
            self.env.invalidate_all(flush=False)
        return None
