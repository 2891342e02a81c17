"""Service levels go and leave nothing of their own; the desk without them goes on."""

USE = """
admin = env.ref("base.user_admin")
admin.group_ids |= env.ref("service_desk.service_desk_group_manager")
team = env["service_desk.team"].create({"name": "IT", "member_ids": [(6, 0, admin.ids)]})
target = {"metric_id": env.ref("service_desk_sla.metric_resolution").id, "amount": 1, "unit": "hours"}
agreement = env["service_desk.agreement"].create({
    "name": "Standard",
    "line_ids": [(0, 0, {"target_ids": [(0, 0, target)]})],
    "entitlement_ids": [(0, 0, {"company_ids": [(6, 0, env.company.ids)]}), (0, 0, {"for_internal": True})],
    "alert_ids": [(0, 0, {"percent": 75, "notify_assignee": True, "notify_user_ids": [(6, 0, admin.ids)]})],
})
agreement.action_publish()
ticket = env["service_desk.ticket"].create({"name": "Ticket", "team_id": team.id, "user_id": admin.id,
                                            "partner_id": admin.partner_id.id})
assert ticket.clock_ids
env["service_desk.clock.correction"]._apply(ticket, {
    "kind": "start", "from_at": "2026-01-01 10:00:00",
    "reason_id": env.ref("service_desk_sla.correction_reason_called").id,
})
assert ticket.clock_ids.filtered("is_missed")
env["service_desk.clock.rebuild"]._request(agreements=agreement, reason="A new contract")
env["service_desk.clock.rebuild"]._cron_rebuild()
env.cr.commit()
"""

GO_ON = """
ticket = env["service_desk.ticket"].search([("name", "=", "Ticket")], limit=1)
ticket.write({"priority": "2", "state": "waiting"})
ticket.write({"state": "open"})
ticket.message_post(body="Answer", message_type="comment", subtype_xmlid="mail.mt_comment")
assert not {"agreement", "clock"} & set(ticket.decision_ids.mapped("kind"))
env["service_desk.ticket"].create({"name": "Another", "team_id": ticket.team_id.id})
"""

#: What the add-on brings, by the names of tables.
OWN = "service\\_desk\\_(agreement|clock|metric|correction|sla|ticket\\_event|webhook)"


def test_service_levels_leave_the_desk_whole(desk, full_template):
    used = desk(full_template, "sla")
    used.odoo("-d", used.name, "-i", "service_desk_sla", "--stop-after-init")
    used.script(USE)
    used.odoo("module", "uninstall", "-d", used.name, "service_desk_sla")
    states = dict(
        used.rows("SELECT name, state FROM ir_module_module WHERE name LIKE 'service\\_desk%'")
    )
    assert states["service_desk"] == "installed"
    assert states["service_desk_sla"] == "uninstalled"
    assert not used.rows(f"SELECT relname FROM pg_class WHERE relname ~ '{OWN}'")
    assert not used.rows(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_name = 'service_desk_ticket' AND column_name ~ '^(sla_|supplier_id|planned_start_at)'"
        " OR table_name = 'service_desk_entitlement' AND column_name = 'agreement_id'"
        " OR table_name = 'service_desk_waiting_reason' AND column_name = 'hand'"
    )
    for table, column in (
        ("ir_model_data", "module"),
        ("ir_ui_view", "arch_fs"),
        ("ir_attachment", "url"),
    ):
        assert not used.rows(f"SELECT id FROM {table} WHERE {column} LIKE '%service\\_desk\\_sla%'")
    assert not used.rows(
        "SELECT id FROM service_desk_decision WHERE kind IN ('agreement', 'clock')"
    )
    for table, column in (("mail_message", "model"), ("mail_followers", "res_model")):
        assert not used.rows(f"SELECT id FROM {table} WHERE {column} = 'service_desk.agreement'")
    used.script(GO_ON)
