"""Uninstalling leaves nothing: the database is as if the desk had never been there."""

# What differs between any two moments of one database and says nothing about us.
RESTLESS = {
    "ir_attachment",  # compiled assets; ours are looked at by name below
    "ir_cron_progress",
    "ir_cron_trigger",
    "ir_logging",
    "ir_module_module",
    # Odoo forgets its note of a foreign key from its own table to ours; the key itself must be gone (below).
    "ir_model_constraint",
    "ir_config_parameter",  # looked at by name below
    "bus_bus",
    "res_device_log",
    "res_users_log",
    "mail_message",  # the system greets its users; ours are looked at by model below
    "mail_notification",
    "mail_tracking_value",
    "orm_signaling_registry",
}

USE = """
team = env["service_desk.team"].create({"name": "IT", "alias_name": "it"})
env["service_desk.team.address"].create({"team_id": team.id, "alias_name": "cash"})
person = env["res.partner"].create({"name": "Requester", "email": "requester@example.org"})
tickets = env["service_desk.ticket"].create([
    {"name": f"Ticket {n}", "team_id": team.id, "partner_id": person.id} for n in range(5)
])
tickets[0].message_post(body="Answer", message_type="comment", subtype_xmlid="mail.mt_comment",
                        attachments=[("a.txt", b"text")])
tickets[0].activity_schedule("mail.mail_activity_data_todo", summary="Call")
tickets[1].write({"state": "waiting"})
if "service_desk.escalation" in env:
    env["rating.rating"].create({
        "res_model_id": env["ir.model"]._get_id("service_desk.ticket"), "res_id": tickets[2].id, "rating": 5,
    })
    env["service_desk.escalation"].create({"name": "Ladder", "rung_ids": [(0, 0, {"minutes": 5})]})
env["service_desk.ticket.link"].create({"ticket_id": tickets[0].id, "other_id": tickets[1].id})
env["service_desk.ticket.type"].create({"name": "Change", "code": "CHG"})
raw = b"From: Requester <requester@example.org>\\r\\nTo: it@example.org\\r\\nSubject: By mail\\r\\nMessage-ID: <1@example.org>\\r\\n\\r\\nHello\\r\\n"
env["mail.thread"].message_process("service_desk.ticket", raw)
if "service_desk.report.source" in env:
    env["service_desk.report.source"].create({"model": "res.partner", "team_id": team.id})
# the person is the company's own, not the desk's: he goes by hand
env.cr.commit()
"""

CLEAN = """
people = env["res.partner"].search([("email", "=like", "%@example.org")])
people.unlink()
"""


def _tables(desk):
    return {
        name
        for (name,) in desk.rows(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'v', 'm', 'S')"
        )
    }


def _columns(desk):
    return {
        tuple(row)
        for row in desk.rows(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        )
    }


def _indexes(desk):
    return {
        name
        for (name,) in desk.rows("SELECT indexname FROM pg_indexes WHERE schemaname = 'public'")
    }


def _constraints(desk):
    return {name for (name,) in desk.rows("SELECT conname FROM pg_constraint")}


def _counts(desk, tables):
    union = " UNION ALL ".join(
        f"SELECT '{name}', count(*) FROM \"{name}\"" for name in sorted(tables)
    )
    return {name: int(count) for name, count in desk.rows(union)}


def test_uninstall_leaves_nothing_behind(desk, base_template, full_template):
    untouched = desk(base_template, "untouched")
    used = desk(full_template, "used")
    used.script(USE)
    used.odoo("module", "uninstall", "-d", used.name, "service_desk")
    used.script(CLEAN)

    assert _tables(used) - _tables(untouched) == set()
    assert _columns(used) - _columns(untouched) == set()
    assert _indexes(used) - _indexes(untouched) == set()
    assert _constraints(used) - _constraints(untouched) == set()
    names = "SELECT module || '.' || name FROM ir_model_data"
    assert {name for (name,) in used.rows(names)} - {
        name for (name,) in untouched.rows(names)
    } == set()
    common = {
        name
        for (name,) in untouched.rows(
            "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind = 'r'"
        )
    } - RESTLESS
    before, after = _counts(untouched, common), _counts(used, common)
    more = {name: (before[name], after[name]) for name in common if after[name] > before[name]}
    assert more == {}, f"rows left behind (table: before, after): {more}"
    for table, column in {
        "ir_attachment": "res_model",
        "mail_message": "model",
        "ir_config_parameter": "key",
        "ir_attachment ": "url",
    }.items():
        left = used.rows(f"SELECT count(*) FROM {table} WHERE {column} LIKE '%service\\_desk%'")
        assert left == [["0"]] or left == [("0",)], (table, column, left)
