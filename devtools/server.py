"""A running Odoo server: start it, wait until it answers, watch its log, stop it."""

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar

from . import odoo, shell
from .paths import LOGS, ROOT
from .say import Trouble


class Server:
    """One Odoo process on one database and one loopback port."""

    def __init__(self, db, port=None, *args, log=None, env=None):
        self.db = db
        self.port = port or odoo.free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = log or LOGS / f"server-{db}.log"
        self.args = args
        self.env = env or {}
        self.process = None

    def start(self):
        """Start the process; it has a group of its own, so Ctrl-C reaches only us."""
        args = ["-d", self.db, "--http-port", self.port, "--db-filter", f"^{self.db}$", *self.args]
        with open(self.log, "ab") as handle:
            self.process = subprocess.Popen(
                odoo.command(*args),
                cwd=ROOT,
                env=odoo.environment(**self.env),
                stdout=handle,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self

    def wait_ready(self, seconds=180):
        """Wait until the login page really answers."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                words = shell.tail(self.log)
                raise Trouble(f"Odoo ended while starting ({shell.explain(words)}).\n{words}")
            try:
                with urllib.request.urlopen(f"{self.url}/web/login", timeout=seconds) as page:
                    if page.status == 200 and b'name="login"' in page.read():
                        return self
            except (urllib.error.URLError, OSError):
                pass
            time.sleep(0.2)
        raise Trouble(f"Odoo did not answer within {seconds} s. Its log: {self.log}")

    def stop(self, seconds=20):
        """Stop the server as Ctrl-C would; by force when it does not end."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self):
        """End the server at once, as a crash would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def session(self, login, password=None):
        """Return a logged-in client; the password defaults to the login (demo data)."""
        return Session(self, login, login if password is None else password)

    def __enter__(self):
        return self.start().wait_ready()

    def __exit__(self, *error):
        self.stop()


class Session:
    """A browser-like client: pages by GET, models by the web client's own calls."""

    def __init__(self, server, login=None, password=None):
        self.server = server
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.info = None
        if login:
            self.info = self.post(
                "/web/session/authenticate",
                {"db": server.db, "login": login, "password": password},
            )

    @property
    def session_id(self):
        """The value of the session's cookie."""
        return next(cookie.value for cookie in self.cookies if cookie.name == "session_id")

    def get(self, path, timeout=120):
        """Return (status, text) of a page."""
        try:
            with self.opener.open(self.server.url + path, timeout=timeout) as answer:
                return answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8", "replace")

    def post(self, path, params, timeout=120):
        """Call a JSON route and return its result; the server's error is raised as Trouble."""
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}).encode()
        request = urllib.request.Request(
            self.server.url + path, body, {"Content-Type": "application/json"}
        )
        with self.opener.open(request, timeout=timeout) as answer:
            reply = json.load(answer)
        if "error" in reply:
            data = reply["error"].get("data") or {}
            raise Trouble(f"{data.get('name')}: {data.get('message') or reply['error']['message']}")
        return reply.get("result")

    def call(self, model, method, *args, **kwargs):
        """Call a method of a model as the web client does."""
        return self.post(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": list(args), "kwargs": kwargs},
        )
