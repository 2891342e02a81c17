import json

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged, users

from .common import ServiceDeskCommon

DEFINITION = [
    {"name": "till", "string": "Cash desk", "type": "char", "view_in_cards": True},
    {"name": "shop_open", "string": "Shop is open", "type": "boolean", "default": True},
]


@tagged("post_install", "-at_install")
class TestProperties(ServiceDeskCommon):
    """A manager who is no system administrator adds a field and a stage by the screens alone."""

    @users("sd_manager1")
    def test_manager_adds_a_field_and_agents_use_it(self):
        self.assertFalse(self.env.user.has_group("base.group_system"))
        # The screen writes the definition through the ticket, as the properties' own editor does.
        ticket = self.env["service_desk.ticket"].create(
            {"name": "Till is dead", "team_id": self.team_it.id, "type_id": self.type_incident.id}
        )
        ticket.web_save(
            {
                "ticket_properties": [
                    {**item, "definition_changed": True, "value": item.get("default", "")}
                    for item in DEFINITION
                ]
            },
            {"ticket_properties": {}},
        )
        names = [item["name"] for item in self.type_incident.ticket_properties_definition]
        self.assertEqual(names, ["till", "shop_open"])
        self._agent_uses_the_field()

    def _agent_uses_the_field(self):
        tickets = self.env["service_desk.ticket"].with_user(self.agent)
        ticket = tickets.create(
            {
                "name": "Till 7 is dead",
                "team_id": self.team_it.id,
                "type_id": self.type_incident.id,
                "ticket_properties": {"till": "7"},
            }
        )
        self.assertEqual(tickets.search([("ticket_properties.till", "=", "7")]), ticket)
        groups = tickets.formatted_read_group(
            [("id", "=", ticket.id)], ["ticket_properties.till"], ["__count"]
        )
        self.assertEqual([group["__count"] for group in groups], [1])
        row = ticket.web_read({"ticket_properties": {}})[0]["ticket_properties"]
        self.assertEqual(
            {item["name"]: item["value"] for item in row}, {"till": "7", "shop_open": True}
        )
        self.agent.group_ids |= self.env.ref("base.group_allow_export")
        exported = ticket.export_data(["number", "ticket_properties.till"])["datas"]
        self.assertEqual(exported, [[ticket.number, "7"]])

    def test_agents_cannot_change_the_definition(self):
        ticket = self._create_ticket(type_id=self.type_incident.id)
        with self.assertRaises(AccessError):
            ticket.with_user(self.agent).write(
                {"ticket_properties": [{**DEFINITION[0], "definition_changed": True, "value": "x"}]}
            )
        with self.assertRaises(AccessError):
            self.type_incident.with_user(self.agent).write(
                {"ticket_properties_definition": DEFINITION}
            )

    def test_every_screen_shows_properties(self):
        for view_type in ("form", "list", "kanban", "search"):
            arch = (
                self.env["service_desk.ticket"]
                .with_user(self.manager)
                .get_view(view_type=view_type)["arch"]
            )
            self.assertIn("ticket_properties", arch, view_type)

    @users("sd_manager1")
    def test_manager_adds_a_type_with_its_own_stage(self):
        with Form(self.env["service_desk.ticket.type"]) as form:
            form.name = "Complaint"
            form.code = "CMP"
        ticket_type = form.record
        stage = self.env["service_desk.stage"].create(
            {"name": "With the lawyer", "state": "open", "sequence": 99}
        )
        ticket = self.env["service_desk.ticket"].create(
            {"name": "Bad coffee", "team_id": self.team_it.id, "type_id": ticket_type.id}
        )
        ticket.stage_id = stage
        self.assertEqual((ticket.state, ticket.number[:4]), ("open", "CMP-"))
        columns = self.env["service_desk.ticket"].web_read_group(
            [("id", "=", ticket.id)], ["stage_id"], ["__count"]
        )
        self.assertIn(stage.name, json.dumps(columns["groups"], default=str))
