"""Who is counted is told apart, not known: a keyed digest stands for a person."""

from odoo.tools.misc import hmac

#: So many are told apart; more make no difference.
MOST_VOTERS = 20


def voter_of(env, partner):
    """Return what stands for a person in counts of different people.

    :param env: of the superuser, for the key is the database's secret
    """
    return hmac(env, "service_desk_catalog", partner.id)[:16]


def with_voter(voters, person):
    """Return the list with one person more, unless he is there or it is long enough."""
    voters = list(voters or ())
    if person not in voters and len(voters) < MOST_VOTERS:
        voters.append(person)
    return voters
