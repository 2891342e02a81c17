"""Answers on tickets: checked on every way in, kept in types, corrected in the open, carried to another offering."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import tagged

from odoo.addons.service_desk.models.form.service_desk_form_version import FormRefused

from .form_common import FormCommon

#: Each rule of the form broken once: the question, what is sent for it, what is said.
BROKEN = (
    ("what", None, "Please answer this."),
    ("what", "scale", "This is not one of the options."),
    ("what", {"$ne": 1}, "This is not one of the options."),
    ("number", None, "Please answer this."),
    ("number", "seven", "Digits only."),
    ("number", "x" * 300, "At most 255 characters."),
    ("number", 7, "This must be a text."),
    ("loss", -1, "At least 0."),
    ("loss", 1000.01, "At most 1000."),
    ("loss", 0.001, "At most 2 digits after the point."),
    ("loss", float("nan"), "This must be a number."),
    ("loss", float("inf"), "This must be a number."),
    ("loss", 1e308, "At most 999999999999."),
    ("since", "2999-01-01", "This must be a date."),
    ("since", "2199-01-01", "Not after"),
    ("since", "yesterday", "This must be a date."),
    ("files", [2**31], "These files cannot be handed in."),
    ("files", "x", "These files cannot be handed in."),
    ("who", "1", "There is nothing like that to choose."),
    ("who", 2**70, "There is nothing like that to choose."),
    ("parts", "x", "This must be a table of rows."),
    ("parts", [{}], "Please answer this."),
    ("parts", [{"part": "x", "count": 0}], "At least 1."),
    ("parts", [{"part": "x", "else": 1}], "The form has no such question."),
    ("parts", [{"part": "x"}] * 101, "At most 100."),
    ("else", 1, "The form has no such question."),
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestFormTicket(FormCommon):
    def test_request_with_answers(self):
        ticket = self._request(self.good)
        self.assertEqual(ticket.name, "Register a breakdown")
        self.assertEqual(ticket._answers(), self.good)
        self.assertEqual(ticket.form_version_id, self.version)
        html = ticket.answers_html
        for text in ("What is broken?", "Till", "12.50", ">More</h4>", "Alla Customer", "Cable"):
            self.assertIn(text, html)
        loss = ticket.answer_ids.filtered(lambda row: row.key == "loss")
        self.assertEqual((loss.value_amount, loss.section), (12.5, "More"))
        self.assertEqual(loss.currency_id, self.company.currency_id)
        cells = ticket.answer_ids.filtered("table_key")
        self.assertEqual(cells.mapped("row"), [1, 1, 2])
        self.assertEqual(cells[1].label, "Parts: Count")

    def test_every_rule_broken_once(self):
        count = self.env["service_desk.ticket"].search_count([])
        for key, value, sentence in BROKEN:
            with self.subTest(key=key, value=str(value)[:20]):
                with self.assertRaises(FormRefused) as refusal, self.env.cr.savepoint():
                    self._request({**self.good, key: value})
                errors = refusal.exception.errors
                self.assertTrue(all(path.startswith(key) for path in errors), errors)
                self.assertIn(sentence, " ".join(errors.values()))
                self.assertIn(sentence, str(refusal.exception))
        self.assertEqual(self.env["service_desk.ticket"].search_count([]), count)

    def test_every_rule_broken_once_by_remote_call(self):
        """The same of an agent's correction, as a client calls it; nothing changes."""
        ticket = self._request(self.good)
        model = self.env["service_desk.ticket"].with_user(self.agent)
        for key, value, sentence in BROKEN:
            with self.subTest(key=key, value=str(value)[:20]):
                with self.assertRaises(ValidationError) as refusal, self.env.cr.savepoint():
                    call_kw(model, "correct_answers", [ticket.ids, {**self.good, key: value}], {})
                self.assertIn(sentence, str(refusal.exception))
        for nonsense in (None, [], "x", 5, True, [["what", "till"]]):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                call_kw(model, "correct_answers", [ticket.ids, nonsense], {})
        self.assertEqual(ticket._answers(), self.good)

    def test_nobody_writes_answers_past_the_form(self):
        ticket = self._request(self.good)
        for user in (self.agent, self.manager):
            answers = ticket.with_user(user).answer_ids
            with self.assertRaises(AccessError):
                answers[0].value_text = "x"
            with self.assertRaises(AccessError):
                answers.unlink()
            with self.assertRaises(AccessError):
                ticket.with_user(user).write({"answer_ids": [(5,)]})
            with self.assertRaises(AccessError):
                ticket.with_user(user).form_version_id = False
            with self.assertRaises(AccessError):
                answers.create(
                    {
                        "ticket_id": ticket.id,
                        "version_id": self.version.id,
                        "key": "x",
                        "kind": "text",
                    }
                )

    def test_the_context_of_a_remote_call_brings_no_answers(self):
        model = self.env["service_desk.ticket"].with_user(self.agent)
        vals = {"name": "x", "team_id": self.team_it.id, "type_id": self.type_question.id}
        ticket = model.with_context(service_desk_answers={"answers": {"what": "till"}}).create(vals)
        self.assertFalse(ticket.answer_ids)

    def test_answers_are_there_before_who_listens(self):
        seen = {}
        Ticket = type(self.env["service_desk.ticket"])
        tell = Ticket._notify_requester

        def look(ticket, event):
            seen.update(ticket._answers())
            return tell(ticket, event)

        with patch.object(Ticket, "_notify_requester", look):
            self.team_it.acknowledge = True
            self._request(self.good)
        self.assertEqual(seen, self.good)

    def test_contacts_of_ones_own_firm_only(self):
        for stranger in (self.customer_b, self.firm_b, self.employee.partner_id):
            with self.assertRaises(FormRefused) as refusal:
                self._request({**self.good, "who": stranger.id})
            gone = self.version._refusal(self.version._definition(), {"who": ("not_record", {})})
            self.assertEqual(refusal.exception.errors, gone.errors)
        colleague = self.env["res.partner"].create({"name": "Cora", "parent_id": self.firm_a.id})
        self.assertTrue(self._request({**self.good, "who": colleague.id}))
        found = self.version._find_records("who", "", self.customer_a)
        self.assertEqual({one["id"] for one in found}, {self.customer_a.id, colleague.id})

    def test_files_are_ones_own(self):
        own, foreign = self._file(self.env.user), self._file(self.agent)
        for wrong in (foreign, own.copy({"res_model": "res.partner", "res_id": self.firm_a.id})):
            with self.assertRaises(FormRefused):
                self._request({**self.good, "files": wrong.ids})
        with self.assertRaises(FormRefused):
            self._request({**self.good, "files": self._file(self.env.user, "a.exe").ids})
        ticket = self._request({**self.good, "files": own.ids})
        self.assertEqual((own.res_model, own.res_id), ("service_desk.ticket", ticket.id))
        with self.assertRaises(FormRefused):
            self._request({**self.good, "files": own.ids})  # it hangs on a ticket already
        ticket.with_user(self.agent).correct_answers({**self.good, "loss": 1, "files": own.ids})
        self.assertEqual(ticket._answers()["files"], own.ids)

    def test_answers_without_a_form(self):
        self.offering.form_id = False
        with self.assertRefused(ValidationError, "Nothing is asked there"):
            self._request({"what": "till"})
        self.assertFalse(self._request({}).form_version_id)

    def test_channels_that_cannot_ask(self):
        ticket = self._request(None, name="By phone", channel="phone")
        self.assertFalse(ticket.answer_ids)
        self.assertEqual(ticket.form_version_id, self.version, "an agent can fill it in")
        self.assertEqual(ticket.get_answer_form()["version_id"], self.version.id)
        ticket.with_user(self.agent).correct_answers({"what": "printer"})
        self.assertEqual(ticket._answers(), {"what": "printer"})

    def test_lines_of_a_mail_are_answers(self):
        ticket = self.env["service_desk.ticket"]._intake(
            {"offering_id": self.offering.id, "partner_id": self.customer_a.id, "name": "x"},
            facts={"text": "Hello\nWhat is broken?: till\nNumber: 7\nLoss: much\nwho: me"},
        )
        self.assertEqual(ticket._answers(), {"what": "till", "number": "7"})

    # --------------------------------------------------------------- correction
    def test_a_correction_is_told(self):
        ticket = self._request(self.good)
        heard = []
        Ticket = type(ticket)
        hook = Ticket._on_answers_changed
        with patch.object(
            Ticket,
            "_on_answers_changed",
            lambda t, old, new: (heard.append((old, new)), hook(t, old, new)),
        ):
            changed = {**self.good, "loss": 20.0}
            ticket.with_user(self.agent).correct_answers(changed)
            ticket.with_user(self.agent).correct_answers(changed)
        self.assertEqual(heard, [(self.good, changed)])
        note = ticket.message_ids[0]
        self.assertEqual(note.author_id, self.agent.partner_id)
        self.assertRegex(note.body, "Loss: .*12.50 → .*20.00")
        self.assertNotIn("Number", note.body)

    def test_who_may_correct(self):
        ticket = self._request(self.good)
        for user in (self.employee, self.portal_a, self.auditor):
            with self.assertRaises(AccessError):
                ticket.with_user(user).correct_answers(self.good)
        ticket.is_confidential = True
        with self.assertRaises(AccessError):
            ticket.with_user(self.agent).get_answer_form()
        self.assertFalse(
            self.env["service_desk.answer"]
            .with_user(self.agent)
            .search([("ticket_id", "=", ticket.id)])
        )

    def test_closed_requests_stay(self):
        ticket = self._request(self.good)
        ticket._write_state({"state": "cancelled"})
        with self.assertRefused(UserError, "stay as they are"):
            ticket.correct_answers({"what": "printer"})

    def test_a_ticket_keeps_its_form(self):
        ticket = self._request(self.good)
        self.questions["loss"].unlink()
        self.questions["what"].name = "Which device?"
        self.form.action_publish()
        self.assertEqual(ticket._answers(), self.good)
        self.assertIn("What is broken?", ticket.answers_html)
        ticket.correct_answers({**self.good, "loss": 1})
        self.assertEqual(ticket.form_version_id, self.version)

    # ------------------------------------------------------- change of offering
    def _other_offering(self):
        form = self.env["service_desk.form"].create(
            {
                "name": "Other",
                "service_id": self.service.id,
                "question_ids": [
                    (0, 0, {"name": "Number", "key": "number", "kind": "text"}),
                    (0, 0, {"name": "Loss", "key": "loss", "kind": "text"}),
                    (0, 0, {"name": "Since", "key": "since", "kind": "date", "rules": {"not_after": {"today": True}}}),
                    (0, 0, {"name": "Must", "key": "must", "is_required": True}),
                ],
            }
        )  # fmt: skip
        form.action_publish()
        return self.offering.copy({"form_id": form.id, "state": "published"})

    def test_answers_go_over_to_another_offering(self):
        ticket = self._request(self.good)
        other = self._other_offering()
        ticket.offering_id = other
        self.assertEqual(ticket._answers(), {"number": "7", "since": "2026-01-15"})
        self.assertEqual(ticket.form_version_id, other._form_version())
        former = ticket.answer_ids.filtered("is_former")
        self.assertEqual(set(former.mapped("key")), {"what", "loss", "who", "part", "count"})
        self.assertIn("Till", ticket.former_answers_html)
        ticket.offering_id = False
        self.assertEqual(ticket._answers(), {})
        self.assertFalse(ticket.get_answer_form()["version_id"], "nothing is asked any more")
        self.assertIn("2026", ticket.former_answers_html)
        self.assertIn("number", ticket.answer_ids.mapped("key"))

    # ------------------------------------------------------------------ reports
    def test_answers_are_found_and_counted(self):
        tickets = self._request(self.good) | self._request({"what": "printer", "loss": 10})
        found = (
            self.env["service_desk.ticket"]
            .with_user(self.agent)
            .search([("answer_ids.display", "ilike", "Cable"), ("id", "in", tickets.ids)])
        )
        self.assertEqual(found, tickets[0])
        groups = self.env["service_desk.answer"].with_user(self.agent)._read_group(
            [("ticket_id", "in", tickets.ids), ("key", "in", ("what", "loss"))],
            ["key", "display"], ["__count", "value_amount:sum"],
        )  # fmt: skip
        self.assertIn(("what", "Till", 1, 0.0), groups)
        total = self.env["service_desk.answer"]._read_group(
            [("ticket_id", "in", tickets.ids)], [], ["value_amount:sum"]
        )
        self.assertEqual(total, [(22.5,)])

    def test_mails_tell_the_answers(self):
        ticket = self._request(self.good)
        text = self.env["service_desk.placeholder"]._render(
            "{{ticket.answers}}", ticket, self.customer_a
        )
        self.assertIn("What is broken?", text)
        self.assertIn("Till", text)

    def test_texts_of_requesters_stay_texts(self):
        evil = "<script>alert(1)</script>"
        ticket = self._request({**self.good, "parts": [{"part": evil}]})
        self.assertNotIn("<script", ticket.answers_html)
        ticket.correct_answers({**self.good, "parts": [{"part": evil + "2"}]})
        self.assertNotIn("<script", ticket.message_ids[0].body)
