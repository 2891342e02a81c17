"""What the rules of ``forms`` say by a code, as sentences in the language of the reader."""

from odoo.tools import format_date


def problem_text(env, problem, labels):
    """Return the sentence of a :class:`Problem` of a draft; ``labels`` by key of the questions."""
    facts = dict(problem.facts)
    if "other" in facts:
        facts["other"] = labels.get(facts["other"], facts["other"])
    sentences = {
        "unreadable": lambda: env._("The definition cannot be read."),
        "no_questions": lambda: env._("There is no question yet."),
        "too_many_questions": lambda: env._("More than %(most)s questions are too many.", **facts),
        "key_unreadable": lambda: env._(
            "The key must be small Latin letters, digits, underscores."
        ),
        "key_twice": lambda: env._("Another question has the same key."),
        "kind_unknown": lambda: env._(
            "Questions of the kind “%(kind)s” are not there here.", **facts
        ),
        "no_label": lambda: env._("It needs a label."),
        "section_unknown": lambda: env._("Its section is not there."),
        "no_options": lambda: env._("It needs at least one option."),
        "too_many_options": lambda: env._("More than %(most)s options are too many.", **facts),
        "option_unreadable": lambda: env._(
            "The key of an option must be small Latin letters, digits, underscores."
        ),
        "option_twice": lambda: env._("Two options have the same key."),
        "option_no_label": lambda: env._("An option has no label."),
        "no_columns": lambda: env._("The table needs at least one column."),
        "too_many_columns": lambda: env._("More than %(most)s columns are too many.", **facts),
        "rule_unreadable": lambda: env._("The limit “%(rule)s” cannot be read.", **facts),
        "range_impossible": lambda: env._("No answer lies between its least and its most."),
        "pattern_unreadable": lambda: env._(
            "The pattern cannot be read at character %(place)s.", **facts
        ),
        "date_of_unknown": lambda: env._(
            "It is compared with “%(other)s”, which is no earlier question for a date.", **facts
        ),
        "condition_unreadable": lambda: env._("Its condition cannot be read."),
        "condition_itself": lambda: env._("Its condition asks about the question itself."),
        "condition_later": lambda: env._(
            "Its condition asks about “%(other)s”, which comes later.", **facts
        ),
        "condition_unknown": lambda: env._(
            "Its condition asks about “%(other)s”, which is not in the form.", **facts
        ),
        "condition_operator": lambda: env._(
            "“%(other)s” cannot be compared by “%(operator)s”.", **facts
        ),
        "condition_value": lambda: env._(
            "“%(other)s” is compared with a value that it can never have.", **facts
        ),
        "prefill_unfit": lambda: env._("It cannot be filled with that fact of the requester."),
        "default_unfit": lambda: env._("Its default is no answer that the question takes."),
    }
    return sentences[problem.code]()


def refusal_text(env, code, facts, hint=""):
    """Return the sentence for a refused answer; ``hint`` is the question's own word on its pattern."""
    facts = dict(facts)
    if "day" in facts:
        facts["day"] = format_date(env, facts["day"])
    sentences = {
        "not_answers": lambda: env._("The answers cannot be read."),
        "unknown": lambda: env._("The form has no such question."),
        "hidden": lambda: env._("This is not asked after your other answers."),
        "required": lambda: env._("Please answer this."),
        "not_text": lambda: env._("This must be a text."),
        "not_line": lambda: env._("This must be a text of one line."),
        "unwritable": lambda: env._("The text has characters that cannot be kept."),
        "too_long": lambda: env._("At most %(most)s characters.", **facts),
        "too_short": lambda: env._("At least %(least)s characters.", **facts),
        "pattern": lambda: hint or env._("This does not look as it should."),
        "not_number": lambda: env._("This must be a number."),
        "decimals": lambda: env._("At most %(most)s digits after the point.", **facts),
        "too_many_digits": lambda: env._("At most %(most)s digits.", **facts),
        "too_small": lambda: env._("At least %(least)s.", **facts),
        "too_large": lambda: env._("At most %(most)s.", **facts),
        "not_date": lambda: env._("This must be a date."),
        "not_datetime": lambda: env._("This must be a date with a time."),
        "no_such_hour": lambda: env._("The clocks leave out this hour on that day."),
        "too_early": lambda: env._("Not before %(day)s.", **facts),
        "too_late": lambda: env._("Not after %(day)s.", **facts),
        "not_boolean": lambda: env._("This must be yes or no."),
        "not_option": lambda: env._("This is not one of the options."),
        "not_options": lambda: env._("This must be a list of options."),
        "twice": lambda: env._("The same is chosen twice."),
        "too_few": lambda: env._("At least %(least)s.", **facts),
        "too_many": lambda: env._("At most %(most)s.", **facts),
        "not_record": lambda: env._("There is nothing like that to choose."),
        "not_files": lambda: env._("These files cannot be handed in."),
        "file_type": lambda: env._("“%(name)s”: only %(types)s.", **facts),
        "file_size": lambda: env._("“%(name)s” is larger than %(most)s MB.", **facts),
        "not_table": lambda: env._("This must be a table of rows."),
        "empty_row": lambda: env._("This row is empty."),
    }
    return sentences[code]()
