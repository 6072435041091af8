"""An instance's metadata service and an STS, which hand out short-lived credentials until they are stopped."""

from __future__ import annotations

import json
import threading
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from .drctl import Keys


class Issuers:
    """STS hands out `keys` for an instance's role, whose own credentials nobody else accepts."""

    def __init__(self, keys: Keys, lifetime: timedelta) -> None:
        self.keys = keys
        self.lifetime = lifetime
        self.assumed = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def stop(self) -> None:
        """From here on connections are refused."""
        self._server.shutdown()
        self._server.server_close()

    def end(self) -> str:
        return (datetime.now(timezone.utc) + self.lifetime).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def environment(self) -> dict[str, str]:
        """For a drctl that has no other credentials, and a profile `dr` in its home directory."""
        return {
            "AWS_ACCESS_KEY_ID": "",
            "AWS_SECRET_ACCESS_KEY": "",
            "AWS_SESSION_TOKEN": "",
            "AWS_EC2_METADATA_DISABLED": "false",
            "AWS_EC2_METADATA_SERVICE_ENDPOINT": self.url,
        }

    PROFILE = """[profile dr]
role_arn = arn:aws:iam::123456789012:role/dr
credential_source = Ec2InstanceMetadata
"""

    def metadata(self) -> str:
        return json.dumps(
            {
                "Code": "Success",
                "AccessKeyId": "ASIAINSTANCE",
                "SecretAccessKey": "nobody-knows",
                "Token": "t",
                "Expiration": "2099-01-01T00:00:00Z",
            }
        )

    def credentials(self) -> str:
        self.assumed += 1
        return (
            "<AssumeRoleResponse><AssumeRoleResult><Credentials>"
            f"<AccessKeyId>{self.keys.access_key}</AccessKeyId>"
            f"<SecretAccessKey>{self.keys.secret}</SecretAccessKey>"
            f"<SessionToken>{self.keys.token}</SessionToken><Expiration>{self.end()}</Expiration>"
            "</Credentials></AssumeRoleResult></AssumeRoleResponse>"
        )


def handler(issuers: Issuers) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def answer(self, body: str) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        def do_PUT(self) -> None:
            self.answer("SESSION")

        def do_GET(self) -> None:
            self.answer("instance" if self.path.endswith("/security-credentials/") else issuers.metadata())

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            assert form["Action"] == ["AssumeRole"]
            assert "ASIAINSTANCE" in self.headers["Authorization"]
            self.answer(issuers.credentials())

    return Handler
