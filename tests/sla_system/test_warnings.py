"""A thousand due warnings, and what can happen in the middle of them: each is told exactly once."""

from .desk import NOTICES, SWEEP

COUNT = 1000
LATE = 150


def check_told_once(desk, mark, count, key, event):
    """Each ticket has one mark, one reason, one line of the queue, and stands in one mail once."""
    assert desk.count("service_desk_clock_alert", mark, f"key = '{key}'") == count
    unfinished = f"key = '{key}' AND (fired_at IS NULL OR outcome <> 'done')"
    assert desk.count("service_desk_clock_alert", mark, unfinished) == 0
    assert desk.count("service_desk_notice", mark, f"event = '{event}'") == count
    told = {}
    desk.wake(NOTICES)

    def all_told():
        nonlocal told
        told, _mails = desk.mails_of(mark)
        return all(told.values())

    desk.wait_until(all_told)
    assert set(told.values()) == {1}, "nobody hears of a ticket twice"


def test_killed_in_the_middle_of_a_thousand(desk):
    """The server that tells is killed with kill -9; the next one goes on where it was."""
    desk.open_tickets("killed", COUNT)
    desk.pass_time("killed", 50)
    desk.wake(SWEEP)
    desk.wait_until(lambda: desk.count("service_desk_clock_alert", "killed") >= COUNT // 5)
    desk.kill()
    desk.start()
    between = desk.count("service_desk_clock_alert", "killed")
    assert 0 < between < COUNT, "it was killed in the middle"
    desk.wake(SWEEP)
    desk.wait_until(lambda: desk.count("service_desk_clock_alert", "killed") == COUNT)
    desk.wait_until(
        lambda: desk.count("service_desk_notice", "killed", "event = 'sla_warning'") == COUNT
    )
    check_told_once(desk, "killed", COUNT, "percent:75", "sla_warning")
    reasons = desk.count("service_desk_decision", "killed", "kind = 'sla_alert'")
    assert reasons == COUNT
    # an hour from the opening, whatever zone the machine is in
    wrong = "extract(epoch FROM x.due_at - x.started_at) <> 3600"
    assert desk.count("service_desk_clock", "killed", wrong) == 0
    assert desk.count("service_desk_ticket_event", "killed", "x.at > now() AT TIME ZONE 'UTC'") == 0


def test_two_servers_at_once_after_a_day(desk):
    """Two processes run two jobs of the same code after an outage: each breach once, the warning with it."""
    desk.start()
    call = desk.servers[0].session("admin", "admin").call
    [cron_id] = desk._ref(SWEEP)
    [twin] = call("ir.cron", "copy", [cron_id])
    desk.call = call
    desk.open_tickets("both", LATE)
    desk.pass_time("both", 26 * 60)
    desk.sql(
        f"INSERT INTO ir_cron_trigger (cron_id, call_at) VALUES ({twin}, now() AT TIME ZONE 'UTC')"
    )
    desk.wake(SWEEP)
    desk.wait_until(lambda: desk.count("service_desk_clock_alert", "both") == 3 * LATE)
    assert desk.count("service_desk_clock_alert", "both", "outcome = 'overtaken'") == LATE
    assert desk.count("service_desk_clock", "both", "is_missed") == LATE
    notes = desk.sql(
        "SELECT count(*) FROM mail_message m JOIN service_desk_ticket t ON t.id = m.res_id"
        " WHERE m.model = 'service_desk.ticket' AND t.name LIKE 'both %' AND m.body LIKE '%deadline is missed%'"
    )
    assert notes == [[str(LATE)]]
    desk.wake(NOTICES)
    desk.wait_until(lambda: all(desk.mails_of("both")[0].values()))
    told, mails = desk.mails_of("both")
    assert set(told.values()) == {1}, "a warning that was overtaken is told with the breach"
    assert mails < LATE, "no storm: a mail tells of many tickets"
