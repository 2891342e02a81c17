from odoo.tests import tagged, users, warmup

from .common import ServiceDeskCommon


@tagged("post_install", "-at_install")
class TestQueryCounts(ServiceDeskCommon):
    """What people wait for costs a known number of queries, whatever the number of records."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # what a desk costs with all our add-ons that has not set up more; with ladders a ticket's steps are counted as well
        cls.env["service_desk.escalation"].search([]).active = False
        cls.env["service_desk.routing.rule"].search([]).active = False
        cls.partners = cls.env["res.partner"].create(
            [{"name": f"Person {i}", "email": f"person{i}@example.org"} for i in range(100)]
        )

    def _vals(self, number):
        return {
            "name": "Counted",
            "team_id": self.team_it.id,
            "type_id": self.type_question.id,
            "partner_id": self.partners[number].id,
        }

    def _flush_all(self):
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.flush_all()

    @users("sd_agent1")
    @warmup
    def test_create_one(self):
        with self.assertQueryCount(sd_agent1=18):
            self.env["service_desk.ticket"].create(self._vals(0))
            self._flush_all()

    @users("sd_agent1")
    @warmup
    def test_create_batch(self):
        with self.assertQueryCount(sd_agent1=40):
            self.env["service_desk.ticket"].create([self._vals(i) for i in range(100)])
            self._flush_all()

    def _view_fields(self, view_type):
        from lxml import etree

        arch = etree.fromstring(
            self.env["service_desk.ticket"].get_view(view_type=view_type)["arch"]
        )
        fields = self.env["service_desk.ticket"]._fields
        names = {node.get("name") for node in arch.iter("field")} & fields.keys()
        return {
            name: {"fields": {"display_name": {}}} if fields[name].relational else {}
            for name in names
        }

    def _eighty(self):
        self.env["service_desk.ticket"].create(
            [{**self._vals(i), "user_id": self.agent.id} for i in range(80)]
        )
        self._flush_all()
        self.env.invalidate_all()

    @users("sd_agent1")
    @warmup
    def test_list_of_80(self):
        specification = self._view_fields("list")
        self._eighty()
        with self.assertQueryCount(sd_agent1=21):
            self.env["service_desk.ticket"].web_search_read(
                [("is_open", "=", True)], specification, limit=80
            )

    @users("sd_agent1")
    @warmup
    def test_kanban(self):
        specification = self._view_fields("kanban")
        self._eighty()
        with self.assertQueryCount(sd_agent1=24):
            self.env["service_desk.ticket"].web_read_group(
                [("is_open", "=", True)],
                ["stage_id"],
                ["__count"],
                auto_unfold=True,
                unfold_read_specification=specification,
                unfold_read_default_limit=40,
            )

    @users("sd_agent1")
    @warmup
    def test_form(self):
        specification = self._view_fields("form")
        ticket = self.env["service_desk.ticket"].create({**self._vals(0), "user_id": self.agent.id})
        self._flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(sd_agent1=15):
            ticket.web_read(specification)

    @users("sd_agent1")
    @warmup
    def test_answer(self):
        ticket = self.env["service_desk.ticket"].create(self._vals(0))
        self._flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(sd_agent1=28):
            ticket.message_post(
                body="Done", message_type="comment", subtype_xmlid="mail.mt_comment"
            )
            self._flush_all()

    @users("sd_agent1")
    @warmup
    def test_stage_change(self):
        ticket = self.env["service_desk.ticket"].create(self._vals(0))
        self._flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(sd_agent1=11):
            ticket.stage_id = self.env.ref("service_desk.stage_open")
            self._flush_all()

    @users("sd_agent1")
    @warmup
    def test_overview(self):
        self._eighty()
        teams = self.env["service_desk.team"].search([])
        with self.assertQueryCount(sd_agent1=3):
            teams.mapped("open_count")
