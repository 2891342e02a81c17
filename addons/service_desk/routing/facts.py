"""What a channel brings, and what is known of it when rules look at it."""

from dataclasses import dataclass, field

from .words import Wording, folded

NOTHING = frozenset()
EMPTY = Wording([], {})
MAX_HEADER = 1_000


@dataclass
class Request:
    """What a channel brings: values of the future ticket and what only the channel knows of it."""

    channel: str = "manual"
    company_id: int = 0
    team_id: int = 0
    type_id: int = 0
    service_id: int = 0
    partner_id: int = 0
    site_id: int = 0
    subject: str = ""
    text: str = ""
    language: str = ""
    senders: tuple = ()
    recipients: tuple = ()
    files: tuple = ()
    headers: dict = field(default_factory=dict)
    #: naive UTC; None is now
    at: object = None


@dataclass
class Facts:
    """A request as rules see it. Each set holds all that a condition of its kind may name.

    ``recipients`` and ``senders`` are what :func:`address_keys` makes of addresses; ``partners`` the requester
    and whom he belongs to, ``partner_tags`` the tags of these, ``services`` the service and what it is part of.
    """

    channels: frozenset = NOTHING
    recipients: frozenset = NOTHING
    senders: frozenset = NOTHING
    partners: frozenset = NOTHING
    partner_tags: frozenset = NOTHING
    sites: frozenset = NOTHING
    languages: frozenset = NOTHING
    teams: frozenset = NOTHING
    types: frozenset = NOTHING
    services: frozenset = NOTHING
    subject: str = ""
    text: str = ""
    subject_words: Wording = EMPTY
    text_words: Wording = EMPTY
    files: tuple = ()
    headers: dict = field(default_factory=dict)
    #: tells whether it is working time: of a calendar's key, of the team the request came to without one
    is_working: object = None

    @property
    def words(self):
        """The stems of all words."""
        return self.subject_words.places.keys() | self.text_words.places.keys()

    def header(self, name):
        """Return the values of a header, in small letters."""
        return [value[:MAX_HEADER].lower() for value in self.headers.get(name, ())]

    def wordings(self, where):
        """Yield ``(place, words)`` of the subject, the text or both."""
        if where in ("subject", "both"):
            yield "subject", self.subject_words
        if where in ("text", "both"):
            yield "text", self.text_words

    def texts(self, where):
        """Yield ``(place, folded text)`` of the subject, the text or both."""
        if where in ("subject", "both"):
            yield "subject", folded(self.subject)
        if where in ("text", "both"):
            yield "text", folded(self.text)


def address_keys(email):
    """Return what a rule may name an address by: itself, ``name@``, ``@domain``, ``.domain`` with all below it."""
    local, at, domain = (email or "").strip().lower().rpartition("@")
    if not at:
        return NOTHING
    plain = local.partition("+")[0]
    keys = {f"{local}@{domain}", f"{plain}@{domain}", f"{local}@", f"{plain}@", f"@{domain}"}
    labels = domain.split(".")[:20]
    keys.update("." + ".".join(labels[place:]) for place in range(len(labels)))
    return frozenset(keys)
