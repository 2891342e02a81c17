"""PostgreSQL restarts, its disk is full, it takes no writes, the filestore is read-only: no mail is lost."""

import shutil
import stat
import time

import pytest

from devtools import database, shell
from devtools.say import Trouble

from .cluster import PrivateCluster, SmallDisk
from .letters import letter
from .test_crash import check_exactly_once, fetch_in_background, numbered, wait_for_tickets
from .world import DESK, running

ENOUGH_MEGABYTES = 420
TABLES = ("service_desk_mail_intake", "mail_message", "service_desk_ticket")


@pytest.fixture(scope="module")
def cluster():
    """A PostgreSQL of our own; as root its databases lie on a small disk."""
    server = PrivateCluster().start()
    try:
        if shell.is_root():
            server.use_small_disk(ENOUGH_MEGABYTES)
        yield server
    finally:
        server.destroy()


@pytest.fixture(scope="module")
def desk(make_world, cluster):
    """A desk on the private PostgreSQL."""
    with running(make_world(cluster=cluster)) as world:
        yield world


def try_to_drain(world, rounds=3):
    """Fetch some rounds in bad times; whatever the server answers."""
    for _round in range(rounds):
        try:
            world.fetch()
        except (Trouble, OSError):
            time.sleep(0.2)


def letters(mark, count, size=0):
    """Return numbered mails with an attachment each."""
    filling = bytes(number % 251 for number in range(size or 3000))
    return [
        letter(
            f"Customer {number} <c{number}@{mark}.test>",
            DESK,
            f"{mark} {number}",
            f"Text {number}",
            files=[(f"file{number}.bin", f"{mark} {number}".encode() + filling)],
        )
        for number in range(count)
    ]


def check_accounted(world, mark, sent):
    """Every mail is somewhere: still unseen, waiting in the ledger, or a ticket; none is held."""
    tickets = world.count("service_desk_ticket", f"name LIKE '{mark} %'")
    held = world.sql(
        "SELECT reason, reason_text FROM service_desk_mail_intake WHERE state IN ('held', 'filed')"
    )
    assert held == []
    assert world.waiting() + world.pending() + tickets == sent
    return tickets


def files_on_disk(world, mark):
    """Return {file name: size} of the tickets' attachments, each compared with the file on disk."""
    found = {}
    rows = world.sql(
        "SELECT a.name, a.file_size, a.store_fname FROM ir_attachment a JOIN service_desk_ticket t"
        f" ON t.id = a.res_id AND a.res_model = 'service_desk.ticket' WHERE t.name LIKE '{mark} %'"
    )
    for name, size, place in rows:
        assert (database.filestore(world.db) / place).stat().st_size == int(size), name
        found[name] = int(size)
    return found


def test_postgres_restarts_in_the_middle(desk, cluster):
    desk.mailbox.deliver(*numbered("restart", 100))
    for reached in (15, 50):
        thread = fetch_in_background(desk)
        wait_for_tickets(desk, "restart", reached)
        cluster.stop()
        cluster.start()
        thread.join(60)
    desk.pass_time()
    desk.drain(200)
    check_exactly_once(desk, "restart", 100)


def test_the_database_takes_no_new_rows(desk):
    """As on a full disk, but by a trigger, so that it is also seen where nobody is root."""
    desk.mailbox.deliver(*letters("norows", 12))
    for table in TABLES:
        desk.sql(
            f"CREATE TRIGGER disk_full BEFORE INSERT ON {table} EXECUTE FUNCTION {_disk_full(desk)}"
        )
    try:
        try_to_drain(desk)
        assert desk.waiting() == 12
    finally:
        for table in TABLES:
            desk.sql(f"DROP TRIGGER disk_full ON {table}")
    desk.pass_time()
    desk.drain()
    check_exactly_once(desk, "norows", 12)


def test_the_database_takes_no_tickets(desk):
    """The ledger takes the mail, what comes after it fails: it waits there and is not blamed on the mail."""
    desk.mailbox.deliver(*letters("notickets", 6))
    desk.sql(
        f"CREATE TRIGGER disk_full BEFORE INSERT ON service_desk_ticket EXECUTE FUNCTION {_disk_full(desk)}"
    )
    try:
        try_to_drain(desk)
        assert check_accounted(desk, "notickets", 6) == 0
    finally:
        desk.sql("DROP TRIGGER disk_full ON service_desk_ticket")
    desk.pass_time()
    desk.drain()
    check_exactly_once(desk, "notickets", 6)


