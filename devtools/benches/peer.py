"""Our ticket and OCA's helpdesk_mgmt through the same calls in one process on one database."""

from devtools.bench_meter import Case

from . import calls
from .fill import FREQUENT, RARE, Fill
from .people import Firm

TITLE = (
    "Our ticket beside OCA's helpdesk_mgmt 19.0.1.3.2: the same calls, one process, one database"
)
SIZES = (10_000, 100_000)
PACKAGES = ("odoo-addon-helpdesk-mgmt==19.0.1.3.2",)
MODULES = ("helpdesk_mgmt",)
PEER = "helpdesk_mgmt"


def prepare(env, size):
    """Bring both sides to ``size`` tickets with their conversations."""
    firm = Firm(env, with_peer=True)
    env.cr.commit()
    Fill(firm).reach(size, size)


def cases(env, size):
    """Return what is measured: screens as an agent, mail as the gateway."""
    firm = Firm(env, with_peer=True)
    ours, peers = calls.ours(firm), calls.peers(firm)
    return [
        Case(name, calls.by(user, mine), calls.by(user, theirs), per)
        for (name, per, user, mine), (_name, _per, _user, theirs) in zip(
            _rows(ours, firm.agent.id), _rows(peers, firm.agent.id), strict=True
        )
    ]


def _rows(side, agent):
    gateway = 1
    return [
        ("create one", 1, agent, side.create),
        ("create one, assigned to a colleague", 1, agent, side.create_assigned),
        ("create 100, each", 100, agent, side.create_batch),
        ("change stage", 1, agent, side.change_stage),
        ("comment to the customer", 1, agent, side.comment),
        ("mail in, new", 1, gateway, side.mail_new),
        ("mail in, reply", 1, gateway, side.mail_reply),
        ("list of open, 80", 1, agent, side.list(side.is_open)),
        ("list of all, 80", 1, agent, side.list([])),
        ("kanban of open", 1, agent, side.kanban(side.is_open)),
        ("search, frequent word", 1, agent, side.search(FREQUENT)),
        ("search, rare word", 1, agent, side.search(RARE)),
        ("search, no match", 1, agent, side.search("qqqxqqq")),
        ("form with conversation", 1, agent, side.form),
    ]
