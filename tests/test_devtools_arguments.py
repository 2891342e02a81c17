"""What the command line refuses before anything is done."""

import pytest

from devtools.__main__ import parser


@pytest.mark.parametrize(
    "line",
    [
        ["run", "--port", "99999999"],
        ["run", "--port", "0"],
        ["run", "--port", "abc"],
        ["run", "--db", "bad name;drop"],
        ["dropdb", ".."],
        ["dropdb", ""],
        ["reset", "../../home", "--yes"],
        ["createdb", "mine", "--from", "/etc"],
    ],
)
def test_wrong_arguments_are_refused_with_a_sentence(line, capsys):
    with pytest.raises(SystemExit) as refusal:
        parser().parse_args(line)
    assert refusal.value.code == 2
    assert "is no" in capsys.readouterr().err


def test_good_arguments_are_taken():
    options = parser().parse_args(["run", "--port", "8070", "--db", "desk-2.test"])
    assert (options.port, options.db) == (8070, "desk-2.test")
