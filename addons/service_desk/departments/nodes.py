"""What a department is made of: a flat list of records to create, in an order in which each can refer to those before it."""

from dataclasses import dataclass, field
from html import escape

TYPES = {
    kind: f"xmlid:service_desk.ticket_type_{kind}" for kind in ("incident", "request", "question")
}


@dataclass(frozen=True)
class Node:
    """One record to create.

    ``refs`` are fields that name other records: a key of a node, a tuple of keys, ``xmlid:…`` or, for a team
    of another department, ``department:key|own key``. ``part_of`` is the node that it belongs to as a part.
    """

    key: str
    model: str
    values: dict = field(default_factory=dict)
    texts: dict = field(default_factory=dict)
    refs: dict = field(default_factory=dict)
    part_of: str = ""
    parts: tuple = ()


def nodes(data):
    """Return the :class:`Node` list of a department's content."""
    places = [
        (service, offering) for service in data["services"] for offering in service["offerings"]
    ]
    found = [*_teams(data), *_services(data), *_waiting_reasons(data)]
    found += _in_levels([node for place in places for node in _form(*place)])
    found += _in_levels([node for policy in data.get("approvals", ()) for node in _policy(policy)])
    found += _in_levels([node for place in places for node in _plan(data, *place)])
    found += [
        _offering(service, offering, sequence)
        for sequence, (service, offering) in enumerate(places, 1)
    ]
    found += _in_levels([node for place in places for node in _around_offering(data, *place)])
    return found + _macros(data) + _rules(data)


def _in_levels(found):
    """Sort nodes so that many of one model follow each other, each after what it refers to."""
    by_key = {node.key: node for node in found}
    levels = {}

    def level(node):
        if node.key not in levels:
            before = [by_key[key] for key in keys_of(node) if key in by_key]
            levels[node.key] = 1 + max(map(level, before), default=0)
        return levels[node.key]

    return sorted(found, key=lambda node: (level(node), node.model))


def keys_of(node):
    """Return the keys that a node refers to, as they are written."""
    found = []
    for keys in node.refs.values():
        found += keys if isinstance(keys, tuple) else (keys,)
    return found


# ---------------------------------------------------------------- who and what
def _teams(data):
    found = []
    for sequence, team in enumerate(data["teams"], 1):
        refs = {"next_team_id": f"team.{team['next']}"} if "next" in team else {}
        # after the teams that are there: the first of a company is where new tickets go by default
        values = {"sequence": 100 + data["sequence"] + sequence}
        if "line" in team:
            values["line"] = team["line"]
        texts = {"name": team["name"]}
        found.append(Node(f"team.{team['key']}", "service_desk.team", values, texts, refs))
    return sorted(found, key=lambda node: len(node.refs))


def _services(data):
    root = Node(
        "service",
        "service_desk.service",
        {"sequence": data["sequence"]},
        {"name": data["name"], "description": data["description"]},
        {"team_id": f"team.{data['teams'][0]['key']}"},
    )
    return [root] + [
        Node(
            f"service.{service['key']}",
            "service_desk.service",
            {"sequence": sequence * 10},
            {"name": service["name"], "description": service["description"]},
            {"parent_id": "service", "team_id": f"team.{service['team']}"},
        )
        for sequence, service in enumerate(data["services"], 1)
    ]


def _waiting_reasons(data):
    return [
        Node(
            f"waiting.{reason['key']}",
            "service_desk.waiting.reason",
            {"default_days": reason["days"], "sequence": 100},
            {"name": reason["name"]},
        )
        for reason in data.get("waiting_reasons", ())
    ]


# ------------------------------------------------------------------------ form
def _form(service, offering):
    if not offering.get("questions"):
        return
    key = f"form.{offering['key']}"
    yield Node(
        key,
        "service_desk.form",
        {},
        {"name": offering["name"]},
        {"service_id": f"service.{service['key']}"},
        parts=("question_ids",),
    )
    for sequence, question in enumerate(offering["questions"], 1):
        yield from _question(key, key, question, sequence)


def _question(form, place, question, sequence, table=None):
    key = f"{place}.{question['key']}"
    refs = {"form_id": form}
    if table:
        refs["parent_id"] = table
    values = {
        "key": question["key"],
        "kind": question["kind"],
        "sequence": sequence * 10,
        "is_required": bool(question.get("required")),
    }
    for name, field_name in (("shown_if", "shown_if"), ("limits", "rules"), ("prefill", "prefill")):
        if question.get(name):
            values[field_name] = question[name]
    texts = {"name": question["label"]}
    if "help" in question:
        texts["help_text"] = question["help"]
    yield Node(
        key,
        "service_desk.form.question",
        values,
        texts,
        refs,
        part_of=table or form,
        parts=("option_ids", "column_ids"),
    )
    for number, option in enumerate(question.get("options", ()), 1):
        yield Node(
            f"{key}:{option['key']}",
            "service_desk.form.option",
            {"key": option["key"], "sequence": number * 10},
            {"name": option["label"]},
            {"question_id": key},
            part_of=key,
        )
    for number, column in enumerate(question.get("columns", ()), 1):
        yield from _question(form, key, column, number, table=key)


