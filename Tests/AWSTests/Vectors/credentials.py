#!/usr/bin/env python3
"""Writes credentials.json: which credentials botocore finds, for many settings of environment and shared files,
with issuers.py as every issuer; and shellwords.json: how Python splits command lines.

    python3 credentials.py

`{url}` stands for the server, `{dir}` for the home directory. Where this room means to differ, the case has
`ours` with what it finds instead.
"""

import hashlib
import json
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

import issuers

HERE = pathlib.Path(__file__).parent
KEYS = "aws_access_key_id = {0}\naws_secret_access_key = s\n"
ENV = {"AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "s"}
IMDS = {"AWS_EC2_METADATA_SERVICE_ENDPOINT": "{url}/imds"}
POD = {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "{url}/container"}
WEB = {"AWS_WEB_IDENTITY_TOKEN_FILE": "{dir}/token", "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/pod"}
TOKEN = {"token": "e.y.J"}
PROCESS = (
    """credential_process = /bin/echo '{"Version": 1, "AccessKeyId": "AKIDPROC", "SecretAccessKey": "s"}'\n"""
)
ROLE = "role_arn = arn:aws:iam::123456789012:role/{0}\n"
SSO = "sso_account_id = 123456789012\nsso_role_name = reader\n"
START = "sso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\n"


def login(name, end="2099-01-01T00:00:00Z"):
    path = f".aws/sso/cache/{hashlib.sha1(name.encode()).hexdigest()}.json"
    return {path: json.dumps({"accessToken": "login-token", "expiresAt": end})}


def keys(name, key):
    return f"[{name}]\n" + KEYS.format(key)


def case(name, env=None, config=None, credentials=None, files=None, profile=None, ours=None):
    files = dict(files or {})
    if config is not None:
        files[".aws/config"] = config
    if credentials is not None:
        files[".aws/credentials"] = credentials
    return {"case": name, "env": env or {}, "files": files, "profile": profile, "ours": ours}


CHAIN = "[profile a]\n" + ROLE.format("a") + "source_profile = b\n[profile b]\n" + ROLE.format("b")
CASES = [
    case("nothing"),
    case("environment", {**ENV, **WEB, **POD, **IMDS}, files=TOKEN),
    case("environment with a token", {**ENV, "AWS_SESSION_TOKEN": "tok"}),
    case(
        "environment with the old name of the token",
        {**ENV, "AWS_SECURITY_TOKEN": "old", "AWS_SESSION_TOKEN": "new"},
    ),
    case("half a key in the environment", {"AWS_ACCESS_KEY_ID": "AKIDENV"}),
    case("an empty key in the environment", {"AWS_ACCESS_KEY_ID": "", **IMDS}),
    case("a time that is none", {**ENV, "AWS_CREDENTIAL_EXPIRATION": "soon"}),
    case(
        "environment before the profile that it names",
        {**ENV, "AWS_PROFILE": "p"},
        credentials=keys("p", "AKIDP"),
    ),
    case(
        "a chosen profile before the environment",
        {**ENV, **WEB},
        credentials=keys("p", "AKIDP"),
        files=TOKEN,
        profile="p",
    ),
    case("a chosen profile that is not there", ENV, credentials=keys("p", "AKIDP"), profile="q"),
    case("a named profile that is not there", {**IMDS, "AWS_PROFILE": "q"}, credentials=keys("p", "AKIDP")),
    case(
        "two names of profiles",
        {"AWS_DEFAULT_PROFILE": "p", "AWS_PROFILE": "q"},
        credentials=keys("p", "AKIDP") + keys("q", "AKIDQ"),
    ),
    case(
        "a chosen profile without credentials", IMDS, config="[profile p]\nregion = eu-west-1\n", profile="p"
    ),
    case("a default profile without credentials", IMDS, config="[default]\nregion = eu-west-1\n"),
    case("keys of both files", credentials=keys("default", "AKIDCRED"), config=keys("default", "AKIDCONF")),
    case("keys of the config file", config=keys("default", "AKIDCONF")),
    case(
        "keys with a token in the file", credentials=keys("default", "AKIDCRED") + "aws_session_token = tt\n"
    ),
    case("half a key in the file", credentials="[default]\naws_access_key_id = AKIDHALF\n", env=IMDS),
    case(
        "a quoted profile name",
        config='[profile "my own"]\n' + KEYS.format("AKIDOWN"),
        env={"AWS_PROFILE": "my own"},
    ),
    case("process before keys of the config file", config="[default]\n" + KEYS.format("AKIDCONF") + PROCESS),
    case(
        "keys of the credentials file before a process",
        config="[default]\n" + PROCESS,
        credentials=keys("default", "AKIDCRED"),
    ),
    case("a process that fails", IMDS, config="[default]\ncredential_process = /bin/false\n"),
    case("a process of another version", IMDS, config="[default]\n" + PROCESS.replace("1,", "2,")),
    case(
        "a process without a secret",
        IMDS,
        config="[default]\n" + PROCESS.replace('"SecretAccessKey"', '"Secret"'),
    ),
    case(
        "a process that prints nothing of use",
        IMDS,
        config="[default]\ncredential_process = /bin/echo hello\n",
    ),
    case("web identity", {**WEB, **POD}, files=TOKEN),
    case("web identity before SSO and keys", WEB, files=TOKEN, credentials=keys("default", "AKIDCRED")),
    case(
        "web identity of a profile",
        config="[default]\n" + ROLE.format("x") + "web_identity_token_file = {dir}/token\n",
        files=TOKEN,
    ),
    case(
        "web identity of both",
        {"AWS_WEB_IDENTITY_TOKEN_FILE": "{dir}/token"},
        config="[default]\n" + ROLE.format("x") + "web_identity_token_file = {dir}/other\n",
        files=TOKEN,
    ),
    case("web identity without a role", {"AWS_WEB_IDENTITY_TOKEN_FILE": "{dir}/token", **IMDS}, files=TOKEN),
    case("web identity without its file", WEB),
    case(
        "a role before web identity",
        {**WEB, "AWS_PROFILE": "a"},
        config=CHAIN.split("[profile b]")[0] + keys("profile b", "AKIDB"),
        files=TOKEN,
    ),
    case(
        "a role of a role",
        {"AWS_PROFILE": "a"},
        config=CHAIN + "source_profile = c\n",
        credentials=keys("c", "AKIDC"),
    ),
    case(
        "a role with all its settings",
        {"AWS_PROFILE": "a"},
        config="[profile a]\n"
        + ROLE.format("a")
        + "source_profile = c\nexternal_id = x7\nduration_seconds = 900\nrole_session_name = me\n",
        credentials=keys("c", "AKIDC"),
    ),
    case(
        "a duration that is no number",
        {"AWS_PROFILE": "a"},
        config="[profile a]\n" + ROLE.format("a") + "source_profile = c\nduration_seconds = long\n",
        credentials=keys("c", "AKIDC"),
    ),
    case("a circle of roles", {"AWS_PROFILE": "a", **IMDS}, config=CHAIN + "source_profile = a\n"),
    case(
        "a role of itself",
        {"AWS_PROFILE": "a"},
        config="[profile a]\n" + ROLE.format("a") + "source_profile = a\n" + KEYS.format("AKIDA"),
    ),
    case(
        "a role of itself without keys",
        {"AWS_PROFILE": "a", **IMDS},
        config="[profile a]\n" + ROLE.format("a") + "source_profile = a\n",
    ),
    case(
        "keys beside the role of a source",
        {"AWS_PROFILE": "a"},
        config=CHAIN + "source_profile = c\n" + KEYS.format("AKIDB"),
        credentials=keys("c", "AKIDC"),
    ),
    case(
        "a source without credentials",
        {"AWS_PROFILE": "a", **IMDS},
        config="[profile a]\n" + ROLE.format("a") + "source_profile = b\n[profile b]\nregion = x\n",
    ),
    case(
        "a source that is not there",
        {"AWS_PROFILE": "a", **IMDS},
        config="[profile a]\n" + ROLE.format("a") + "source_profile = b\n",
    ),
    case(
        "two sources",
        {**ENV, "AWS_PROFILE": "a"},
        config="[profile a]\n" + ROLE.format("a") + "source_profile = b\ncredential_source = Environment\n",
    ),
    case(
        "two sources, chosen",
        IMDS,
        config="[profile a]\n"
        + ROLE.format("a")
        + "source_profile = b\ncredential_source = Environment\n"
        + keys("profile b", "B"),
        profile="a",
    ),
    case("no source", IMDS, config="[profile a]\n" + ROLE.format("a"), profile="a"),
    case(
        "a role of the environment",
        ENV,
        config="[profile a]\n" + ROLE.format("a") + "credential_source = Environment\n",
        profile="a",
    ),
    case(
        "a role of nothing in the environment",
        IMDS,
        config="[profile a]\n" + ROLE.format("a") + "credential_source = Environment\n",
        profile="a",
    ),
    case(
        "a role of the container",
        POD,
        config="[profile a]\n" + ROLE.format("a") + "credential_source = EcsContainer\n",
        profile="a",
    ),
    case(
        "a role of the instance",
        IMDS,
        config="[profile a]\n" + ROLE.format("a") + "credential_source = Ec2InstanceMetadata\n",
        profile="a",
    ),
    case(
        "a role of an unknown source",
        IMDS,
        config="[profile a]\n" + ROLE.format("a") + "credential_source = ec2\n",
        profile="a",
    ),
    case(
        "a role of a process",
        config="[profile a]\n" + ROLE.format("a") + "source_profile = b\n[profile b]\n" + PROCESS,
        profile="a",
    ),
    case(
        "a role of a web identity",
        config="[profile a]\n"
        + ROLE.format("a")
        + "source_profile = b\n[profile b]\n"
        + ROLE.format("b")
        + "web_identity_token_file = {dir}/token\n",
        files=TOKEN,
        profile="a",
    ),
    case(
        "a role that STS refuses",
        {"AWS_ENDPOINT_URL_STS": "{url}/sts-denied", **IMDS},
        config="[profile a]\n" + ROLE.format("a") + "source_profile = b\n" + keys("profile b", "B"),
        profile="a",
    ),
    case(
        "SSO, old form", config="[default]\n" + SSO + START, files=login("https://example.awsapps.com/start")
    ),
    case(
        "SSO, old form with an old time",
        config="[default]\n" + SSO + START,
        files=login("https://example.awsapps.com/start", "2099-01-01T00:00:00UTC"),
    ),
    case(
        "SSO by session",
        config="[default]\n" + SSO + "sso_session = work\n[sso-session work]\n" + START,
        files=login("work"),
    ),
    case(
        "SSO before keys",
        config="[default]\n" + SSO + "sso_session = work\n[sso-session work]\n" + START,
        files=login("work"),
        credentials=keys("default", "AKIDCRED"),
    ),
    case("SSO without a login", IMDS, config="[default]\n" + SSO + START),
    case(
        "SSO with a login that is over",
        IMDS,
        config="[default]\n" + SSO + START,
        files=login("https://example.awsapps.com/start", "2020-01-01T00:00:00Z"),
    ),
    case("SSO without its Region", IMDS, config="[default]\n" + SSO + "sso_start_url = https://x\n"),
    case("SSO with a session that is not there", IMDS, config="[default]\n" + SSO + "sso_session = work\n"),
    case(
        "SSO with a session that says otherwise",
        IMDS,
        config="[default]\n"
        + SSO
        + START
        + "sso_session = work\n[sso-session work]\n"
        + START.replace("eu-west-1", "eu-west-2"),
        files=login("work"),
    ),
    case(
        "a role of SSO",
        config="[profile a]\n" + ROLE.format("a") + "source_profile = b\n[profile b]\n" + SSO + START,
        files=login("https://example.awsapps.com/start"),
        profile="a",
    ),
    case("container", {**POD, **IMDS}),
    case("container with a token", {**POD, "AWS_CONTAINER_AUTHORIZATION_TOKEN": "Bearer x"}),
    case(
        "container with a token file",
        {
            **POD,
            "AWS_CONTAINER_AUTHORIZATION_TOKEN": "no",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "{dir}/token",
        },
        files=TOKEN,
    ),
    case(
        "container with a token of two lines",
        {**POD, **IMDS, "AWS_CONTAINER_AUTHORIZATION_TOKEN": "a\r\nX-Evil: 1"},
    ),
    case(
        "container with a token file that ends its line",
        {**POD, **IMDS, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "{dir}/token"},
        files={"token": "x\n"},
    ),
    case("container elsewhere", {**IMDS, "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://192.0.2.1/"}),
    case(
        "container that knows nothing", {**IMDS, "AWS_CONTAINER_CREDENTIALS_FULL_URI": "{url}/container-404"}
    ),
    case(
        "container that answers with HTML",
        {**IMDS, "AWS_CONTAINER_CREDENTIALS_FULL_URI": "{url}/container-html"},
    ),
    case(
        "container before a profile's endpoint, after its keys",
        {**POD, **IMDS},
        credentials=keys("default", "AKIDCRED"),
    ),
    case("instance", IMDS),
    case(
        "instance by its profile's address", config="[default]\nec2_metadata_service_endpoint = {url}/imds\n"
    ),
    case("instance, switched off", {**IMDS, "AWS_EC2_METADATA_DISABLED": "true"}),
    case("instance without sessions", {"AWS_EC2_METADATA_SERVICE_ENDPOINT": "{url}/imds-404"}),
    case("instance that forbids sessions", {"AWS_EC2_METADATA_SERVICE_ENDPOINT": "{url}/imds-403"}),
    case("instance that allows no PUT", {"AWS_EC2_METADATA_SERVICE_ENDPOINT": "{url}/imds-405/"}),
    case("instance whose session hangs", {"AWS_EC2_METADATA_SERVICE_ENDPOINT": "{url}/imds-hang"}),
    case("instance whose session fails", {"AWS_EC2_METADATA_SERVICE_ENDPOINT": "{url}/imds-500"}),
    case(
        "instance that refuses the session",
        {"AWS_EC2_METADATA_SERVICE_ENDPOINT": "{url}/imds-400"},
        ours={"error": "it refuses"},
    ),
    case(
        "instance without sessions, version 1 off",
        {"AWS_EC2_METADATA_SERVICE_ENDPOINT": "{url}/imds-404", "AWS_EC2_METADATA_V1_DISABLED": "true"},
    ),
    case(
        "instance without sessions, version 1 off by profile",
        {"AWS_EC2_METADATA_SERVICE_ENDPOINT": "{url}/imds-404"},
        config="[default]\nec2_metadata_v1_disabled = true\n",
    ),
    case("instance without a role", {"AWS_EC2_METADATA_SERVICE_ENDPOINT": "{url}/imds-no-role"}),
    case(
        "instance that may not have its role",
        {"AWS_EC2_METADATA_SERVICE_ENDPOINT": "{url}/imds-denied"},
        ours={"error": "AssumeRoleUnauthorizedAccess"},
    ),
    case(
        "a comment on a line of its own",
        credentials="# people\n[default]\n; keys\n" + KEYS.format("AKIDCRED"),
    ),
    case(
        "a comment after a value is part of it",
        credentials="[default]\naws_access_key_id = AKID # x\naws_secret_access_key = s\n",
    ),
    case(
        "colons, spaces and upper case",
        credentials="[default]\n  AWS_Access_Key_ID:AKIDCOLON\n  aws_secret_access_key   =   s=/+\n",
    ),
    case("a section that comes twice", credentials=keys("default", "A") + keys("default", "B"), env=IMDS),
    case(
        "a setting that comes twice", credentials=keys("default", "A") + "aws_access_key_id = B\n", env=IMDS
    ),
    case("a line before every section", credentials="x = 1\n" + keys("default", "A"), env=IMDS),
    case("a line that is nothing", credentials=keys("default", "A") + "nonsense\n", env=IMDS),
    case(
        "shared settings",
        credentials="[DEFAULT]\n" + KEYS.format("AKIDSHARED") + "[p]\nregion = x\n",
        env={"AWS_PROFILE": "p"},
    ),
    case("lines that end as on Windows", credentials=keys("default", "AKIDWIN").replace("\n", "\r\n")),
    case("what follows a section's bracket", credentials="[default] # mine\n" + KEYS.format("AKIDCRED")),
    case(
        "nested settings",
        config="[default]\n" + KEYS.format("AKIDCONF") + "s3 =\n  a = 1\n\n  b = 2\nregion = x\n",
    ),
    case(
        "nested settings that are none",
        config="[default]\n" + KEYS.format("AKIDCONF") + "s3 =\n  a\n",
        env=IMDS,
    ),
    case(
        "a value that goes on",
        credentials="[default]\naws_access_key_id = AK\n  ID\naws_secret_access_key = s\n",
    ),
]

ORACLE = """
import json, sys, botocore.session
try:
    session = botocore.session.Session(profile=json.loads(sys.argv[1]))
    found = session.get_credentials()
    found = found and found.get_frozen_credentials()
    print(json.dumps([found.access_key, found.token] if found and found.access_key else None))
except Exception as error:
    print(json.dumps({"error": type(error).__name__}))
"""

COMMANDS = [
    "",
    " ",
    "a",
    "a b",
    "  a\tb \n",
    "'a b' c",
    '"a b" c',
    r"a\ b",
    r'"a\"b"',
    r'"a\b"',
    r"'a\b'",
    "''",
    "a ''",
    '"',
    "'",
    "a\\\\",
    "x --y='1 2'",
    "é 'ü ö'",
    'a"b c"d',
    "# a",
    '"a\\\\\\\\b"',
    "a;b|c&d",
    "profile 'x y'",
]


def ask(entry, url):
    with tempfile.TemporaryDirectory() as home:

        def fill(text):
            return text.replace("{url}", url).replace("{dir}", home)

        for name, text in entry["files"].items():
            path = pathlib.Path(home, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(fill(text).encode())
        env = {
            "PATH": os.environ["PATH"],
            "HOME": home,
            "AWS_DEFAULT_REGION": "eu-west-1",
            "AWS_ENDPOINT_URL_STS": f"{url}/sts",
            "AWS_ENDPOINT_URL_SSO": f"{url}/sso",
            "AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:9",
        }
        env.update({key: fill(value) for key, value in entry["env"].items()})
        if any("ec2_metadata_service_endpoint" in text for text in entry["files"].values()):
            del env["AWS_EC2_METADATA_SERVICE_ENDPOINT"]
        told = subprocess.run(
            [sys.executable, "-c", ORACLE, json.dumps(entry["profile"])],
            env=env,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        return json.loads(told.splitlines()[-1])


def split(line):
    try:
        return shlex.split(line)
    except ValueError:
        return None


def main():
    url = f"http://127.0.0.1:{issuers.start()}"
    for entry in CASES:
        entry["botocore"] = ask(entry, url)
        print(entry["case"], "->", entry["botocore"])
    commands = [{"line": line, "words": split(line)} for line in COMMANDS]
    for name, content in (("credentials.json", CASES), ("shellwords.json", commands)):
        (HERE / name).write_text(json.dumps(content, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
