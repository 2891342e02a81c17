from .common import ServiceDeskCommon


class CatalogCommon(ServiceDeskCommon):
    """A service with its owner, and offerings of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["service_desk.offering"].search([]).write({"active": False})
        cls.owner = cls._create_user("sd_owner1", "base.group_user")
        cls.service = cls.env["service_desk.service"].create(
            {
                "name": "Workplaces",
                "company_id": cls.company.id,
                "owner_id": cls.owner.id,
                "team_id": cls.team_it.id,
            }
        )
        cls.part = cls.env["service_desk.service"].create(
            {"name": "Laptops", "company_id": cls.company.id, "parent_id": cls.service.id}
        )
        cls.foreign_service = cls.env["service_desk.service"].create(
            {"name": "Premises", "company_id": cls.company.id}
        )
        cls.offering = cls._create_offering(name="Order a laptop", state="published")

    @classmethod
    def _create_user(cls, login, groups):
        user = cls.env["res.users"].create(
            {
                "name": login,
                "login": login,
                "email": f"{login}@desk.example.com",
                "group_ids": [(6, 0, [cls.env.ref(group).id for group in groups.split(",")])],
            }
        )
        return user

    @classmethod
    def _create_offering(cls, **vals):
        return cls.env["service_desk.offering"].create(
            {
                "name": "Offering",
                "service_id": cls.service.id,
                "type_id": cls.type_request.id,
                **vals,
            }
        )

    def _door(self, user):
        return self.env["service_desk.catalog"].with_user(user)
