"""The people among whom a method chooses: plain data, no database."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

#: Whoever never got a ticket has his turn first.
NEVER = datetime(1970, 1, 1)
TICK = timedelta(microseconds=1)


@dataclass(slots=True)
class Candidate:
    """A member of a team with his load, as far as a choice needs it."""

    user_id: int
    name: str
    limit: int = 0
    limit_unit: str = "tickets"
    tickets: float = 0.0
    points: float = 0.0
    last_at: datetime = NEVER
    absence: object = None
    skills: dict = field(default_factory=dict)

    def knows(self, needed):
        """Tell whether he has each of the needed skills, ``{skill id: least level}``."""
        return all(self.skills.get(skill_id, 0) >= level for skill_id, level in needed.items())

    def mastery(self, needed):
        """Return the sum of his levels in the needed skills."""
        return sum(self.skills[skill_id] for skill_id in needed)

    def has_room(self, weight):
        """Tell whether a ticket of ``weight`` points still fits under his limit."""
        if not self.limit:
            return True
        load = self.tickets + 1 if self.limit_unit == "tickets" else self.points + weight
        return load <= self.limit

    def take(self, weight, moment):
        """Count one more ticket of ``weight`` points, given at ``moment``."""
        self.tickets += 1
        self.points += weight
        self.last_at = moment

    def turn(self):
        """Return what decides between equals: who waits longest for his turn; then the id, to be repeatable."""
        return self.last_at, self.user_id


class Turns:
    """A clock that never shows the same moment twice, so that an order of turns can be kept."""

    def __init__(self, now, candidates):
        latest = max((candidate.last_at for candidate in candidates), default=NEVER)
        self._moment = max(now, latest)

    def next(self):
        """Return a moment later than all turns before."""
        self._moment += TICK
        return self._moment
