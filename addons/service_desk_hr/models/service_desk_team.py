from odoo import fields, models

LEAVE_POLICIES = [
    ("all", "Give all his tickets to others"),
    ("care", "Give to others what cannot wait"),
    ("lead", "Only tell the leads"),
]


class ServiceDeskTeam(models.Model):
    """What becomes of the tickets of somebody who goes on leave."""

    _inherit = "service_desk.team"

    leave_policy = fields.Selection(
        LEAVE_POLICIES,
        "When Somebody Is on Leave",
        default="all",
        required=True,
        help="What cannot wait: high and critical priority, a requester who waits for an answer, an update promised"
        " for the days of the leave.",
    )
    leave_ignored_hours = fields.Integer(
        "Ignored up to (hours)",
        default=3,
        help="A leave of at most so many working hours moves nothing.",
    )
    leave_short_hours = fields.Integer(
        "Short up to (hours)",
        default=8,
        help="A leave of at most so many working hours moves only what cannot wait.",
    )
    leave_moves_ahead = fields.Boolean(
        "Promised Ones at Once",
        default=True,
        help="What is promised for the days of a leave goes to somebody else as soon as the leave is approved,"
        " the rest when it begins.",
    )
    leave_keeps_waiting = fields.Boolean(
        "Waiting Tickets Stay",
        default=True,
        help="A waiting ticket stays with him, and goes to somebody else if it wakes before he is back.",
    )

    _leave_hours_positive = models.Constraint(
        "CHECK (leave_ignored_hours >= 0 AND leave_short_hours >= 0)",
        "A number of hours cannot be negative.",
    )
