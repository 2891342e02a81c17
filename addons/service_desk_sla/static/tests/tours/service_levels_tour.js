import { registry } from "@web/core/registry";

/** The agent sorts his list by deadline, opens what is due first, and looks why it is due then. */
registry.category("web_tour.tours").add("service_desk_service_levels", {
    steps: () => [
        { content: "the list counts down", trigger: ".o_data_row .o_service_desk_countdown[data-tone=running]" },
        { content: "sort by the deadline", trigger: "th[data-name=sla_due_at]", run: "click" },
        {
            content: "what is due first stands first; open it",
            trigger: ".o_data_row:first:contains(Critical by clock) td[name=name]",
            run: "click",
        },
        { content: "its head says how long", trigger: ".o_form_view .o_service_desk_countdown.badge:contains(First response)" },
        { content: "the page of its clocks", trigger: ".o_notebook a[name=service_levels]", run: "click" },
        { content: "each clock has its bar", trigger: ".o_service_desk_level:eq(1) .o_service_desk_track_span[data-kind=run]" },
        { content: "why is it due then?", trigger: ".o_service_desk_explain:first", run: "click" },
        {
            content: "interval by interval",
            trigger: ".modal .o_service_desk_explanation:contains(Promised: 30 min) tbody tr",
        },
        { content: "close", trigger: ".modal .modal-footer .btn-primary", run: "click" },
        { content: "the form again", trigger: "body:not(:has(.modal)) .o_service_desk_levels" },
    ],
});
