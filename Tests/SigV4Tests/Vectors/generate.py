#!/usr/bin/env python3
"""Writes botocore.json: what botocore signs, for the Swift signer to be compared with.

Needs exactly the botocore that Tests/Lab/requirements.txt pins; another version is refused, because a change
of botocore must show up as a reviewed change of the vectors. Run it from anywhere:

    .venv/bin/python Tests/SigV4Tests/Vectors/generate.py          # rewrite
    .venv/bin/python Tests/SigV4Tests/Vectors/generate.py --check  # compare, exit 1 on a difference

The output is deterministic: fixed times, fixed credentials, one seeded generator.

Left out on purpose, because botocore is not a faithful oracle there:
- header signing of a query that is not spelled canonically (a raw ':' or '+', '=' in a value, lower-case
  '%2f', '%41'): botocore signs the raw text, the service decodes and encodes again. Presigning re-encodes, so
  such cases are kept there.
- the same for S3 paths, and the empty S3 path (botocore signs an empty line, the wire carries '/').
- presigning with repeated parameters (botocore keeps only the first of them) and escapes that are not UTF-8
  (it replaces them).
- presigning with Authorization or X-Amz-* headers in the input: botocore signs stale ones.
- a Date header in the input: botocore then leaves X-Amz-Date out.
- proxy- headers other than the two botocore lists, and values with Unicode or control whitespace.
- a user name or a fragment in the URL, and IPv6 zones: our signer refuses them.
- a token added after signing: botocore cannot.
- an unsigned payload over plain http: botocore hashes it after all or signs it, depending on the service; our
  signer refuses.
"""

import argparse
import json
import pathlib
import sys

import botocore

import header_cases
import presign_cases

REQUIREMENTS = pathlib.Path(__file__).resolve().parents[2] / "Lab/requirements.txt"
PINNED = next(
    line.removeprefix("botocore==")
    for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    if line.startswith("botocore==")
)
OUTPUT = pathlib.Path(__file__).with_name("botocore.json")


def main():
    parser = argparse.ArgumentParser(description="Writes the SigV4 vectors that botocore produces.")
    parser.add_argument(
        "--check", action="store_true", help="compare with the committed file instead of writing"
    )
    check = parser.parse_args().check
    if botocore.__version__ != PINNED:
        sys.exit(f"botocore {botocore.__version__} is installed: wanted is {PINNED}")
    groups = [*header_cases.GROUPS, *presign_cases.GROUPS]
    cases = [c for group in groups for c in group()]
    names = [c["name"] for c in cases]
    assert len(names) == len(set(names)), "two cases share a name"
    lines = ",\n".join(json.dumps(c, ensure_ascii=False, sort_keys=True) for c in cases)
    text = f'{{"botocore": "{PINNED}", "cases": [\n{lines}\n]}}\n'
    if check:
        sys.exit(
            0 if OUTPUT.read_text(encoding="utf-8") == text else f"{OUTPUT} differs from what botocore signs"
        )
    OUTPUT.write_text(text, encoding="utf-8")
    print(f"{len(cases)} cases")


if __name__ == "__main__":
    main()
