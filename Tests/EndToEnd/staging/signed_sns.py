"""SNS as its subscribers meet it: it signs, with a certificate that is fetched from its own host over TLS.

The host's real name is asked for; a proxy of ours, which drctl finds in HTTPS_PROXY, leads that name here.
"""

from __future__ import annotations

import base64
import contextlib
import datetime
import json
import socket
import ssl
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

Item = dict[str, Any]
KEYS = {
    "Notification": ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"],
    "SubscriptionConfirmation": [
        "Message",
        "MessageId",
        "SubscribeURL",
        "Timestamp",
        "Token",
        "TopicArn",
        "Type",
    ],
}


@dataclass
class SignedSNS:
    """One Region's SNS."""

    region: str
    key: rsa.RSAPrivateKey
    ca_file: Path
    proxy: str = ""
    fetched: list[str] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"sns.{self.region}.amazonaws.com"

    def envelope(self, topic: str, message: str, subject: str = "", **more: Any) -> bytes:
        """Signed with version 2."""
        now = datetime.datetime.now(datetime.UTC)
        fields: Item = {
            "Type": "Notification",
            "MessageId": str(uuid.uuid4()),
            "TopicArn": topic,
            "Message": message,
            "Timestamp": now.strftime("%Y-%m-%dT%H:%M:%S.") + f"{now.microsecond // 1000:03}Z",
            "SignatureVersion": "2",
            "SigningCertURL": f"https://{self.host}/SimpleNotificationService-0123abcd.pem",
            **({"Subject": subject} if subject else {}),
            **more,
        }
        text = "".join(f"{k}\n{fields[k]}\n" for k in KEYS[fields["Type"]] if k in fields).encode()
        signature = self.key.sign(text, padding.PKCS1v15(), hashes.SHA256())
        return json.dumps(fields | {"Signature": base64.b64encode(signature).decode()}).encode()


@contextlib.contextmanager
def signed_sns(region: str, folder: Path) -> Iterator[SignedSNS]:
    root_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    root = certificate("Test Root", root_key, root_key, None)
    leaf = certificate("sns.amazonaws.com", key, root_key, "sns.amazonaws.com")
    served = certificate(f"sns.{region}.amazonaws.com", key, root_key, f"sns.{region}.amazonaws.com")
    (folder / "ca.pem").write_bytes(pem(root))
    files = folder / "sns-server.pem"
    files.write_bytes(private(key) + pem(served))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files)
    sns = SignedSNS(region, key, folder / "ca.pem")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        sns.proxy = f"http://127.0.0.1:{listener.getsockname()[1]}"
        Thread(target=serve, args=(listener, context, pem(leaf), sns), daemon=True).start()
        yield sns


def serve(listener: socket.socket, context: ssl.SSLContext, page: bytes, sns: SignedSNS) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with contextlib.suppress(OSError), connection:
            connection.settimeout(10)
            target = head(connection).split(" ")[1]
            sns.fetched.append(target)
            if target != f"{sns.host}:443":
                connection.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
                continue
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            with context.wrap_socket(connection, server_side=True) as secure:
                head(secure)
                length = f"Content-Length: {len(page)}\r\nConnection: close\r\n\r\n".encode()
                secure.sendall(b"HTTP/1.1 200 OK\r\n" + length + page)


def head(connection: socket.socket) -> str:
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(4096)
        if not more:
            raise OSError("the other side has gone")
        data += more
    return data.decode()


def certificate(
    name: str, key: rsa.RSAPrivateKey, issuer_key: rsa.RSAPrivateKey, dns: str | None
) -> x509.Certificate:
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test Root")]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=dns is None, path_length=None), critical=True)
    )
    if dns:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(dns)]), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def pem(found: x509.Certificate) -> bytes:
    return found.public_bytes(serialization.Encoding.PEM)


def private(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
