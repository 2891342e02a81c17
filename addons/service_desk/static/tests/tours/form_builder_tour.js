import { registry } from "@web/core/registry";

const card = (text) => `.o_service_desk_card:contains(${text})`;
const kind = (name) => `.o_service_desk_builder_palette [data-kind=${name}]`;

/** The owner of a service builds a form with a condition, publishes it, and looks at it as a requester. */
registry.category("web_tour.tours").add("service_desk_form_builder", {
    steps: () => [
        { content: "the empty form says what to do", trigger: ".o_service_desk_canvas_empty" },
        { content: "a yes-or-no question", trigger: kind("boolean"), run: "click" },
        { content: "its text", trigger: "#o_sd_q_name", run: "edit Can you still sell?" },
        { content: "it must be answered", trigger: "#o_sd_q_need", run: "select always" },
        { content: "a text behind it", trigger: kind("text"), run: "click" },
        { content: "its text", trigger: "#o_sd_q_name", run: "edit What is broken?" },
        {
            content: "only if one cannot sell",
            trigger: ".o_service_desk_builder_panel fieldset:contains(Shown only if) button:contains(Add a condition)",
            run: "click",
        },
        { content: "no", trigger: ".o_service_desk_condition_value select", run: "select no" },
        { content: "the card tells it", trigger: `${card("What is broken?")}:contains(Only if Can you still sell? is No)` },
        { content: "saved by itself", trigger: ".o_service_desk_saving:contains(All changes are saved)" },
        { content: "publish", trigger: ".o_service_desk_publish:enabled", run: "click" },
        { content: "published", trigger: ".badge:contains(Version 1 is published)" },
        { content: "preview", trigger: "button:contains(Preview)", run: "click" },
        { content: "the second question is not asked yet", trigger: ".o_service_desk_preview:not(:has([data-kind=text]))" },
        { content: "try to send nothing", trigger: ".o_service_desk_preview_send", run: "click" },
        { content: "refused, with the question named", trigger: "[role=alert]:contains(Can you still sell?)" },
        { content: "no", trigger: "[data-kind=boolean] label:contains(No)", run: "click" },
        { content: "now it is asked", trigger: "[data-kind=text] input", run: "edit The drawer" },
        { content: "try again", trigger: ".o_service_desk_preview_send", run: "click" },
        { content: "taken, and not stored", trigger: "[role=status]:contains(These answers would be taken)" },
    ],
});
