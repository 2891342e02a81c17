"""The commands of ./desk. Each one hands over to the file that bears its name."""

import argparse
import os
import re
import sys

from .say import Trouble

DATABASE = "desk"
PORT = 8069


def main(argv=None):
    """Read the command line, do it, and return the exit status."""
    argv = list(sys.argv[1:] if argv is None else argv)
    passed_on = []
    # What follows these commands is not ours to read.
    if argv and argv[0] in ("odoo", "python"):
        passed_on = argv[2:] if argv[1:2] == ["--"] else argv[1:]
        argv = argv[:1]
    options = parser().parse_args(argv)
    options.passed_on = passed_on
    try:
        return options.action(options) or 0
    except Trouble as trouble:
        sys.stderr.write(f"\n{trouble}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped.\n")
        return 130


def database_name(text):
    """Return the name of a database; refuse one that would lead its folder of files astray."""
    if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}", text):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no name of a database: letters, digits, _ - and . only, 63 at most"
        )
    return text


def port_number(text):
    """Return a TCP port."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: a number from 1 to 65535")
    return int(text)


def parser():
    """Describe every command."""
    top = argparse.ArgumentParser(
        prog="./desk", description="Run, test and look at the service desk."
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def command(name, action, text):
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(action=action)
        return sub

    run = command("run", do_run, "make all that is needed and start Odoo with demo data")
    run.add_argument("--port", type=port_number, default=PORT)
    run.add_argument("--db", type=database_name, default=DATABASE)
    run.add_argument("--no-demo", action="store_true", help="a new database without demo data")
    test = command("test", do_test, "run the tests: all, of add-ons, of files below tests/")
    test.add_argument("targets", nargs="*", metavar="ADDON|FILE")
    test.add_argument("-k", dest="name", help="only tests whose file, class or name contains this")
    test.add_argument("--no-lint", action="store_true", help="leave out the checks on the files")
    lint = command(
        "lint", do_lint, "checks on the files: style, Odoo 19, XML, translations, security"
    )
    lint.add_argument("only", nargs="?", help="only checks whose name contains this")
    docs = command("docs", do_docs, "README.md and index.html of the add-ons from readme/*.md")
    docs.add_argument("--check", action="store_true", help="only say what is out of date")
    shot = command(
        "shot", do_shot, "a picture of a page as a user sees it; console errors are shown"
    )
    shot.add_argument("page", metavar="PATH", help="for instance /odoo/service-desk or /my")
    shot.add_argument("--user", default="admin", help="login (demo: also the password), or public")
    shot.add_argument("--width", type=int, default=1400, help="pixels; below 600 as on a phone")
    shot.add_argument("--lang", help="for instance ru_RU")
    shot.add_argument("--db", type=database_name, default=DATABASE)
    shot.add_argument("--port", type=port_number, default=PORT)
    shot.add_argument("-o", dest="output", metavar="FILE.png")
    psql = command("psql", do_psql, "PostgreSQL's own prompt on a database")
    psql.add_argument("db", nargs="?", type=database_name, default=DATABASE)
    psql.add_argument("args", nargs=argparse.REMAINDER, help="handed to psql, for instance -c SQL")
    shell = command("shell", do_shell, "Python prompt inside Odoo")
    shell.add_argument("db", nargs="?", type=database_name, default=DATABASE)
    bench = command("bench", do_bench, "measure what calls cost: medians of several runs")
    bench.add_argument(
        "name", metavar="NAME", help="a file of devtools/benches, or the beginning of several (sla)"
    )
    bench.add_argument("--size", type=int, action="append", help="records; may be given again")
    bench.add_argument("--runs", type=int, default=5)
    bench.add_argument("--json", metavar="FILE", help="rows for machines")
    reset = command("reset", do_reset, "drop the development database with its files")
    reset.add_argument("db", nargs="?", type=database_name, default=DATABASE)
    reset.add_argument("--yes", action="store_true", help="do not ask")
    createdb = command("createdb", do_createdb, "make a database, empty or a copy with its files")
    createdb.add_argument("db", type=database_name)
    createdb.add_argument("--from", dest="template", type=database_name, metavar="DB")
    dropdb = command("dropdb", do_dropdb, "drop a database with its files")
    dropdb.add_argument("db", type=database_name)
    command("odoo", do_odoo, "odoo-bin with our settings: ./desk odoo -- -d mydb -i service_desk")
    command("python", do_python, "Python with Odoo importable")
    command("stop", do_stop, "stop the private PostgreSQL")
    return top


def do_run(options):
    """Start the development server."""
    from . import run

    return run.main(options.db, options.port, demo=not options.no_demo)


def do_test(options):
    """Run tests."""
    from . import test

    return test.main(options.targets, options.name, not options.no_lint)


def do_lint(options):
    """Run the checks on the files."""
    from . import lint

    return lint.main(options.only)


def do_docs(options):
    """Write the add-ons' documents."""
    from . import docs

    return docs.main(options.check)


def do_shot(options):
    """Take a picture."""
    from . import setup, shot

    setup.ensure()
    return shot.main(
        options.page,
        options.user,
        width=options.width,
        lang=options.lang,
        db=options.db,
        port=options.port,
        output=options.output,
    )


def do_psql(options):
    """Replace this process by psql."""
    from . import postgres, setup

    setup.ensure()
    program = postgres.client("psql")
    os.execve(
        program,
        ["psql", "-d", options.db, *options.args],
        dict(os.environ, **postgres.environment()),
    )


def do_shell(options):
    """Open Odoo's shell."""
    from . import odoo, setup

    setup.ensure()
    return odoo.run("shell", "-d", options.db, "--log-level", "warn")


def do_bench(options):
    """Measure."""
    from . import bench

    return bench.main(options.name, options.size, options.json, options.runs)


def do_reset(options):
    """Drop the development database after a yes."""
    from . import database, say, setup

    setup.ensure()
    if not database.exists(options.db):
        print(f"There is no database {options.db}.")
        return 0
    if not options.yes and not say.ask(f"Drop the database {options.db} with all its files?"):
        print("Nothing is changed. To drop it without a question: ./desk reset --yes")
        return 1
    database.drop(options.db)
    print(f"Dropped. ./desk run --db {options.db} makes it anew.")
    return 0


def do_createdb(options):
    """Create a database."""
    from . import database, setup

    setup.ensure()
    database.create(options.db, options.template)


def do_dropdb(options):
    """Drop a database."""
    from . import database, setup

    setup.ensure()
    database.drop(options.db)


def do_odoo(options):
    """Replace this process by odoo-bin; takes a free port unless one is named."""
    from . import odoo, setup

    setup.ensure()
    extra = {} if odoo.names_port(options.passed_on) else {"ODOO_HTTP_PORT": str(odoo.free_port())}
    argv = odoo.command(*options.passed_on)
    os.execve(argv[0], argv, odoo.environment(**extra))


def do_python(options):
    """Replace this process by the environment's Python, with Odoo importable."""
    from . import odoo, setup, venv

    setup.ensure()
    argv = [str(venv.python()), *options.passed_on]
    os.execve(argv[0], argv, odoo.environment())


def do_stop(options):
    """Stop PostgreSQL."""
    from . import postgres

    print("PostgreSQL is stopped." if postgres.stop() else "PostgreSQL was not running.")


if __name__ == "__main__":
    sys.exit(main())
