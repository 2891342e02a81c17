"""A PostgreSQL for one test file, so that it may be stopped or filled up without harm to others."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from devtools import database, postgres, shell
from devtools.paths import ROOT


class SharedCluster:
    """The developer tool's own server: only to be used, never to be stopped."""

    env: dict = {}

    def query(self, sql, db):
        """Return rows of text."""
        return postgres.query(sql, db=db)

    def copy(self, template, db):
        """Make ``db`` as a copy of the template."""
        from devtools import templates

        database.drop(db)
        templates.copy(template, db)

    def drop(self, db):
        """Drop a database with its files."""
        database.drop(db)


class PrivateCluster:
    """A server of our own, made by the developer tool in a folder of its own."""

    def __init__(self):
        # A socket's path must be short, and the user postgres must be able to enter.
        self.home = Path(tempfile.mkdtemp(prefix="desk-pg-"))
        self.home.chmod(0o755)
        self.env = {}
        self.disk = None

    # --------------------------------------------------------------- the server
    def start(self):
        """Make it when needed and start it."""
        lines = self._tool(
            "postgres.ensure_running()",
            "print(*map('='.join, postgres.environment().items()), sep='\\n')",
        )
        self.env = dict(line.split("=", 1) for line in lines.split())
        return self

    def stop(self):
        """Stop it as a restart of the service does: connections are cut."""
        self._tool("postgres.stop()")

    def destroy(self):
        """Stop it and remove everything."""
        self.stop()
        if self.disk:
            self.disk.remove()
        shutil.rmtree(self.home, ignore_errors=True)

    def _tool(self, *statements):
        """Run statements of the developer tool with this folder as its home."""
        code = "; ".join(["from devtools import paths, postgres", "paths.make_home()", *statements])
        env = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        env.update(DESK_HOME=str(self.home), PYTHONPATH=str(ROOT))
        return shell.run(
            [sys.executable, "-c", code], what="The private PostgreSQL", env=env, cwd=ROOT
        )

    # ---------------------------------------------------------------- databases
    def query(self, sql, db):
        """Return rows of text."""
        command = [
            postgres.client("psql"),
            "-XAtq",
            "-F",
            "\t",
            "-v",
            "ON_ERROR_STOP=1",
            "-d",
            db,
            "-c",
            sql,
        ]
        output = shell.run(command, what="The database query", env={**os.environ, **self.env})
        return [line.split("\t") for line in output.splitlines()]

    def copy(self, template, db):
        """Make ``db`` with the content of a database of the shared server."""
        space = f" TABLESPACE {self.disk.tablespace}" if self.disk else ""
        self.query(
            f"CREATE DATABASE {database.quote(db)} TEMPLATE template0 LC_COLLATE 'C'{space}",
            "postgres",
        )
        for extension in database.EXTENSIONS:
            self.query(f"CREATE EXTENSION IF NOT EXISTS {extension}", db)
        self.query("ALTER FUNCTION unaccent(text) IMMUTABLE", db)
        dump = subprocess.Popen(
            [postgres.client("pg_dump"), "--no-owner", "-d", template],
            stdout=subprocess.PIPE,
            env={**os.environ, **postgres.environment()},
        )
        shell.run(
            [postgres.client("psql"), "-Xq", "-v", "ON_ERROR_STOP=1", "-d", db],
            what="Copying the template",
            stdin=dump.stdout,
            env={**os.environ, **self.env},
        )
        assert dump.wait() == 0
        database.copy_filestore(template, db)

    def drop(self, db):
        """Drop a database with its files."""
        self.query(f"DROP DATABASE IF EXISTS {database.quote(db)} WITH (FORCE)", "postgres")
        shutil.rmtree(database.filestore(db), ignore_errors=True)

    def use_small_disk(self, megabytes):
        """Let databases made from now on lie on a small disk of their own (root only)."""
        self.disk = SmallDisk(self.home / "disk", megabytes, owner="postgres")
        place = self.disk.folder / "space"
        place.mkdir()
        shutil.chown(place, "postgres", "postgres")
        self.query(f"CREATE TABLESPACE {self.disk.tablespace} LOCATION '{place}'", "postgres")


class SmallDisk:
    """A small file system in memory (root only) that can be filled up."""

    tablespace = "small_disk"

    def __init__(self, folder, megabytes, owner=None):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        shell.run(
            ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "desk-test", self.folder],
            what="Mounting a small disk",
        )
        if owner:
            shutil.chown(self.folder, owner, owner)

    def fill(self, leave=0):
        """Leave only so many bytes free."""
        with open(self.folder / "junk", "ab", buffering=0) as handle:
            block = b"\0" * 65536
            while self._free() > leave + len(block):
                handle.write(block)
            rest = self._free() - leave
            if rest > 0:
                handle.write(b"\0" * rest)

    def free(self):
        """Make room again."""
        (self.folder / "junk").unlink(missing_ok=True)

    def read_only(self, yes):
        """Refuse all writes, as a file system in trouble does, or take them again."""
        option = "remount,ro" if yes else "remount,rw"
        shell.run(["mount", "-o", option, self.folder], what="Remounting the small disk")

    def remove(self):
        """Unmount it."""
        subprocess.run(["umount", "-l", str(self.folder)], check=False, capture_output=True)

    def _free(self):
        found = os.statvfs(self.folder)
        return found.f_bavail * found.f_frsize
