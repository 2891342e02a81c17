"""Rows of conditions and the book of them.

Facts are what is known of a person: ``{dimension: frozenset of values}``. A row fits when each of its conditions
shares a value with the facts. Rows of one place are alternatives; all places above an offering must let pass.
"""

from dataclasses import dataclass

#: Kinds of people that may use anything at all. Whoever is of none of them (unknown, gone) may use nothing.
KNOWN_KINDS = frozenset({"internal", "portal", "contact"})
NOTHING = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: all its conditions must hold.

    A row that names nothing, or whose named things are gone, fits nobody: what is lost must never widen it.
    """

    id: int
    conditions: tuple  # of (dimension, frozenset of values)
    is_broken: bool = False

    def fits(self, facts):
        """Tell whether every condition holds for these facts."""
        if self.is_broken or not self.conditions:
            return False
        return not any(
            values.isdisjoint(facts.get(dimension, NOTHING))
            for dimension, values in self.conditions
        )

    def misses(self, facts):
        """Return the dimensions of the conditions that do not hold."""
        return [
            dimension
            for dimension, values in self.conditions
            if values.isdisjoint(facts.get(dimension, NOTHING))
        ]


@dataclass(frozen=True, slots=True)
class Level:
    """The rows of one place (an offering, a service): those that let pass and those that never do."""

    allowing: tuple = ()
    refusing: tuple = ()

    def refusal(self, facts):
        """Return the row that keeps the person out whatever else holds, or ``None``."""
        return next((row for row in self.refusing if row.fits(facts)), None)

    def permission(self, facts):
        """Return the first row that lets the person pass, or ``None``."""
        return next((row for row in self.allowing if row.fits(facts)), None)

    def holds(self, facts):
        """Tell whether this place lets the person pass; a place without allowing rows asks for nothing."""
        if self.refusal(facts):
            return False
        return not self.allowing or self.permission(facts) is not None


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for one offering: its company (0: of all) and the numbers of the levels it hangs below."""

    company_id: int
    levels: tuple
    is_published: bool


class Rulebook:
    """The rows of all offerings, asked with the facts of one person."""

    def __init__(self, levels, terms):
        """Take ``{key of a place: Level}`` and ``{offering id: Terms}``; levels that ask nothing cost nothing."""
        self.levels = {
            key: level for key, level in levels.items() if level.allowing or level.refusing
        }
        #: what the rows ask for
        self.dimensions = frozenset(
            dimension
            for level in self.levels.values()
            for row in (*level.allowing, *level.refusing)
            for dimension, _values in row.conditions
        )
        self.terms = {
            offering_id: Terms(
                own.company_id,
                tuple(key for key in own.levels if key in self.levels),
                own.is_published,
            )
            for offering_id, own in terms.items()
        }

    def visible(self, facts):
        """Return the ids of the published offerings for these facts, as a frozenset."""
        companies = facts.get("company", NOTHING)
        if not self._is_known(facts):
            return NOTHING
        closed = {key for key, level in self.levels.items() if not level.holds(facts)}
        return frozenset(
            offering_id
            for offering_id, own in self.terms.items()
            if own.is_published
            and (not own.company_id or own.company_id in companies)
            and closed.isdisjoint(own.levels)
        )

    def is_for(self, offering_id, facts):
        """Tell whether the offering is published and for these facts."""
        return self.is_offered(offering_id) and self.is_meant_for(offering_id, facts)

    def is_offered(self, offering_id):
        """Tell whether there is a published offering of this id."""
        own = self.terms.get(offering_id)
        return own is not None and own.is_published

    def is_meant_for(self, offering_id, facts):
        """Tell whether the offering is for these facts, published or not."""
        own = self.terms.get(offering_id)
        if not own or not self._is_known(facts) or not self.is_in_company(offering_id, facts):
            return False
        return all(self.levels[key].holds(facts) for key in own.levels)

    def is_in_company(self, offering_id, facts):
        """Tell whether the person belongs to the company of the offering."""
        company_id = self.terms[offering_id].company_id
        return not company_id or company_id in facts.get("company", NOTHING)

    @staticmethod
    def _is_known(facts):
        return not KNOWN_KINDS.isdisjoint(facts.get("kind", NOTHING))
