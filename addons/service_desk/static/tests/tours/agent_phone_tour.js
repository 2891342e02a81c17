import { registry } from "@web/core/registry";

/** 390 px: nothing is cut off, and the ticket can be read and answered. */
registry.category("web_tour.tours").add("service_desk_agent_phone", {
    steps: () => [
        {
            content: "a card opens the ticket",
            trigger: ".o_kanban_record:contains(First by key)",
            run: "click",
        },
        {
            content: "the panel is folded to one line; unfold it",
            trigger: ".o_service_desk_panel_folded:contains(Alla Customer) .o_service_desk_panel_toggle",
            run: "click",
        },
        {
            content: "nothing is wider than the screen",
            trigger: ".o_service_desk_panel_body:contains(Promised)",
            run() {
                const form = document.querySelector(".o_form_view .o_content");
                const panel = document.querySelector(".o_service_desk_panel").getBoundingClientRect();
                if (panel.right > window.innerWidth || form.scrollWidth > window.innerWidth + 1) {
                    throw new Error(`wider than the screen: ${panel.right}, ${form.scrollWidth}`);
                }
            },
        },
        { content: "answer", trigger: ".o-mail-Chatter-sendMessage:enabled", run: "click" },
        { content: "write", trigger: ".o-mail-Composer-input", run: "edit From the phone" },
        { content: "send", trigger: ".o-mail-Composer-send:enabled", run: "click" },
        { content: "sent", trigger: ".o-mail-Message-body:contains(From the phone)" },
    ],
});
