"""Writes the first inputs of each fuzzer, out of the committed vectors: seeds.py FOLDER."""

import base64
import hashlib
import json
import pathlib
import sys

VECTORS = pathlib.Path(__file__).resolve().parent.parent


def keep(folder, data):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


def load(path):
    return json.loads((VECTORS / path).read_text(encoding="utf-8"))


def main(target):
    for case in load("AWSTests/Vectors/hostile.json"):
        keep(target / case["kind"], base64.b64decode(case["body"]))
    for case in load("AWSTests/Vectors/responses.json"):
        body = case["body"].encode()
        keep(target / ("json" if body[:1] in (b"{", b"[") else "xml"), body)
    for case in load("AWSTests/Vectors/credentials.json"):
        for text in case["files"].values():
            keep(target / "profiles", text.encode())
    for case in load("AWSTests/Vectors/shellwords.json"):
        keep(target / "profiles", case["line"].encode())
    for case in load("SigV4Tests/Vectors/botocore.json")["cases"]:
        headers = "".join(f"{name}:{value}\n" for name, value in case["headers"])
        keep(target / "signer", f"{case['method']}\n{case['url']}\n{headers}\n{case['body']}".encode())


main(pathlib.Path(sys.argv[1]))
