from odoo import api, models


class ServiceDeskPromise(models.AbstractModel):
    """What a ticket would be promised; the ticket then gets the same."""

    _name = "service_desk.promise"
    _description = "Promise"

    @api.model
    def _for(self, requests):
        """Return ``[{metric code: due moment}]`` of the customer's agreement, one for each of ``requests``.

        :param requests: as for ``service_desk.agreement._fitting``
        """
        return [{} for _request in requests]
