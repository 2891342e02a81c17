"""Finds the first rule that fits without asking all of them."""

from dataclasses import dataclass, field

#: Conditions by which rules are found, the rarest kinds of values first.
ANCHORS = (
    "senders", "recipients", "partners", "sites", "words", "services", "partner_tags", "types", "teams", "languages",
    "channels",
)  # fmt: skip


@dataclass
class Rule:
    """The conditions of a rule, cheap ones first, and what it sets (of which nothing is known here).

    ``names`` gives the name of each value, ``{(kind of condition or field, value): name}``.
    """

    id: int
    name: str
    conditions: list
    actions: dict = field(default_factory=dict)
    names: dict = field(default_factory=dict)

    def check(self, facts):
        """Return the grounds on which the rule fits, or None; a rule without conditions always fits."""
        grounds = []
        for condition in self.conditions:
            found = condition.check(facts)
            if found is None:
                return None
            grounds.append(found)
        return grounds

    def anchor(self):
        """Return the keys of which a request must have one for this rule, or None."""
        best = None
        for condition in self.conditions:
            keys = condition.keys()
            keys = list(keys) if keys is not None else []
            if keys and (best is None or _rank(keys) < _rank(best)):
                best = keys
        return best


@dataclass
class Finding:
    """What rules say to a request: the first that fits with its grounds, and those that could not be asked."""

    rule: Rule | None = None
    grounds: list = field(default_factory=list)
    passed_over: list = field(default_factory=list)


def _rank(keys):
    return ANCHORS.index(keys[0][0])


class RuleSet:
    """Rules in their order, found by the values that they ask for."""

    def __init__(self, rules):
        self.rules = list(rules)
        self.index = {}
        self.always = []
        for place, rule in enumerate(self.rules):
            keys = rule.anchor()
            if keys is None:
                self.always.append(place)
                continue
            for attribute, value in set(keys):
                self.index.setdefault(attribute, {}).setdefault(value, []).append(place)
        self.kinds = frozenset(
            condition.kind for rule in self.rules for condition in rule.conditions
        )

    def candidates(self, facts):
        """Return the places of the rules that may fit, in their order."""
        places = set(self.always)
        for attribute, by_value in self.index.items():
            for value in by_value.keys() & getattr(facts, attribute):
                places.update(by_value[value])
        return sorted(places)

    def first(self, facts):
        """Return the :class:`Finding` for a request: the first rule that fits, if any."""
        finding = Finding()
        for place in self.candidates(facts):
            rule = self.rules[place]
            try:
                grounds = rule.check(facts)
            except Exception as error:  # one broken rule must not stop a request
                finding.passed_over.append((rule, error))
                continue
            if grounds is not None:
                finding.rule, finding.grounds = rule, grounds
                break
        return finding
