import { Composer } from "@mail/core/common/composer_model";
import { patch } from "@web/core/utils/patch";

patch(Composer.prototype, {
    setup() {
        super.setup(...arguments);
        /** @type {number|undefined} the macro whose changes are made when the text is sent */
        this.deskMacroId = undefined;
    },

    clear() {
        super.clear(...arguments);
        this.deskMacroId = undefined;
    },
});
