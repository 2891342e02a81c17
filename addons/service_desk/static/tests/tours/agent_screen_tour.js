import { registry } from "@web/core/registry";

/** Side preview, macro with an edited text, and undoing an answer. */
registry.category("web_tour.tours").add("service_desk_agent_screen", {
    steps: () => [
        { content: "the list", trigger: ".o_list_view .o_data_row:contains(First by key)" },
        { content: "open the side preview", trigger: ".o_service_desk_split_toggle", run: "click" },
        {
            content: "it shows the ticket; open it",
            trigger: ".o_service_desk_preview:contains(First by key):contains(It burns) .o_service_desk_preview_open",
            run: "click",
        },
        { content: "the menu of macros", trigger: ".o_form_view button[name=action_open_macros]", run: "click" },
        {
            content: "choose the one with a text",
            trigger: ".o_service_desk_macro:contains(Ask for details)",
            run: "click",
        },
        {
            content: "the text is in the composer, filled",
            trigger: ".o-mail-Composer-input:value(Good day, Alla Customer!)",
        },
        { content: "send it", trigger: ".o-mail-Composer-send:enabled", run: "click" },
        {
            content: "the macro's change came along",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Waiting)",
        },
        { content: "take it back", trigger: ".o_service_desk_undo button:contains(Undo)", run: "click" },
        {
            content: "the text is back",
            trigger: ".o-mail-Composer-input:value(Good day, Alla Customer!)",
        },
        {
            content: "and the message is gone",
            trigger: "body:not(:has(.o-mail-Message-body:contains(Good day, Alla Customer)))",
        },
    ],
});

/** Somebody else answers while the agent writes: he is shown it, and asked. */
registry.category("web_tour.tours").add("service_desk_answer_twice", {
    steps: () => [
        { content: "answer", trigger: ".o-mail-Chatter-sendMessage:enabled", run: "click" },
        { content: "write", trigger: ".o-mail-Composer-input", run: "edit I answer as well" },
        { content: "send", trigger: ".o-mail-Composer-send:enabled", run: "click" },
        {
            content: "the other answer is shown",
            trigger: ".modal:contains(Somebody has answered already) .o_service_desk_newer:contains(Boris was faster)",
        },
        { content: "back to the text", trigger: ".modal .btn-primary", run: "click" },
        { content: "the conversation has it", trigger: ".o-mail-Message-body:contains(Boris was faster)" },
        {
            content: "nothing was sent",
            trigger: "body:not(:has(.o-mail-Message-body:contains(I answer as well))) .o-mail-Composer-input:value(I answer as well)",
        },
        { content: "send it all the same: he has seen it now", trigger: ".o-mail-Composer-send:enabled", run: "click" },
        { content: "sent", trigger: ".o-mail-Message-body:contains(I answer as well)" },
    ],
});
