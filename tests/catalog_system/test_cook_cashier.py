"""A cook does not see the repair of cash equipment, a cashier not the leaking tap: by no way at all."""

import pytest
from mail_system.letters import letter, send
from mail_system.world import DOMAIN

from devtools.say import Trouble

from .kitchen import COFFEE, TAP, TILL

MINE = {"cook": TAP, "cashier": TILL}
THEIRS = {"cook": TILL, "cashier": TAP}
#: No such offering.
UNKNOWN = 987_654
PEOPLE = pytest.mark.parametrize("person", MINE)


def refusal(call, *args, **kwargs):
    """Return the words in which a call is refused."""
    with pytest.raises(Trouble) as trouble:
        call(*args, **kwargs)
    return str(trouble.value)


@PEOPLE
def test_menu(kitchen, person):
    assert kitchen.catalog(kitchen.session(person)) == {MINE[person]}


@PEOPLE
def test_search(kitchen, person):
    call = kitchen.session(person).call
    for words in (TAP, TILL, "tap", "till", "cash desk", "water runs"):
        found = call("service_desk.catalog", "search_catalog", words)
        names = {hit["name"] for hit in found["hits"]}
        assert names <= {MINE[person]}, words
    hits = call("service_desk.catalog", "search_catalog", MINE[person])["hits"]
    assert [hit["name"] for hit in hits] == [MINE[person]]


@PEOPLE
def test_door(kitchen, person):
    """The same words for what is another's and for what does not exist."""
    call = kitchen.session(person).call
    mine, theirs = kitchen.offerings[MINE[person]], kitchen.offerings[THEIRS[person]]
    assert call("service_desk.catalog", "get_offering", mine)["name"] == MINE[person]
    for method, *rest in (("get_offering",), ("submit_request", {}, {"name": "x"})):
        words = refusal(call, "service_desk.catalog", method, theirs, *rest)
        assert "AccessError" in words
        assert words == refusal(call, "service_desk.catalog", method, UNKNOWN, *rest)
    made = call("service_desk.catalog", "submit_request", mine, {}, {"name": f"By {person}"})
    assert made["number"]
    others = kitchen.partner("cashier" if person == "cook" else "cook")
    assert "AccessError" in refusal(
        call, "service_desk.catalog", "get_offering", theirs, partner_id=others
    )


@PEOPLE
def test_rpc(kitchen, person):
    call = kitchen.session(person).call
    theirs = kitchen.offerings[THEIRS[person]]
    for model, ids in (("service_desk.offering", [theirs]), ("service_desk.entitlement", [1])):
        assert "AccessError" in refusal(call, model, "read", ids, ["display_name"])
        assert "AccessError" in refusal(call, model, "search_read", [])
        assert "AccessError" in refusal(call, model, "name_search", "")
    vals = {"name": "x", "offering_id": theirs, "team_id": kitchen.team}
    assert "AccessError" in refusal(call, "service_desk.ticket", "create", [vals])


@PEOPLE
def test_address_in_the_browser(kitchen, person):
    session = kitchen.session(person)
    pages = (
        "/service_desk/catalog/offering/{}/image",
        "/web/image/service_desk.offering/{}/image_128",
        "/web/content/service_desk.offering/{}/image_128",
    )
    theirs = kitchen.offerings[THEIRS[person]]
    for page in pages:
        status, _text = session.get(page.format(theirs))
        assert status == session.get(page.format(UNKNOWN))[0], page
    mine = kitchen.offerings[MINE[person]]
    assert session.get(pages[0].format(theirs))[0] == 404
    assert session.get(pages[0].format(mine))[0] == 200


@PEOPLE
def test_agent_for_somebody(kitchen, person):
    call = kitchen.session("agent").call
    partner = kitchen.partner(person)
    mine, theirs = kitchen.offerings[MINE[person]], kitchen.offerings[THEIRS[person]]
    vals = {"name": "By phone", "partner_id": partner, "team_id": kitchen.team}
    words = refusal(call, "service_desk.ticket", "create", [{**vals, "offering_id": theirs}])
    assert words == refusal(
        call, "service_desk.ticket", "create", [{**vals, "offering_id": UNKNOWN}]
    )
    [ticket] = call("service_desk.ticket", "create", [{**vals, "offering_id": mine}])
    assert words == refusal(call, "service_desk.ticket", "write", [ticket], {"offering_id": theirs})
    imported = call(
        "service_desk.ticket",
        "load",
        ["name", "partner_id/.id", "team_id/.id", "offering_id/.id"],
        [["Imported", str(partner), str(kitchen.team), str(theirs)]],
    )
    assert not imported["ids"]
    found = call("service_desk.catalog", "get_catalog", partner_id=partner)
    assert {offering["name"] for offering in found["offerings"]} == {MINE[person]}


@PEOPLE
def test_mail(kitchen, exchanger, person):
    for what, alias in ((TAP, "tap-repair"), (TILL, "till-repair")):
        subject, to = f"{person} to {alias}", f"{alias}@{DOMAIN}"
        sender = f"{person}@{DOMAIN}"
        send(exchanger, sender, to, letter(sender, to, subject, "Please come."))
        kitchen.drain()
        [[partner, offering]] = kitchen.sql(
            f"SELECT partner_id, offering_id FROM service_desk_ticket WHERE name = '{subject}'"
        )
        assert int(partner) == kitchen.partner(person)
        expected = str(kitchen.offerings[what]) if what == MINE[person] else ""
        assert (offering or "") == expected, subject


def test_coffee_machine_on_every_server(kitchen):
    """Give a cashier a coffee machine: its repair appears at once; take it back: it disappears."""
    call = kitchen.call
    [kind] = call("maintenance.equipment.category", "create", [{"name": "Coffee Machines"}])
    [machine] = call(
        "maintenance.equipment",
        "create",
        [{"name": "Coffee 1", "category_id": kind, "equipment_assign_to": "employee"}],
    )
    other = kitchen.start()
    sessions = [kitchen.session("cashier"), kitchen.session("cashier", other)]
    for session in sessions:
        assert COFFEE not in kitchen.catalog(session)
    [service] = call("service_desk.service", "search", [["name", "=", "Tills"]])
    row = {"equipment_category_ids": [[6, 0, [kind]]]}
    call(
        "service_desk.offering",
        "create",
        [
            {
                "name": COFFEE,
                "service_id": service,
                "type_id": kitchen.ref("service_desk.ticket_type_request"),
                "state": "published",
                "entitlement_ids": [[0, 0, row]],
            }
        ],
    )
    for employee in (kitchen.employees["cashier"], False):
        call("maintenance.equipment", "write", [machine], {"employee_id": employee})
        for session in sessions:
            assert (COFFEE in kitchen.catalog(session)) is bool(employee)
    kitchen.stop(other)


def test_change_of_job_holds_at_once(kitchen):
    session = kitchen.session("cook")
    employee = kitchen.employees["cook"]
    kitchen.call("hr.employee", "write", [employee], {"job_id": kitchen.jobs["cashier"]})
    assert kitchen.catalog(session) == {TILL}
    kitchen.call("hr.employee", "write", [employee], {"job_id": kitchen.jobs["cook"]})
    assert kitchen.catalog(session) == {TAP}
