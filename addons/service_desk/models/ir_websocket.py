import re

from odoo import models

from .service_desk_presence import PRESENCE_SUBCHANNEL

CHANNEL = re.compile(r"^service_desk\.ticket_(\d{1,9})$")
#: Tickets that one browser may listen to at once; nobody has more of them open.
MAX_CHANNELS = 50


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Let people listen to the tickets that they may read, to no others."""
        asked = {
            channel: match for channel in channels if (match := self._match_ticket_channel(channel))
        }
        channels = [channel for channel in channels if channel not in asked]
        if asked:
            ids = sorted({int(match[1]) for match in asked.values()}, reverse=True)[:MAX_CHANNELS]
            for ticket in self._readable_tickets(ids):
                channels += [ticket, (ticket, PRESENCE_SUBCHANNEL)]
        return super()._build_bus_channel_list(channels)

    def _match_ticket_channel(self, channel):
        return CHANNEL.match(channel) if isinstance(channel, str) else None

    def _readable_tickets(self, ids):
        tickets = self.env["service_desk.ticket"]
        if not tickets.has_access("read"):
            return tickets
        return tickets.with_context(active_test=False).search([("id", "in", ids)])
