from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import html2plaintext

MOST_FOUND = 20
SNIPPET = 200


class ServiceDeskKnowledge(models.AbstractModel):
    """The one way to articles for whoever has no rights on them: portal users, visitors, programmes.

    An article that a person may not read and one that does not exist give the same answer.
    """

    _name = "service_desk.knowledge"
    _description = "Knowledge"

    @api.model
    @api.readonly
    def search_articles(self, text, limit=10, is_typing=False):
        """Return what answers a question, the best first, of the articles that the user may read.

        :param str text: in the person's own words
        :param int limit: at most so many, up to 20
        :param bool is_typing: the last word is a beginning
        :return: ``[{"id", "title", "summary", "snippet", "kind", "is_outdated"}]``
        :raises UserError: when the text is none
        """
        if not isinstance(text, str):
            raise UserError(self.env._("A question is a text."))
        limit = limit if isinstance(limit, int) and 0 < limit <= MOST_FOUND else MOST_FOUND
        articles = self.env["service_desk.article"]
        found = articles._find_articles(text, self._reader(), limit, bool(is_typing))
        # sudo: only articles that the reader may read were found
        articles_sudo = articles.sudo().browse([article_id for article_id, _score in found])
        return [self._told(article) for article in articles_sudo]

    @api.model
    @api.readonly
    def get_article(self, article_id):
        """Return an article to be read: what :meth:`search_articles` tells, ``body`` (html) and ``languages``.

        :raises AccessError: when there is none such for this person
        """
        article_sudo = self._article_sudo(article_id)
        readable = article_sudo._all_languages().filtered(
            lambda one: one._is_read_by(self._reader())
        )
        return {
            **self._told(article_sudo),
            "body": article_sudo.body or "",
            "published_at": article_sudo.published_at,
            "languages": [
                {"id": one.id, "lang": one.lang, "title": one.name}
                for one in readable - article_sudo
            ],
        }

    # ------------------------------------------------------------------- inside
    @api.model
    def _reader(self):
        """Return the contact who reads; empty for a visitor without a login."""
        user = self.env.user
        return user.partner_id.browse() if user._is_public() else user.partner_id

    @api.model
    def _article_sudo(self, article_id):
        """Return an article that the user may read; sudo: he may, whatever rights on the model he has.

        :raises AccessError: in the same words whether there is none or it is not for him
        """
        article_sudo = self.env["service_desk.article"].sudo()
        if (
            isinstance(article_id, int)
            and not isinstance(article_id, bool)
            and 0 < article_id < 2**31
        ):
            article_sudo = article_sudo.browse(article_id).exists()
        if not article_sudo or not article_sudo._is_read_by(self._reader()):
            raise AccessError(self.env._("There is no such article for you."))
        return article_sudo

    @api.model
    def _told(self, article_sudo):
        text = " ".join(html2plaintext(article_sudo.body or "").split())
        return {
            "id": article_sudo.id,
            "title": article_sudo.name,
            "summary": article_sudo.summary or "",
            "snippet": text[:SNIPPET],
            "kind": article_sudo.kind,
            "is_outdated": article_sudo.state == "outdated",
        }
