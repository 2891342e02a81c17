"""The shape of a form's definition: plain data, read into objects that conditions and answers reason with."""

import re
from dataclasses import dataclass, field

FORMAT = 1

TEXT_KINDS = frozenset({"text", "long_text"})
NUMBER_KINDS = frozenset({"number", "money"})
DATE_KINDS = frozenset({"date", "datetime"})
CHOICE_KINDS = frozenset({"choice", "choices"})
#: Kinds whose answer is the id of a record; add-ons bring the models.
RECORD_KINDS = frozenset({"contact", "employee", "asset", "product", "location"})
KINDS = (
    TEXT_KINDS
    | NUMBER_KINDS
    | DATE_KINDS
    | CHOICE_KINDS
    | RECORD_KINDS
    | {"boolean", "files", "table"}
)
#: What a column of a table cannot be.
NO_COLUMN = frozenset({"table", "files"})

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
MAX_QUESTIONS = 200
MAX_OPTIONS = 500
MAX_COLUMNS = 20
MAX_ROWS = 100
MAX_FILES = 20
MAX_FILE_MB = 100
MAX_LENGTH = {"text": 255, "long_text": 10_000}
MAX_DECIMALS = 6
#: A number of more digits is not kept exactly by every programme on the way.
MAX_DIGITS = 15
MAX_NUMBER = 999_999_999_999

#: What may stand in a question besides key, kind, section and texts: by kind.
RULES = {
    "text": {"min_length", "max_length", "pattern"},
    "long_text": {"min_length", "max_length"},
    "number": {"min", "max", "decimals"},
    "money": {"min", "max"},
    "date": {"not_before", "not_after"},
    "datetime": {"not_before", "not_after"},
    "choices": {"min_count", "max_count"},
    "files": {"min_count", "max_count", "max_mb", "types"},
    "table": {"min_count", "max_count"},
}
TEXTS = ("label", "help", "placeholder", "pattern_hint")


@dataclass(frozen=True)
class Question:
    """One question; ``rules`` are its limits, ``data`` is what it was read from."""

    key: str
    kind: str
    data: dict = field(repr=False)
    rules: dict = field(repr=False)
    options: tuple = ()
    columns: tuple = ()
    section: str = ""

    @property
    def required(self):
        return self.data.get("required") is True

    def rule(self, name, default=None):
        """Return a limit of the question, or ``default``."""
        value = self.rules.get(name)
        return default if value is None else value


@dataclass(frozen=True)
class Definition:
    """A form as it was published; ``questions`` in their order, without the columns of tables."""

    questions: tuple
    sections: tuple
    data: dict = field(repr=False)

    def get(self, key):
        """Return the question of a key, or None; columns are not among them."""
        return next((question for question in self.questions if question.key == key), None)

    def section(self, key):
        """Return the data of a section, or None."""
        return next((section for section in self.sections if section.get("key") == key), None)

    def localized(self, language):
        """Return the definition as plain data with texts in one language, as renderers take it."""
        return in_language(self.data, language)


def entries_of(value):
    """Return the dictionaries of what should be a list of them."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _word(value):
    """Return a key or kind; what is none becomes the empty one, which is refused."""
    return value if isinstance(value, str) else ""


def _question(data):
    kind = _word(data.get("kind"))
    names = RULES.get(kind, ())
    return Question(
        key=_word(data.get("key")),
        kind=kind,
        data=data,
        rules={name: data[name] for name in names if data.get(name) is not None},
        options=tuple(_word(entry.get("key")) for entry in entries_of(data.get("options"))),
        columns=tuple(_question(column) for column in entries_of(data.get("columns"))),
        section=_word(data.get("section")),
    )


def read(data):
    """Return the :class:`Definition` of plain data that :func:`problems` finds nothing wrong with."""
    if isinstance(data, Definition):
        return data
    return Definition(
        questions=tuple(_question(entry) for entry in entries_of(data.get("questions"))),
        sections=tuple(entries_of(data.get("sections"))),
        data=data,
    )


# ------------------------------------------------------------------------ texts
def text_in(texts, language):
    """Return the text of ``{language: text}`` for a reader: his language, its like, English, any."""
    if not isinstance(texts, dict):
        return _word(texts)
    family = (language or "").split("_")[0]
    alike = (code for code in texts if code.split("_")[0] == family)
    for code in (language, *alike, "en_US", *texts):
        if text := _word(texts.get(code)):
            return text
    return ""


def in_language(data, language):
    """Return plain data of a definition with each text in one language."""
    if isinstance(data, list):
        return [in_language(entry, language) for entry in data]
    if not isinstance(data, dict):
        return data
    return {
        name: text_in(value, language) if name in TEXTS else _inner(name, value, language)
        for name, value in data.items()
    }


def _inner(name, value, language):
    nested = name in ("sections", "questions", "columns", "options")
    return in_language(value, language) if nested else value


@dataclass(frozen=True)
class Problem:
    """What is wrong with a definition: ``key`` of the question (may be empty), ``code``, facts for the sentence."""

    key: str
    code: str
    facts: dict = field(default_factory=dict)
