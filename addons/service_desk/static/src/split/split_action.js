import { registerMessageAction } from "@mail/core/common/message_actions";
import { _t } from "@web/core/l10n/translation";

const MODEL = "service_desk.ticket";

registerMessageAction("service_desk_split", {
    condition: ({ message, thread, store }) =>
        thread?.model === MODEL &&
        message.message_type !== "user_notification" &&
        message.id > 0 &&
        (!message.isBodyEmpty || message.attachment_ids.length > 0) &&
        store.self.main_user_id?.share === false,
    icon: "fa fa-code-fork",
    name: _t("Split into a ticket of its own"),
    onSelected: async ({ message, thread, store }) => {
        const { action, orm } = store.env.services;
        await action.doAction(await orm.call(MODEL, "action_split", [[thread.id], message.id]));
    },
    sequence: 105,
});
