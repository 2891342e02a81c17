"""Upgrading keeps data: a database of an earlier state is brought to this one without loss."""

import subprocess

import pytest

from devtools import addons, database
from devtools.paths import ADDONS, ROOT

USE = """
team = env["service_desk.team"].create({"name": "IT", "alias_name": "it"})
person = env["res.partner"].create({"name": "Requester", "email": "requester@example.org"})
tickets = env["service_desk.ticket"].create([
    {"name": f"Ticket {n}", "team_id": team.id, "partner_id": person.id} for n in range(50)
])
tickets[:10].write({"user_id": env.ref("base.user_admin").id, "state": "open"})
tickets[10:20].write({"state": "waiting"})
tickets[20:30].write({"state": "cancelled"})
for ticket in tickets[:5]:
    ticket.message_post(body="Answer", message_type="comment", subtype_xmlid="mail.mt_comment")
"""

#: What people would miss: each is read before and after.
KEPT = {
    "tickets": "SELECT number, name, team_id, type_id, stage_id, state, user_id, partner_id, priority, waiting_until,"
    " solved_at, closed_at, create_date FROM service_desk_ticket ORDER BY id",
    "messages": "SELECT md5(body), date, author_id FROM mail_message WHERE model = 'service_desk.ticket' ORDER BY id",
    "teams": "SELECT id, name, alias_id FROM service_desk_team ORDER BY id",
    "followers": "SELECT partner_id, res_id FROM mail_followers WHERE res_model = 'service_desk.ticket' ORDER BY 1, 2",
}


def _git(*args):
    return subprocess.run(["git", *args], cwd=ROOT, capture_output=True, text=True, check=False)


def _previous_commit():
    """Return the last commit that touched add-ons before the present state of them."""
    changed = _git("status", "--porcelain", "--", "addons").stdout.strip()
    commits = _git("log", "--format=%H", "-n", "2", "--", "addons").stdout.split()
    return commits[0] if changed and commits else (commits[1] if len(commits) > 1 else None)


@pytest.fixture
def earlier_addons(tmp_path):
    """The add-ons as they were in the previous commit that touched them."""
    commit = _previous_commit()
    if not commit:
        pytest.fail(
            "There is no earlier commit of the add-ons: this test needs the repository's history."
        )
    archive = subprocess.run(
        ["git", "archive", commit, "addons"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    subprocess.run(["tar", "-x", "-C", tmp_path], input=archive, check=True)
    for folder in (tmp_path, *list(tmp_path.parents)[:3]):
        folder.chmod(0o755)
    return tmp_path / "addons"


def test_upgrade_from_the_previous_commit_keeps_data(desk, base_template, earlier_addons):
    from devtools import odoo

    rest = [str(folder) for folder in odoo.addons_path() if folder != ADDONS]
    old = desk(base_template, "upgrade", ",".join([str(earlier_addons), *rest]))
    modules = ",".join(
        sorted(folder.parent.name for folder in earlier_addons.glob("*/__manifest__.py"))
    )
    old.odoo("-d", old.name, "-i", modules, "--stop-after-init")
    old.script(USE)
    before = {name: old.rows(sql) for name, sql in KEPT.items()}
    assert len(before["tickets"]) >= 50

    old.addons_path = None
    old.odoo("-d", old.name, "-u", modules, "--stop-after-init")
    after = {name: old.rows(sql) for name, sql in KEPT.items()}
    assert after == before
    for module in addons.ours():
        assert module in database.modules(old.name) or module not in modules.split(",")
