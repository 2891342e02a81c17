"""Words that Odoo 19 silently ignores or refuses without saying why; no other linter finds them."""

import re

from .paths import ADDONS

PYTHON = (
    (r"_sql_constraints\b", "is ignored: models.Constraint(…), models.UniqueIndex(…)"),
    (r"\bgroup_operator\s*=", "is aggregator="),
    (r"\bauto_join\s*=", "is bypass_search_access="),
    (r"\bodoo\.osv\b", "is odoo.fields.Domain"),
    (r"type\s*=\s*[\"']json[\"']", 'is type="jsonrpc"'),
    (r"\bdef name_get\b", "is never called: _compute_display_name"),
    (r"\bdef _name_search\b", "is never called: _search_display_name"),
    (r"\bgroups_id\b", "is group_ids"),
    (r"\bstates\s*=\s*\{", "is ignored on fields: readonly/required in the view"),
    (r"\bself\._(cr|uid|context)\b", "is self.env.cr, uid, context"),
    (r"\bfrom odoo\.orm\b|\bimport odoo\.orm\b", "is private: odoo.fields, odoo.models, odoo.api"),
    (r"\bread_group\((?!.*def )", "is _read_group or formatted_read_group"),
    (r"\buser_has_groups\b", "is env.user.has_group"),
    (r"\btoggle_active\b", "is action_archive, action_unarchive"),
)
XML = (
    (r"<tree\b|</tree>", "is <list>"),
    (r"view_mode[^<]*\btree\b", "names a view type that is gone: list"),
    (r"\bkanban-box\b", "is the template named card"),
    (r"\bgroups_id\b", "is group_ids"),
    (r"\bexpand\s*=\s*[\"']0[\"']", "makes a search view invalid: a plain <group>"),
    (r"\bt-(esc|raw)\s*=", "is t-out"),
    (r"\battrs\s*=", "is invisible=, readonly=, required= with an expression"),
    (r"class=[\"'][^\"']*\boe_chatter\b", "is <chatter/>"),
    (r"\bnumbercall\b|\bdoall\b", "is gone from ir.cron"),
    (r"name=[\"']category_id[\"'].*res\.groups|module_category_.*privilege_id", "is privilege_id"),
)
JAVASCRIPT = (
    (
        r"useService\([\"'](rpc|user)[\"']\)",
        "is imported: rpc from @web/core/network/rpc, user from @web/core/user",
    ),
    (r"\b(extra_trigger|skip_trigger)\s*:", "is gone from tours"),
    (r"notification(Service)?\.add\(\s*[\"'`]", "shows an untranslated text: _t(…)"),
    (r"^\s*(static\s+)?#\w+\s*[=(;]", "is private: OWL's patches cannot reach it, use _name"),
    (r"\bpublicWidget\b", "is Interaction in public.interactions"),
)
RULES = {".py": PYTHON, ".xml": XML, ".js": JAVASCRIPT}
ALLOWED = "desk: allow"


def check(folder=ADDONS):
    """Return a line for each find: where, what, what instead. ``desk: allow`` in a line excuses it."""
    found = []
    for path in sorted(folder.rglob("*")):
        for pattern, instead in RULES.get(path.suffix, ()):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                match = re.search(pattern, line)
                if match and ALLOWED not in line:
                    where = f"{path.relative_to(folder.parent)}:{number}"
                    found.append(f"{where}: {match[0].strip()} {instead}")
        if path.suffix == ".js":
            name = path.relative_to(folder.parent)
            found += [f"{name}: {fault}" for fault in undeclared(path.read_text(encoding="utf-8"))]
    return "\n".join(found)


def undeclared(script):
    """Return the OWL components of a script that do not say what they take or how they look."""
    found = []
    for match in re.finditer(r"^(?:export )?class (\w+) extends Component\b", script, re.MULTILINE):
        # A class of ours ends with a brace at the start of a line.
        end = script.find("\n}", match.end())
        body = script[match.end() : end if end >= 0 else None]
        found += [
            f"component {match[1]} lacks static {word}"
            for word in ("template", "props")
            if not re.search(rf"\bstatic {word}\b|\b{match[1]}\.{word}\s*=", body + script[end:])
        ]
    return found
