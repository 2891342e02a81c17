"""From which event to which a metric is measured."""

from .standing import DONE


class Run:
    """One cycle while it is found: where it began, where it stopped, where it went on."""

    __slots__ = ("by_state", "gaps", "on_done", "start", "stop")

    def __init__(self, start, on_done):
        self.start = start
        self.on_done = on_done  # it began because the ticket is solved
        self.stop = None
        self.by_state = False  # what stopped it is a state of things, that may cease, not an event
        self.gaps = []

    def resume(self, at):
        """Go on at ``at``; what lies between is a gap."""
        self.gaps.append((self.stop, at))
        self.stop = None


class Walk:
    """Goes through the snapshots once and finds the runs of a metric.

    A start is that the start condition *becomes* true: an event is a start of its own, a state of things only
    when it sets in. A stop is that the stop condition is true. Nothing starts or stops on a merged or archived ticket.
    """

    def __init__(self, slot, promises):
        self.promises = promises
        self.runs = []
        self._held = (
            None  # a start that a state still forbids, which may be lifted in the same instant
        )
        # An agreement with a team or a supplier that counts from when it applies opens then.
        self._opens = None
        if slot.startswith(("ola:", "uc:")):
            first = promises.targets[0].at
            counts = promises.rules_at(first).counts_from == "agreed"
            self._opens = first if counts else None
        self._slot = slot

    def over(self, shots):
        """Return the runs in the order of their starts."""
        before = None
        for shot in shots:
            if shot.kind and not shot.facts.get("gone"):
                self._step(before, shot)
            before = shot
        return self.runs

    def _step(self, before, shot):
        rules = self.promises.rules_at(shot.at)
        if self._opens is not None:
            self._open(rules, shot)
            return
        last = self.runs[-1] if self.runs else None
        if last is None:
            if self._begins(rules, before, shot):
                self._start(rules, shot)
        elif last.stop is None:
            self._run_on(rules, last, before, shot)
        else:
            self._go_on(rules, last, before, shot)

    def _open(self, rules, shot):
        """Begin where the agreement first applies, as if the ticket were opened then."""
        if shot.at < self._opens or not (shot.facts.get("agreed") or {}).get(self._slot):
            return
        self._opens = None
        if shot._replace(kind="opened").ask(rules.starts) or shot.ask(rules.starts):
            self._start(rules, shot)

    def _begins(self, rules, before, shot):
        """Tell whether the start condition becomes true at this event, or a start of this instant is free now."""
        if self._held == shot.at and not rules.stops(shot.facts):
            return True
        return shot.ask(rules.starts) and not (before and rules.starts(before.facts))

    def _start(self, rules, shot):
        """Begin the first cycle; when the stop condition is a state that holds already, it stops as it begins.

        A metric that comes again and again has nothing to say of a ticket in such a state.
        """
        if rules.is_repeated:
            self._start_again(rules, shot)
            return
        run = self._begin(rules, shot)
        if rules.stops(shot.facts):
            run.stop, run.by_state = shot.at, True

    def _start_again(self, rules, shot):
        """Begin a cycle, unless a state forbids it."""
        self._held = None
        if rules.stops(shot.facts):
            self._held = shot.at
        else:
            self._begin(rules, shot)

    def _begin(self, rules, shot):
        run = Run(shot.at, shot.state in DONE and rules.starts(shot.facts))
        self.runs.append(run)
        return run

    def _run_on(self, rules, run, before, shot):
        if not shot.ask(rules.stops):
            return
        run.stop = shot.at
        run.by_state = rules.stops(shot.facts)
        if rules.is_repeated and self._begins(rules, before, shot):
            self._start_again(rules, shot)

    def _go_on(self, rules, run, before, shot):
        """Begin anew or go on after a stop."""
        lifted = run.by_state and not rules.stops(shot.facts)
        if rules.is_repeated and self._begins(rules, before, shot):
            self._start_again(rules, shot)
        elif rules.on_reopen == "resume":
            if lifted and not shot.ask(rules.stops):
                run.resume(shot.at)
        elif rules.on_reopen == "restart" and (lifted or _reopens(before, shot)):
            self._start_again(rules, shot)


def _reopens(before, shot):
    return before is not None and before.state in DONE and shot.state not in DONE
