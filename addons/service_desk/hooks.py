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
            _logger.info("The database role may not create %s: searching will be slower.", extension)


def uninstall_hook(env):
    """Remove what Odoo does not remove by itself: rows that point to our models by name only."""
    models = list(env["ir.model"].search([("model", "=like", "service_desk.%")]).mapped("model"))
    for table, column in (
        ("mail.followers", "res_model"),
        ("mail.message", "model"),
        ("mail.activity", "res_model"),
        ("mail.scheduled.message", "model"),
        ("ir.attachment", "res_model"),
    ):
        env[table].sudo().with_context(active_test=False).search([(column, "in", models)]).unlink()
    _release_records(env, "mail_alias")
    _release_records(env, "ir_sequence")
    env["mail.alias"].sudo().search([("alias_model_id.model", "in", models)]).unlink()
    env["ir.sequence"].sudo().search([("code", "=like", "service_desk.%")]).unlink()


def _release_records(env, table):
    """Let rows of ``table`` go although ours point to them: ours are dropped a moment later anyway."""
    constraints = env.execute_query(
        SQL(
            """
            SELECT conrelid::regclass::text, conname
              FROM pg_constraint
             WHERE contype = 'f' AND confrelid = %s::regclass AND conrelid::regclass::text LIKE %s
            """,
            table,
            "service\\_desk\\_%",
        )
    )
    for owner, name in constraints:
        env.cr.execute(
            SQL("ALTER TABLE %s DROP CONSTRAINT %s", SQL.identifier(owner), SQL.identifier(name))
        )
