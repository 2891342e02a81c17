import { registerComposerAction } from "@mail/core/common/composer_actions";
import { _t } from "@web/core/l10n/translation";

registerComposerAction("service-desk-macros", {
    condition: ({ composer, owner }) =>
        composer.targetThread?.model === "service_desk.ticket" &&
        !composer.message &&
        Boolean(owner.env.ticketDesk),
    icon: "fa fa-bolt",
    name: _t("Macros"),
    onSelected: ({ owner }) => owner.env.ticketDesk.openMacros(),
    sequence: 4,
});
