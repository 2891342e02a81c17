"""A form with conditions in the browser, and the same answers by calls with every rule broken once."""

import pytest
from mail_system.browser import page_of

from devtools.say import Trouble

from .form_desk import LOGIN, OFFERING, running_form_desk

SEND = ".o_service_desk_request button[type=submit]"
GOOD = {
    "what": "till",
    "serial": "CT-1234",
    "can_sell": False,
    "loss": 1500.5,
    "story": "Smoke came out",
    "since": "2026-01-15",
    "also": ["deliveries"],
    "parts": [{"part": "Fuse", "pieces": 2}],
}
#: What is broken: the answers instead of the good ones, and a word of the refusal; None takes an answer away.
BROKEN = {
    "unknown question": ({"nobody": 1}, "nobody"),
    "required": ({"what": None, "serial": None}, "Which equipment?"),
    "required by a condition": ({"loss": None}, "Loss so far"),
    "hidden by a condition": ({"can_sell": True}, "Loss so far"),
    "hidden by a choice": ({"what": "scanner"}, "Serial number"),
    "no option": ({"what": "tap", "serial": None}, "Which equipment?"),
    "option of a wrong type": ({"what": ["till"]}, "Which equipment?"),
    "pattern": ({"serial": "ct 12"}, "Two letters, a dash, four digits"),
    "text of a wrong type": ({"serial": 1234}, "Serial number"),
    "no yes or no": ({"can_sell": "no", "loss": None}, "Can you still sell?"),
    "too small": ({"loss": 0.5}, "Loss so far"),
    "too large": ({"loss": 1e6}, "Loss so far"),
    "too many decimals": ({"loss": 1.005}, "Loss so far"),
    "no number": ({"loss": "a lot"}, "Loss so far"),
    "too short": ({"story": "Bang"}, "What happened?"),
    "no date": ({"since": "15.01.2026"}, "Since"),
    "too late": ({"since": "2190-01-01"}, "Since"),
    "too many choices": ({"also": ["deliveries", "loyalty_cards"]}, "Also affected"),
    "a choice twice": ({"also": ["deliveries", "deliveries"]}, "Also affected"),
    "somebody's file": ({"photo": [1]}, "Photo"),
    "no file": ({"photo": "a.jpg"}, "Photo"),
    "nobody there": ({"colleague": 999_999}, "Colleague"),
    "no contact": ({"colleague": "Boris"}, "Colleague"),
    "no table": ({"parts": {"part": "Fuse"}}, "Spare parts"),
    "empty row": ({"parts": [{}]}, "Spare parts"),
    "unknown column": ({"parts": [{"part": "Fuse", "price": 1}]}, "price"),
    "wrong cell": ({"parts": [{"part": "Fuse", "pieces": 0}]}, "Pieces"),
    "required cell": ({"parts": [{"pieces": 1}]}, "Part"),
}


@pytest.fixture(scope="module")
def desk():
    """A running desk with one offering."""
    with running_form_desk() as found:
        yield found


@pytest.fixture(scope="module")
def ask(desk):
    """Send a request as the seller."""
    call = desk.server.session(LOGIN).call
    return lambda answers: call(
        "service_desk.catalog", "submit_request", desk.offering, answers, {}
    )


def field(key):
    """Return the selector of a question."""
    return f".o_service_desk_request [data-key={key}]"


def test_a_form_with_conditions_in_the_browser(desk):
    before = desk.count()
    with page_of(desk.server, LOGIN, LOGIN) as page:
        page.goto(f"{desk.server.url}/odoo/service-catalog")
        page.click(f".o_service_desk_catalog_card:has-text('{OFFERING}')")
        page.wait_for_selector(field("what"))
        assert not page.query_selector(field("serial"))
        assert not page.query_selector(field("loss"))
        page.click(f"{field('what')} label:has-text('Till')")
        page.fill(f"{field('serial')} input", "wrong")
        page.click(f"{field('can_sell')} label:has-text('No')")
        page.fill(f"{field('loss')} input", "1 500,50")
        page.fill(f"{field('story')} textarea", "Smoke came out")
        page.click(f"{field('also')} label:has-text('Deliveries')")
        page.fill(f"{field('parts')} tbody tr:nth-child(1) td:nth-child(1) input", "Fuse")
        page.fill(f"{field('parts')} tbody tr:nth-child(1) td:nth-child(2) input", "2")
        page.click(SEND)
        page.wait_for_selector(f"{field('serial')} .invalid-feedback:has-text('Two letters')")
        assert desk.count() == before
        page.fill(f"{field('serial')} input", "CT-1234")
        page.click(SEND)
        page.wait_for_selector(".o_service_desk_request_done")
    assert desk.count() == before + 1
    [ticket] = desk.call("service_desk.ticket", "search", [], order="id desc", limit=1)
    told = desk.told(ticket)
    assert told["what"] == "Till"
    assert told["serial"] == "CT-1234"
    assert told["can_sell"] == "No"
    assert "1,500.50" in told["loss"]
    assert told["also"] == "Deliveries"
    assert "since" not in told
    assert "Fuse" in told.values()


def test_the_same_by_calls(desk, ask):
    made = ask(GOOD)
    assert made["number"]
    [ticket] = desk.call("service_desk.ticket", "search", [["number", "=", made["number"]]])
    assert desk.told(ticket)["serial"] == "CT-1234"


@pytest.mark.parametrize("rule", BROKEN)
def test_every_rule_broken_once(desk, ask, rule):
    change, word = BROKEN[rule]
    answers = {key: value for key, value in {**GOOD, **change}.items() if value is not None}
    before = desk.count()
    with pytest.raises(Trouble) as refused:
        ask(answers)
    assert word in str(refused.value)
    assert "ValidationError" in str(refused.value) or "FormRefused" in str(refused.value)
    assert desk.count() == before
