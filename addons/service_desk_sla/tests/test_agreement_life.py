"""From draft to end: what is refused, versions and what changed, renewal, the table as one value."""

from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .agreement_common import AgreementCommon


@tagged("post_install", "-at_install")
class TestAgreementLife(AgreementCommon):
    # ----------------------------------------------------------------- refusals
    def test_wrong_for_its_kind(self):
        for text, vals in (
            ("names the teams", {"team_ids": self.team_it.ids}),
            ("names a supplier", {"supplier_id": self.firm_a.id}),
            ("runs beside", {"kind": "ola", "runs_beside": True}),
            ("ends before it begins", {"valid_from": "2026-02-01", "valid_until": "2026-01-31"}),
        ):
            with self.subTest(vals=vals), self.assertRefused(ValidationError, text):
                self._draft("Wrong", **vals)

    def test_stands_on_no_sla(self):
        below = self._draft("An SLA")
        with self.assertRefused(ValidationError, "not on an SLA"):
            self._draft("Above", underpinning_ids=below.ids)

    def test_hours_that_never_open(self):
        closed = self.env["resource.calendar"].create({"name": "Closed", "attendance_ids": False})
        closed.attendance_ids.unlink()
        with self.assertRefused(ValidationError, "never"):
            self._draft("Closed", calendar_id=closed.id)

    def test_two_lines_for_the_same(self):
        with self.assertRefused(ValidationError, "two lines for the same tickets: line 1 (High)"):
            self._draft("Twice", [self._line("2", 30), self._line("2", 60)])

    def test_publishing_says_all_that_is_missing(self):
        for kind, text in (("sla", "is empty"), ("ola", "which team"), ("uc", "which supplier")):
            with self.subTest(kind=kind), self.assertRefused(UserError, text):
                self._draft("Empty", kind=kind).action_publish()
        with self.assertRefused(UserError, "Line 2 of the table has no target"):
            self._draft("Half", [self._line("1", 30), {"priority": "2"}]).action_publish()

    def test_marks_are_not_written_by_hand(self):
        agreement = self._draft("Draft", [self._line(None, 60)]).with_user(self.manager)
        for vals in ({"state": "active"}, {"ended_at": "2026-01-01"}):
            with self.assertRefused(UserError, "by publishing"):
                agreement.write(vals)
        with self.assertRefused(UserError, "by publishing"):
            agreement.create({"name": "In force", "state": "active"})
        forged = agreement.with_context(
            default_state="active", default_version_id=1, default_ended_at="2026-01-01 00:00:00"
        ).create({"name": "In force"})
        self.assertEqual((forged.state, forged.ended_at), ("draft", False))
        self.assertFalse(forged.version_id)
        agreement.action_publish()
        self.assertEqual(agreement.state, "active")
        with self.assertRefused(UserError, "its kind and company stay"):
            agreement.kind = "ola"

    def test_agents_publish_nothing(self):
        agreement = self._draft("Draft", [self._line(None, 60)]).with_user(self.agent)
        for call in (agreement.action_publish, agreement.action_end):
            with self.assertRaises(AccessError):
                call()

    # ----------------------------------------------------------------- warnings
    def test_what_would_surprise_is_told(self):
        ola = self._draft(
            "IT 2nd line", [self._line(None, 480)], kind="ola", team_ids=self.team_it.ids
        )
        agreement = self._draft(
            "Shops",
            [
                self._line(None, 240),
                *(self._line(priority, 60) for priority in "0123"),
                self._line(None, 60, service_id=self.tills.id),
            ],
            service_ids=self.building.ids,
            underpinning_ids=ola.ids,
        )
        problems = agreement.problems
        self.assertIn(
            "Critical: Resolution is promised in 60 min, “IT 2nd line” may take 480 min", problems
        )
        self.assertIn("Line “all tickets” never applies: each priority has a line", problems)
        self.assertIn("Line “Tills” never applies: the agreement is not for it", problems)
        self.assertIn("“IT 2nd line”, on which it stands, is not in force", problems)

    def test_the_ola_line_that_applies_is_compared(self):
        ola = self._agreement(
            "IT",
            [self._line(None, 480), self._line("3", 60)],
            kind="ola",
            team_ids=self.team_it.ids,
        )
        agreement = self._draft("Shops", [self._line("3", 90)], underpinning_ids=ola.ids)
        self.assertFalse(agreement.problems)
        agreement.line_ids.target_ids.amount = 30
        self.assertEqual(
            agreement.problems, "Critical: Resolution is promised in 30 min, “IT” may take 60 min"
        )

    # ----------------------------------------------------------------- versions
    def test_versions_tell_what_changed(self):
        agreement = self._agreement("Shops", [self._line(None, 60), self._line("3", 30)])
        agreement.line_ids[0].target_ids.write({"amount": 2, "unit": "days_end"})
        agreement.line_ids[1].unlink()
        agreement.write({"service_ids": self.tills.ids, "waiting": "never"})
        agreement.write({"line_ids": [Command.create(self._line("0", 90))]})
        agreement.action_publish()
        first, second = agreement.version_ids.sorted("number")
        self.assertEqual(first.changes, "The first version.")
        for text in (
            "all tickets, Resolution: 60 min → 2 working days, to the end",
            "New line Low: Resolution 90 min",
            "Line Critical was taken out",
            "Also for Tills",
            "Stands still while waiting: When the waiting reason says so, also for approvals → Never",
        ):
            self.assertIn(text, second.changes)

    def test_copy_is_a_draft_with_all_of_it(self):
        agreement = self._agreement(
            "Shops", [self._line("3", 30)], [{"site_ids": self.shop_north.ids}]
        )
        copy = agreement.copy()
        self.assertRecordValues(copy, [{"name": "Shops (copy)", "state": "draft"}])
        self.assertFalse(copy.version_id)
        self.assertEqual(copy.line_ids.target_ids.mapped("amount"), [30])
        self.assertEqual(copy.entitlement_ids.site_ids, self.shop_north)
        self.assertNotEqual(copy.entitlement_ids, agreement.entitlement_ids)

    # ------------------------------------------------------------------ renewal
    def test_ended_now(self):
        with freeze_time("2026-03-02 08:00:00"):
            agreement = self._agreement("Shops", [self._line(None, 60)])
            agreement.action_end()
        self.assertNoFit(partner_id=self.customer_a.id)
        before = self._fit(partner_id=self.customer_a.id, at=agreement.ended_at.replace(hour=7))
        self.assertEqual(before["sla"].agreement_id, agreement.id)
        with self.assertRefused(UserError, "Only an agreement in force"):
            agreement.action_end()
        agreement.action_publish()
        self.assertFit(agreement, partner_id=self.customer_a.id)

    def _dated(self, **vals):
        return self._agreement("Shops", [self._line(None, 60)], valid_until="2026-03-31", **vals)

    def _run_job(self, moment):
        cron = self.env.ref("service_desk_sla.ir_cron_agreement_life")
        with freeze_time(moment), self.enter_registry_test_mode():
            cron.with_context(tracking_disable=True).method_direct_trigger()

    def test_responsible_is_reminded_once(self):
        agreement = self._dated(owner_id=self.manager.id, notice_days=14)
        self._run_job("2026-03-16 00:10:00")
        self.assertFalse(agreement.activity_ids)
        for day in (17, 18):
            self._run_job(f"2026-03-{day} 00:10:00")
        activity = agreement.activity_ids
        self.assertEqual((len(activity), activity.user_id), (1, self.manager))
        self.assertEqual(activity.date_deadline, date(2026, 3, 31))

    def test_renews_itself_without_a_gap(self):
        agreement = self._dated(renews_itself=True, renewal_months=6)
        self._run_job("2026-03-29 00:10:00")
        self.assertEqual(agreement.valid_until, date(2026, 3, 31))
        self._run_job("2026-03-30 00:10:00")
        self.assertEqual(agreement.valid_until, date(2026, 9, 30))
        self._run_job("2027-12-01 00:10:00")  # after a long outage
        self.assertEqual((agreement.valid_until, agreement.state), (date(2028, 3, 30), "active"))

    def test_ends_by_itself(self):
        agreement = self._dated()
        self._run_job("2026-04-01 00:10:00")
        self.assertEqual(agreement.state, "active")  # it is still March 31 somewhere
        self._run_job("2026-04-02 00:10:00")
        self.assertEqual(agreement.state, "ended")
        self.assertFit(agreement, partner_id=self.customer_a.id)  # of what was opened in time

    def test_found_while_it_ends_soon(self):
        agreement = self._dated(notice_days=14)
        found = self.env["service_desk.agreement"]
        for moment, is_expiring in (("2026-03-16", False), ("2026-03-17", True)):
            with freeze_time(moment):
                agreement.invalidate_recordset()
                self.assertEqual(agreement.is_expiring, is_expiring)
                self.assertEqual(
                    agreement in found.search([("is_expiring", "=", True)]), is_expiring
                )

    # -------------------------------------------------------------------- cells
    def test_targets_as_one_value(self):
        agreement = self._draft("Shops", [self._line(None, 60)])
        line, known = agreement.line_ids, agreement.line_ids.target_ids
        key = str(self.resolution.id)
        self.assertEqual(line.cells, {key: {"amount": 60, "unit": "minutes"}})
        line.cells = {
            key: {"amount": 2, "unit": "days"},
            str(self.first_response.id): {"amount": 30, "unit": "minutes"},
        }
        self.assertEqual((known.amount, known.unit, len(line.target_ids)), (2, "days", 2))
        line.cells = {str(self.first_response.id): {"amount": 30, "unit": "minutes"}}
        self.assertFalse(known.exists())
        new = line.create(
            {
                "agreement_id": agreement.id,
                "priority": "3",
                "cells": {key: {"amount": 1, "unit": "hours"}},
            }
        )
        self.assertEqual(new.targets_told, "Resolution 1 h")

    def test_nonsense_in_cells(self):
        line = self._draft("Shops", [self._line(None, 60)]).line_ids
        key = str(self.resolution.id)
        for cells in (
            {key: {"amount": 0, "unit": "minutes"}},
            {key: {"amount": -1, "unit": "minutes"}},
            {key: {"amount": 17_521, "unit": "hours"}},
            {key: {"amount": 10**12, "unit": "minutes"}},
            {key: {"amount": "4", "unit": "hours"}},
            {key: {"amount": True, "unit": "hours"}},
            {key: {"amount": 4, "unit": "weeks"}},
            {key: {"amount": 4}},
            {"x": {"amount": 4, "unit": "hours"}},
            {"999999": {"amount": 4, "unit": "hours"}},
            [4],
        ):
            with self.subTest(cells=cells), self.assertRefused(ValidationError, "A target is"):
                line.cells = cells
                line.flush_recordset()
            self.env.invalidate_all(flush=False)
        self.assertEqual(line.target_ids.amount, 60)

    def test_targets_that_no_clock_could_count(self):
        line = self._draft("Shops", [self._line(None, 60)]).line_ids
        for amount, unit in ((1_051_201, "minutes"), (17_521, "hours"), (731, "days_end")):
            with (
                self.subTest(unit=unit),
                self.assertRefused(ValidationError, "two years"),
                self.env.cr.savepoint(),
            ):
                line.target_ids.write({"amount": amount, "unit": unit})
        line.target_ids.write({"amount": 17_520, "unit": "hours"})
