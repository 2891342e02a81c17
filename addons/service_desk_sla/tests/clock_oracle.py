"""Clocks counted the slow way: minute by minute, each minute asked anew. Knows nothing of spans, tables or bisection.

Everything happens on whole minutes, and calendars open and close on half hours, so that minutes are exact.
"""

from bisect import bisect_right
from datetime import datetime, timedelta, timezone

from odoo.addons.service_desk.forms.conditions import holds

MINUTE = timedelta(minutes=1)
#: Later than that after the last event nothing begins to run by itself.
SOON = timedelta(days=2)
OVER = ("solved", "closed", "cancelled")
CANCELS = ("cancelled", "closed", "merged", "archived", "no_agreement")
LIFTED = ("waiting", "approval", "planned", "condition", "solved", "closed", "correction")
HANDS = {"team": "team_id", "requester": "partner_id", "supplier": "supplier_id"}


class OpenHours:
    """Which minutes of a calendar are working time: the local clock is read for each half hour."""

    def __init__(self, calendar, zone):
        self.calendar, self.zone = calendar, zone
        self._known = {}

    def works(self, moment):
        """Tell whether the minute that begins at ``moment`` is working time."""
        if self.calendar is None:
            return True
        half = (moment - datetime(1970, 1, 1)) // timedelta(minutes=30)
        if half not in self._known:
            self._known[half] = self._is_open(self.local(moment))
        return self._known[half]

    def local(self, moment):
        """Return what the local clock shows."""
        utc = moment.replace(tzinfo=timezone.utc)
        return utc.astimezone(self.zone).replace(tzinfo=None)

    def day_works(self, day):
        """Tell whether anybody works on a local date."""
        noon = datetime(day.year, day.month, day.day)
        return self.calendar is None or any(
            self._is_open(noon + timedelta(minutes=30 * half)) for half in range(48)
        )

    def _is_open(self, wall):
        if wall.date().isoformat() in self.calendar["holidays"]:
            return False
        name = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[wall.weekday()]
        minute = wall.hour * 60 + wall.minute
        return any(
            _minutes(start) <= minute < _minutes(end)
            for start, end in self.calendar["hours"].get(name, ())
        )


