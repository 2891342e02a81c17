import { registry } from "@web/core/registry";

/**
 * Press one key where the focus is. The code is given, too: the tour runs once on a Russian layout.
 */
function pressKey(key, code) {
    return () => {
        const target = document.activeElement || document.body;
        target.dispatchEvent(
            new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true })
        );
    };
}

function sendText(text) {
    return [
        { content: "write", trigger: ".o-mail-Composer-input:enabled", run: `edit ${text}` },
        {
            content: "send with Ctrl+Enter",
            trigger: ".o-mail-Composer-send:enabled",
            run() {
                document.querySelector(".o-mail-Composer-input").dispatchEvent(
                    new KeyboardEvent("keydown", {
                        key: "Enter",
                        code: "Enter",
                        ctrlKey: true,
                        bubbles: true,
                        cancelable: true,
                    })
                );
            },
        },
        { content: "it is there", trigger: `.o-mail-Message-body:contains(${text})` },
        { content: "the composer has closed", trigger: "body:not(:has(.o-mail-Composer-input))" },
    ];
}

/** The agent's day without a mouse: only keys, and text where text is asked for. */
function keyboardSteps({ r, n, s, j }) {
    return [
        { content: "the list is there", trigger: ".o_list_view .o_data_row:contains(First by key)" },
        { content: "down to the first row", trigger: ".o_list_renderer", run: pressKey(j, "KeyJ") },
        {
            content: "it is marked; Enter opens it",
            trigger: ".o_data_row.o_service_desk_row_current:contains(First by key)",
            run: pressKey("Enter", "Enter"),
        },
        {
            content: "the requester's panel answers who he is; answer",
            trigger: ".o_service_desk_panel:contains(Alla Customer)",
            run: pressKey(r, "KeyR"),
        },
        ...sendText("An answer by key"),
        {
            content: "it can be undone for some seconds; now a note",
            trigger: ".o_service_desk_undo",
            run: pressKey(n, "KeyN"),
        },
        ...sendText("A note by key"),
        { content: "a macro by its digit", trigger: ".o_form_view", run: pressKey("7", "Digit7") },
        { content: "it has been applied", trigger: ".o_field_widget[name=tag_ids] .o_tag:contains(by macro)" },
        { content: "solve", trigger: ".o_form_view", run: pressKey(s, "KeyS") },
        { content: "how", trigger: ".modal .odoo-editor-editable", run: "editor Toner replaced" },
        {
            content: "the wizard's own key",
            trigger: ".modal .btn-primary[data-hotkey=q]",
            run() {
                window.dispatchEvent(
                    new KeyboardEvent("keydown", { key: "q", code: "KeyQ", altKey: true, bubbles: true })
                );
            },
        },
        {
            content: "it is solved",
            trigger: "body:not(:has(.modal)) .o_statusbar_status .o_arrow_button_current:contains(Solved)",
        },
        { content: "on to the next of the list", trigger: ".o_form_view", run: pressKey(j, "KeyJ") },
        { content: "the next ticket", trigger: ".o_field_widget[name=name] textarea:value(Second by key)" },
    ];
}

const LATIN = { r: "r", n: "n", s: "s", j: "j" };
const RUSSIAN = { r: "к", n: "т", s: "ы", j: "о" };

registry.category("web_tour.tours").add("service_desk_agent_keyboard", {
    steps: () => keyboardSteps(LATIN),
});
registry.category("web_tour.tours").add("service_desk_agent_keyboard_ru", {
    steps: () => keyboardSteps(RUSSIAN),
});