# ------------------------------------------------------------------- approvals
def _policy(policy):
    key = f"approval.{policy['key']}"
    yield Node(
        key,
        "service_desk.approval.policy",
        {},
        {"name": policy["name"]},
        {"service_id": "service"},
        parts=("step_ids",),
    )
    for number, step in enumerate(policy["steps"], 1):
        values = {"who": step["who"], "sequence": number * 10}
        if "when" in step:
            values["condition"] = step["when"]
        yield Node(
            f"{key}.{number}",
            "service_desk.approval.policy.step",
            values,
            {"name": step["name"]},
            {"policy_id": key},
            part_of=key,
        )


# ------------------------------------------------------------------- fulfilment
def _plan(data, service, offering):
    if not offering.get("tasks"):
        return
    key = f"plan.{offering['key']}"
    yield Node(
        key,
        "service_desk.fulfilment.plan",
        {},
        {"name": offering["name"]},
        {"service_id": f"service.{service['key']}"},
        parts=("task_ids",),
    )
    own_team = offering.get("team", service["team"])
    for number, task in enumerate(offering["tasks"], 1):
        refs = {"plan_id": key, "team_id": _team_ref(task.get("team"), own_team)}
        if task.get("checklist"):
            checklist = f"checklist.{offering['key']}.{task['key']}"
            yield from _checklist(checklist, service, task)
            refs["checklist_id"] = checklist
        if task.get("after"):
            refs["depends_on_ids"] = tuple(f"{key}.{before}" for before in task["after"])
        values = {"sequence": number * 10, "due_amount": task["due_hours"], "due_unit": "hour"}
        if "when" in task:
            values["condition"] = task["when"]
        texts = {"name": task["name"]}
        yield Node(
            f"{key}.{task['key']}",
            "service_desk.fulfilment.plan.task",
            values,
            texts,
            refs,
            part_of=key,
        )


def _team_ref(name, own):
    """Return the reference to a team: one's own, or that of another department with one's own as a way out."""
    if not name or "." not in name:
        return f"team.{name or own}"
    department, team = name.split(".")
    return f"{department}:team.{team}|team.{own}"


def _checklist(key, service, thing, refs=None):
    yield Node(
        key,
        "service_desk.checklist",
        {},
        {"name": thing["name"]},
        {"service_id": f"service.{service['key']}", **(refs or {})},
        parts=("line_ids",),
    )
    for number, line in enumerate(thing["checklist"], 1):
        yield Node(
            f"{key}.{number}",
            "service_desk.checklist.line",
            {"sequence": number * 10},
            {"name": line},
            {"checklist_id": key},
            part_of=key,
        )


# -------------------------------------------------------------------- offerings
def _offering(service, offering, sequence):
    key = offering["key"]
    refs = {"service_id": f"service.{service['key']}", "type_id": TYPES[offering["type"]]}
    if "team" in offering:
        refs["team_id"] = f"team.{offering['team']}"
    if offering.get("questions"):
        refs["form_id"] = f"form.{key}"
    if "approval" in offering:
        refs["approval_policy_id"] = f"approval.{offering['approval']}"
    if offering.get("tasks"):
        refs["plan_id"] = f"plan.{key}"
    texts = {
        "name": offering["name"],
        "summary": offering["summary"],
        "search_words": {
            lang: "\n".join(words) for lang, words in offering["search_words"].items()
        },
    }
    if "description" in offering:
        texts["description"] = {
            lang: f"<p>{escape(text)}</p>" for lang, text in offering["description"].items()
        }
    values = {
        "impact": offering["impact"],
        "urgency": offering["urgency"],
        "sequence": sequence * 10,
    }
    return Node(f"offering.{key}", "service_desk.offering", values, texts, refs)


def _around_offering(data, service, offering):
    key = f"offering.{offering['key']}"
    if offering.get("audience") == "internal":
        yield Node(
            f"audience.{offering['key']}",
            "service_desk.entitlement",
            {"kind": "allow", "for_internal": True},
            {},
            {"offering_id": key},
            part_of=key,
        )
    for number, route in enumerate(offering.get("routes", ()), 1):
        refs = {"offering_id": key}
        if "team" in route:
            refs["team_id"] = f"team.{route['team']}"
        yield Node(
            f"route.{offering['key']}.{number}",
            "service_desk.offering.route",
            {
                "condition": route["when"],
                "priority": route.get("priority"),
                "sequence": number * 10,
            },
            {"name": route["name"]},
            refs,
            part_of=key,
        )
    if offering.get("checklist"):
        refs = {"offering_ids": (key,)}
        yield from _checklist(f"checklist.{offering['key']}", service, offering, refs)


# ------------------------------------------------------------------ team's tools
def _macros(data):
    teams = tuple(f"team.{team['key']}" for team in data["teams"])
    return [
        Node(
            f"macro.{macro['key']}",
            "service_desk.macro",
            {"message_kind": macro["kind"], "user_id": False},
            {
                "name": macro["name"],
                "body": {
                    lang: f"<p>{escape(text, quote=False)}</p>"
                    for lang, text in macro["text"].items()
                },
            },
            {"team_ids": teams},
        )
        for macro in data.get("macros", ())
    ]


def _rules(data):
    return [
        Node(
            f"rule.{rule['key']}",
            "service_desk.routing.rule",
            {"words_any": "\n".join(word for words in rule["words"].values() for word in words)},
            {"name": rule["name"]},
            {
                "from_team_ids": (f"team.{rule['team']}",),
                "service_id": f"service.{rule['service']}",
            },
        )
        for rule in data.get("rules", ())
    ]
