from . import approval, catalog_image, inert_export, pbx, portal_announcement
