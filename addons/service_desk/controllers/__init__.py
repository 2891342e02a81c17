from . import inert_export, pbx
