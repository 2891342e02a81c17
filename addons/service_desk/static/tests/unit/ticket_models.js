import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { defineModels, fields, models } from "@web/../tests/web_test_helpers";

/** The ticket as browser tests need it. */
export class Ticket extends models.Model {
    _name = "service_desk.ticket";
    _inherit = ["mail.thread"];

    name = fields.Char();
    state = fields.Char();
    email_from = fields.Char();
    partner_id = fields.Many2one({ relation: "res.partner" });
    merged_into_id = fields.Many2one({ relation: "service_desk.ticket" });
    number = fields.Char();
    team_id = fields.Many2one({ relation: "res.partner" });
    needs_reply_since = fields.Datetime();
    write_date = fields.Datetime();

    announce_presence() {}
    get_newer_messages() {
        return [];
    }
}

export function defineTicketModels() {
    defineMailModels();
    defineModels([Ticket]);
}
