"""Follows all ways through a pattern at once: time is linear in the text, work and memory are bounded."""

from .syntax import PatternError, parse

#: Nodes of one automaton: repetitions are written out.
MAX_NODES = 2_000
#: Nodes looked at in one search. A usual pattern needs a few hundred for a whole letter.
MAX_WORK = 300_000
#: Remembered steps of one automaton; all are forgotten when there are more.
MAX_KEPT = 2_000

CHAR, SPLIT, BORDER, MATCH = range(4)
START, END, LINE, WORD, OTHER = range(5)


class OverBudgetError(Exception):
    """A search was given up: the pattern needs too much work for this text."""


class Automaton:
    """A pattern, ready to be looked for; may be kept and used by several threads."""

    def __init__(self, pattern):
        """:raises PatternError: when the pattern cannot be read or becomes too large"""
        self.nodes = []
        self.built = 0
        tree = parse(pattern)
        self.first = self._add(tree, self._node(MATCH))
        self._forget()

    # ------------------------------------------------------------------ build
    def _node(self, kind, value=None, *following):
        if len(self.nodes) >= MAX_NODES:
            raise PatternError("too_large", 1)
        self.nodes.append((kind, value, following))
        return len(self.nodes) - 1

    def _add(self, tree, after):
        """Add the nodes of ``tree`` in front of the node ``after``; returns the first one."""
        self.built += (
            1  # also what adds no node: an empty group repeated a hundred times a hundred times
        )
        if self.built > 2 * MAX_NODES:
            raise PatternError("too_large", 1)
        return getattr(self, f"_add_{tree[0]}")(tree, after)

    def _add_char(self, tree, after):
        return self._node(CHAR, tree[1], after)

    def _add_border(self, tree, after):
        return self._node(BORDER, tree[1], after)

    def _add_sequence(self, tree, after):
        for part in reversed(tree[1]):
            after = self._add(part, after)
        return after

    def _add_choice(self, tree, after):
        return self._node(SPLIT, None, *(self._add(branch, after) for branch in tree[1]))

    def _add_repeat(self, tree, after):
        _kind, part, least, most = tree
        if most is None:
            loop = self._node(SPLIT)
            self.nodes[loop] = (SPLIT, None, (self._add(part, loop), after))
            after = loop
        else:
            end = after
            for _number in range(most - least):
                after = self._node(SPLIT, None, self._add(part, after), end)
        for _number in range(least):
            after = self._add(part, after)
        return after

    # -------------------------------------------------------------------- run
    def _forget(self):
        self.kept = 0
        self.known = {}
        self.start = self._state(frozenset((self.first,)), START)

    def _state(self, nodes, before):
        """Return the one ``(nodes, kind of the last character, steps)`` of these nodes."""
        key = nodes, before
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = (nodes, before, {})
        return found

    def search(self, text):
        """Tell whether the pattern matches anywhere in ``text`` (folded: small letters, ё as е).

        :raises OverBudgetError: when that needs too much work
        """
        state = self.start
        work = 0
        for char in text:
            following = state[2].get(char)
            if following is None:
                following, cost = self._step(state, char)
                work += cost
                if work > MAX_WORK:
                    raise OverBudgetError
            if following is True:
                return True
            state = following
        return self._closure(state, END)[0] is None

    def _step(self, state, char):
        """Return ``(next state, work)``; the state is True when the pattern has matched before ``char``."""
        if self.kept >= MAX_KEPT:
            self._forget()
        kind = _kind(char)
        reached, work = self._closure(state, kind)
        if reached is None:
            following = True
        else:
            nodes = self.nodes
            # a match may begin at every character
            after = {nodes[node][2][0] for node in reached if nodes[node][1](char)} | {self.first}
            following = self._state(frozenset(after), kind)
        state[2][char] = following
        self.kept += 1
        return following, work

    def _closure(self, state, ahead):
        """Return ``(the character nodes reached without a character, work)``; None for the nodes is a match."""
        waiting, before, _steps = state
        seen = set(waiting)
        stack = list(waiting)
        reached = []
        while stack:
            node = stack.pop()
            kind, value, following = self.nodes[node]
            if kind == MATCH:
                return None, len(seen)
            if kind == CHAR:
                reached.append(node)
                continue
            if kind == BORDER and not _holds(value, before, ahead):
                continue
            for other in following:
                if other not in seen:
                    seen.add(other)
                    stack.append(other)
        return reached, len(seen)


def _kind(char):
    if char == "\n":
        return LINE
    return WORD if char.isalnum() or char == "_" else OTHER


def _holds(border, before, ahead):
    """Tell whether a border lies between two characters, of which the kinds are given."""
    if border == "line_start":
        return before in (START, LINE)
    if border == "line_end":
        return ahead in (END, LINE)
    return ((before == WORD) != (ahead == WORD)) == (border == "border")
