from odoo.tests import tagged

from odoo.addons.service_desk.tests.common import ServiceDeskCommon


@tagged("post_install", "-at_install")
class TestScreenBoard(ServiceDeskCommon):
    """What lists, cards and forms show of clocks, made here by hand: the arithmetic of clocks has its own tests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.response = cls.env["service_desk.metric"]._by_code("first_response")
        cls.resolution = cls.env["service_desk.metric"]._by_code("resolution")
        cls.agreement = cls.env["service_desk.agreement"].create(
            {
                "name": "Shops",
                "line_ids": [
                    (
                        0,
                        0,
                        {
                            "target_ids": [
                                (
                                    0,
                                    0,
                                    {"metric_id": cls.response.id, "amount": 30, "unit": "minutes"},
                                ),
                                (
                                    0,
                                    0,
                                    {"metric_id": cls.resolution.id, "amount": 4, "unit": "hours"},
                                ),
                            ]
                        },
                    )
                ],
            }
        )
        cls.agreement.action_publish()
