"""What installing and removing the add-on does beyond its own tables."""

import logging

import psycopg2

from odoo.tools import SQL

_logger = logging.getLogger(__name__)

# Searching words inside subjects and names needs trigram indexes; accents and ё/е need unaccent.
EXTENSIONS = ("pg_trgm", "unaccent")


def pre_init_hook(env):
    """Create the PostgreSQL extensions that the search uses; the desk lives without them, only slower."""
    for extension in EXTENSIONS:
        try:
            with env.cr.savepoint():
                env.cr.execute(SQL("CREATE EXTENSION IF NOT EXISTS %s", SQL.identifier(extension)))
        except psycopg2.Error:
            _logger.info(
                "The database role may not create %s: searching will be slower.", extension
            )


def uninstall_hook(env):
    """Remove what Odoo does not remove by itself: rows that point to our models by name only."""
    models = list(env["ir.model"].search([("model", "=like", "service_desk.%")]).mapped("model"))
    for table, column in (
        ("mail.followers", "res_model"),
        ("rating.rating", "res_model"),
        ("mail.message", "model"),
        ("mail.activity", "res_model"),
        ("mail.scheduled.message", "model"),
        ("ir.attachment", "res_model"),
        ("ir.actions.act_window", "res_model"),
    ):
        env[table].sudo().with_context(active_test=False).search([(column, "in", models)]).unlink()
    _drop_foreign_keys(env)
    env.cr.execute(SQL("DROP FUNCTION IF EXISTS service_desk_approval_log_guard() CASCADE"))
    # Odoo names the parts of our models that come from its mixins after the mixins' modules and forgets them.
    # Those of our own add-ons stay: by them Odoo finds the columns that it drops.
    ours = ("module", "=like", "service\\_desk%")
    reflected = ["!", ours, ("name", "like", "\\_\\_service\\_desk\\_")]
    env["ir.model.data"].sudo().search(reflected).unlink()
    env["mail.alias"].sudo().search([("alias_model_id.model", "in", models)]).unlink()
    env["ir.sequence"].sudo().search([("code", "=like", "service_desk.%")]).unlink()
    env["ir.config_parameter"].sudo().search([("key", "=like", "service_desk.%")]).unlink()


def _drop_foreign_keys(env):
    """Drop the foreign keys of our tables, which are dropped themselves a moment later.

    Else tickets would keep Odoo from removing the stages, types, aliases and sequences they point to.
    """
    constraints = env.execute_query(
        SQL(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint"
            " WHERE contype = 'f' AND conrelid::regclass::text LIKE %s",
            "service\\_desk\\_%",
        )
    )
    for owner, name in constraints:
        env.cr.execute(
            SQL("ALTER TABLE %s DROP CONSTRAINT %s", SQL.identifier(owner), SQL.identifier(name))
        )
