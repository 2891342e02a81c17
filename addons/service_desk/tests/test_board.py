from unittest.mock import patch

from odoo.tests import tagged, users

from odoo.addons.service_desk.models import service_desk_ticket_board

from .common import ServiceDeskCommon


@tagged("post_install", "-at_install")
class TestBoard(ServiceDeskCommon):
    def _columns(self, domain=()):
        result = (
            self.env["service_desk.ticket"]
            .with_context(read_group_expand=True)
            .web_read_group(
                [("team_id", "=", self.team_it.id), *domain],
                ["stage_id"],
                ["__count"],
                auto_unfold=True,
            )
        )
        return {group["stage_id"][1]: group["__count"] for group in result["groups"]}

    def setUp(self):
        super().setUp()
        self._create_ticket()
        for state in ("open", "waiting", "solved", "closed", "closed", "closed"):
            self._create_ticket().state = state

    @users("sd_agent1")
    def test_columns_count_open_work_and_history(self):
        self.assertEqual(
            self._columns(),
            {"New": 1, "In progress": 1, "Waiting": 1, "Solved": 1, "Closed": 3, "Cancelled": 0},
        )

    @users("sd_agent1")
    def test_filter_holds_in_history_too(self):
        columns = self._columns([("is_open", "=", True)])
        self.assertEqual((columns["New"], columns["Closed"]), (1, 0))

    @users("sd_agent1")
    def test_history_is_counted_up_to_the_cap(self):
        with patch.object(service_desk_ticket_board, "CAP", 2):
            self.assertEqual(self._columns()["Closed"], 2)

    @users("sd_agent1")
    def test_tickets_in_an_archived_stage_keep_their_column(self):
        self.env.ref("service_desk.stage_closed").sudo().active = False
        self.assertEqual(self._columns()["Closed"], 3)

    @users("sd_agent1")
    def test_bars_are_of_open_columns(self):
        bars = self.env["service_desk.ticket"].read_progress_bar(
            [("team_id", "=", self.team_it.id)],
            "stage_id",
            {"field": "priority", "colors": {"1": "info", "2": "warning"}},
        )
        self.assertEqual(
            set(bars),
            {
                str(self.env.ref(f"service_desk.stage_{name}").id)
                for name in ("new", "open", "waiting")
            },
        )
