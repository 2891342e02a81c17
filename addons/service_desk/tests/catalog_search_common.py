from unittest.mock import patch

from .common import ServiceDeskCommon


class CatalogSearchCommon(ServiceDeskCommon):
    """A small catalog whose words are known."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.catalog = cls.env["service_desk.catalog"]
        cls.env["service_desk.offering"].search([]).active = False
        cls.service = cls.env["service_desk.service"].create(
            {
                "name": "Facilities of Quokka",
                "company_id": cls.company.id,
                "team_id": cls.team_it.id,
            }
        )
        cls.plumbing = cls._create_offering("Сантехнические работы", "Смесители, засоры, протечки")
        cls.printing = cls._create_offering("Ремонт принтера", "Полосы, замятие бумаги")
        cls.laptop = cls._create_offering("Order a laptop", "A workplace to carry about")
        cls.till = cls._create_offering("Поломка кассового оборудования", "Кассы и терминалы")
        cls.access = cls._create_offering(
            "Access to the warehouse program", "Rights in the program"
        )

    @classmethod
    def _create_offering(cls, name, summary="", **vals):
        return cls.env["service_desk.offering"].create(
            {
                "name": name,
                "summary": summary,
                "service_id": cls.service.id,
                "type_id": cls.type_request.id,
                "state": "published",
                **vals,
            }
        )

    def _found(self, text, **kwargs):
        """Return the offerings that the words lead to, the best first."""
        hits = self.catalog._search_offerings(text, self.customer_a, **kwargs)
        return self.env["service_desk.offering"].browse([hit["offering_id"] for hit in hits])

    def _seeing_only(self, offerings):
        """Let everybody use only ``offerings``."""
        seen = patch.object(
            type(self.catalog), "_visible_ids", lambda catalog, partner: frozenset(offerings.ids)
        )
        return seen
