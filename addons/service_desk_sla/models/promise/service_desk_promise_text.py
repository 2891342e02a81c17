"""The promise in the words and the time zone of who asks."""

import pytz

from odoo import api, fields, models
from odoo.tools import babel_locale_parse
from odoo.tools.misc import babel, get_lang

#: What requesters are told, in this order; other metrics are the desk's own business.
TOLD = ("first_response", "arrival", "resolution")
WEEK = 7


class ServiceDeskPromise(models.AbstractModel):
    _inherit = "service_desk.promise"

    @api.model
    def _text_for(self, request, partner=None, tz=None, lang=None):
        """Return the promise for a request as a sentence: “Answered by 14:30 today, solved by Wed 18:00.”

        :param dict request: as for :meth:`_for`
        :param partner: who asks, whose language and time zone count where none are given
        :return: an empty text where nothing is promised
        """
        told = self.with_context(
            lang=lang or (partner and partner.lang) or self.env.lang,
            tz=tz or (partner and partner.tz) or self.env.context.get("tz") or self.env.user.tz,
        )
        [promised] = told._promised([request])
        return told._sentence(promised, request["at"])

    @api.model
    def _sentence(self, promised, now):
        readings = promised["readings"]
        parts = [
            self._part(code, readings[code], promised["line"], now)
            for code in TOLD
            if code in readings
        ]
        parts = [part for part in parts if part]
        if not parts:
            return ""
        text = ", ".join(parts)
        return f"{text[0].upper()}{text[1:]}."

    @api.model
    def _part(self, code, reading, line, now):
        """Return what is promised for one metric, or an empty text."""
        if reading.due:
            moment = self._moment(reading.due, now)
            return {
                "first_response": self.env._("answered by %(moment)s", moment=moment),
                "arrival": self.env._("somebody comes by %(moment)s", moment=moment),
                "resolution": self.env._("solved by %(moment)s", moment=moment),
            }[code]
        target = line["targets"].get(code) if reading.state == "paused" else None
        if not target:
            return ""
        amount = self.env["service_desk.agreement.target"]._tell_amount(**target)
        return {
            "first_response": self.env._("answered within %(time)s of approval", time=amount),
            "arrival": self.env._("somebody comes within %(time)s of approval", time=amount),
            "resolution": self.env._("solved within %(time)s of approval", time=amount),
        }[code]

    @api.model
    def _moment(self, due, now):
        """Return a moment as people say it: “14:30 today”, “tomorrow 10:00”, “Wed 18:00”, “Mar 12, 18:00”."""
        tz = pytz.timezone(self.env.context.get("tz") or self.env.user.tz or "UTC")
        locale = babel_locale_parse(get_lang(self.env).code)
        local, today = (pytz.utc.localize(at).astimezone(tz) for at in (due, now))
        time = babel.dates.format_time(local, format="short", locale=locale, tzinfo=tz)
        days = (local.date() - today.date()).days
        if days == 0:
            return self.env._("%(time)s today", time=time)
        if days == 1:
            return self.env._("%(time)s tomorrow", time=time)
        pattern = "EEE" if 0 < days < WEEK else "MMMd"
        day = babel.dates.format_skeleton(pattern, local, locale=locale, tzinfo=tz)
        return self.env._("%(day)s %(time)s", day=day, time=time)

    # -------------------------------------------------------------- plain data
    @api.model
    def _data_for(self, request, partner):
        """Return the promise as plain data: ``[{"metric", "label", "due", "text"}]``, ``due`` in UTC.

        ``agreement`` stands beside where the user may read agreements.
        """
        told = self.with_context(tz=partner.tz or self.env.context.get("tz") or self.env.user.tz)
        [promised] = told._promised([request])
        # sudo: names of metrics are told to whoever is promised something
        metrics_sudo = self.env["service_desk.metric"].sudo().with_context(active_test=False)
        agreement = self.env["service_desk.agreement"].browse(promised["agreement_id"] or ())
        known = {"agreement": agreement.name} if agreement and agreement.has_access("read") else {}
        return [
            {
                "metric": code,
                "label": metrics_sudo._by_code(code).name,
                "due": fields.Datetime.to_string(reading.due) if reading.due else False,
                "text": told._part(code, reading, promised["line"], request["at"]),
                **known,
            }
            for code in TOLD
            if (reading := promised["readings"].get(code))
        ]
