"""Announcements reach whom they concern, by every way, and nobody else by any."""

from datetime import timedelta

from odoo import fields, http
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from .rights_common import RightsCommon

CANARY = "zanzibar-outage"


class AnnouncementCommon(RightsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tills = cls.env["service_desk.service"].create(
            {"name": "Tills", "company_id": cls.company.id}
        )
        cls.printers = cls.env["service_desk.service"].create(
            {"name": "Printers", "parent_id": cls.tills.id, "company_id": cls.company.id}
        )
        cls.shop = cls.env["res.partner"].create(
            {"name": "Shop 17", "parent_id": cls.firm_a.id, "type": "other"}
        )
        cls.now = fields.Datetime.now()

    @classmethod
    def _announce(cls, publish=True, **vals):
        announcement = cls.env["service_desk.announcement"].create(
            {
                "name": CANARY,
                "body": "<p>Pay in cash.</p>",
                "date_from": cls.now - timedelta(hours=1),
                **vals,
            }
        )
        if publish:
            announcement.action_publish()
        return announcement

    def _told(self, partner, **kwargs):
        announcements = self.env["service_desk.announcement"]
        return [one["id"] for one in announcements._announcements_for(partner, **kwargs)]


@tagged("post_install", "-at_install")
class TestIncidentAnnouncement(AnnouncementCommon):
    # ------------------------------------------------------------- who is concerned
    def test_sites_and_customers(self):
        of_firm = self._announce(place_ids=self.firm_a.ids)
        of_shop = self._announce(place_ids=self.shop.ids)
        self.assertEqual(self._told(self.customer_a), of_firm.ids)
        self.customer_a.parent_id = self.shop
        self.assertEqual(set(self._told(self.customer_a)), {of_firm.id, of_shop.id})
        self.assertFalse(self._told(self.customer_b))
        self.assertEqual(self._told(self.customer_b, site=self.shop), [of_shop.id, of_firm.id])

    def test_tags_of_the_customer_and_its_company(self):
        gold = self.env["res.partner.category"].create({"name": "Gold"})
        sub = self.env["res.partner.category"].create({"name": "Gold plus", "parent_id": gold.id})
        announcement = self._announce(category_ids=gold.ids)
        self.assertFalse(self._told(self.customer_a))
        self.firm_a.category_id = sub
        self.assertEqual(self._told(self.customer_a), announcement.ids)

    def test_services_with_their_parts(self):
        announcement = self._announce(service_ids=self.tills.ids)
        self.assertFalse(self._told(self.customer_a))
        self.assertEqual(self._told(self.customer_a, service=self.printers), announcement.ids)
        self._create_ticket(service_id=self.printers.id)
        self.assertEqual(self._told(self.customer_a), announcement.ids)
        self.assertFalse(self._told(self.customer_b))

    def test_everybody_of_the_company(self):
        announcement = self._announce(for_all=True)
        self.assertEqual(self._told(self.customer_a), announcement.ids)
        self.assertEqual(self._told(self.employee.partner_id), announcement.ids)
        self.assertFalse(self._told(self.agent_b.partner_id), "another company")

    def test_mail_goes_to_those_who_are_told(self):
        """What is asked for one person and what is asked for all of them is the same."""
        gold = self.env["res.partner.category"].create({"name": "Gold"})
        self.firm_b.category_id = gold
        self._create_ticket(service_id=self.printers.id)
        people = (self.customer_a | self.customer_b | self.employee.partner_id).filtered("email")
        for vals in (
            {"for_all": True},
            {"place_ids": self.firm_a.ids},
            {"category_ids": gold.ids},
            {"service_ids": self.tills.ids},
            {"place_ids": self.firm_a.ids, "service_ids": self.tills.ids},
        ):
            announcement = self._announce(**vals)
            mailed = self.env["res.partner"].search(announcement._audience_domain())
            for person in people:
                with self.subTest(vals=vals, person=person.name):
                    self.assertEqual(person in mailed, announcement.id in self._told(person))
            self.assertEqual(announcement.audience_count, len(mailed))
            announcement.action_withdraw()

    # ------------------------------------------------------------------------ when
    def test_drafts_and_what_is_over_are_not_shown(self):
        draft = self._announce(publish=False, for_all=True)
        over = self._announce(for_all=True, date_to=self.now - timedelta(minutes=1))
        self.assertEqual((draft.state, over.state), ("draft", "past"))
        self.assertFalse(self._told(self.customer_a))

    def test_maintenance_is_shown_before_it_begins(self):
        soon = self._announce(
            for_all=True, kind="maintenance", date_from=self.now + timedelta(days=3)
        )
        self._announce(for_all=True, kind="maintenance", date_from=self.now + timedelta(days=30))
        self._announce(for_all=True, kind="outage", date_from=self.now + timedelta(days=3))
        self.assertEqual(soon.state, "planned")
        self.assertEqual(self._told(self.customer_a), soon.ids)

    def test_recovery_ends_the_outage(self):
        outage = self._announce(place_ids=self.firm_a.ids)
        action = outage.action_recover()
        recovery = (
            self.env["service_desk.announcement"].with_context(**action["context"]).create({})
        )
        self.assertEqual(recovery.place_ids, self.firm_a)
        recovery.action_publish()
        self.assertEqual(outage.state, "past")
        self.assertTrue(recovery.date_to)
        self.assertEqual(self._told(self.customer_a), recovery.ids)

    def test_bad_input_gets_a_sentence(self):
        with self.assertRefused(UserError, "Say whom it concerns"):
            self._announce()
        announcement = self._announce(for_all=True)
        with self.assertRefused(ValidationError, "Say whom it concerns"):
            announcement.for_all = False
        with self.assertRefused(ValidationError, "cannot end before it begins"):
            announcement.date_to = self.now - timedelta(days=1)
        with self.assertRefused(UserError, "Publish it first"):
            self._announce(publish=False, for_all=True).action_mail()
        self.private.action_make_master()
        with self.assertRefused(ValidationError, "every agent may see"):
            announcement.master_id = self.private
        self.open_ticket.action_make_master()
        announcement.master_id = self.open_ticket
        with self.assertRefused(ValidationError, "every agent may see"):
            self.open_ticket.team_id = self.team_private

    # ----------------------------------------------------------------- where agents see it
    def test_panel_beside_the_ticket_of_somebody_concerned(self):
        self._announce(place_ids=self.firm_a.ids)
        theirs = self._create_ticket(partner_id=self.customer_b.id)
        keys = [s["key"] for s in theirs.with_user(self.agent).get_requester_panel()["sections"]]
        self.assertNotIn("announcements", keys)
        panel = self.open_ticket.with_user(self.agent).get_requester_panel()
        self.assertEqual(panel["sections"][0]["rows"][0]["text"], CANARY)

    def test_card_of_the_team(self):
        self.tills.team_id = self.team_it
        self._announce(service_ids=self.tills.ids)
        other = self.env["service_desk.team"].create({"name": "Other"})
        teams = (self.team_it | other).with_user(self.agent)
        self.assertEqual(teams.mapped("announcement_text"), [CANARY, ""])

    # ---------------------------------------------------------------------- nobody else
    def test_no_route_by_rpc(self):
        announcement = self._announce(place_ids=self.firm_a.ids)
        for user in (self.portal_a, self.portal_b, self.employee, self.env.ref("base.public_user")):
            mine = announcement.with_user(user)
            for call in (
                lambda m=mine: m.search([]),
                lambda m=mine: m.search_count([("name", "ilike", "zanzibar")]),
                lambda m=mine: m.read(["name"]),
                lambda m=mine: m.web_read({"name": {}}),
                lambda m=mine: m.name_search("zan"),
                lambda m=mine: m._read_group([], ["kind"], ["__count"]),
                lambda m=mine: m.action_end(),
            ):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    call()

    def test_agents_read_what_is_published_and_leads_write(self):
        draft = self._announce(publish=False, for_all=True)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            draft.with_user(self.agent).read(["name"])
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            draft.with_user(self.lead).write({"is_published": True})
        draft.with_user(self.lead).action_publish()
        self.assertEqual(draft.with_user(self.agent).name, CANARY)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            draft.with_user(self.agent).action_end()

    # ----------------------------------------------------------------------------- mail
    def test_each_person_is_mailed_once_in_his_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.customer_a.lang = "ru_RU"
        announcement = self._announce(place_ids=self.firm_a.ids, team_id=self.team_it.id)
        announcement.with_context(lang="ru_RU").name = "Оплата картой не работает"
        last = self.env["mail.mail"].search([], limit=1).id or 0
        announcement.with_user(self.lead).action_mail()
        announcement.with_user(self.lead).action_mail()
        for _run in range(2):
            with self.enter_registry_test_mode():
                self.env.ref("service_desk.ir_cron_mail_announcements").method_direct_trigger()
        mails = self.env["mail.mail"].search([("id", ">", last)])
        to = mails.recipient_ids
        self.assertEqual(len(mails), len(to), "one mail each, one person in each")
        self.assertLessEqual(self.customer_a | self.firm_a, to)
        self.assertNotIn(self.customer_b, to)
        mine = mails.filtered(lambda mail: self.customer_a in mail.recipient_ids)
        self.assertIn("Оплата картой", mine.subject)
        self.assertIn("Pay in cash", mine.body_html)
        self.assertIn("it@desk.example.com", mine.email_from)
        self.assertIn("Auto-Submitted", mine.headers)
        self.assertEqual(announcement.mailed_count, len(mails))

    def test_what_is_over_is_not_mailed_any_more(self):
        announcement = self._announce(place_ids=self.firm_a.ids)
        announcement.action_mail()
        announcement.action_withdraw()
        last = self.env["mail.mail"].search([], limit=1).id or 0
        with self.enter_registry_test_mode():
            self.env.ref("service_desk.ir_cron_mail_announcements").method_direct_trigger()
        self.assertFalse(self.env["mail.mail"].search([("id", ">", last)]))


@tagged("post_install", "-at_install")
class TestIncidentAnnouncementPortal(AnnouncementCommon, HttpCase):
    def _home(self, login):
        self.authenticate(login, login)
        return self.url_open("/my").text

    def _post(self, url):
        return self.url_open(url, data={"csrf_token": http.Request.csrf_token(self)})

    def test_portal_shows_it_to_whom_it_concerns_until_put_away(self):
        announcement = self._announce(place_ids=self.firm_a.ids)
        self.assertIn(CANARY, self._home("sd_portal1"))
        self.assertNotIn(CANARY, self._home("sd_portal2"))
        url = f"/my/announcements/{announcement.id}/dismiss"
        self._post(url)
        self.assertFalse(announcement.dismissed_partner_ids, "he does not see it at all")
        page = self._home("sd_portal1")
        self.assertIn(url, page)
        self._post(url)
        self.assertEqual(announcement.dismissed_partner_ids, self.customer_a)
        self.assertNotIn(CANARY, self._home("sd_portal1"))
