import {
    RottingStatusBarDurationField,
    rottingStatusBarDurationField,
} from "@mail/js/rotting_mixin/rotting_statusbar";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { clickParamsOf, movesOf } from "./moves";

/** The bar of stages: only where the ticket may go now can be clicked, and a click is the move's button. */
export class StageField extends RottingStatusBarDurationField {
    static template = "service_desk.StageField";

    setup() {
        super.setup();
        this.notification = useService("notification");
    }

    /** A ticket that is not saved yet has not begun its way. */
    get isFree() {
        return !this.props.record.resId;
    }

    moveTo(item) {
        return movesOf(this.props.record).find((move) => move.target === item.value);
    }

    mayGoTo(item) {
        return this.isFree || Boolean(this.moveTo(item));
    }

    getDropdownItemClassNames(item) {
        const names = super.getDropdownItemClassNames(item);
        return this.mayGoTo(item) ? names : `${names} disabled`;
    }

    async selectItem(item) {
        const move = item && this.moveTo(item);
        if (this.isFree || (move && !move.method)) {
            return super.selectItem(item);
        }
        if (!move) {
            this.notification.add(_t("The workflow has no way there from here."), { type: "warning" });
            return;
        }
        const { record } = this.props;
        return this.env.onClickViewButton({
            clickParams: clickParamsOf(move),
            getResParams: () => ({
                context: record.context,
                evalContext: record.evalContext,
                resModel: record.resModel,
                resId: record.resId,
                resIds: record.resIds,
            }),
        });
    }
}

registry.category("fields").add("service_desk_stage", {
    ...rottingStatusBarDurationField,
    component: StageField,
    fieldDependencies: [
        ...rottingStatusBarDurationField.fieldDependencies,
        { name: "available_moves", type: "json" },
    ],
});
