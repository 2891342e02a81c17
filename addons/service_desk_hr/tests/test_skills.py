from odoo.tests import tagged

from odoo.addons.service_desk_hr.models.service_desk_skill import level_of

from .common import HrCommon


@tagged("post_install", "-at_install")
class TestSkills(HrCommon):
    """What HR keeps of a person counts at the desk."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kind = cls.env["hr.skill.type"].create(
            {
                "name": "Programmes",
                "skill_ids": [(0, 0, {"name": "1C"}), (0, 0, {"name": "SAP"})],
                "skill_level_ids": [
                    (0, 0, {"name": "Nothing", "level_progress": 0}),
                    (0, 0, {"name": "Some", "level_progress": 30}),
                    (0, 0, {"name": "All", "level_progress": 100}),
                ],
            }
        )
        cls.hr_skill, cls.hr_other = kind.skill_ids.sorted("name")
        cls.nothing, cls.some, cls.all = kind.skill_level_ids.sorted("level_progress")
        cls.skill = cls.env["service_desk.skill"].create(
            {"name": "1C", "hr_skill_id": cls.hr_skill.id}
        )

    def _know(self, employee, level, skill=None, **vals):
        return self.env["hr.employee.skill"].create(
            {
                "employee_id": employee.id,
                "skill_id": (skill or self.hr_skill).id,
                "skill_type_id": self.hr_skill.skill_type_id.id,
                "skill_level_id": level.id,
                **vals,
            }
        )

    def _levels(self):
        return self.env["service_desk.agent"]._skill_levels(self.agent | self.agent2)

    def test_levels(self):
        self.assertEqual([level_of(p) for p in (0, 1, 20, 21, 60, 81, 100)], [0, 1, 1, 2, 3, 5, 5])

    def test_skill_of_employee_counts(self):
        self._know(self.anna, self.some)
        self._know(self.boris, self.all, self.hr_other)
        self.assertEqual(self._levels(), {self.agent.id: {self.skill.id: 2}, self.agent2.id: {}})

    def test_better_of_both_counts(self):
        profile = self.env["service_desk.agent"]._of_users(self.agent)
        profile.skill_ids = [(0, 0, {"skill_id": self.skill.id, "level": "4"})]
        self._know(self.anna, self.some)
        self.assertEqual(self._levels()[self.agent.id], {self.skill.id: 4})
        self.assertEqual(profile.hr_skill_names, "1C 2")

    def test_expired_future_and_empty_do_not_count(self):
        self._know(self.anna, self.all, valid_from="2020-01-01", valid_to="2020-12-31")
        self._know(self.boris, self.nothing)
        self.assertEqual(self._levels(), {self.agent.id: {}, self.agent2.id: {}})
