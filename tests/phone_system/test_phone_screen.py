"""From a number to a saved ticket: counted keys, measured seconds, and nothing lost on the way."""

import logging
import time

import pytest
from mail_system.browser import log_in
from playwright.sync_api import TimeoutError

from .desk import OPERATORS, TYPED_NUMBER

_logger = logging.getLogger(__name__)

STORY = "#o_service_desk_story"
SAVED = ".o_service_desk_saved"
POPUP = ".o_service_desk_call"
#: Keys besides the text; Ctrl and Enter are two.
MOST_KEYS = 8
MOST_SECONDS = 30
MOST_SECONDS_TO_POP_UP = 2
COUNT_KEYS = """() => {
    window.pressedKeys = 0;
    window.addEventListener("keydown", () => { window.pressedKeys += 1; }, { capture: true });
}"""


def open_phone(desk, page):
    """Open the phone screen; the caller's box has the focus."""
    page.goto(f"{desk.server.url}/odoo/phone")
    page.wait_for_selector("#o_service_desk_caller:focus")


def write(page, text):
    """Write the text into the box that has the focus; a text is no key."""
    page.wait_for_selector(f"{STORY}:focus")
    page.keyboard.insert_text(text)


def save(page):
    """Save with the keyboard; return the number that the operator tells the caller."""
    page.keyboard.press("Control+Enter")
    return page.wait_for_selector(f"{SAVED} .fs-4.fw-bold").inner_text()


def say(record_property, name, value):
    """Put a measured value into the report."""
    record_property(name, value)
    _logger.info("%s: %s", name, value)


def test_keys_and_seconds_from_a_number_to_a_classified_ticket(desk, page, record_property):
    open_phone(desk, page)
    begin = time.monotonic()
    page.keyboard.type(TYPED_NUMBER, delay=20)
    page.wait_for_selector("[role=option]:has-text('Alla Caller')")
    page.evaluate(COUNT_KEYS)
    page.keyboard.press("Enter")
    write(page, "The till is dead\nsince nine")
    page.keyboard.press("Tab")
    page.keyboard.type("til")
    page.wait_for_selector("[role=option]:has-text('Tills')")
    number = save(page)
    seconds = round(time.monotonic() - begin, 1)
    keys = page.evaluate("window.pressedKeys")
    say(record_property, "keys", keys)
    say(record_property, "seconds", seconds)
    assert keys <= MOST_KEYS
    assert seconds < MOST_SECONDS
    [ticket] = desk.tickets("The till is dead")
    assert ticket["number"] == number
    assert ticket["channel"] == "phone"
    assert ticket["partner_id"][0] == desk.caller
    assert ticket["create_uid"][0] == desk.users["101"]
    assert ticket["service_id"][0] == desk.service
    assert ticket["type_id"]
    assert ticket["priority"]
    page.wait_for_selector("#o_service_desk_caller:focus")


def test_a_call_pops_up_and_is_logged(desk, page, record_property):
    page.goto(f"{desk.server.url}/odoo/service-desk")
    page.wait_for_selector(".o_list_view")
    wait_for_websocket(desk, page, "101")
    page.evaluate(COUNT_KEYS)
    begin = time.monotonic()
    desk.ring("popped")
    page.wait_for_selector(f"{POPUP}:has-text('Alla Caller')")
    seconds = round(time.monotonic() - begin, 2)
    say(record_property, "seconds to the pop-up", seconds)
    assert seconds < MOST_SECONDS_TO_POP_UP
    page.wait_for_selector(f"{POPUP} .btn-primary:focus")
    page.keyboard.press("Enter")
    page.wait_for_selector(".o_service_desk_panel:has-text('Shops')")
    desk.tell("answered", "popped", extension="101")
    write(page, "Called about the till")
    page.keyboard.press("Tab")
    page.keyboard.type("til")
    save(page)
    keys = page.evaluate("window.pressedKeys")
    say(record_property, "keys from the pop-up", keys)
    assert keys <= MOST_KEYS
    desk.tell("ended", "popped", duration=200)
    [ticket] = desk.tickets("Called about the till")
    assert any("3 min 20 s" in note for note in desk.notes(ticket["id"]))


