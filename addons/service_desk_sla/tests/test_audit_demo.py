"""The story of Volna has agreements with everybody, and clocks that stand in every way."""

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestSlaDemo(TransactionCase):
    def setUp(self):
        super().setUp()
        if not self.env.ref("service_desk_sla.agreement_standard_demo", raise_if_not_found=False):
            self.skipTest("this database has no demo data")

    def _ticket(self, name):
        return self.env.ref(f"service_desk_sla.ticket_clock_{name}_demo")

    def test_every_kind_of_agreement_is_in_force(self):
        data = self.env["ir.model.data"].search(
            [("module", "=", "service_desk_sla"), ("model", "=", "service_desk.agreement")]
        )
        agreements = self.env["service_desk.agreement"].browse(data.mapped("res_id"))
        self.assertEqual(set(agreements.mapped("kind")), {"sla", "ola", "uc"})
        self.assertEqual(set(agreements.mapped("state")), {"active"})

    def test_two_shops_of_different_groups_are_promised_different_things(self):
        tickets = self._ticket("ulyanovsk") | self._ticket("samara")
        self.assertEqual(len(tickets.service_id), 1)
        self.assertEqual(len(tickets.sla_agreement_id), 2)
        targets = [
            ticket.clock_ids.filtered(
                lambda c: c.slot == "sla" and c.metric_id.code == "resolution"
            )
            for ticket in tickets
        ]
        self.assertEqual([clock.target_seconds for clock in targets], [2 * 3600, 6 * 3600])

    def test_clocks_stand_in_every_way(self):
        excused = self._ticket("excused")
        self.assertTrue(excused.clock_ids.filtered(lambda c: c.is_missed and c.is_excused))
        self.assertTrue(excused.correction_ids)
        supplier = self._ticket("supplier").clock_ids.filtered(lambda c: c.kind == "uc")
        self.assertTrue(supplier)
        states = self.env["service_desk.ticket"].search([]).mapped("sla_state")
        self.assertLessEqual({"running", "missed", "paused", "met"}, set(states))

    def test_nobody_was_warned_of_the_past(self):
        """What the story tells of days ago is not told to anybody now."""
        self.assertFalse(
            self.env["service_desk.clock"].search_count(
                [
                    (
                        "next_event_at",
                        "<",
                        self.env.ref("service_desk_sla.agreement_standard_demo").create_date,
                    )
                ]
            )
        )
