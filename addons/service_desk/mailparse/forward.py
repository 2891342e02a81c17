"""The original inside a forwarded message."""


def fill(reading):
    """Fill ``original`` when the message forwards another one."""
