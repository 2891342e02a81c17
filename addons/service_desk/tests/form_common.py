from .common import ServiceDeskCommon

KASSA = {"all": [{"key": "what", "op": "=", "value": "till"}]}


class FormCommon(ServiceDeskCommon):
    """A published form with a question of most kinds, and an offering that asks it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = cls.env["service_desk.service"].create(
            {"name": "Cash desks", "company_id": cls.company.id, "team_id": cls.team_it.id}
        )
        cls.form = cls.env["service_desk.form"].create(
            {"name": "Breakdown", "service_id": cls.service.id}
        )
        cls.questions = {}
        cls._ask("what", "choice", name="What is broken?", is_required=True, option_ids=[
            (0, 0, {"name": "Till", "key": "till"}), (0, 0, {"name": "Printer", "key": "printer"}),
        ])  # fmt: skip
        cls._ask("number", "text", name="Number", shown_if=KASSA, required_if=KASSA, rules={"pattern": r"\d+"},
                 pattern_hint="Digits only.")  # fmt: skip
        cls._ask("more", "section", name="More")
        cls._ask("loss", "money", name="Loss", rules={"min": 0, "max": 1000})
        cls._ask("since", "date", name="Since", rules={"not_after": {"today": True}})
        cls._ask("who", "contact", name="Who saw it?", prefill="myself")
        cls._ask("files", "files", name="Photos", rules={"types": ["png"], "max_mb": 1})
        cls._ask("parts", "table", name="Parts", column_ids=[
            (0, 0, {"name": "Part", "key": "part", "is_required": True, "form_id": cls.form.id}),
            (0, 0, {"name": "Count", "key": "count", "kind": "number", "rules": {"min": 1}, "form_id": cls.form.id}),
        ])  # fmt: skip
        cls.form.action_publish()
        cls.version = cls.form.version_id
        cls.offering = cls.env["service_desk.offering"].create(
            {
                "name": "Register a breakdown",
                "service_id": cls.service.id,
                "type_id": cls.type_incident.id,
                "form_id": cls.form.id,
                "state": "published",
            }
        )
        cls.good = {
            "what": "till",
            "number": "7",
            "loss": 12.5,
            "since": "2026-01-15",
            "who": cls.customer_a.id,
            "parts": [{"part": "Cable", "count": 2}, {"part": "Plug"}],
        }

    @classmethod
    def _ask(cls, key, kind, **vals):
        cls.questions[key] = cls.env["service_desk.form.question"].create(
            {
                "form_id": cls.form.id,
                "key": key,
                "kind": kind,
                "sequence": 10 * len(cls.questions),
                **vals,
            }
        )

    def _request(self, answers, **vals):
        return self.env["service_desk.ticket"]._intake(
            {
                "offering_id": self.offering.id,
                "partner_id": self.customer_a.id,
                "channel": "portal",
                **vals,
            },
            answers=answers,
        )

    def _file(self, user, name="a.png", **vals):
        return self.env["ir.attachment"].with_user(user).create({"name": name, "raw": b"x", **vals})