class Oracle:
    """The clock of one slot and metric on one timeline."""

    def __init__(self, slot, code, events, definitions, corrections, hours):
        """:param hours: ``{calendar id: OpenHours}``; ``events`` are in order"""
        self.slot, self.code = slot, code
        self.events, self.definitions, self.hours = events, definitions, hours
        self.corrections = corrections
        self.moments = [event.at for event in events]
        self._kept = {}
        self.agreed = [
            (event.at, event.facts["agreed"][slot])
            for event in events
            if slot in event.facts.get("agreed", {})
        ]

    # ------------------------------------------------------- what holds when
    def facts_after(self, count):
        """Return the facts after the first ``count`` events, merged from the beginning."""
        merged = {}
        for event in self.events[:count]:
            merged.update(event.facts)
        return merged

    def _facts_at(self, moment):
        """Return the facts that hold from ``moment`` on."""
        return self.facts_after(sum(event.at <= moment for event in self.events))

    def _goal(self, entry):
        """Return what an entry promises for the metric, ``None`` when nothing."""
        if not entry or self.code not in self.definitions[entry[0]]["metrics"]:
            return None
        line = next(line for line in self.definitions[entry[0]]["lines"] if line["id"] == entry[1])
        return line["targets"].get(self.code) and entry

    def entry_at(self, moment):
        """Return the entry that holds at ``moment``, worked out once between two events."""
        return self._once((), moment, self._entry_at)

    def rules_at(self, moment):
        """Return the definition whose rules hold at ``moment``, worked out once between two events."""
        return self._once((), moment, self._rules_at)

    def facts_at(self, moment):
        """Return the facts that hold from ``moment`` on, worked out once between two events."""
        return self._once((), moment, self._facts_at)

    def _once(self, more, moment, work):
        key = work.__name__, more, bisect_right(self.moments, moment)
        if key not in self._kept:
            self._kept[key] = work(moment, *more)
        return self._kept[key]

    def _entry_at(self, moment):
        """Return the entry that holds at ``moment``; where there is none, a later one that counts from the opening."""
        now = [self._goal(entry) for at, entry in self.agreed if at <= moment]
        if now and now[-1]:
            return now[-1]
        later = sorted({at for at, _entry in self.agreed if at > moment})
        for at in later:
            entry = [self._goal(entry) for when, entry in self.agreed if when == at][-1]
            if entry:
                backwards = self.definitions[entry[0]]["from"] == "opening"
                return entry if backwards else None
        return None

    def _rules_at(self, moment):
        """Return the definition whose rules hold at ``moment``: also while nothing is promised."""
        if entry := self.entry_at(moment):
            return self.definitions[entry[0]]
        if entries := [entry for at, entry in self._last_words() if entry and at <= moment]:
            return self.definitions[entries[-1][0]]
        return self.definitions[self.first_entry()[0]]

    def _last_words(self):
        """Return what was agreed at each instant: the last word counts."""
        return list({at: self._goal(entry) for at, entry in self.agreed}.items())

    def had_goal(self, moment):
        """Tell whether anything was promised up to ``moment``."""
        return any(entry for at, entry in self._last_words() if at <= moment)

    def first_entry(self):
        """Return the first entry that promises anything."""
        return next(entry for _at, entry in self._last_words() if entry)

    # ---------------------------------------------------------------- cycles
    def cycles(self):
        """Return ``[[start, stop or None, [(stop, resume)], began because solved]]``."""
        if not any(entry for _at, entry in self._last_words()):
            return []
        found, self.by_state, self.blocked = [], False, None
        opens = self._opens()
        for count, event in enumerate(self.events, 1):
            asked = Asked(self, count, event)
            if asked.facts.get("gone"):
                continue
            if opens is not None:
                if event.at >= opens and asked.facts.get("agreed", {}).get(self.slot):
                    opens = None
                    if asked.begins_as("opened") or asked.begins_as(event.kind):
                        self._begin(found, asked)
            else:
                self._next(found, asked)
        return found

    def _opens(self):
        """Return when an agreement with a team or supplier begins that counts from then."""
        first = min(at for at, entry in self._last_words() if entry)
        counts = self.rules_at(first)["from"] == "agreed" and self.slot[:3] in ("ola", "uc:")
        return first if counts else None

    def _next(self, found, asked):
        last = found[-1] if found else None
        repeated = asked.metric["is_repeated"]
        freed = self.blocked == asked.at and not asked.stop_state
        if last is None:
            if asked.begins or freed:
                self._begin(found, asked)
        elif last[1] is None:
            if asked.stop_now:
                last[1], self.by_state = asked.at, asked.stop_state
                if repeated and asked.begins:
                    self._begin(found, asked)
        elif repeated and (asked.begins or freed):
            self._begin(found, asked)
        else:
            lifted = self.by_state and not asked.stop_state
            how = asked.metric["on_reopen"]
            if how == "resume" and lifted and not asked.stop_now:
                last[2].append((last[1], asked.at))
                last[1] = None
            if how == "restart" and (lifted or asked.reopened):
                self._begin(found, asked, anew=True)

    def _begin(self, found, asked, anew=False):
        if asked.stop_state and (anew or found or asked.metric["is_repeated"]):
            self.blocked = asked.at
            return
        self.blocked = None
        because = asked.facts["state"] in OVER and holds(asked.metric["start"], asked.facts)
        found.append([asked.at, asked.at if asked.stop_state else None, [], because])
        self.by_state = asked.stop_state

    # --------------------------------------------------------------- minutes
    def why_not(self, moment, began_over):
        """Return why a clock stands still in the minute that begins at ``moment``; ``None`` when it runs."""
        planned = self.facts_at(moment).get("planned_start_at")
        early = bool(planned) and datetime.fromisoformat(planned) > moment
        return self._once((began_over, early), moment, self._why_not)

    def _why_not(self, moment, began_over, early):
        facts, rules = self.facts_at(moment), self.rules_at(moment)
        metric, pauses = rules["metrics"][self.code], rules["pauses"]
        if facts.get("gone"):
            return facts["gone"]
        if facts["state"] == "cancelled" or (facts["state"] in OVER and not began_over):
            return facts["state"]
        if not self.entry_at(moment):
            return "no_agreement"
        kind, _colon, holder = self.slot.partition(":")
        held_by = {"ola": facts.get("team_id"), "uc": facts.get("supplier_id")}
        if kind in held_by and str(held_by[kind]) != holder:
            return "away"
        if early:
            return "planned"
        if facts["state"] == "waiting" and metric["pauses_while_waiting"]:
            counts = pauses["waiting"] == "always" or (
                pauses["waiting"] == "reason" and facts.get("waiting_pauses")
            )
            if counts and not (kind == "uc" and facts.get("waiting_hand") == "supplier"):
                return "waiting"
        if facts.get("approval_hold") and metric["pauses_for_approval"] and pauses["approval"]:
            return "approval"
        if metric["pause"] and holds(metric["pause"], facts):
            return "condition"
        return None

    def hand(self, moment, why):
        """Return in whose hands the ticket is in a minute."""
        if why == "approval":
            return "approver", None
        facts = self.facts_at(max(moment, self.moments[0]))
        hand = "supplier" if facts.get("supplier_id") else "team"
        if facts["state"] == "waiting":
            hand = facts.get("waiting_hand") or "other"
        return hand, facts.get(HANDS[hand]) if hand in HANDS else None

    def corrected(self, moment, why, number):
        """Return ``why`` after the corrections of this minute."""
        for each in self.corrections:
            if each.kind not in ("pause", "run", "excuse") or not each.start:
                continue
            if not each.concerns(self.slot, self.code, number):
                continue
            if each.start <= moment and (each.end is None or moment < each.end):
                if each.kind == "run" and why in (*LIFTED, "excused"):
                    why = None
                elif each.kind == "pause" and why is None:
                    why = "correction"
                elif each.kind == "excuse" and why is None:
                    why = "excused"
        return why

    def shown_at(self, now):
        """Return what each cycle shows at ``now``, which is not before the last event."""
        found = []
        for start, stop, gaps, began_over in self.cycles():
            life = Life(self, len(found) + 1, start, stop, gaps, began_over, now)
            if life.shown:
                found.append(life.shown)
        return found


