import { _t } from "@web/core/l10n/translation";

/** How a clock looks: colour and icon and word, so that nobody depends on the colour. */
export const TONES = {
    running: { icon: "fa-clock-o", text: "text-success", badge: "o_service_desk_tone_running", label: _t("In time") },
    warning: {
        icon: "fa-exclamation-triangle",
        text: "text-warning-emphasis fw-bold",
        badge: "o_service_desk_tone_warning",
        label: _t("Soon due"),
    },
    missed: { icon: "fa-fire", text: "text-danger fw-bold", badge: "o_service_desk_tone_missed", label: _t("Missed") },
    paused: { icon: "fa-pause", text: "text-muted", badge: "o_service_desk_tone_paused", label: _t("Stands still") },
    met: { icon: "fa-check", text: "text-muted", badge: "o_service_desk_tone_met", label: _t("Kept") },
    late: { icon: "fa-times", text: "text-danger", badge: "o_service_desk_tone_late", label: _t("Missed") },
    excused: {
        icon: "fa-handshake-o",
        text: "text-muted",
        badge: "o_service_desk_tone_excused",
        label: _t("Missed, excused"),
    },
    cancelled: { icon: "fa-ban", text: "text-muted", badge: "o_service_desk_tone_met", label: _t("Cancelled") },
};
