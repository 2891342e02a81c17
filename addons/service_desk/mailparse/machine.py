"""Messages that no person wrote."""


def fill(reading):
    """Fill ``machine`` and ``no_auto_answer``."""
