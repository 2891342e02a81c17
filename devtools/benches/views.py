"""What a view asks the server for, read from the view itself, as the web client does."""

import ast

from lxml import etree

#: Fields of a sub-record that its widget shows; of other lists of records the client reads the ids.
TAGS = {"many2many_tags", "many2many_tags_avatar", "many2many_avatar_user"}
TAG_FIELDS = ("display_name", "color")
#: What the clock of activities reads besides its own field.
ACTIVITY_WIDGETS = {"list_activity", "kanban_activity"}
ACTIVITY_FIELDS = (
    "activity_exception_decoration",
    "activity_exception_icon",
    "activity_state",
    "activity_summary",
    "activity_type_icon",
    "activity_type_id",
)
ALWAYS = ("1", "True")


def specification(env, model, kind, view=False):
    """Return the read specification of a model's list, kanban or form."""
    found = env[model].get_view(view or None, kind)
    arch = etree.fromstring(found["arch"])
    fields = env[model].fields_get()
    wanted = {}
    for node in _own_fields(arch):
        name = node.get("name")
        if name in fields and name not in wanted:
            wanted[name] = _part(env, node, fields[name])
        if node.get("widget") in ACTIVITY_WIDGETS:
            wanted.update({name: _shown(fields[name]) for name in ACTIVITY_FIELDS})
    return wanted


def progress_bar(env, model):
    """Return the progress bar of the model's kanban as the web client sends it, or None."""
    arch = etree.fromstring(env[model].get_view(None, "kanban")["arch"])
    node = arch.find(".//progressbar")
    if node is None:
        return None
    return {"field": node.get("field"), "colors": ast.literal_eval(node.get("colors"))}


def _own_fields(arch):
    """Yield the fields of the view, not those of lists inside it."""
    for node in arch:
        if not isinstance(node.tag, str):
            continue
        if node.tag == "field":
            yield node
        else:
            yield from _own_fields(node)


def _shown(field):
    """Return how a field of one value is read: a record by its name."""
    return {"fields": {"display_name": {}}} if field["type"] in ("many2one", "reference") else {}


def _hidden(field):
    """Return how a field that is never shown is read: a record by its id."""
    return {"fields": {}} if field["type"] in ("many2one", "reference") else {}


def _part(env, node, field):
    if node.get("invisible") in ALWAYS or node.get("column_invisible") in ALWAYS:
        return _hidden(field)
    if field["type"] in ("one2many", "many2many"):
        return _many_part(env, node, field)
    return _shown(field)


def _many_part(env, node, field):
    inner = node.find("list")
    if inner is None and node.get("widget") not in TAGS:
        return {"fields": {}}
    if inner is None:
        known = env[field["relation"]]._fields
        return {"fields": {name: {} for name in TAG_FIELDS if name in known}}
    fields = env[field["relation"]].fields_get()
    return {
        "fields": {
            sub.get("name"): _part(env, sub, fields[sub.get("name")])
            for sub in _own_fields(inner)
            if sub.get("name") in fields
        }
    }
