"""How fast this machine is with Odoo's own contacts: the yardstick to read other figures by."""

from devtools.bench_meter import Case

TITLE = "Odoo's own contacts on this machine"
SIZES = (1_000,)
MODULES = ()


def prepare(env, size):
    """Fill the database with ``size`` contacts."""
    missing = size - env["res.partner"].search_count([("ref", "=", "bench")])
    for begin in range(0, missing, 1000):
        count = min(1000, missing - begin)
        env["res.partner"].create(
            [{"name": f"Contact {begin + i}", "ref": "bench"} for i in range(count)]
        )


def cases(env, size):
    """Return what is measured."""
    return [
        Case("create one contact", _create),
        Case("list of 80 contacts", _list),
    ]


def _create(env):
    return lambda: env["res.partner"].create({"name": "Somebody", "ref": "bench"})


def _list(env):
    fields = {"name": {}, "email": {}, "country_id": {"fields": {"display_name": {}}}}
    return lambda: env["res.partner"].web_search_read([], fields, limit=80)
