from lxml import etree

from odoo.tests import tagged, users

from .common import ServiceDeskCommon

#: Windows that open over another page and are never an address of their own.
DIALOGS = ("new",)


@tagged("post_install", "-at_install")
class TestScreens(ServiceDeskCommon):
    def _our_actions(self):
        data = self.env["ir.model.data"].search(
            [
                ("module", "=", "service_desk"),
                ("model", "in", ("ir.actions.act_window", "ir.actions.client")),
            ]
        )
        for row in data:
            yield row.name, self.env[row.model].browse(row.res_id)

    def test_every_action_has_its_address(self):
        without = [
            name
            for name, action in self._our_actions()
            if action.target not in DIALOGS and not action.path
        ]
        self.assertEqual(without, [])

    def test_menus_lead_somewhere(self):
        menus = self.env["ir.ui.menu"].search(
            [("id", "child_of", self.env.ref("service_desk.service_desk_menu_root").id)]
        )
        leaves = menus.filtered(lambda menu: not menu.child_id)
        self.assertGreater(len(leaves), 10)
        self.assertEqual([menu.complete_name for menu in leaves if not menu.action], [])
        self.assertEqual([menu.complete_name for menu in leaves if not menu.action.path], [])

    @users("sd_agent1", "sd_lead1", "sd_manager1", "sd_auditor1")
    def test_every_screen_opens_for_whoever_sees_its_menu(self):
        menus = self.env["ir.ui.menu"].load_menus(False)
        root = self.env.ref("service_desk.service_desk_menu_root").id
        ours = [
            menu
            for menu in menus.values()
            if menu.get("app_id") == root and menu.get("action_model")
        ]
        self.assertGreaterEqual(len(ours), 5)
        for menu in ours:
            if menu["action_model"] != "ir.actions.act_window":
                continue
            action = self.env["ir.actions.actions"]._for_xml_id(
                self.env["ir.actions.act_window"]
                .sudo()
                .browse(menu["action_id"])
                .get_external_id()[menu["action_id"]]
            )
            model = self.env[action["res_model"]]
            views = model.get_views(action["views"])
            model.search_count([], limit=1)
            for kind, view in views["views"].items():
                self.assertTrue(etree.fromstring(view["arch"]).tag, (menu["name"], kind))
