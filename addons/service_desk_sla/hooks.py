"""What installing the add-on does beyond its own tables."""


def post_init_hook(env):
    """Say in whose hands waiting tickets are, and begin the timelines of those that are there already."""
    env["service_desk.waiting.reason"]._set_ready_hands()
    env.ref("service_desk_sla.ir_cron_begin_timelines")._trigger()
