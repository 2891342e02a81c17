from odoo.addons.service_desk.tests.entitlement_common import EntitlementCommon


class KbCommon(EntitlementCommon):
    """Audiences of all reaches, and a way to make articles that are published and indexed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.audiences = {
            reach: cls.env.ref(f"service_desk_kb.audience_{name}")
            for reach, name in (
                ("desk", "desk"),
                ("internal", "internal"),
                ("portal", "portal"),
                ("everyone", "everyone"),
                ("services", "services"),
            )
        }
        cls.audiences["chosen"] = cls.env["service_desk.audience"].create(
            {
                "name": "Firm A",
                "reach": "chosen",
                "entitlement_ids": [(0, 0, {"customer_ids": [(6, 0, cls.firm_a.ids)]})],
            }
        )

    @classmethod
    def _article(cls, name, body="It is so.", reach="internal", publish=True, **vals):
        article = cls.env["service_desk.article"].create(
            {
                "name": name,
                "draft_body": f"<p>{body}</p>",
                "audience_id": cls.audiences[reach].id,
                **vals,
            }
        )
        if publish:
            article.action_publish()
            article._index_sudo()
        return article
