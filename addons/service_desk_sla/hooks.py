"""What installing and removing the add-on does beyond its own tables."""

from odoo.tools import SQL

MODULE = "service_desk_sla"
#: Rows that point to our models by name only: Odoo leaves them behind.
BY_NAME = (
    ("mail.followers", "res_model"),
    ("mail.message", "model"),
    ("mail.activity", "res_model"),
    ("mail.scheduled.message", "model"),
    ("ir.attachment", "res_model"),
)


def post_init_hook(env):
    """Begin the timelines of the tickets that are there already."""
    env.ref("service_desk_sla.ir_cron_begin_timelines")._trigger()


def uninstall_hook(env):
    """Remove what Odoo does not remove by itself."""
    models = _own_models(env)
    for table, column in BY_NAME:
        rows = env[table].sudo().with_context(active_test=False)
        rows.search([(column, "in", models.mapped("model"))]).unlink()
    _drop_foreign_keys(env, [env[model]._table for model in models.mapped("model") if model in env])
    _drop_foreign_relations(env, models)
    # Odoo names the parts of our models that come from mixins after the mixins' modules, and forgets them
    names = [model.replace(".", "_") for model in models.mapped("model")]
    data = env["ir.model.data"].sudo().search([("name", "like", "\\_\\_service\\_desk\\_")])
    data.filtered(
        lambda row: row.module != MODULE and any(f"__{name}__" in row.name for name in names)
    ).unlink()


def _own_models(env):
    """Return the models that came with the add-on."""
    data = env["ir.model.data"].sudo().search([("model", "=", "ir.model")])
    own = data.filtered(lambda row: row.module == MODULE)
    of_others = set((data - own).mapped("res_id"))
    return env["ir.model"].browse(set(own.mapped("res_id")) - of_others).exists()


def _drop_foreign_keys(env, tables):
    """Drop the foreign keys of our tables, which are dropped themselves a moment later.

    Else clocks would keep Odoo from removing the metrics that they measure.
    """
    rows = env.execute_query(
        SQL(
            "SELECT c.conrelid::regclass::text, c.conname FROM pg_constraint c"
            " JOIN pg_class t ON t.oid = c.conrelid WHERE c.contype = 'f' AND t.relname IN %s",
            tuple(tables),
        )
    )
    for table, name in rows:
        env.cr.execute(
            SQL("ALTER TABLE %s DROP CONSTRAINT %s", SQL.identifier(table), SQL.identifier(name))
        )


def _drop_foreign_relations(env, models):
    """Drop the tables of links that our models have from mixins: Odoo knows them as the mixin's module's."""
    known = env["ir.model.relation"].sudo().search([("module.name", "=", MODULE)]).mapped("name")
    relations = {
        field.relation
        for model in models.mapped("model")
        if model in env
        for field in env[model]._fields.values()
        if field.type == "many2many" and field.store and field.relation
    }
    for table in sorted(relations - set(known)):
        env.cr.execute(SQL("DROP TABLE IF EXISTS %s", SQL.identifier(table)))
