"""What the reports of service levels cost as the number of clocks grows."""

from dateutil.relativedelta import relativedelta

from devtools.bench_meter import Case

from . import calls
from .people import Firm
from .sla_fill import ClockFill

TITLE = "Reports of service levels, as the number of clocks grows"
SIZES = (10_000, 100_000, 1_000_000)
MODULES = ("service_desk_sla",)
YEAR = [
    ("kind", "=", "sla"),
    ("outcome", "in", ["met", "missed", "excused"]),
    ("decided_at", ">=", "-11m =1d =0H =0M =0S"),
]
MEASURES = ["__count", "met:sum", "missed:sum", "compliance:avg"]


def prepare(env, size):
    """Bring the desk to ``size`` clocks."""
    firm = Firm(env, with_peer=False)
    env.cr.commit()
    ClockFill(firm).reach_clocks(size)


def cases(env, size):
    """Return what is measured: as a manager who sees all, and as an agent."""
    firm = Firm(env, with_peer=False)
    agent = firm.agent.id
    manager = env.ref("base.user_admin").id
    report, legs = "service_desk.sla.report", "service_desk.sla.leg.report"
    return [
        Case("pivot of 12 months", calls.by(manager, _pivot(report, ["agreement_id", "decided_at:month"], MEASURES))),
        Case("pivot of 12 months, as an agent", calls.by(agent, _pivot(report, ["agreement_id", "decided_at:month"], MEASURES))),
        Case("by customer", calls.by(manager, _pivot(report, ["commercial_partner_id"], MEASURES))),
        Case("median by team", calls.by(manager, _pivot(report, ["team_id"], ["used_median:avg"]))),
        Case("who used the time", calls.by(manager, _pivot(legs, ["hand", "leg_kind"], ["hours:sum"], YEAR[:1] + YEAR[2:]))),
        Case("one agreement's page", calls.by(manager, _board)),
        Case("list, 80", calls.by(manager, _list)),
        Case("monthly report, counted", calls.by(1, _month)),
    ]  # fmt: skip


def _pivot(model, groups, measures, domain=None):
    def call(env):
        report = env[model]
        yield
        report.formatted_read_group(domain or YEAR, groups, measures)

    return call


def _agreement(env):
    return env["service_desk.agreement"].search([("name", "=", "Bench SLA 3")])


def _board(env):
    agreement = _agreement(env)
    yield
    assert agreement.compliance_board


def _list(env):
    report = env["service_desk.sla.report"]
    yield
    names = {"display_name": {}}
    report.web_search_read(
        YEAR,
        {
            "ticket_id": {"fields": names},
            "agreement_id": {"fields": names},
            "used_hours": {},
            "outcome": {},
            "lost_by": {},
        },
        limit=80,
        count_limit=10001,
    )


def _month(env):
    """Count last month: the agreement has a twentieth of all tickets."""
    from odoo import fields

    agreement = _agreement(env)
    report = env["service_desk.agreement.report"].create(
        {
            "agreement_id": agreement.id,
            "month": fields.Date.context_today(agreement) + relativedelta(months=-1, day=1),
        }
    )
    yield
    report._count_sudo()
