"""The browser's part of ./desk shot; runs where Playwright is installed."""

import contextlib
import sys

from playwright.sync_api import Error, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HEIGHT = 900
TALLEST = 6000
# The web client is quiet when nothing loads: no request is under way, no blocker, no spinner, no skeleton.
QUIET = """() => !document.querySelector('.o_blockUI, .o_loading_indicator, .o_view_sample_data_loading')
    && document.readyState === 'complete'
    && (!document.querySelector('.o_web_client') || document.querySelector('.o_action_manager > *'))"""
# The backend scrolls inside the page: how much higher would it have to be to show everything?
HIDDEN = """() => Math.max(0, document.documentElement.scrollHeight - innerHeight,
    ...[...document.querySelectorAll('.o_content, .o_form_view, .o_renderer, .o-mail-Thread, #wrapwrap')]
        .map(e => e.scrollHeight - e.clientHeight))"""


def take(browser_path, url, db, page_path, login, width, lang, target):
    """Log in, open the page, wait until it is quiet, and save the picture; returns console errors."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            is_mobile=width < 600,
            has_touch=width < 600,
        )
        page = context.new_page()
        errors = []
        page.on("console", lambda entry: entry.type == "error" and errors.append(entry.text))
        page.on("pageerror", lambda error: errors.append(str(error)))
        if login != "public":
            _login(context, url, db, login)
        before = _speak(context, url, lang) if lang and login != "public" else None
        try:
            if lang and login == "public":
                context.add_cookies([{"name": "frontend_lang", "value": lang, "url": url}])
            answer = page.goto(url + page_path, wait_until="load")
            if answer and answer.status >= 400:
                errors.append(f"status {answer.status} for {page_path}")
            _settle(page)
            hidden = page.evaluate(HIDDEN)
            if hidden:
                page.set_viewport_size({"width": width, "height": min(TALLEST, HEIGHT + hidden)})
                _settle(page)
            page.screenshot(path=target, full_page=True)
        finally:
            if before:
                _speak(context, url, before)
            browser.close()
    return errors


def _login(context, url, db, login):
    """Open a session: demo people have their login as password."""
    answer = _post(
        context, f"{url}/web/session/authenticate", {"db": db, "login": login, "password": login}
    )
    if "error" in answer:
        raise SystemExit(f"{login} cannot log in: {answer['error']['data']['message']}")


def _speak(context, url, lang):
    """Set the user's language; returns the one he had."""
    info = _post(context, f"{url}/web/session/get_session_info", {})["result"]
    call = f"{url}/web/dataset/call_kw/res.users"
    mine = [[info["uid"]]]
    read = {"model": "res.users", "method": "read", "args": [*mine, ["lang"]], "kwargs": {}}
    before = _post(context, f"{call}/read", read)["result"][0]["lang"]
    write = {"model": "res.users", "method": "write", "args": [*mine, {"lang": lang}], "kwargs": {}}
    answer = _post(context, f"{call}/write", write)
    if "error" in answer:
        raise SystemExit(f"The language {lang} is refused: {answer['error']['data']['message']}")
    return before


def _post(context, url, params):
    body = {"jsonrpc": "2.0", "method": "call", "params": params}
    return context.request.post(url, data=body).json()


def _settle(page):
    # A websocket may keep the network busy for ever: that is not a reason to give up.
    with contextlib.suppress(Error):
        page.wait_for_load_state("networkidle", timeout=8000)
    page.wait_for_function(QUIET, timeout=30000)
    page.wait_for_timeout(700)


if __name__ == "__main__":
    browser_path, url, db, page_path, login, width, lang, target = sys.argv[1:]
    found = take(browser_path, url, db, page_path, login, int(width), lang, target)
    for line in found:
        print(f"console: {line}", file=sys.stderr)
    sys.exit(1 if found else 0)
