"""Calling an address outside, safely: no Odoo in here."""

from .address import Refused, check_url, resolve
from .post import Answer, post
from .sign import sign

__all__ = ["Answer", "Refused", "check_url", "post", "resolve", "sign"]
