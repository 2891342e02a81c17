from . import inert_export
