import { Component, onWillStart, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatBytes } from "./bytes";
import { inputProps } from "./input_props";

/** Files, chosen or dropped; each goes up at once, so that sending the form is quick. */
export class FileInput extends Component {
    static template = "service_desk.FormFileInput";
    static props = inputProps;
    static isGroup = () => true;

    setup() {
        this.box = useRef("box");
        this.state = useState({ files: [], pending: [], problems: [], isOver: false });
        onWillStart(() => this.loadNames());
    }

    async loadNames() {
        const ids = this.props.value || [];
        if (ids.length) {
            this.state.files = await this.props.callbacks.load(this.props.question, ids);
        }
    }

    get files() {
        const ids = this.props.value || [];
        return this.state.files.filter((file) => ids.includes(file.id));
    }

    get isMany() {
        return this.props.question.max_count !== 1;
    }

    /** Whether one more fits. */
    get hasRoom() {
        const most = this.props.question.max_count;
        return !most || this.files.length + this.state.pending.length < most;
    }

    removeLabel(file) {
        return _t("Remove %s", file.name);
    }

    sizeOf(file) {
        return file.size ? formatBytes(file.size) : "";
    }

    onDrop(ev) {
        this.state.isOver = false;
        this.add([...ev.dataTransfer.files]);
    }

    onChosen(ev) {
        this.add([...ev.target.files]);
        ev.target.value = "";
    }

    async add(files) {
        this.state.problems = [];
        for (const file of files) {
            await this.upload(file);
        }
    }

    async upload(file) {
        if (!this.hasRoom) {
            this.state.problems.push(_t("%s: no more files are taken here.", file.name));
            return;
        }
        const most = this.props.question.max_bytes;
        if (most && file.size > most) {
            this.state.problems.push(_t("%(name)s is larger than %(size)s.", { name: file.name, size: formatBytes(most) }));
            return;
        }
        this.state.pending.push(file.name);
        try {
            const row = await this.props.callbacks.upload(this.props.question, file);
            this.state.files.push(row);
            this.props.onChange([...(this.props.value || []), row.id]);
        } catch (error) {
            this.state.problems.push(_t("%(name)s was not taken: %(reason)s", { name: file.name, reason: error.data?.message || error.message }));
        } finally {
            this.state.pending.splice(this.state.pending.indexOf(file.name), 1);
        }
    }

    remove(file) {
        const ids = (this.props.value || []).filter((id) => id !== file.id);
        this.props.onChange(ids.length ? ids : undefined);
        this.box.el.focus();
    }
}
