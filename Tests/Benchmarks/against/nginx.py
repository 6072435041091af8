"""A local nginx: one worker on the server's core, an answer of 2 kB, plain and over TLS."""

from __future__ import annotations

import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType

from . import machine

CONFIGURATION = """
daemon off; worker_processes 1; pid nginx.pid; error_log error.log;
events {{ worker_connections 2048; }}
http {{
    access_log off; keepalive_requests 100000000; keepalive_timeout 300s; default_type text/xml;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    server {{
        listen 127.0.0.1:{plain} backlog=2048; listen 127.0.0.1:{tls} ssl backlog=2048;
        ssl_certificate certificate.pem; ssl_certificate_key key.pem;
        location / {{ return 200 "{answer}"; }}
    }}
}}
"""


class Nginx:
    """As a context, it leaves nothing running."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.plain_port, self.tls_port = folder, free_port(), free_port()
        self.authority = folder / "certificate.pem"
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, tls: bool) -> str:
        return f"https://localhost:{self.tls_port}/" if tls else f"http://127.0.0.1:{self.plain_port}/"

    def __enter__(self) -> Nginx:
        subprocess.run(
            [
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-keyout",
                "key.pem",
                "-out",
                "certificate.pem",
            ],
            cwd=self.folder,
            check=True,
            capture_output=True,
        )
        answer = "0123456789abcdef" * 128
        (self.folder / "nginx.conf").write_text(
            CONFIGURATION.format(plain=self.plain_port, tls=self.tls_port, answer=answer)
        )
        self.process = subprocess.Popen(
            machine.pinned(machine.SERVER, "/usr/sbin/nginx", "-p", self.folder, "-c", "nginx.conf"),
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 10
        while not answers(self.tls_port):
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise RuntimeError("nginx does not start")
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
