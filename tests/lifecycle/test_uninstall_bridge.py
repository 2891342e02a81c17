"""A bridge goes and leaves nothing of its own; the desk without it goes on."""

USE = """
admin = env.ref("base.user_admin")
admin.group_ids |= env.ref("service_desk.service_desk_group_manager")
team = env["service_desk.team"].create(
    {"name": "IT", "member_ids": [(6, 0, admin.ids)], "assign_method": "balanced",
     "leave_policy": "care", "needs_check_in": True})
employee = env["hr.employee"].search([("user_id", "=", admin.id)], limit=1)
kind = env["hr.leave.type"].create({"name": "Leave", "requires_allocation": False, "leave_validation_type": "hr"})
leave = env["hr.leave"].create({"employee_id": employee.id, "holiday_status_id": kind.id,
                                "request_date_from": "2035-03-05", "request_date_to": "2035-03-09"})
leave.action_approve()
assert leave.service_desk_due_at
env["service_desk.ticket"].create({"name": "Ticket", "team_id": team.id, "user_id": admin.id})
"""

GO_ON = """
team = env["service_desk.team"].search([("name", "=", "IT")])
ticket = env["service_desk.ticket"].search([("team_id", "=", team.id)], limit=1)
ticket._release("absence", {"until": "2035-03-12 04:00:00"})
assert "absent" in ticket.decision_ids[0].with_context(lang="en_US").text
assert set(team.member_ids._service_desk_absences(team=team)) <= set(team.member_ids.ids)
env["hr.leave"].search([]).action_refuse()
"""


def test_employees_leave_the_desk_whole(desk, full_template):
    used = desk(full_template, "bridge")
    used.script(USE)
    used.odoo("module", "uninstall", "-d", used.name, "service_desk_hr")
    states = dict(
        used.rows("SELECT name, state FROM ir_module_module WHERE name LIKE 'service\\_desk%'")
    )
    assert states["service_desk"] == "installed"
    assert states["service_desk_hr"] == states["service_desk_hr_attendance"] == "uninstalled"
    left = used.rows(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_name LIKE 'hr\\_%' AND column_name LIKE '%service\\_desk%'"
        " OR table_name = 'service_desk_team' AND column_name IN"
        " ('leave_policy', 'leave_short_hours', 'needs_check_in')"
        " OR table_name = 'service_desk_skill' AND column_name = 'hr_skill_id'"
    )
    assert left == []
    for table in ("ir_model_data", "ir_ui_view"):
        column = "module" if table == "ir_model_data" else "arch_fs"
        assert not used.rows(f"SELECT id FROM {table} WHERE {column} LIKE 'service\\_desk\\_hr%'")
    used.script(GO_ON)
