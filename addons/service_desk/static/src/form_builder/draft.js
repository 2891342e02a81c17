import { x2ManyCommands } from "@web/core/orm_service";

const MOST_STEPS = 100;

let count = 0;

/** @returns {string} a name for a row that holds through saving, deleting and undoing */
export function newCid() {
    return `row_${++count}`;
}

function copy(value) {
    return JSON.parse(JSON.stringify(value));
}

function isSame(left, right) {
    return JSON.stringify(left ?? null) === JSON.stringify(right ?? null);
}

/**
 * The rows of a form while they are edited: what is on the server, what is on the screen, and the steps between.
 *
 * A row has a `cid` and values; lists of rows below it are named in `children`. Ids stay outside of the rows: a row whose
 * deletion is undone comes back under a new id.
 */
export class Draft {
    /**
     * @param {Object} children field → its own children, for instance {option_ids: {}, column_ids: {option_ids: {}}}
     */
    constructor(children = {}) {
        this.children = children;
        this.ids = {};
        this.saved = [];
        this.rows = [];
        this.undone = [];
        this.done = [];
        this.lastStep = "";
    }

    /** Take the rows as a server read them. */
    load(rows) {
        this.saved = this.adopt(rows, this.children);
        this.rows = copy(this.saved);
        this.done = [];
        this.undone = [];
    }

    adopt(rows, children) {
        return rows.map(({ id, ...values }) => {
            const cid = newCid();
            this.ids[cid] = id;
            for (const name in children) {
                values[name] = this.adopt(values[name] || [], children[name]);
            }
            return { cid, ...values };
        });
    }

    // -------------------------------------------------------------------- steps
    /**
     * @param {Function} change gets the rows and changes them
     * @param {string} [step] changes of the same step in a row, for instance letters typed into one box, are undone together
     */
    change(change, step = "") {
        const before = copy(this.rows);
        change(this.rows);
        if (isSame(before, this.rows)) {
            return;
        }
        if (!step || step !== this.lastStep) {
            this.done.push(before);
            this.done.splice(0, this.done.length - MOST_STEPS);
        }
        this.lastStep = step;
        this.undone = [];
    }

    undo() {
        this.step(this.done, this.undone);
    }

    redo() {
        this.step(this.undone, this.done);
    }

    step(source, target) {
        if (source.length) {
            target.push(copy(this.rows));
            this.rows = source.pop();
            this.lastStep = "";
        }
    }

    // ------------------------------------------------------------------- saving
    get isDirty() {
        return !isSame(this.saved, this.rows);
    }

    /** @returns {Array} x2many commands that make the server's rows those of the screen */
    get commands() {
        return this.diff(this.saved, this.rows, this.children);
    }

    diff(before, after, children) {
        const old = Object.fromEntries(before.map((row) => [row.cid, row]));
        const kept = new Set(after.map(({ cid }) => cid));
        const commands = before.filter(({ cid }) => !kept.has(cid)).map(({ cid }) => x2ManyCommands.delete(this.ids[cid]));
        for (const row of after) {
            const values = this.changed(old[row.cid], row, children);
            if (!old[row.cid]) {
                commands.push(x2ManyCommands.create(undefined, values));
            } else if (Object.keys(values).length) {
                commands.push(x2ManyCommands.update(this.ids[row.cid], values));
            }
        }
        return commands;
    }

    changed(old, row, children) {
        const values = {};
        for (const [name, value] of Object.entries(row)) {
            if (name in children) {
                const commands = this.diff(old?.[name] || [], value, children[name]);
                if (commands.length) {
                    values[name] = commands;
                }
            } else if (name !== "cid" && (!old || !isSame(old[name], value))) {
                values[name] = value;
            }
        }
        return values;
    }

    /**
     * Note what has been saved.
     *
     * @param {Array} sent the rows as they were sent
     * @param {Array} read the rows as the server keeps them; somebody else may have added to them
     */
    confirm(sent, read) {
        this.saved = copy(sent);
        this.take(this.saved, read, this.children);
    }

    /** What the server has decided (ids, keys) goes to the screen's rows, unless they have been changed since. */
    take(rows, read, children) {
        const known = new Set(rows.map(({ cid }) => this.ids[cid]));
        for (const row of rows) {
            const own = this.ids[row.cid];
            const kept = read.find(({ id }) => id === own) || read.find(({ id, key }) => !known.has(id) && key === row.key);
            if (!kept) {
                continue;
            }
            const { id, ...values } = kept;
            this.ids[row.cid] = id;
            known.add(id);
            const shown = this.find(row.cid);
            for (const [name, value] of Object.entries(values)) {
                if (name in children) {
                    this.take(row[name], value, children[name]);
                } else {
                    if (shown && isSame(shown[name], row[name])) {
                        shown[name] = value;
                    }
                    row[name] = value;
                }
            }
        }
    }

    /** @returns {Object|undefined} the row of the screen, wherever it is */
    find(cid, rows = this.rows, children = this.children) {
        for (const row of rows) {
            if (row.cid === cid) {
                return row;
            }
            for (const name in children) {
                const found = this.find(cid, row[name] || [], children[name]);
                if (found) {
                    return found;
                }
            }
        }
        return undefined;
    }
}
