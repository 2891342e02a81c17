"""What installing and removing the add-on does beyond its own tables."""

#: Rows that point to our models by name only: Odoo leaves them behind.
BY_NAME = (
    ("mail.followers", "res_model"),
    ("mail.message", "model"),
    ("mail.activity", "res_model"),
    ("mail.scheduled.message", "model"),
    ("ir.attachment", "res_model"),
)


def post_init_hook(env):
    """Say in whose hands waiting tickets are, and begin the timelines of those that are there already."""
    env["service_desk.waiting.reason"]._set_ready_hands()
    env.ref("service_desk_sla.ir_cron_begin_timelines")._trigger()


def uninstall_hook(env):
    """Remove what Odoo does not remove by itself."""
    data = env["ir.model.data"].search(
        [("module", "=", "service_desk_sla"), ("model", "=", "ir.model")]
    )
    core = env["ir.model.data"].search(
        [("module", "!=", "service_desk_sla"), ("model", "=", "ir.model")]
    )
    own = env["ir.model"].browse(set(data.mapped("res_id")) - set(core.mapped("res_id"))).exists()
    names = own.mapped("model")
    for table, column in BY_NAME:
        rows = env[table].sudo().with_context(active_test=False)
        rows.search([(column, "in", names)]).unlink()
    parameters = env["ir.config_parameter"].sudo()
    parameters.search([("key", "=like", "service_desk_sla.%")]).unlink()
