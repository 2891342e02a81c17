"""A private Dovecot: IMAP and POP3 on loopback, everything else in a folder of its own."""

import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import time

from devtools import odoo, shell
from devtools.say import Trouble

PASSWORD = "mailbox-password"
PACKAGES = ["dovecot-imapd", "dovecot-pop3d"]

# Mail is made for the test and thrown away after it: nothing needs to survive a power cut.
CONFIG = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
instance_name = {name}
protocols = imap pop3
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_fsync = never
mail_location = maildir:{folder}/mail/%n
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 1
first_valid_gid = 1
default_login_user = {login_user}
default_internal_user = {internal_user}
default_internal_group = {internal_group}
mail_max_userip_connections = 50
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%n
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service pop3-login {{
  chroot =
  inet_listener pop3 {{
    port = {pop3_port}
  }}
  inet_listener pop3s {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


class Dovecot:
    """One Dovecot with any number of mailboxes; every user name is good with ``PASSWORD``."""

    def __init__(self, folder):
        self.folder = folder
        self.imap_port = odoo.free_port()
        self.pop3_port = odoo.free_port()
        self.process = None

    def start(self):
        """Start it and wait until IMAP answers; raises Trouble with its log's last words."""
        program = find_program()
        config = self._write_config()
        with open(self.folder / "start.log", "ab") as handle:
            self.process = subprocess.Popen(
                [program, "-F", "-c", str(config)],
                stdout=handle,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                with socket.create_connection(("127.0.0.1", self.imap_port), timeout=2) as line:
                    if line.recv(200).startswith(b"* OK"):
                        return self
            except OSError:
                time.sleep(0.1)
        words = "".join(
            shell.tail(path) for path in self.folder.glob("*.log") if path.stat().st_size
        )
        self.stop()
        raise Trouble(f"Dovecot did not start.\n{words}")

    def stop(self):
        """End it with its children."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def mailbox(self, name):
        """Return the mailbox of the user ``name``; it comes into being at its first use."""
        return Mailbox(self, name)

    def _write_config(self):
        root = shell.is_root()
        me = pwd.getpwuid(os.geteuid()).pw_name
        group = me
        if not root:
            import grp

            group = grp.getgrgid(os.getegid()).gr_name
        for part in ("run", "state", "mail"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        if root:
            # Dovecot never opens mail as root: the system's own mail user does it.
            mail_user = pwd.getpwnam("mail")
            self.folder.chmod(0o755)
            os.chown(self.folder / "mail", mail_user.pw_uid, mail_user.pw_gid)
        path = self.folder / "dovecot.conf"
        path.write_text(
            CONFIG.format(
                folder=self.folder,
                name=f"desk-{self.imap_port}",
                user="mail" if root else me,
                group="mail" if root else group,
                login_user="dovenull" if root else me,
                internal_user="dovecot" if root else me,
                internal_group="dovecot" if root else group,
                password=PASSWORD,
                imap_port=self.imap_port,
                pop3_port=self.pop3_port,
            ),
            encoding="utf-8",
        )
        return path


class Mailbox:
    """The INBOX of one user, filled and looked at over IMAP."""

    def __init__(self, dovecot, name):
        self.dovecot = dovecot
        self.name = name

    def connect(self):
        """Return a logged-in IMAP connection."""
        line = imaplib.IMAP4("127.0.0.1", self.dovecot.imap_port, timeout=30)
        line.login(self.name, PASSWORD)
        return line

    def deliver(self, *messages):
        """Put raw messages into INBOX, unseen, in this order."""
        with self.connect() as line:
            for message in messages:
                answer, data = line.append("INBOX", None, None, message)
                if answer != "OK":
                    raise Trouble(f"Dovecot refused a message: {data}")

    def drop(self, *messages):
        """Put raw messages into INBOX byte for byte, as a local delivery agent does."""
        self.counts()  # the folders come into being with the first login
        base = self.dovecot.folder / "mail" / self.name
        owner = base.stat()
        for number, message in enumerate(messages):
            name = f"{1_700_000_000 + number}.M{number:06}P1.desk"
            place = base / "tmp" / name
            place.write_bytes(message)
            if shell.is_root():
                os.chown(place, owner.st_uid, owner.st_gid)
            place.rename(base / "new" / name)

    def look(self):
        """Yield every message as IMAP gives it, without marking it as seen."""
        with self.connect() as line:
            _answer, data = line.select("INBOX", readonly=True)
            for number in range(1, int(data[0]) + 1):
                _answer, parts = line.fetch(str(number), "(BODY.PEEK[])")
                yield parts[0][1]

    def counts(self):
        """Return (all, unseen) of INBOX."""
        with self.connect() as line:
            _answer, data = line.status("INBOX", "(MESSAGES UNSEEN)")
        words = data[0].decode().replace("(", " ").replace(")", " ").split()
        return int(words[words.index("MESSAGES") + 1]), int(words[words.index("UNSEEN") + 1])

    def unseen(self):
        """Return how many messages nobody has fetched."""
        return self.counts()[1]


def find_program():
    """Return Dovecot's program; as root it is installed, else the person is told what to type."""
    search = os.environ.get("PATH", "") + os.pathsep + "/usr/sbin"
    found = shutil.which("dovecot", path=search)
    if not found:
        shell.install_packages(PACKAGES, "Dovecot (the mail server of the system tests)")
        found = shutil.which("dovecot", path=search)
    if not found:
        raise Trouble(f"Dovecot is missing although {PACKAGES} is installed.")
    return found
