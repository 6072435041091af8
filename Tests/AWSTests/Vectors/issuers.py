"""The issuers of credentials that botocore and this room are tried against: instance metadata, a container's
endpoint, STS and IAM Identity Center, in one HTTP server on a free loopback port. The first part of the path says
how it behaves. Says its port in one line, then lives until its standard input ends.

What STS hands out tells who asked: `ASIA.<role>.<key that signed>`.
"""

import http.server
import json
import sys
import threading
import time
import urllib.parse

FOREVER = "2099-01-01T00:00:00Z"
REFUSALS = {"imds-403": 403, "imds-404": 404, "imds-405": 405, "imds-400": 400, "imds-500": 500}


def document(key, **more):
    return {
        "Code": "Success",
        "AccessKeyId": key,
        "SecretAccessKey": "s",
        "Token": "t",
        "Expiration": FOREVER,
        **more,
    }


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, body, status=200):
        if not isinstance(body, str):
            body = json.dumps(body)
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def do_any(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = urllib.parse.parse_qs(self.rfile.read(length).decode())
        mode, _, rest = self.path.lstrip("/").partition("/")
        if mode.startswith("imds"):
            self.metadata(mode, rest)
        elif mode.startswith("container"):
            self.container(mode)
        elif mode.startswith("sts"):
            self.sts(mode, body)
        elif mode.startswith("sso"):
            self.sso(rest)
        else:
            self.answer("nothing here", 404)

    do_GET = do_PUT = do_POST = do_any

    def metadata(self, mode, rest):
        if rest == "latest/api/token":
            if mode == "imds-hang":
                time.sleep(60)
                return
            if mode in REFUSALS:
                return self.answer("", REFUSALS[mode])
            assert self.command == "PUT" and self.headers["x-aws-ec2-metadata-token-ttl-seconds"] == "21600"
            return self.answer("TOKEN==")
        session = self.headers.get("x-aws-ec2-metadata-token")
        version = "v2" if session == "TOKEN==" else "v1"
        if version == "v1" and mode == "imds":
            return self.answer("", 401)
        if mode == "imds-no-role":
            return self.answer("", 404)
        if rest == "latest/meta-data/iam/security-credentials/":
            return self.answer("dr-actor")
        if mode == "imds-denied":
            return self.answer({"Code": "AssumeRoleUnauthorizedAccess", "Message": "no"})
        self.answer(document(f"ASIA.{version}.{rest.rpartition('/')[2]}"))

    def container(self, mode):
        proof = self.headers.get("Authorization", "none")
        if mode == "container-404":
            return self.answer("no", 404)
        if mode == "container-html":
            return self.answer("<html>")
        self.answer(document(f"ASIA.container.{proof.replace(' ', '_')}"))

    def sts(self, mode, form):
        if mode == "sts-denied":
            error = "<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error>"
            return self.answer(f"<ErrorResponse>{error}<RequestId>r</RequestId></ErrorResponse>", 403)
        action, role = form["Action"][0], form["RoleArn"][0].rpartition("/")[2]
        signed = self.headers.get("Authorization", "")
        who = signed.partition("Credential=")[2].partition("/")[0] or form.get("WebIdentityToken", ["?"])[0]
        for name in ("ExternalId", "DurationSeconds"):
            if name in form:
                who += f".{form[name][0]}"
        self.answer(
            f"<{action}Response xmlns='https://sts.amazonaws.com/doc/2011-06-15/'><{action}Result><Credentials>"
            f"<AccessKeyId>ASIA.{role}.{who}</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
            f"<SessionToken>t</SessionToken><Expiration>{FOREVER}</Expiration></Credentials></{action}Result>"
            f"<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></{action}Response>"
        )

    def sso(self, rest):
        path, _, query = rest.partition("?")
        asked = urllib.parse.parse_qs(query)
        if path != "federation/credentials" or self.headers["x-amz-sso_bearer_token"] != "login-token":
            return self.answer({"message": "Session token not found or invalid"}, 401)
        key = f"ASIA.sso.{asked['role_name'][0]}.{asked['account_id'][0]}"
        given = {"accessKeyId": key, "secretAccessKey": "s", "sessionToken": "t", "expiration": 4070908800000}
        self.answer({"roleCredentials": given})


def start():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


if __name__ == "__main__":
    print(start(), flush=True)
    sys.stdin.read()