def wait_for_websocket(desk, page, extension):
    """Ring until the page hears it: only then the time of a pop-up means something."""
    for attempt in range(20):
        desk.ring(f"warm-{extension}-{attempt}", extension)
        try:
            page.wait_for_selector(POPUP, timeout=1500)
            break
        except TimeoutError:
            continue
    for over in range(attempt + 1):
        desk.tell("ended", f"warm-{extension}-{over}")
    page.wait_for_selector(POPUP, state="detached")


def test_the_call_is_shown_to_nobody_else(desk, page):
    login = OPERATORS["102"]
    open_phone(desk, page)
    with page.context.browser.new_page() as other:
        other.set_default_timeout(60_000)
        log_in(other, desk.server, login, login)
        other.goto(f"{desk.server.url}/odoo/service-desk")
        wait_for_websocket(desk, other, "102")
        desk.ring("for-102", "102")
        other.wait_for_selector(POPUP)
        page.wait_for_timeout(1500)
        assert not page.query_selector(POPUP)
        assert not page.query_selector(STORY)
        desk.tell("answered", "for-102", extension="101")
        other.wait_for_selector(POPUP, state="detached")
    desk.tell("ended", "for-102", duration=1)


def test_a_word_on_an_open_ticket_by_keys_alone(desk, page):
    [open_ticket] = desk.call(
        "service_desk.ticket",
        "create",
        [{"name": "Slow network", "team_id": desk.team, "partner_id": desk.caller}],
    )
    open_phone(desk, page)
    page.keyboard.type("alla call")
    page.wait_for_selector("[role=option]:has-text('Alla Caller')")
    page.keyboard.press("Enter")
    page.wait_for_selector(".o_service_desk_targets:has-text('Slow network')")
    write(page, "It is still slow")
    page.keyboard.press("Alt+ArrowDown")
    page.wait_for_selector(".o_service_desk_targets :checked + label:has-text('Slow network')")
    save(page)
    assert any("It is still slow" in note for note in desk.notes(open_ticket))
    [state] = desk.call("service_desk.ticket", "read", [open_ticket], ["needs_reply"])
    assert state["needs_reply"] is True


def test_saving_twice_makes_one_ticket(desk, page):
    open_phone(desk, page)
    page.keyboard.type(TYPED_NUMBER)
    page.keyboard.press("Enter")
    write(page, "Pressed twice")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(SAVED)
    page.wait_for_timeout(1000)
    assert len(desk.tickets("Pressed twice")) == 1


def test_a_lost_session_loses_no_text(desk, page):
    open_phone(desk, page)
    page.keyboard.type(TYPED_NUMBER)
    page.keyboard.press("Enter")
    write(page, "Written before the session ended")
    page.wait_for_selector(".o_service_desk_panel")
    page.context.clear_cookies()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".modal")
    assert not desk.tickets("Written before the session ended")
    login = OPERATORS["101"]
    log_in(page, desk.server, login, login)
    page.goto(f"{desk.server.url}/odoo/phone")
    page.wait_for_selector(STORY)
    assert page.input_value(STORY) == "Written before the session ended"
    page.focus(STORY)
    save(page)
    [ticket] = desk.tickets("Written before the session ended")
    assert ticket["partner_id"][0] == desk.caller


@pytest.mark.parametrize("width", [390, 1400])
def test_nothing_hangs_over_the_edge(desk, page, width):
    page.set_viewport_size({"width": width, "height": 844})
    open_phone(desk, page)
    page.keyboard.type(TYPED_NUMBER)
    page.keyboard.press("Enter")
    page.wait_for_selector(".o_service_desk_panel")
    overhang = page.evaluate(
        "() => document.querySelector('.o_service_desk_phone').scrollWidth - window.innerWidth"
    )
    assert overhang <= 0
