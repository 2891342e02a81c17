import { browser } from "@web/core/browser/browser";
import { user } from "@web/core/user";

/** What is being typed survives a lost session or a reload of this tab; another person sees none of it. */
export class PhoneDraft {
    get key() {
        return `service_desk.phone.draft.${user.userId}`;
    }

    save(values) {
        try {
            browser.sessionStorage.setItem(this.key, JSON.stringify(values));
        } catch {
            // storage full or forbidden: the text is still on the screen
        }
    }

    /** @returns {object|null} */
    load() {
        try {
            return JSON.parse(browser.sessionStorage.getItem(this.key));
        } catch {
            return null;
        }
    }

    clear() {
        browser.sessionStorage.removeItem(this.key);
    }
}
