"""Three steps of approval by the links of real mails: used once, passed on, too old, changed, looked at by machines."""

import re
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import pytest
from playwright.sync_api import sync_playwright

from devtools import shell

from .browser import FLAGS
from .world import AGENT

LINK = re.compile(r"https?://[^/\s\"]+(/service_desk/approval/[A-Za-z0-9_-]{43})")
APPROVERS = ("head@approve.test", "money@approve.test", "owner@approve.test")


class Visitor:
    """Somebody with a browser of his own, logged in nowhere."""

    def __init__(self, server):
        self.server = server
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def ask(self, path, data=None, method=None):
        """Return status and text of an answer."""
        body = urlencode(data).encode() if data is not None else None
        question = urllib.request.Request(f"{self.server.url}{path}", body, method=method)
        try:
            with self.opener.open(question, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def log_in(self, login):
        """Log in with a password that is the login."""
        _status, page = self.ask("/web/login")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        self.ask("/web/login", {"login": login, "password": login, "csrf_token": token})

    def decide(self, path, verdict, reason=""):
        """Open a link and press a button of its page."""
        _status, page = self.ask(path)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        data = {"verdict": verdict, "reason": reason, "csrf_token": token[1] if token else ""}
        return self.ask(f"{path}/decide", data)


@pytest.fixture(scope="module")
def offering(world):
    """An offering that three people must agree to, one after the other."""
    call = world.admin().call
    partners = call(
        "res.partner",
        "create",
        [{"name": address.split("@")[0].title(), "email": address} for address in APPROVERS],
    )
    [policy] = call(
        "service_desk.approval.policy",
        "create",
        [
            {
                "name": "Three agree",
                "step_ids": [
                    [0, 0, {"name": f"Step {place}", "sequence": place, "who": "persons", "partner_ids": [[6, 0, [partner]]]}]
                    for place, partner in enumerate(partners, 1)
                ],
            }
        ],
    )  # fmt: skip
    [service] = call("service_desk.service", "create", [{"name": "Workplaces", "company_id": 1}])
    [found] = call(
        "service_desk.offering",
        "create",
        [
            {
                "name": "Order a workplace",
                "service_id": service,
                "type_id": world.ref("service_desk.ticket_type_request"),
                "team_id": int(world.value("SELECT id FROM service_desk_team WHERE name->>'en_US' = 'Help'")),
                "price": 99_000,
                "state": "published",
                "approval_policy_id": policy,
            }
        ],
    )  # fmt: skip
    return found


@pytest.fixture
def asked(world, offering, clean_sink):
    """A request that waits for its first approver."""
    [ticket] = world.admin().call(
        "service_desk.ticket", "create", [{"name": "A desk for Oleg", "offering_id": offering}]
    )
    return ticket


def state_of(world, ticket):
    return world.value(f"SELECT approval_state FROM service_desk_ticket WHERE id = {ticket}")


def link_for(world, sink, address, count=1):
    """Send the queue, and return the path of the link in the newest mail to an approver."""
    world.run_queue()
    received = sink.wait_for(address, count)[-1]
    found = LINK.findall(received.message.get_body(("html",)).get_content())
    assert len(set(found)) == 1, "three buttons of one mail lead to one page"
    return found[0]


def test_three_steps_by_the_links_of_mails(world, asked, clean_sink):
    for place, address in enumerate(APPROVERS):
        later = [other for other in APPROVERS[place + 1 :] if clean_sink.to(other)]
        assert not later, "nobody is asked before it is his turn"
        path = link_for(world, clean_sink, address)
        status, page = Visitor(world.server).decide(path, "approve")
        assert status == 200
        assert "Already approved by" in page
    assert state_of(world, asked) == "approved"
    decided = f"ticket_id = {asked} AND state = 'approved' AND channel = 'mail'"
    assert world.count("service_desk_approval_request", decided) == 3


def test_machines_that_open_links_decide_nothing(world, asked, clean_sink):
    path = link_for(world, clean_sink, APPROVERS[0])
    scanner = Visitor(world.server)
    for method in ("GET", "HEAD", "OPTIONS"):
        for address in (path, f"{path}?v=approve", f"{path}/decide?verdict=approve"):
            scanner.ask(address, method=method)
    status, _page = scanner.ask(f"{path}/decide", {"verdict": "approve"})
    assert status == 400, "a form without its own token"
    assert state_of(world, asked) == "pending"
    assert Visitor(world.server).decide(path, "approve")[0] == 200


def test_a_link_is_used_once_and_two_presses_are_one(world, asked, clean_sink):
    path = link_for(world, clean_sink, APPROVERS[0])
    visitor = Visitor(world.server)
    _status, page = visitor.ask(path)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    first = visitor.ask(f"{path}/decide", {"verdict": "approve", "csrf_token": token})
    second = visitor.ask(
        f"{path}/decide", {"verdict": "refuse", "reason": "No", "csrf_token": token}
    )
    assert first[0] == second[0] == 200
    assert "Already approved by Head" in second[1]
    assert state_of(world, asked) == "pending", "the second step still waits"
    decided = f"ticket_id = {asked} AND state IN ('approved', 'refused')"
    assert world.count("service_desk_approval_request", decided) == 1


def test_a_link_passed_on_to_somebody_who_is_logged_in(world, asked, clean_sink):
    path = link_for(world, clean_sink, APPROVERS[0])
    colleague = Visitor(world.server)
    colleague.log_in(AGENT)
    status, page = colleague.ask(path)
    assert status == 403
    assert "A desk for Oleg" not in page
    assert colleague.decide(path, "approve")[0] in (400, 403)
    assert state_of(world, asked) == "pending"
    Visitor(world.server).decide(path, "approve")
    # passed on after the decision it tells what was decided, and nothing of the request
    status, page = Visitor(world.server).ask(path)
    assert (status, "Already approved" in page, "A desk for Oleg" in page) == (200, True, False)


def test_a_link_that_is_too_old_or_changed(world, asked, clean_sink):
    path = link_for(world, clean_sink, APPROVERS[0])
    visitor = Visitor(world.server)
    head, token = path.rsplit("/", 1)
    for wrong in (token[::-1], token[:-1] + ("A" if token[-1] != "A" else "B"), token.swapcase()):
        status, page = visitor.ask(f"{head}/{wrong}")
        assert (status, "Oleg" in page) == (404, False)
    world.sql("UPDATE service_desk_approval_link SET expires_at = now() - interval '1 minute'")
    status, page = visitor.ask(path)
    assert (status, "Oleg" in page) == (410, False)
    assert visitor.decide(path, "approve")[0] in (400, 410)
    assert state_of(world, asked) == "pending"


def test_the_token_stands_in_the_mail_alone(world, asked, clean_sink):
    token = link_for(world, clean_sink, APPROVERS[0]).rsplit("/", 1)[1]
    for table, column in (("mail_message", "body"), ("mail_mail", "body_html")):
        assert not world.count(table, f"{column} LIKE '%{token}%'")
    assert not world.count("service_desk_approval_link", f"token_hash = '{token}'")


def test_refusing_on_a_telephone(world, asked, clean_sink):
    path = link_for(world, clean_sink, APPROVERS[0])
    chromium = shell.need_program("chromium", ["chromium"], "A browser (Chromium)")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
        page.goto(f"{world.server.url}{path}?v=refuse")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.fill("textarea >> nth=0", "Too dear this year")
        page.click("button[value=refuse]")
        page.wait_for_selector("text=Already refused by Head")
        browser.close()
    assert state_of(world, asked) == "refused"
    reason = world.value(
        f"SELECT reason FROM service_desk_approval_request WHERE ticket_id = {asked}"
        " AND state = 'refused'"
    )
    assert reason == "Too dear this year"
