"""A real PostgreSQL server, on the address that the lab gives one of its hosts."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

PASSWORD = "not-for-anybody-to-read"
PAGE = Path(__file__).resolve().parents[3] / "docs" / "sql-probe.md"


class Postgres:
    """A writer set up as the documentation says, or with a `source` its streaming replica. As a context it
    leaves nothing behind."""

    def __init__(self, host: str, address: str, source: Postgres | None = None) -> None:
        self.host, self.address = host, address
        self.folder = Path(tempfile.mkdtemp(prefix="drctl-postgres-", dir="/tmp"))
        self.data = self.folder / "data"
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
        with socket.socket() as probe:
            probe.bind((address, 0))
            self.port = int(probe.getsockname()[1])
        if source:
            where = ["-h", str(source.folder), "-p", str(source.port), "-U", "postgres"]
            self.server("pg_basebackup", *where, "-D", self.data, "-R", "-c", "fast", "--no-sync")
            self._certify()
            self.start()
        else:
            self.server("initdb", "-D", self.data, "-A", "trust", "-U", "postgres", "--no-sync")
            (self.data / "pg_hba.conf").write_text(
                "local all all trust\nlocal replication all trust\nhost all all all scram-sha-256\n"
            )
            self._certify()
            self.start()
            self.sql(self.documented().replace("choose-a-long-one", PASSWORD))

    def __enter__(self) -> Postgres:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    def documented() -> str:
        """What the documentation tells people to run."""
        found = re.search(r"```sql\n(.*?)```", PAGE.read_text(), re.DOTALL)
        assert found
        return found[1]

    @property
    def endpoint(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def certificate(self) -> Path:
        return self.data / "server.crt"

    def _certify(self) -> None:
        names = ["-subj", "/CN=postgres", "-addext", f"subjectAltName=DNS:{self.host}"]
        files = ["-keyout", self.data / "server.key", "-out", self.certificate]
        self.server("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *names, *files)

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses={self.address} -c ssl=on -c fsync=off"
        self.server("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "-o", options, "start")

    def stop(self) -> None:
        """At once, as a host that dies."""
        if (self.data / "postmaster.pid").exists():
            self.server("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop")

    def promote(self) -> None:
        self.server("pg_ctl", "-D", self.data, "-w", "promote")

    def session(self) -> list[str]:
        return ["psql", "-h", str(self.folder), "-p", str(self.port), "-U", "postgres", "-AtqX"]

    def sql(self, text: str) -> str:
        done = subprocess.run(
            [*self.session(), "-v", "ON_ERROR_STOP=1", "-c", text],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def server(self, *command: str | Path) -> None:
        """The server's programs refuse to run as root. None of them may keep our output open."""
        paths = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        assert paths, "PostgreSQL is not installed: apt-get install postgresql"
        tool = paths[-1] / str(command[0])
        words = [str(tool if tool.exists() else command[0]), *map(str, command[1:])]
        user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        with (self.folder / "output").open("ab") as output:
            code = subprocess.call([*user, *words], stdout=output, stderr=output, stdin=subprocess.DEVNULL)
        assert code == 0, f"{words}: {(self.folder / 'output').read_text(errors='replace')[-500:]}"
