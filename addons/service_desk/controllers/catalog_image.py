from odoo import http
from odoo.http import request

MODELS = {"offering": "service_desk.offering", "service": "service_desk.service"}


class CatalogImage(http.Controller):
    """Pictures of the catalog, for whoever may see what they show."""

    @http.route(
        ["/service_desk/catalog/<string:kind>/<int:record_id>/image"],
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def image(self, kind, record_id, **kw):
        """Return a picture; what is hidden and what does not exist give the same answer."""
        if kind not in MODELS or not request.env["service_desk.catalog"]._shows(kind, record_id):
            raise request.not_found()
        record_sudo = request.env["service_desk.catalog"]._shown_sudo(MODELS[kind], record_id)
        stream = request.env["ir.binary"]._get_image_stream_from(record_sudo, "image_256")
        return stream.get_response(max_age=http.STATIC_CACHE)
