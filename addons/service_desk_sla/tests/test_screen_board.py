from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools.safe_eval import safe_eval

from .screen_common import HOUR, NOW, ScreenCommon


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestScreenBoard(ScreenCommon):
    def _board(self, ticket=None, user=None):
        ticket = (ticket or self.ticket).with_user(user or self.agent)
        ticket.invalidate_recordset(["sla_board"])
        return ticket.sla_board

    # -------------------------------------------------------------------- entries
    def test_board_of_a_running_clock(self):
        self._create_clock()
        board = self._board()
        self.assertEqual(board["now"], "2026-03-02 12:00:00")
        [entry] = board["clocks"]
        expected = {
            "metric": "Resolution",
            "agreement": "Shops Ulyanovsk",
            "kind": "sla",
            "state": "running",
            "due": "2026-03-02 14:00:00",
            "target": 4 * HOUR,
            "used": 2 * HOUR,
            "left": 2 * HOUR,
        }
        self.assertEqual({name: entry[name] for name in expected}, expected)
        self.assertEqual(
            board["hours"][entry["hours"]],
            [
                ["2026-03-02 12:00:00", "2026-03-02 18:00:00"],
                ["2026-03-03 09:00:00", "2026-03-03 18:00:00"],
            ],
        )

    def test_board_counts_lateness_in_working_time(self):
        # due at six on Friday: on Monday at noon it is late by three hours, not by three days
        self._create_clock(
            spans=[self._span("2026-02-27 14:00:00")],
            targets=[{"at": "2026-02-27 14:00:00"}],
            due_at=datetime(2026, 2, 27, 18),
        )
        [entry] = self._board()["clocks"]
        self.assertEqual((entry["due"], entry["left"]), ("2026-02-27 18:00:00", -3 * HOUR))
        self.assertTrue(entry["missed"])

    def test_lateness_does_not_grow_while_it_stands_still(self):
        self._create_clock(
            spans=[
                self._span("10:00", "11:30"),
                self._span("11:30", kind="pause", reason="waiting", hand="requester"),
            ],
            targets=[{"amount": 1}],
            state="paused",
        )
        [entry] = self._board()["clocks"]
        self.assertEqual((entry["state"], entry["left"]), ("paused", -HOUR // 2))

    def test_board_of_a_paused_clock(self):
        reason = self.env["service_desk.waiting.reason"].search([], limit=1)
        self._create_clock(
            state="paused",
            used_seconds=HOUR,
            spans=[
                self._span("10:00", "11:00"),
                self._span("11:00", None, "pause", "waiting", reason.id, "requester"),
            ],
        )
        [entry] = self._board()["clocks"]
        self.assertEqual(entry["left"], 3 * HOUR)
        self.assertEqual(entry["hand"], "the requester")
        self.assertTrue(entry["reason"])
        self.assertIsNone(entry["due"])

    def test_what_matters_first_stands_first(self):
        stopped = self._create_clock(
            metric=self.response,
            state="stopped",
            stopped_at=datetime(2026, 3, 2, 11),
            spans=[self._span("10:00", "11:00")],
        )
        running = self._create_clock()
        self.assertEqual(
            [entry["id"] for entry in self._board()["clocks"]], [running.id, stopped.id]
        )

    def test_no_clock_no_board(self):
        self.assertFalse(self._board())

    # --------------------------------------------------------------------- rights
    def test_a_private_team_is_not_named(self):
        ola = self._create_agreement("Security in two hours", kind="ola")
        self._create_clock(agreement=ola, slot=f"ola:{self.team_private.id}")
        self.assertEqual(self._board(user=self.agent)["clocks"][0]["whose"], "another team")
        self.assertEqual(self._board(user=self.agent2)["clocks"][0]["whose"], "Security")

    def test_hidden_tickets_tell_nothing(self):
        hidden = self._create_ticket(team_id=self.team_private.id)
        clock = self._create_clock(hidden)
        self.assertTrue(self._board(hidden, self.manager))
        with self.assertRaises(AccessError):
            hidden.with_user(self.agent).get_service_levels()
        with self.assertRaises(AccessError):
            hidden.with_user(self.agent).get_clock_explanation(clock.id)
        with self.assertRefused(UserError, "no such clock"):
            self.ticket.with_user(self.agent).get_clock_explanation(clock.id)
        for wrong in (True, "1", None, -1, 2**40):
            with self.assertRaises(UserError):
                self.ticket.with_user(self.agent).get_clock_explanation(wrong)

    # ---------------------------------------------------------------------- speed
    def test_a_page_of_a_list_costs_the_same_for_any_number(self):
        tickets = self.env["service_desk.ticket"].create(
            [
                {"name": f"T{i}", "team_id": self.team_it.id, "type_id": self.type_question.id}
                for i in range(40)
            ]
        )
        for ticket in tickets:
            self._create_clock(ticket)
            self._create_clock(ticket, metric=self.response)
        self.env.flush_all()

        def queries(some):
            self.env.invalidate_all()
            some = some.with_user(self.agent)
            some.mapped("name")
            before = self.env.cr.sql_log_count
            some.mapped("sla_board")
            return self.env.cr.sql_log_count - before

        queries(tickets)  # caches of rights and hours
        alone, many = queries(tickets[0]), queries(tickets)
        self.assertEqual(alone, many)
        self.assertLessEqual(many, 8)

    # ------------------------------------------------------------------ the page
    def test_page_of_service_levels(self):
        late = self._create_clock(
            targets=[
                {"amount": 8},
                {"at": "2026-03-02 11:00:00", "amount": 30, "unit": "minutes"},
            ],
            missed_at=datetime(2026, 3, 2, 11),
        )
        self.env["service_desk.ticket.event"].create(
            {"ticket_id": self.ticket.id, "at": datetime(2026, 3, 2, 9), "kind": "opened"}
        )
        levels = self.ticket.with_user(self.agent).get_service_levels()
        [level] = [level for level in levels["clocks"] if level["id"] == late.id]
        self.assertEqual(level["target_text"], "30 min")
        self.assertEqual([target["text"] for target in level["targets"]], ["8 h", "30 min"])
        self.assertEqual(level["missed_at"], "2026-03-02 11:00:00")
        self.assertEqual(levels["legs"], [{"hand": "team", "name": "IT", "seconds": 2 * HOUR}])
        self.assertEqual(levels["marks"][0]["kind"], "opened")

    def test_explanation_adds_up_to_the_deadline(self):
        clock = self._create_clock(
            due_at=datetime(2026, 3, 3, 10),
            spans=[
                self._span("10:00", "11:00"),
                self._span("11:00", "16:00", "pause", "waiting", hand="requester"),
                self._span("16:00"),
            ],
        )
        with freeze_time("2026-03-02 17:00:00"):
            told = self.ticket.with_user(self.agent).get_clock_explanation(clock.id)
        self.assertIn("4 h", told["summary"][0])
        rows = told["rows"]
        self.assertEqual(sum(row["seconds"] for row in rows), 4 * HOUR)
        self.assertEqual(rows[-1]["to"], "2026-03-03 10:00:00")
        self.assertTrue(rows[-1]["is_due"])
        self.assertIn(
            ("2026-03-02 18:00:00", "2026-03-03 09:00:00", 0),
            [(r["from"], r["to"], r["seconds"]) for r in rows],
        )

    # --------------------------------------------------------------------- lists
    def test_tickets_without_deadline_stand_behind(self):
        late, soon = self._create_ticket(), self._create_ticket()
        late._set_marks(sla_due_at=datetime(2026, 3, 5))
        soon._set_marks(sla_due_at=datetime(2026, 3, 3))
        three = [("id", "in", (self.ticket | late | soon).ids)]
        tickets = self.env["service_desk.ticket"].with_user(self.agent)
        self.assertEqual(tickets.search(three, order="sla_due_at"), soon | late | self.ticket)
        self.assertEqual(tickets.search(three, order="sla_due_at desc"), late | soon | self.ticket)

    def test_who_goes_by_deadlines_sees_his_lists_so(self):
        tickets = self.env["service_desk.ticket"].with_user(self.agent)
        self.assertNotIn("default_order", tickets.get_view(view_type="list")["arch"])
        self.agent.with_user(self.agent).service_desk_order = "due"
        for view_type in ("list", "kanban"):
            arch = tickets.get_view(view_type=view_type)["arch"]
            self.assertIn('default_order="sla_due_at, priority desc, id desc"', arch)
        others = tickets.with_user(self.agent2).get_view(view_type="list")["arch"]
        self.assertNotIn("default_order", others)

    def _filtered_by(self, name):
        from lxml import etree

        arch = etree.fromstring(
            self.env["service_desk.ticket"].get_view(view_type="search")["arch"]
        )
        domain = safe_eval(
            arch.find(f".//filter[@name='{name}']").get("domain"), {"uid": self.env.uid}
        )
        return self.env["service_desk.ticket"].with_user(self.agent).search(domain)

    def test_filters(self):
        marks = {
            "hour": {"sla_due_at": datetime(2026, 3, 2, 12, 30), "sla_state": "running"},
            "today": {"sla_due_at": datetime(2026, 3, 2, 17), "sla_state": "running"},
            "passed": {"sla_due_at": datetime(2026, 3, 2, 11), "sla_state": "running"},
            "missed": {"sla_state": "missed"},
            "paused": {"sla_state": "paused"},
        }
        tickets = {}
        for name, values in marks.items():
            tickets[name] = self._create_ticket()
            tickets[name]._set_marks(**values, sla_agreement_id=self.agreement.id)
        expected = {
            "sla_hour": ["hour"],
            "sla_today": ["hour", "today", "passed"],
            "sla_missed": ["passed", "missed"],
            "sla_paused": ["paused"],
        }
        for name, found in expected.items():
            with self.subTest(name):
                own = self._filtered_by(name) & self.env["service_desk.ticket"].union(
                    *tickets.values()
                )
                self.assertEqual(sorted(own.ids), sorted(tickets[key].id for key in found))
        self.assertIn(self.ticket, self._filtered_by("sla_none"))
        self.assertNotIn(tickets["paused"], self._filtered_by("sla_none"))

    # ------------------------------------------------------------------ promises
    def test_panel_and_mails_tell_the_promise(self):
        self._create_clock()
        self._create_clock(metric=self.response, due_at=datetime(2026, 3, 2, 12, 30))
        panel = self.ticket.with_user(self.agent).get_requester_panel()
        [promised] = [section for section in panel["sections"] if section["key"] == "promise"]
        self.assertEqual(
            [row["label"] for row in promised["rows"][:2]], ["First response", "Resolution"]
        )
        self.customer_a.tz = "Europe/Moscow"
        text = self.env["service_desk.placeholder"]._render(
            "{{ticket.promise}}", self.ticket, self.customer_a, html=False
        )
        self.assertIn("3:30", text)
        self.assertIn("5:00", text)

    def test_no_promise_is_no_sentence(self):
        self.assertEqual(self.ticket._promise_text(), "")
