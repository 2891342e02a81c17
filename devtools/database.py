"""Databases: exist, create, copy, drop, and what is installed in them."""

import os
import shutil

from . import postgres
from .paths import DATA
from .say import Trouble

# pg_trgm makes "contains" searches use an index, unaccent lets them ignore accents.
EXTENSIONS = ("pg_trgm", "unaccent")


def exists(name):
    """Tell whether the server has the database."""
    return [name] in postgres.query("SELECT datname FROM pg_database")


def create(name, template=None):
    """Create a database, empty or as a copy of ``template`` with its files."""
    if exists(name):
        raise Trouble(f"The database {name} exists already.")
    source = f"TEMPLATE {quote(template)}" if template else "TEMPLATE template0 LC_COLLATE 'C'"
    postgres.query(f"CREATE DATABASE {quote(name)} ENCODING 'UTF8' {source}")
    if template:
        copy_filestore(template, name)
        return
    for extension in EXTENSIONS:
        postgres.query(f"CREATE EXTENSION IF NOT EXISTS {extension}", db=name)
    # As Odoo does itself: without it trigram indexes on unaccented text are not used.
    postgres.query("ALTER FUNCTION unaccent(text) IMMUTABLE", db=name)


def drop(name):
    """Drop a database, its connections and its files."""
    postgres.query(f"DROP DATABASE IF EXISTS {quote(name)} WITH (FORCE)")
    shutil.rmtree(filestore(name), ignore_errors=True)


def rename(name, new_name):
    """Rename a database that nobody is connected to, with its files."""
    postgres.query(f"ALTER DATABASE {quote(name)} RENAME TO {quote(new_name)}")
    if filestore(name).exists():
        filestore(name).rename(filestore(new_name))


def filestore(name):
    """Return the folder of a database's attachments."""
    return DATA / "filestore" / name


def copy_filestore(source, target):
    """Give ``target`` the files of ``source``; files are never changed in place, so links will do."""
    if filestore(source).exists():
        shutil.rmtree(filestore(target), ignore_errors=True)
        shutil.copytree(filestore(source), filestore(target), copy_function=os.link)


def modules(name, states=("installed",)):
    """Return {module: state} of an Odoo database; empty when Odoo was never installed in it."""
    if not postgres.query("SELECT 1 FROM pg_class WHERE relname = 'ir_module_module'", db=name):
        return {}
    rows = postgres.query("SELECT name, state FROM ir_module_module", db=name)
    return {module: state for module, state in rows if state in states}


def comment(name):
    """Return the note kept on a database, or an empty text."""
    sql = "SELECT datname, replace(shobj_description(oid, 'pg_database'), E'\\n', ' ') FROM pg_database"
    return dict(row for row in postgres.query(sql) if len(row) == 2).get(name, "")


def quote(name):
    """Return an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
