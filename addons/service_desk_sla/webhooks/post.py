"""One call: to the address that was checked, with limits on time and size, following no redirect."""

import contextlib
import http.client
import socket
import ssl
import threading
from typing import NamedTuple

from .address import PORTS, check_url, resolve

#: Seconds: to connect and between two pieces of the answer; for the whole call.
STEP_TIMEOUT, WHOLE_TIMEOUT = 5, 15


class Answer(NamedTuple):
    """The HTTP status, and whether that means that the call was taken."""

    status: int
    is_taken: bool


def post(url, body, headers, own_network=False):
    """Send ``body`` (bytes) to ``url`` and return the :class:`Answer`.

    The name is resolved once, checked, and the connection made to that very address: no second look-up that
    could say something else. The certificate is checked for the name. Of the answer only the status is read.

    :raises Refused: see :mod:`.address`
    :raises OSError: it could not be reached, or was too slow
    :raises http.client.HTTPException: what answered is no web server
    """
    scheme, host, port, target = check_url(url)
    address = resolve(host, port, own_network)
    with contextlib.closing(_connect(scheme, host, address, port)) as sock:
        # a server that sends a byte now and then holds nobody up for ever
        watch = threading.Timer(WHOLE_TIMEOUT, _hang_up, [sock])
        watch.start()
        try:
            connection = http.client.HTTPConnection(_host_header(scheme, host, port))
            connection.sock = sock
            connection.request("POST", target, body=body, headers=headers)
            status = connection.getresponse().status
        finally:
            watch.cancel()
    return Answer(status, 200 <= status < 300)


def _connect(scheme, host, address, port):
    sock = socket.create_connection((address, port), timeout=STEP_TIMEOUT)
    if scheme == "http":
        return sock
    try:
        return ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    except BaseException:
        sock.close()
        raise


def _hang_up(sock):
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _host_header(scheme, host, port):
    """Return host and port as the Host header has them; HTTPConnection takes its own from it."""
    name = f"[{host}]" if ":" in host else host
    return name if port == PORTS[scheme] else f"{name}:{port}"
