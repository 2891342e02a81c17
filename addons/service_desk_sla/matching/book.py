"""All agreements in force, asked with one request at a time."""

from collections import defaultdict
from typing import NamedTuple

from .candidate import Candidate, Verdict


class Found(NamedTuple):
    """What one slot goes by (``chosen`` may be None), and how the others stood."""

    slot: str
    chosen: Candidate
    verdict: Verdict
    others: tuple  # of (candidate, code)


class Book:
    """The agreements of all companies; what nobody has agreed on costs nothing."""

    def __init__(self, candidates, paths, weights):
        """Take candidates, ``{service id: (itself, above, …)}`` and ``{dimension: bit}``."""
        self.paths = paths
        self.weights = weights
        self.sla = defaultdict(list)
        self.beside = defaultdict(list)
        self.ola = defaultdict(list)
        self.uc = defaultdict(list)
        for candidate in sorted(candidates, key=lambda one: (one.sequence, one.id)):
            self._place(candidate)
        self.is_empty = not candidates
        #: what the parties ask for
        self.dimensions = frozenset(
            dimension
            for one in candidates
            for row in (*one.parties.allowing, *one.parties.refusing)
            for dimension, _values in row.conditions
        )
        self.companies = frozenset(one.company_id for one in candidates)

    def _place(self, one):
        if one.kind == "sla":
            (self.beside if one.beside else self.sla)[one.company_id].append(one)
        elif one.kind == "ola":
            for team_id in one.teams:
                self.ola[one.company_id, team_id].append(one)
        elif one.supplier_id:
            self.uc[one.company_id, one.supplier_id].append(one)

    def named(self, dimension):
        """Return all values that the parties of all agreements name in a dimension."""
        everything = (
            *self.sla.values(),
            *self.beside.values(),
            *self.ola.values(),
            *self.uc.values(),
        )
        return {
            value
            for candidates in everything
            for one in candidates
            for row in (*one.parties.allowing, *one.parties.refusing)
            for name, values in row.conditions
            if name == dimension
            for value in values
        }

    def find(self, request, facts):
        """Return ``[Found]`` of the slots of a request that has any candidate."""
        company_id = request["company_id"]
        path = self.paths.get(request["service_id"], ())
        found = []
        below = frozenset()
        if candidates := self.sla.get(company_id):
            own = self._choose("sla", candidates, request, facts, path)
            below = own.chosen.below if own.chosen else below
            found.append(own)
        for one in self.beside.get(company_id, ()):
            found.append(self._choose(f"beside:{one.id}", [one], request, facts, path))
        for slot, name, book in (("ola", "team_id", self.ola), ("uc", "supplier_id", self.uc)):
            if candidates := book.get((company_id, request[name])):
                slot = f"{slot}:{request[name]}"
                found.append(self._choose(slot, candidates, request, facts, path, below))
        return found

    def _choose(self, slot, candidates, request, facts, path, below=frozenset()):
        """Return the best of the candidates; ``below`` are those that the customer's agreement stands on."""
        best, fitting, others = None, [], []
        for one in candidates:
            verdict = one.judge(request, facts, path, self.weights)
            if verdict.code:
                others.append((one, verdict.code))
                continue
            rank = (one.id in below, *verdict.rank)
            fitting.append((one, rank))
            if best is None or rank > best[2]:
                best = one, verdict, rank
        if best is None:
            return Found(slot, None, None, tuple(others))
        chosen, verdict, best_rank = best
        later = (
            (one, "later" if rank == best_rank else "less_specific")
            for one, rank in fitting
            if one is not chosen
        )
        return Found(slot, chosen, verdict, (*later, *others))
