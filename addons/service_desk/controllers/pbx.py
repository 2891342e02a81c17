"""The door for telephone exchanges: whoever proves nothing learns nothing."""

import hashlib
import json
import logging
import re
import time

import psycopg2

from odoo import http
from odoo.http import request

_logger = logging.getLogger(__name__)

LARGEST_BODY = 64 * 1024
#: Seconds by which the exchange's clock may differ from ours.
CLOCK_DIFFERENCE = 300
KEY = re.compile(r"^[A-Za-z0-9_-]{16,64}$")
TRIES = 4


class PbxController(http.Controller):
    # An exchange has no session: it signs each event instead.
    @http.route(  # nosemgrep: csrf-off
        "/service_desk/pbx/<string:key>/event",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
        max_content_length=LARGEST_BODY,
        service_desk_keeps_body=True,
    )
    def event(self, key, **params):
        """Take one event of an exchange.

        Answers: 200 taken (or known, or of no interest), 401 not proven or not understood, 413 too large,
        429 too many. Which of the reasons for 401 it was stands in the server's log only.
        """
        body = request.httprequest.get_data()
        proof = self._proof()
        pbx_sudo = request.env["service_desk.pbx"]._proven(
            key if KEY.match(key) else "", body, proof
        )
        if not pbx_sudo:
            return self._refuse(401, "no proof")
        nonce = ""
        if pbx_sudo.auth == "signature":
            if not self._is_recent(proof["timestamp"]):
                return self._refuse(401, "old timestamp", pbx_sudo)
            nonce = hashlib.sha256(proof["signature"].encode()).hexdigest()
        events = request.env["service_desk.call.event"]
        if events._is_replay(pbx_sudo, nonce):
            return self._refuse(401, "replay", pbx_sudo)
        if events._is_too_many(pbx_sudo):
            return self._refuse(429, "too many", pbx_sudo)
        data = self._read_body(body)
        if data is None:
            return self._refuse(401, "not understood", pbx_sudo)
        self._receive(pbx_sudo, data, nonce)
        return request.make_response("ok", [("Content-Type", "text/plain")])

    def _receive(self, pbx_sudo, data, nonce):
        """Take the event; two of one call at once are taken one after the other, without losing a second."""
        for attempt in range(TRIES):
            try:
                calls_sudo = request.env["service_desk.call"].sudo()
                calls_sudo._receive(pbx_sudo, data, nonce)
                request.env.flush_all()
                return
            except psycopg2.errors.SerializationFailure:
                if attempt == TRIES - 1:
                    raise
                # nothing was written before; Odoo itself would wait up to two seconds and the caller with it
                request.env.cr.rollback()
                request.env.transaction.reset()
                time.sleep(0.02 * (attempt + 1))

    def _proof(self):
        headers = request.httprequest.headers
        token = headers.get("Authorization", "")
        return {
            "timestamp": headers.get("X-Service-Desk-Timestamp", "")[:20],
            "signature": headers.get("X-Service-Desk-Signature", "")[:128].removeprefix("sha256="),
            "token": token[7:135] if token[:7].lower() == "bearer " else "",
        }

    def _is_recent(self, timestamp):
        if not timestamp.isascii() or not timestamp.isdigit():
            return False
        return abs(time.time() - int(timestamp)) <= CLOCK_DIFFERENCE

    def _read_body(self, body):
        """Return the event as a flat dictionary, None when it is none."""
        mimetype = request.httprequest.mimetype
        if mimetype == "application/x-www-form-urlencoded":
            return request.httprequest.form.to_dict() or None
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            return None
        return data if isinstance(data, dict) else None

    def _refuse(self, status, reason, pbx_sudo=None):
        """Refuse in the same words whatever the reason is."""
        _logger.info(
            "A call event was refused: %s (%s, from %s)",
            reason,
            pbx_sudo.name if pbx_sudo else "unknown exchange",
            request.httprequest.remote_addr,
        )
        words = {401: "Refused.", 429: "Too many events, come back later."}
        response = request.make_response(words[status], [("Content-Type", "text/plain")])
        response.status_code = status
        if status == 429:
            response.headers["Retry-After"] = "30"
        return response
