"""What a rule may ask. A condition answers with the grounds (plain data) on which it holds, or with None.

``keys()`` names values of which a request must have one for the condition to hold: rules are found by them.
Without keys (None) a condition has to be asked each time.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import NamedTuple


@dataclass(frozen=True)
class Among:
    """One of ``values`` is among the request's (or none of them is)."""

    kind: str
    attribute: str
    values: frozenset
    negated: bool = False

    def keys(self):
        return None if self.negated else ((self.attribute, value) for value in self.values)

    def check(self, facts):
        found = self.values & getattr(facts, self.attribute)
        if self.negated:
            return None if found else {"kind": self.kind}
        return {"kind": self.kind, "value": min(found)} if found else None


class Term(NamedTuple):
    """A word or phrase as it was typed, and for each of its words the stems by which it is found."""

    text: str
    stems: list

    def rarest(self):
        """Return the stems of its longest word."""
        return max(self.stems, key=_longest)


@dataclass(frozen=True)
class Words:
    """Any, all or none of the terms stand in the subject, in the text, or in either."""

    mode: str
    terms: list
    where: str = "both"

    @property
    def kind(self):
        return f"words_{self.mode}"

    def keys(self):
        if self.mode == "none":
            return None
        terms = self.terms if self.mode == "any" else [max(self.terms, key=_length)]
        return (("words", stem) for term in terms for stem in term.rarest())

    def check(self, facts):
        found = []
        for term in self.terms:
            hit = self._find(term, facts)
            if hit and self.mode == "none" or not hit and self.mode == "all":
                return None
            if hit:
                found.append(hit)
                if self.mode == "any":
                    break
        if self.mode == "any" and not found:
            return None
        return {"kind": self.kind, "found": found}

    def _find(self, term, facts):
        for place, wording in facts.wordings(self.where):
            words = wording.find(term.stems)
            if words:
                return {"where": place, "term": term.text, "words": words}
        return None


def _longest(stems):
    return max(map(len, stems))


def _length(term):
    return _longest(term.rarest())


@dataclass(frozen=True)
class Pattern:
    """A regular expression matches."""

    source: str
    automaton: object
    where: str = "both"
    kind: str = "pattern"

    def keys(self):
        return None

    def check(self, facts):
        for place, text in facts.texts(self.where):
            if self.automaton.search(text):
                return {"kind": self.kind, "where": place, "value": self.source}
        return None


@dataclass(frozen=True)
class Attachment:
    """There are files, there are none, or one has a name like one of ``names``."""

    wanted: bool
    names: tuple = ()
    kind: str = "attachment"

    def keys(self):
        return None

    def check(self, facts):
        if not self.wanted:
            return None if facts.files else {"kind": self.kind, "value": False}
        for name in facts.files:
            small = name.lower()
            if not self.names or any(fnmatchcase(small, like) for like in self.names):
                return {"kind": self.kind, "value": name}
        return None


@dataclass(frozen=True)
class Header:
    """One of ``(header, part of its value)`` is there; an empty part takes every value."""

    wanted: tuple
    kind: str = "header"

    def keys(self):
        return None

    def check(self, facts):
        for name, part in self.wanted:
            for value in facts.header(name):
                if part in value:
                    return {"kind": self.kind, "name": name, "value": value[:100]}
        return None


@dataclass(frozen=True)
class Hours:
    """It is working time, or it is not."""

    inside: bool
    #: of which team: None for the one that the request came to
    calendar: tuple | None = None
    kind: str = "hours"

    def keys(self):
        return None

    def check(self, facts):
        inside = facts.is_working(self.calendar)
        return {"kind": self.kind, "value": inside} if inside == self.inside else None


@dataclass(frozen=True)
class Unusable:
    """Stands for a condition that could not be read: it says so whenever it is asked."""

    reason: str
    kind: str = "unusable"

    def keys(self):
        return None

    def check(self, facts):
        raise ValueError(self.reason)
