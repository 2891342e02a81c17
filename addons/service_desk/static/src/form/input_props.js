/** What each kind of box is given; none of them knows where the answers go. */
export const inputProps = {
    /** the question as read by reading.js */
    question: Object,
    /** the answer, undefined where there is none */
    value: { optional: true },
    onChange: Function,
    /** of the box; its label points there */
    id: String,
    labelId: { type: String, optional: true },
    /** ids of help and error */
    describedBy: { type: String, optional: true },
    isRequired: { type: Boolean, optional: true },
    isInvalid: { type: Boolean, optional: true },
    isReadonly: { type: Boolean, optional: true },
    callbacks: { type: Object, optional: true },
    /** the errors of the rows of a table */
    errors: { type: Object, optional: true },
};
