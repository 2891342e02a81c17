"""How an exchange proves who it is."""

import hashlib
import hmac


def signature_of(secret, timestamp, body):
    """Return the hexadecimal HMAC-SHA256 of ``timestamp.body``.

    :param str secret: shared with the exchange
    :param str timestamp: seconds since 1970, as the header has it
    :param bytes body: as sent
    """
    message = timestamp.encode() + b"." + body
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def token_hash(token):
    """Return what is kept of a bearer token: it is random, so a plain hash tells nothing of it."""
    return hashlib.sha256(token.encode()).hexdigest()
