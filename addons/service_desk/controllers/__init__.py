from . import inert_export, pbx, portal_announcement