class Asked:
    """The conditions of a metric, asked at one event."""

    def __init__(self, oracle, count, event):
        self.at = event.at
        self.facts, before = oracle.facts_after(count), oracle.facts_after(count - 1)
        self.metric = oracle.rules_at(event.at)["metrics"][oracle.code]
        stop = self.metric["stop"]
        self.stop_now = bool(stop) and holds(stop, {**self.facts, "event": event.kind})
        self.stop_state = bool(stop) and holds(stop, self.facts)
        held_before = count > 1 and holds(self.metric["start"], before)
        self.begins = self.begins_as(event.kind) and not held_before
        self.reopened = before.get("state") in OVER and self.facts["state"] not in OVER

    def begins_as(self, kind):
        """Tell whether the start condition holds at an event of this kind."""
        return holds(self.metric["start"], {**self.facts, "event": kind})


class Life:
    """One cycle, lived through minute by minute."""

    def __init__(self, oracle, number, start, stop, gaps, began_over, now):
        self.oracle, self.number, self.gaps = oracle, number, gaps
        self.began_over, self.stop, self.now = began_over, stop, now
        moved = [
            each.start
            for each in oracle.corrections
            if each.kind == "start" and each.concerns(oracle.slot, oracle.code, number)
        ]
        self.is_moved = bool(moved)
        if moved:
            start = min(moved[-1], stop) if stop else moved[-1]
        self.start = start
        self.goals = []
        self.shown = self._live()

    def _live(self):
        last = self.stop or self.now
        minutes = list(self._minutes(self.start, last))
        ending = None if self.stop else self.fate(last)
        if not self.is_moved and self.start == self.stop:
            if not self.oracle.entry_at(self.start):
                return None
        elif not self.is_moved:
            while minutes and minutes[0][1] == "no_agreement":
                minutes.pop(0)
            if not minutes and (self.stop or ending == "no_agreement"):
                return None
            self.start = minutes[0][0] if minutes else last
        state = "stopped" if self.stop else "paused" if ending else "running"
        if ending in CANCELS:
            state = "cancelled"
            while minutes and minutes[-1][1] in CANCELS:
                minutes.pop()
        return self._count(minutes, state)

    def _minutes(self, moment, end):
        while moment < end:
            yield moment, self.fate(moment)
            moment += MINUTE

    def fate(self, moment):
        """Return why it stands still in a minute."""
        if any(since <= moment < until for since, until in self.gaps):
            why = "stopped"
        elif moment < self.oracle.events[0].at:
            why = None
        else:
            why = self.oracle.why_not(moment, self.began_over)
        if why == "no_agreement" and self.is_moved and not self.oracle.had_goal(moment):
            why = None
        return self.oracle.corrected(moment, why, self.number)

    def goal(self, moment):
        """Return the entry that counts in a minute."""
        if self.oracle.had_goal(moment):
            return self.oracle.entry_at(moment)
        return self.oracle.first_entry()

    def _count(self, minutes, state):
        first_run = next((moment for moment, why in minutes if why is None), None)
        if first_run is None and not self.stop:
            ahead = self._minutes(self.now, self.now + SOON)
            first_run = next((moment for moment, why in ahead if why is None), None)
        self.first_run = first_run or self.start
        used = paused = 0
        missed, legs, history = None, {}, []
        self.calendar = self.seconds = None
        if not minutes:
            self._aim(self.start)
        for moment, why in minutes:
            is_new = self._aim(moment)
            if is_new and self.seconds is not None and used > self.seconds and why != "stopped":
                missed = missed or moment
            if not self.works(moment):
                continue
            if why is None:
                if self.seconds is not None and used + 60 > self.seconds:
                    missed = missed or moment
                used += 60
                history.append((used, moment + MINUTE))
                hand = self.oracle.hand(moment, why)
                legs[hand] = legs.get(hand, 0) + 60
            elif why != "stopped":
                paused += 60
        if not self.stop and state != "cancelled":
            is_new = self._aim(self.now)
            if is_new and self.seconds is not None and used > self.seconds:
                missed = missed or self.now
        if not any(self.goals):
            return None
        return {
            "number": self.number,
            "started_at": self.start,
            "state": state,
            "used": used,
            "paused": paused,
            "legs": legs,
            "target_seconds": self.seconds,
            "missed_at": missed,
            "due": self._due(state, used, history),
        }

    def _aim(self, moment):
        """Go by what is promised at ``moment``; tell whether that is new."""
        goal = self.goal(moment)
        if self.goals and self.goals[-1] == goal:
            return False
        self.goals.append(goal)
        if goal:
            self.calendar = goal[2]
        self.seconds = self._seconds(goal) if goal else None
        return len(self.goals) > 1

    def works(self, moment):
        """Tell whether a minute is working time."""
        return self.oracle.hours[self.calendar].works(moment)

    def _seconds(self, goal):
        version, line_id, calendar, _company = goal
        lines = self.oracle.definitions[version]["lines"]
        target = next(line for line in lines if line["id"] == line_id)["targets"][self.oracle.code]
        amount, unit = target["amount"], target["unit"]
        if unit in ("minutes", "hours"):
            return amount * {"minutes": 60, "hours": 3600}[unit]
        hours, wall = self.oracle.hours[calendar], None
        moment, work, days = self.first_run, 0, amount
        day = hours.local(moment).date()
        while days:
            day += timedelta(days=1)
            days -= hours.day_works(day)
        wall = hours.local(self.first_run).time()
        # up to the same time of that day, or to its end
        while hours.local(moment).date() < day or (
            hours.local(moment).date() == day
            and (unit == "days_end" or hours.local(moment).time() < wall)
        ):
            work += 60 if hours.works(moment) else 0
            moment += MINUTE
        return work

    def _due(self, state, used, history):
        if self.seconds is None or state == "cancelled":
            return None
        reached = next((moment for total, moment in history if total >= self.seconds), None)
        if reached and not self.seconds:
            reached -= MINUTE  # a target of nothing: as soon as anybody works
        if reached:
            return None if state == "paused" else reached
        moment = self.stop or self.now
        end = moment + timedelta(days=25)
        while moment < end:
            if not self.stop and self.fate(moment) and moment > self.now + SOON:
                return None
            if (self.stop or self.fate(moment) is None) and self.works(moment):
                if not self.seconds:
                    return moment
                used += 60
                if used >= self.seconds:
                    return moment + MINUTE
            moment += MINUTE
        return "later"


def _minutes(text):
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
