"""Those who are told: real HTTP and mail servers, with certificates of a throw-away authority."""

from __future__ import annotations

import datetime
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Item = dict[str, Any]


class Authority:
    """A certificate authority whose file drctl may be told to trust."""

    def __init__(self, folder: Path, name: str = "receivers") -> None:
        self.folder, self.file = folder, folder / f"{name}-ca.pem"
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        certificate = self._certificate(self._name, self._key, None)
        self.file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))

    def _certificate(
        self, name: x509.Name, key: ec.EllipticCurvePrivateKey, days: float | None
    ) -> x509.Certificate:
        now = datetime.datetime.now(datetime.UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=400))
            .not_valid_after(now + datetime.timedelta(days=2 if days is None else days))
            .add_extension(x509.BasicConstraints(ca=days is None, path_length=None), critical=True)
        )
        if days is not None:
            hosts = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
            builder = builder.add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        return builder.sign(self._key, hashes.SHA256())

    def server_context(self, days: float = 1) -> ssl.SSLContext:
        """For 127.0.0.1; `days` may be in the past."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        pem = self.folder / f"server-{key.public_key().public_numbers().x:x}.pem"
        pem.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + self._certificate(name, key, days).public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        pem.unlink()
        return context


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Item:
        found: Item = json.loads(self.body)
        return found


@dataclass
class Answer:
    status: int = 200
    body: str = "ok"
    headers: dict[str, str] = field(default_factory=dict)


class HTTPReceiver:
    """Answers as `answer` says; None holds the request until the receiver is closed."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.requests: list[Request] = []
        self.answer: Callable[[Request], Answer | None] = lambda _: Answer()
        self._closed = threading.Event()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                request = Request(self.command, self.path, headers, body)
                receiver.requests.append(request)
                answer = receiver.answer(request)
                if answer is None:
                    receiver._closed.wait(120)
                    self.close_connection = True
                    return
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body.encode())

            do_GET = do_POST

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        if context:
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.scheme = "https" if context else "http"
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def url(self, path: str) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}{path}"

    def close(self) -> None:
        self._closed.set()
        self._server.shutdown()
        self._server.server_close()


class MailReceiver:
    """A mail server that takes mail of one user alone, over TLS alone."""

    user = "drctl"

    def __init__(self, context: ssl.SSLContext, password: str, starts_with_tls: bool) -> None:
        self.letters: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.refused: set[str] = set()
        receiver = self

        class Handler:
            async def handle_RCPT(
                self, server: SMTP, session: Session, envelope: Envelope, address: str, _: list[str]
            ) -> str:
                if address in receiver.refused:
                    return "550 no such user"
                envelope.rcpt_tos.append(address)
                return "250 OK"

            async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
                assert session.ssl is not None or starts_with_tls
                content = envelope.content
                assert isinstance(content, bytes)
                letter = message_from_bytes(content, policy=policy.default)
                assert isinstance(letter, EmailMessage)
                receiver.letters.append(letter)
                receiver.envelopes.append((str(envelope.mail_from), list(envelope.rcpt_tos)))
                return "250 taken"

        def authenticate(_: SMTP, __: Session, ___: Envelope, ____: str, data: Any) -> AuthResult:
            good = isinstance(data, LoginPassword) and (data.login, data.password) == (
                self.user.encode(),
                password.encode(),
            )
            # What is not handled here the server answers itself.
            return AuthResult(success=good, handled=good)

        options: Item = {"authenticator": authenticate, "auth_required": True}
        if starts_with_tls:
            # TLS lies below what it can see, so it would ask for STARTTLS first.
            options |= {"ssl_context": context, "auth_require_tls": False}
        else:
            options |= {"tls_context": context, "require_starttls": True}
        self._controller = Controller(Handler(), hostname="127.0.0.1", port=_free_port(), **options)
        if starts_with_tls:
            # Its own check that it is up would speak without TLS.
            self._controller._trigger_server = self._greet  # type: ignore[method-assign]
        self._controller.start()
        self.port = self._controller.port

    def _greet(self) -> None:
        """Waits for the server's first line; whose certificate it is does not matter here."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        address = ("127.0.0.1", self._controller.port)
        with socket.create_connection(address, 10) as plain, context.wrap_socket(plain) as stream:
            stream.recv(100)

    def close(self) -> None:
        self._controller.stop()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
