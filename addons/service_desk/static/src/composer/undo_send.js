import { toRaw } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/**
 * After an answer was posted: say that it leaves in a moment, and take it back when asked.
 *
 * @param {import("@web/env").OdooEnv} env of the composer
 * @param {{ message: object, value: object, attachments: object[], thread: object }} sent
 */
export function offerUndo(env, { message, value, attachments, thread }) {
    const leavesAt = message.scheduledDatetime;
    const seconds = leavesAt ? Math.floor(leavesAt.diffNow("seconds").seconds) : 0;
    if (seconds < 1) {
        return;
    }
    const { notification, orm } = env.services;
    const undo = async () => {
        close();
        await orm.call("service_desk.ticket", "action_undo_send", [[thread.id], message.id]);
        const composer = toRaw(thread.composer);
        message.delete();
        composer.composerHtml = value;
        composer.attachments = attachments;
        env.inChatter?.toggleComposer?.("message", { force: true });
        await env.ticketDesk?.reload();
    };
    const close = notification.add(_t("The answer leaves in %(seconds)s s.", { seconds }), {
        type: "info",
        className: "o_service_desk_undo",
        autocloseDelay: seconds * 1000,
        buttons: [{ name: _t("Undo"), icon: "fa-undo", primary: true, onClick: undo }],
    });
}
