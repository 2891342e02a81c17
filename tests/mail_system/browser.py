"""An agent's browser: Chromium, driven as a person uses it."""

from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from devtools import shell

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def page_of(server, login, password):
    """Yield the page of a person who has just logged in."""
    chromium = shell.need_program("chromium", ["chromium"], "A browser (Chromium)")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        try:
            page = browser.new_page(viewport={"width": 1400, "height": 900}, locale="en-US")
            page.set_default_timeout(60_000)
            log_in(page, server, login, password)
            yield page
        finally:
            browser.close()


def log_in(page, server, login, password):
    """Log in and wait for the web client."""
    page.goto(f"{server.url}/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_selector(".o_main_navbar")


def answer(page, server, ticket_id, text):
    """Open the ticket, write a public answer and send it."""
    page.goto(f"{server.url}/odoo/service-desk/{ticket_id}")
    page.wait_for_selector(".o-mail-Chatter")
    page.click(".o-mail-Chatter-sendMessage")
    page.fill(".o-mail-Composer-input", text)
    page.click(".o-mail-Composer-send")
    page.wait_for_selector(f".o-mail-Message:has-text('{text}')")
