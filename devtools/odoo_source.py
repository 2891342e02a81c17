"""Odoo 19 itself."""

from .paths import HOME

UNPACKED = HOME / "odoo" / "usr" / "lib" / "python3" / "dist-packages"


def python_path():
    """Return the folder that holds the package ``odoo``."""
    return UNPACKED


def lacks_selfie_file():
    """Tell whether this build lacks the file without which every backend page logs an error."""
    return not any(
        (python_path() / addons / "mail/static/lib/selfie_segmentation/selfie_segmentation.js").exists()
        for addons in ("odoo/addons", "addons")
    )
