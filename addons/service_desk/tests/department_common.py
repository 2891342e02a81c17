"""Departments installed by a manager, and answers that a form takes."""

from datetime import date, timedelta

from ..forms import conditions, read
from .common import ServiceDeskCommon


class DepartmentCommon(ServiceDeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departments = cls.env["service_desk.department"]
        cls.departments._sync()
        cls.security = cls._department("security")

    @classmethod
    def _department(cls, code):
        """Return a department as the manager works with it."""
        found = cls.departments.search([("code", "=", code)])
        return found.with_user(cls.manager).with_company(cls.company)

    @classmethod
    def _set_languages(cls, *codes):
        """Have exactly these languages active."""
        langs = cls.env["res.lang"].with_context(active_test=False)
        wanted = langs.search([("code", "in", codes)])
        cls.env["res.partner"].search([("lang", "not in", codes)]).lang = "en_US"
        (langs.search([("active", "=", True)]) - wanted).write({"active": False})
        wanted.write({"active": True})

    def _install(self, department, company=None, **options):
        vals = {
            "owner_id": self.manager.id,
            "lead_ids": self.lead.ids,
            "member_ids": self.agent.ids,
        }
        return department._install(company or self.company, {**vals, **options})

    def _records(self, department, model):
        """Return what the department has brought, ``{key: record}``, as superuser."""
        items = department._items().filtered(lambda item: item.res_model == model)
        return {item.key: record for item, record in items._records().items()}

    def _later(self):
        """Let time pass: what is written now is written after the installation."""
        self.env.flush_all()
        self.env.cr._now = self.env.cr.now() + timedelta(minutes=5)
        self.addCleanup(setattr, self.env.cr, "_now", None)

    def _valid_answers(self, definition, user):
        """Return answers to all questions of a form that are asked, made from its limits."""
        answers = {}
        for question in read(definition).questions:
            if conditions.holds(question.data.get("shown_if"), answers):
                answers[question.key] = self._valid_answer(question, answers, user)
        return answers

    def _valid_answer(self, question, answers, user):
        make = {
            "text": lambda: "12345",
            "long_text": lambda: "Some words",
            "number": lambda: (
                max(question.rule("min", 1), 1) if question.rule("max", 1) >= 1 else 0
            ),
            "money": lambda: max(question.rule("min", 0), 500_000),
            "date": lambda: self._valid_day(question, answers).isoformat(),
            "datetime": lambda: f"{self._valid_day(question, answers)} 10:00:00",
            "boolean": lambda: True,
            "choice": lambda: question.options[0],
            "choices": lambda: [question.options[0]],
            "contact": lambda: user.partner_id.id,
            "files": lambda: self._file_of(user).ids,
            "table": lambda: (
                [{column.key: self._valid_answer(column, {}, user) for column in question.columns}]
                * question.rule("min_count", 1)
            ),
        }
        return make[question.kind]()

    def _valid_day(self, question, answers):
        limit = question.rule("not_before") or {}
        if earlier := answers.get(limit.get("key")):
            return date.fromisoformat(earlier[:10]) + timedelta(days=1)
        if question.rule("not_after"):
            return date.today() - timedelta(days=1)
        return date.today() + timedelta(days=2)

    def _file_of(self, user):
        return self.env["ir.attachment"].with_user(user).create({"name": "a.txt", "raw": b"a"})
