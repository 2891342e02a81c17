def post_init_hook(env):
    """Follow the leaves that are approved already: those to come move tickets when they begin.

    Of those that have begun nothing moves: installing an app gives nobody's work away.
    """
    now = env.cr.now().replace(tzinfo=None, microsecond=0)
    leaves = env["hr.leave"].sudo().search([("state", "=", "validate"), ("date_to", ">", now)])
    begun = leaves.filtered(lambda leave: leave.date_from <= now)
    begun.with_context(tracking_disable=True).write({"service_desk_moved_at": now})
    (leaves - begun)._service_desk_follow()
