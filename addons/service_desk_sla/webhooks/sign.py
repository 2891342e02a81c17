"""The proof that a call comes from this desk and is not an old one."""

import hashlib
import hmac


def sign(secret, moment, body):
    """Return the signature of a call: ``t=<unix time>,v1=<hex>``.

    The hex is HMAC-SHA256 (RFC 2104) with the secret, of the time, a full stop and the body; whoever gets the
    call counts the same and compares, and refuses a time that is long ago.

    :param str secret: shared with the receiver
    :param int moment: unix time of this attempt
    :param bytes body: as it is sent
    """
    text = b"%d." % moment + body
    return f"t={moment},v1={hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()}"