def _disk_full(world):
    """Make a trigger function that answers like PostgreSQL on a full disk and return its name."""
    world.sql(
        "CREATE OR REPLACE FUNCTION desk_disk_full() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$"
    )
    return "desk_disk_full()"


@pytest.mark.skipif(not shell.is_root(), reason="only root can mount a small disk")
def test_the_disk_of_the_database_is_full(desk, cluster):
    """A file system that is really full."""
    desk.mailbox.deliver(*letters("diskfull", 40, size=60_000))
    cluster.disk.fill(leave=600_000)
    try:
        try_to_drain(desk, rounds=4)
        reached = check_accounted(desk, "diskfull", 40)
        assert reached < 40, "the disk was not full"
        assert desk.waiting() > 0
    finally:
        cluster.disk.free()
    desk.pass_time()
    desk.drain(200)
    check_exactly_once(desk, "diskfull", 40)
    assert len(files_on_disk(desk, "diskfull")) == 40


def test_the_filestore_takes_no_files(desk):
    desk.mailbox.deliver(*letters("nofiles", 10))
    with _closed_filestore(desk):
        try_to_drain(desk)
        assert check_accounted(desk, "nofiles", 10) == 0
    desk.pass_time()
    desk.drain()
    check_exactly_once(desk, "nofiles", 10)
    assert len(files_on_disk(desk, "nofiles")) == 10


@pytest.mark.skipif(not shell.is_root(), reason="only root can mount a small disk")
def test_the_disk_of_the_filestore_is_full(desk):
    """No truncated file stays behind that would spoil the same attachment for ever."""
    desk.mailbox.deliver(*letters("filesfull", 10, size=200_000))
    disk = _filestore_on_a_disk(desk)
    try:
        disk.fill(leave=300_000)
        try_to_drain(desk)
        assert check_accounted(desk, "filesfull", 10) < 10
        disk.free()
        desk.pass_time()
        desk.drain()
        check_exactly_once(desk, "filesfull", 10)
        assert len(files_on_disk(desk, "filesfull")) == 10
    finally:
        _filestore_back(desk, disk)


class _closed_filestore:  # lower case: used as a with statement
    """Refuse new files: by rights, or for root, whom rights do not stop, by a read-only disk."""

    def __init__(self, world):
        self.world = world
        self.folder = database.filestore(world.db)
        self.disk = None

    def __enter__(self):
        if shell.is_root():
            self.disk = _filestore_on_a_disk(self.world)
            self.disk.read_only(True)
        else:
            self._set_rights(lambda mode: mode & ~stat.S_IWUSR)

    def __exit__(self, *error):
        if shell.is_root():
            self.disk.read_only(False)
            _filestore_back(self.world, self.disk)
        else:
            self._set_rights(lambda mode: mode | stat.S_IWUSR)

    def _set_rights(self, change):
        for folder in [self.folder, *(path for path in self.folder.rglob("*") if path.is_dir())]:
            folder.chmod(change(folder.stat().st_mode))


def _filestore_on_a_disk(world):
    """Put the filestore on a small disk of its own and return the disk."""
    folder = database.filestore(world.db)
    aside = folder.with_name(f"{folder.name}.aside")
    shutil.copytree(folder, aside)
    size = sum(path.stat().st_size for path in aside.rglob("*") if path.is_file())
    disk = SmallDisk(folder, size // (1 << 20) + 40)
    shutil.copytree(aside, folder, dirs_exist_ok=True)
    shutil.rmtree(aside)
    return disk


def _filestore_back(world, disk):
    """Put the filestore back to where it was, with what came meanwhile."""
    folder = database.filestore(world.db)
    aside = folder.with_name(f"{folder.name}.aside")
    shutil.copytree(folder, aside)
    disk.remove()
    shutil.copytree(aside, folder, dirs_exist_ok=True)
    shutil.rmtree(aside)
