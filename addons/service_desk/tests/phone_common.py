from .common import ServiceDeskCommon

PRESS = "press-0001"


class PhoneCommon(ServiceDeskCommon):
    """Callers with numbers in several notations, a switchboard, an exchange with two telephones."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.partner"].search([("phone", "!=", False)]).phone = False  # of the demo
        cls.company.country_id = cls.env.ref("base.ru")
        partners = cls.env["res.partner"]
        cls.firm_a.phone = "+7 495 123-40-00"
        cls.shop = partners.create(
            {"name": "Магазин 12", "parent_id": cls.firm_a.id, "type": "other", "phone": "40-12-00"}
        )
        cls.customer_a.write({"phone": "8 (495) 123-45-67", "name": "Алла Королёва"})
        cls.customer_b.phone = "+44 113 496 0111"
        cls.switch_1, cls.switch_2 = partners.create(
            [
                {"name": "Ivan Petrov", "parent_id": cls.firm_b.id, "phone": "+7 812 333 22 11"},
                {"name": "Pyotr Ivanov", "parent_id": cls.firm_b.id, "phone": "8-812-333-22-11"},
            ]
        )
        cls.service = cls.env["service_desk.service"].create(
            {"name": "Cash desks", "team_id": cls.team_it.id, "company_id": cls.company.id}
        )
        cls.pbx = cls.env["service_desk.pbx"].create(
            {"name": "Office", "team_id": cls.team_it.id, "shape": "cloud"}
        )
        cls.env["service_desk.pbx.extension"].create(
            [
                {"pbx_id": cls.pbx.id, "extension": "101", "user_id": cls.agent.id},
                {"pbx_id": cls.pbx.id, "extension": "102", "user_id": cls.agent2.id},
            ]
        )
        cls.calls = cls.env["service_desk.call"]
        cls.env.flush_all()

    def _screen(self, user=None):
        """Return the model as an operator's screen calls it."""
        return self.calls.with_user(user or self.agent)

    def _names(self, text, user=None):
        return [row["name"] for row in self._screen(user).search_callers(text)["rows"]]

    def _tell(self, event, call_id="c1", **data):
        """Let the exchange tell an event; return the call."""
        data = {"event": event, "call_id": call_id, **data}
        self.calls.sudo()._receive(self.pbx, data)
        return self.calls.search([("call_ref", "=", call_id), ("pbx_id", "=", self.pbx.id)])
