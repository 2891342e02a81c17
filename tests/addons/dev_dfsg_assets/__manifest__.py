{
    "name": "Development: assets of Debian's Odoo",
    "summary": "Leave out a file that Debian's build of Odoo does not ship; never needed elsewhere",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "Service Desk Maintainers",
    "license": "LGPL-3",
    "depends": ["mail"],
    "assets": {
        "web.assets_backend": [
            ("remove", "mail/static/lib/selfie_segmentation/selfie_segmentation.js"),
        ],
    },
}
