from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .sla_common import MONDAY, SlaCommon


@tagged("post_install", "-at_install")
class TestClockLife(SlaCommon):
    """What daily work does to clocks: hand-overs, suppliers, merges, copies, archives, other companies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agreement = cls._create_agreement({"first_response": 60, "resolution": 240})
        cls.line3 = cls.env["service_desk.team"].create({"name": "Third line"})

    def _ended(self, ticket, code):
        clock = self._clock(ticket, code)
        return clock.state, clock.reason, clock.due_at or None

    # ------------------------------------------------------------- teams, suppliers
    def test_each_line_has_its_own_clock(self):
        first = self._create_agreement(
            {"resolution": 60}, kind="ola", name="First line", team_ids=[(6, 0, self.team_it.ids)]
        )
        third = self._create_agreement(
            {"resolution": 480}, kind="ola", name="Third", team_ids=[(6, 0, self.line3.ids)]
        )
        ticket = self._ticket_at(MONDAY)
        slot_1, slot_3 = f"ola:{self.team_it.id}", f"ola:{self.line3.id}"
        self.assertDue(self._clock(ticket, "resolution", slot_1), "2026-03-02 10:00:00")
        with self._at("2026-03-02 09:40:00"):
            ticket.team_id = self.line3
        mine = self._clock(ticket, "resolution", slot_1)
        self.assertDue(mine, None, state="paused")
        self.assertUsed(mine, 40)
        self.assertDue(self._clock(ticket, "resolution", slot_3), "2026-03-03 09:40:00")
        self.assertDue(self._clock(ticket, "resolution", "sla"), "2026-03-02 13:00:00")
        with self._at("2026-03-02 11:00:00"):
            ticket.team_id = self.team_it
        self.assertDue(mine, "2026-03-02 11:20:00")
        self.assertEqual((mine.agreement_id, mine.cycle), (first, 1))
        self.assertEqual(self._clock(ticket, "resolution", slot_3).agreement_id, third)
        self.assertSettled(ticket, "2026-03-02 11:10:00")

    def test_supplier_has_a_clock_while_he_has_the_ticket(self):
        contract = self._create_agreement(
            {"resolution": 120}, kind="uc", name="Contract", supplier_id=self.firm_b.id
        )
        ticket = self._ticket_at(MONDAY)
        self.assertEqual(set(ticket.clock_ids.mapped("slot")), {"sla"})
        with self._at("2026-03-02 10:00:00"):
            ticket.supplier_id = self.firm_b
        clock = self._clock(ticket, "resolution", f"uc:{self.firm_b.id}")
        self.assertEqual(clock.agreement_id, contract)
        with self._at("2026-03-02 11:00:00"):
            ticket.supplier_id = False
        self.assertEqual(clock.state, "paused")
        # what the customer was promised does not ask who does the work
        self.assertDue(self._clock(ticket, "resolution", "sla"), "2026-03-02 13:00:00")

    # -------------------------------------------------------------------- merging
    def test_merged_ticket_ends_and_comes_back(self):
        survivor, ticket = self._ticket_at(MONDAY), self._ticket_at(MONDAY)
        with self._at("2026-03-02 10:00:00"):
            ticket._merge_into(survivor)
        self.assertEqual(self._ended(ticket, "resolution"), ("cancelled", "merged", None))
        self.assertFalse(ticket.sla_due_at)
        self.assertDue(self._clock(survivor, "resolution"), "2026-03-02 13:00:00")
        with self._at("2026-03-02 10:30:00"):
            ticket.action_undo_merge()
        self.assertDue(self._clock(ticket, "resolution"), "2026-03-02 14:30:00")
        self.assertSettled(ticket, "2026-03-02 10:40:00")

    # ------------------------------------------------------------ other beginnings
    def test_copy_begins_anew(self):
        ticket = self._ticket_at(MONDAY)
        with self._at("2026-03-03 09:00:00"):
            twin = ticket.copy()
        self.assertEqual(self._kinds(twin), ["opened", "agreed"])
        self.assertDue(self._clock(twin, "resolution"), "2026-03-03 13:00:00")

    def test_split_counts_from_the_split(self):
        ticket = self._ticket_at(MONDAY)
        message = self._ask(ticket)
        with self._at("2026-03-03 09:00:00"):
            ticket.with_user(self.agent).action_split(message.id)
        twin = self.env["service_desk.ticket"].search([], order="id desc", limit=1)
        self.assertNotEqual(twin, ticket)
        self.assertDue(self._clock(twin, "first_response"), "2026-03-03 10:00:00")

    def test_imported_with_a_past(self):
        with self._at("2026-03-10 09:00:00"):
            ticket = self._create_ticket(
                state="solved",
                user_id=self.agent.id,
                assigned_at="2026-03-02 09:10:00",
                first_response_at="2026-03-02 09:30:00",
                solved_at="2026-03-02 18:00:00",
            )
        kinds = [kind for kind, _facts in self._events(ticket)]
        self.assertEqual(kinds, ["opened", "agreed", "changed", "agent_message", "changed"])
        response, resolution = (
            self._clock(ticket, "first_response"),
            self._clock(ticket, "resolution"),
        )
        self.assertEqual((response.state, response.used_seconds), ("stopped", 20 * 60))
        self.assertEqual((resolution.state, resolution.is_missed), ("stopped", True))
        self.assertFalse(ticket.clock_ids.filtered("next_event_at"))

    def test_imported_open_is_not_warned_of_its_past(self):
        with self._at("2026-03-10 09:00:00"):
            ticket = self._create_ticket(first_response_at="2026-03-02 09:30:00")
            clock = self._clock(ticket, "resolution")
            self.assertTrue(clock.is_missed)
            self.assertEqual(str(clock.quiet_until), "2026-03-10 09:00:00")
        self.assertEqual(ticket.sla_state, "missed")

    def test_tickets_from_before_the_add_on(self):
        tickets = self.env["service_desk.ticket"].concat(
            *[self._ticket_at(MONDAY) for _i in range(3)]
        )
        tickets[1]._write_state(
            {"state": "waiting", "waiting_reason_id": self.waits_for_requester.id}
        )
        tickets[2]._write_state({"state": "solved"})
        self.env.flush_all()
        for table in ("service_desk_clock", "service_desk_ticket_event"):
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE ticket_id IN %s",
                    SQL.identifier(table),
                    tuple(tickets.ids),
                )
            )
        self.env.invalidate_all()
        with self._at("2026-03-02 09:30:00"), self.enter_registry_test_mode():
            self.env.ref("service_desk_sla.ir_cron_begin_timelines").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(len(tickets[0].clock_ids), 2)
        self.assertEqual(self._clock(tickets[1], "resolution").state, "paused")
        self.assertFalse(tickets[2].event_ids)
        self.assertDue(self._clock(tickets[0], "resolution"), "2026-03-02 13:00:00")
        with self._at("2026-03-02 10:00:00"):
            tickets[2].action_reopen()
        self.assertTrue(tickets[2].event_ids, "its own next change begins it")

    # ------------------------------------------------------------------- archives
    def test_archived_and_back(self):
        ticket = self._ticket_at(MONDAY)
        with self._at("2026-03-02 10:00:00"):
            ticket.action_archive()
        self.assertEqual(self._ended(ticket, "resolution"), ("cancelled", "archived", None))
        with self._at("2026-03-02 11:00:00"):
            ticket.action_unarchive()
        self.assertDue(self._clock(ticket, "resolution"), "2026-03-02 15:00:00")

    def test_deleted_ticket_takes_its_clocks(self):
        ticket = self._ticket_at(MONDAY)
        clocks = ticket.clock_ids
        ticket.unlink()
        self.assertFalse(clocks.exists())

    def test_cancelled_and_opened_again(self):
        ticket = self._ticket_at(MONDAY)
        with self._at("2026-03-02 10:00:00"):
            ticket._write_state({"state": "cancelled"})
        self.assertEqual(self._ended(ticket, "resolution")[:2], ("cancelled", "cancelled"))
        with self._at("2026-03-02 11:00:00"):
            ticket.action_reopen()
        self.assertDue(self._clock(ticket, "resolution"), "2026-03-02 15:00:00")

    def test_agreed_for_a_later_day(self):
        ticket = self._ticket_at(MONDAY)
        with self._at("2026-03-02 10:00:00"):
            ticket.planned_start_at = "2026-03-03 09:00:00"
        clock = self._clock(ticket, "resolution")
        self.assertEqual((clock.state, clock.used_seconds), ("paused", 3600))
        self.assertEqual(str(clock.due_at), "2026-03-03 12:00:00")
        self.assertEqual(str(clock.next_event_at), "2026-03-03 09:00:00")
        with self._at("2026-03-03 09:00:00"):
            self.Clock._settle(ticket)
        self.assertEqual(clock.state, "running")

    # ----------------------------------------------------------------- agreements
    def test_agreement_with_clocks_is_not_deleted(self):
        self._ticket_at(MONDAY)
        with self.assertRefused(UserError, "archive it instead"):
            self.agreement.unlink()

    def test_expired_agreement_keeps_what_runs(self):
        ticket = self._ticket_at(MONDAY)
        self.agreement.valid_until = "2026-03-01"
        with self._at("2026-03-02 09:30:00"):
            ticket.user_id = self.agent
        self.assertDue(self._clock(ticket, "resolution"), "2026-03-02 13:00:00")
        self.assertFalse(self._ticket_at(MONDAY).clock_ids)
        with self._at("2026-03-02 10:00:00"):
            ticket.priority = "3"
        self.assertEqual(self._clock(ticket, "resolution").state, "cancelled")
        self.assertFalse(ticket.sla_agreement_id)

    def test_other_company(self):
        company = self.env["res.company"].create({"name": "Other"})
        team = self.env["service_desk.team"].create({"name": "There", "company_id": company.id})
        self._create_agreement({"resolution": 480}, name="There", company_id=company.id)
        ticket = self._ticket_at(MONDAY, partner_id=False)
        with self._at("2026-03-02 10:00:00"):
            ticket.team_id = team
        clock = self._clock(ticket, "resolution")
        self.assertEqual(clock.agreement_id.company_id, company)
        self.assertUsed(clock, 60)
        self.assertDue(clock, "2026-03-02 18:00:00")
        self.assertEqual(clock.targets[-1]["company_id"], company.id)

    def test_calendar_of_the_site(self):
        night = self._create_calendar("Night", "UTC", hours=((20, 24),), days=range(7))
        shop = self.env["res.partner"].create({"name": "Shop", "parent_id": self.firm_a.id})
        shop.service_desk_calendar_id = night
        self.agreement.write({"calendar_source": "site"})
        self.agreement.action_publish()
        there = self._ticket_at(MONDAY, site_id=shop.id)
        elsewhere = self._ticket_at(MONDAY)
        self.assertDue(self._clock(there, "first_response"), "2026-03-02 21:00:00")
        self.assertDue(self._clock(elsewhere, "first_response"), "2026-03-02 10:00:00")

    # -------------------------------------------------------------------- at once
    def test_without_rights_on_clocks(self):
        ticket = self._ticket_at(MONDAY).with_user(self.agent)
        with self._at("2026-03-02 09:30:00"):
            ticket.write({"priority": "3", "user_id": self.agent.id})
            ticket.sudo().with_user(self.employee).sudo().write({"priority": "1"})
        self.assertEqual(len(ticket.sudo().clock_ids), 2)

    def test_many_at_once(self):
        tickets = self.env["service_desk.ticket"].concat(
            *[self._ticket_at(MONDAY) for _i in range(20)]
        )
        with self._at("2026-03-02 10:00:00"):
            tickets.write({"supplier_id": self.firm_b.id, "priority": "3"})
        dues = {
            str(clock.due_at) for clock in tickets.clock_ids if clock.metric_id.code == "resolution"
        }
        self.assertEqual(dues, {"2026-03-02 13:00:00"})
