import { describe, expect, test } from "@odoo/hoot";
import { click, edit, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame, runAllTimers } from "@odoo/hoot-mock";
import { defineModels, makeServerError, models, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { CatalogPage } from "@service_desk/catalog/catalog_page";

describe.current.tags("desktop");
defineMailModels();

const LAPTOP = { id: 5, name: "Laptop <b>", summary: "A light one", service_id: 2, price: "$ 5", icon: "fa-desktop", image: false, state: "published", state_label: "", can_edit: false };
const LAMP = { ...LAPTOP, id: 6, name: "Lamp", service_id: 3, price: "" };
const DRAFT = { ...LAMP, id: 7, name: "Drafted", state: "draft", state_label: "Draft" };

class Catalog extends models.Model {
    _name = "service_desk.catalog";

    get_catalog() {
        return {
            person: { id: 1, name: "Anna" },
            can_choose_person: true,
            services: [
                { id: 1, name: "IT", parent_id: false, text: "Computers", icon: "fa-desktop", image: false },
                { id: 2, name: "Workplaces", parent_id: 1, text: "", icon: "fa-desktop", image: false },
                { id: 3, name: "Premises", parent_id: false, text: "", icon: "fa-home", image: false },
            ],
            offerings: [LAPTOP, LAMP, DRAFT],
        };
    }
    search_catalog(text) {
        expect.step(`search ${text}`);
        return { search_id: 9, hits: [{ offering_id: 5 }] };
    }
    note_choice(searchId, offeringId) {
        expect.step(`chosen ${searchId} ${offeringId}`);
        return true;
    }
    get_offering(id) {
        return { ...LAPTOP, id, person: { id: 1, name: "Anna" }, service: "IT / Workplaces", description: "", definition: false, answers: {}, names: {}, next: ["We look at it."] };
    }
    submit_request(id, answers, vals) {
        expect.step(`send ${id} ${vals.description}`);
        if (!vals.description) {
            throw makeServerError({ context: { errors: { why: "Say why." } } });
        }
        return { ticket_id: 3, number: "REQ-1", name: "Laptop", next: [] };
    }
}
defineModels([Catalog]);

async function mountPage() {
    await mountWithCleanup(CatalogPage, { props: { action: { context: {}, params: {} }, actionId: 1, className: "" } });
}

const cards = () => queryAllTexts(".o_service_desk_catalog_card .fw-bold");

test("cards stand by their service; a draft says so", async () => {
    await mountPage();
    expect(cards()).toEqual(["Laptop <b>", "Lamp", "Drafted"]);
    expect(".o_service_desk_catalog_card .badge:contains(Draft)").toHaveCount(1);
    await click(".o_service_desk_catalog_side button:contains(IT)");
    await animationFrame();
    expect(cards()).toEqual(["Laptop <b>"]);
    expect(".o_service_desk_catalog_side button:contains(Workplaces)").toHaveCount(1);
});

test("from words to a request; a refused press keeps what was written", async () => {
    await mountPage();
    await click(".o_service_desk_catalog_search input");
    await edit("notebook");
    await runAllTimers();
    await animationFrame();
    expect(cards()).toEqual(["Laptop <b>"]);
    await click(".o_service_desk_catalog_card");
    await animationFrame();
    await animationFrame();
    expect(".o_service_desk_request h2").toHaveText("Laptop <b>");
    await click(".o_service_desk_request button[type=submit]");
    await animationFrame();
    await click("#o_service_desk_request_text");
    await edit("Too old");
    await click(".o_service_desk_request button[type=submit]");
    await animationFrame();
    expect(".o_service_desk_request_done p:first").toHaveText("REQ-1");
    expect.verifySteps(["search notebook", "chosen 9 5", "send 5 ", "send 5 Too old"]);
});
