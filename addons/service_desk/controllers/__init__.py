from . import approval, inert_export, pbx, portal_announcement
